namespace Succesmeter.Social;

/// <summary>Where a value stands among references.</summary>
/// <param name="Percentile">0–100.</param>
/// <param name="N">Effective number of references.</param>
public readonly record struct Placement(double Percentile, double N);

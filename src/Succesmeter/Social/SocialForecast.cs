namespace Succesmeter.Social;

/// <summary>How many backers there may be in the end.</summary>
/// <param name="P10">One campaign in ten ends below.</param>
/// <param name="P50">The middle.</param>
/// <param name="P90">One in ten ends above.</param>
/// <param name="Basis"><c>describes</c> until the platform's own outcomes carry it.</param>
public sealed record SocialForecast(double P10, double P50, double P90, string Basis);

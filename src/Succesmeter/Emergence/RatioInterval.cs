namespace Succesmeter.Emergence;

/// <summary>Branching ratios that cannot be excluded.</summary>
public readonly record struct RatioInterval(double Low, double High);

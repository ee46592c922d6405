namespace Succesmeter.Social;

/// <summary>Two ends of an interval on the scale of percentiles, 0–100, both included.</summary>
public readonly record struct PercentileRange(int Low, int High);

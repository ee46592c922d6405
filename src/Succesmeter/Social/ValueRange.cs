namespace Succesmeter.Social;

/// <summary>Two ends of an interval in an indicator's own unit; null = no end on that side.</summary>
public readonly record struct ValueRange(double? Low, double? High);

namespace Succesmeter.Forecasts;

/// <summary>How fast money comes in, beside how fast it would have to.</summary>
/// <param name="PerDay">In major units a day, over the last week or the whole life of a younger campaign; null where that is not known.</param>
/// <param name="NeededPerDay">In major units a day until the end; 0 when the goal is reached, null when nothing can be done any more.</param>
public readonly record struct Pace(double? PerDay, double? NeededPerDay);

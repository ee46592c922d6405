namespace Succesmeter.Snapshots;

/// <param name="Title">As shown.</param>
/// <param name="Price">In the campaign's currency.</param>
/// <param name="Claimed">How often taken.</param>
/// <param name="Limit">How many there are.</param>
public sealed record Reward(string? Title, decimal? Price, int? Claimed, int? Limit);

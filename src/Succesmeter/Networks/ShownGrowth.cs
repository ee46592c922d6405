namespace Succesmeter.Networks;

/// <summary>How far a platform hung together at one instant, in steps.</summary>
/// <param name="Donors">Rounded down to five.</param>
/// <param name="LargestPart">Of donors and campaigns, to .05.</param>
public sealed record ShownGrowth(DateTimeOffset At, int Donors, double LargestPart);

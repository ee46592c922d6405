namespace Succesmeter.Social;

/// <summary>What a platform's own finished campaigns add to a forecast of backers. Nothing while there are fewer than sixty (docs/preregistration.md).</summary>
/// <param name="Outcomes">Finished campaigns whose final number of backers is known and that were seen while open.</param>
/// <param name="Predicts">On them the forecast was better than the number so far grown as the money forecast grew, and the 95 % interval says so.</param>
/// <param name="Margin">Moves the quantiles to where these ended.</param>
public sealed record BackersFit(int Outcomes, bool Predicts, BackersMargin Margin)
{
    public const int OutcomesToVouch = 60;

    /// <summary>For a platform of which nothing is known.</summary>
    public static BackersFit None { get; } = new(0, false, default);
}

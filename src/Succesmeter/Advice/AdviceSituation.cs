namespace Succesmeter.Advice;

/// <summary>What advice is drawn from: a campaign as it stands at one instant. What is not known is null, and brings up nothing.</summary>
public sealed record AdviceSituation
{
    /// <summary>Over, or before its launch: nothing is left to advise.</summary>
    public required bool IsLive { get; init; }

    public double? ElapsedDays { get; init; }

    public double? DaysLeft { get; init; }

    /// <summary>Pledged as a share of the goal.</summary>
    public double? Share { get; init; }

    public int? Backers { get; init; }

    /// <summary>Backers that came in the last seven days; in the whole life of a younger campaign.</summary>
    public int? BackersLastWeek { get; init; }

    /// <summary>Comments of backers without an answer, older than a day.</summary>
    public int? OpenComments { get; init; }

    public double? DaysSinceLastGift { get; init; }

    /// <summary>Since the holder last thanked or wrote an update; null where no log of actions is kept.</summary>
    public double? DaysSinceThanks { get; init; }

    /// <summary>In major units a day.</summary>
    public double? PacePerDay { get; init; }

    public double? NeededPerDay { get; init; }

    /// <summary>Prices of the rewards, in major units, in any order.</summary>
    public IReadOnlyList<decimal> RewardPrices { get; init; } = [];
}

using Succesmeter.Campaigns;

namespace Succesmeter.Social;

/// <summary>The facts that decide which references a campaign is compared with.</summary>
public sealed record CampaignContext
{
    /// <summary>Launch goal in major units; null when unknown or when it counts orders.</summary>
    public double? Goal { get; init; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>How many of the units that <see cref="Gift.AmountMinor"/> counts make one major unit.</summary>
    public int MinorPerMajor { get; init; } = 100;

    /// <summary>From launch to the declared end, or the assumed 60 days.</summary>
    public double PlannedDays { get; init; } = 60;

    /// <summary>With a fraction; negative before the launch, null when the launch is unknown.</summary>
    public double? DaysSinceLaunch { get; init; }

    /// <summary>The launch goal at a round fixed value of its currency; null where it cannot be compared.</summary>
    internal double? GoalEuro => Goal is > 0 and var goal && double.IsFinite(goal) ? goal * EuroValue.Of(Currency) : null;

    public static CampaignContext Of(CampaignState state, DateTimeOffset asOf)
    {
        var facts = state.Facts;
        return new CampaignContext
        {
            Goal = facts.GoalUnit == GoalUnit.Money ? (double?)facts.LaunchGoal : null,
            Currency = facts.Currency,
            MinorPerMajor = (int)Math.Pow(10, Money.Decimals(facts.Currency)),
            PlannedDays = (facts.Horizon - facts.LaunchedAt?.At)?.TotalDays ?? CampaignFacts.AssumedSpan.TotalDays,
            DaysSinceLaunch = (asOf - facts.LaunchedAt?.At)?.TotalDays,
        };
    }
}

namespace Succesmeter.Features;

/// <summary>
/// What is known, at one instant, of how one campaign is being funded. The one input of the funding features, made from a data set's rows
/// in training and from a campaign's state in scoring, so that both see the same and no more.
/// </summary>
public sealed record FundingCurve
{
    /// <summary>In major units of <see cref="Currency"/> (euros, not cents), above zero; the goal as known at the instant.</summary>
    public required double Goal { get; init; }

    /// <summary>ISO 4217; null when unknown or when the goal counts orders.</summary>
    public string? Currency { get; init; }

    /// <summary>From launch to the declared end, or the assumed 60 days.</summary>
    public required double PlannedDays { get; init; }

    /// <summary>No end is declared: 60 days after the launch stands in.</summary>
    public bool HorizonIsAssumed { get; init; }

    /// <summary>All-or-nothing: the money goes back when the goal is missed.</summary>
    public bool AllOrNothing { get; init; }

    /// <summary>From launch to the instant, in days with a fraction; 0 or more.</summary>
    public required double ElapsedDays { get; init; }

    /// <summary>The newest total, in major units.</summary>
    public required double Pledged { get; init; }

    /// <summary>The newest number of gifts or backers; null when the source shows neither.</summary>
    public int? Gifts { get; init; }

    /// <summary>
    /// Totals at the end of each day after launch that has passed or begun: entry d is what was known to be in by the end of day d (0 = launch day), the last one
    /// equals <see cref="Pledged"/>. Days without a reading carry the value before.
    /// </summary>
    public required IReadOnlyList<DayTotal> Days { get; init; }

    public string? Category { get; init; }

    /// <summary>ISO 639-1.</summary>
    public string? Language { get; init; }

    /// <summary>Of the platform, as far as the model knows them.</summary>
    public UsualGoals UsualGoals { get; init; } = UsualGoals.Unknown;

    public int? Rewards { get; init; }

    public int? DescriptionWords { get; init; }

    /// <summary>Days since launch at whose end the goal was in; null while it is not, by the totals of days.</summary>
    public int? ReachedAfterDays
    {
        get
        {
            for (var day = 0; day < Days.Count; day++)
                if (Days[day].Pledged >= Goal)
                    return day + 1;

            return null;
        }
    }

    /// <summary>How many campaigns the holder launched before on this platform; null when unknown.</summary>
    public int? HolderCampaigns { get; init; }
}

/// <param name="Pledged">Cumulative, in major units.</param>
/// <param name="Gifts">Cumulative number of gifts or backers; null when unknown.</param>
public readonly record struct DayTotal(double Pledged, int? Gifts);

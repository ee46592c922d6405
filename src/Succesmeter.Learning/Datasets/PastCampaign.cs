using System.Collections.Immutable;
using Succesmeter.Features;

namespace Succesmeter.Learning.Datasets;

/// <summary>A finished campaign of a data set: what was known of it on each day, and what came of it.</summary>
internal sealed record PastCampaign
{
    public required string Dataset { get; init; }

    public required long Id { get; init; }

    /// <summary>Null where the data set keeps it from us.</summary>
    public DateTime? LaunchedOn { get; init; }

    public required bool AllOrNothing { get; init; }

    /// <summary>Days from launch to the end; where no end is declared the end of day 60 after the launch day, 61 days.</summary>
    public required double PlannedDays { get; init; }

    public string? Currency { get; init; }

    public int? Rewards { get; init; }

    public int? HolderCampaigns { get; init; }

    /// <summary>Totals at the end of each day, as far as the data set tells them.</summary>
    public required ImmutableArray<double> Pledged { get; init; }

    public required ImmutableArray<int> Gifts { get; init; }

    public required double FinalPledged { get; init; }

    /// <summary>Gifts or backers at the end; null where the data set does not list them all.</summary>
    public double? FinalBackers { get; init; }

    /// <summary>Days after which the goal was reached where the data set says so itself; for others it is read from <see cref="Pledged"/>.</summary>
    public double? ReachedAfter { get; init; }

    /// <summary>The goal as seen on days since launch, oldest first.</summary>
    public required ImmutableArray<(double Day, double Goal)> Goals { get; init; }

    /// <summary>The data set tells every day to the end, and not only the first ones.</summary>
    public bool IsWhole => Pledged.Length >= PlannedDays;

    /// <summary>The goal as known after so many days; the first one ever seen where it was seen later only.</summary>
    public double GoalAfter(double days)
    {
        var goal = Goals[0].Goal;
        foreach (var seen in Goals)
            if (seen.Day <= days)
                goal = seen.Goal;

        return goal;
    }

    public double PledgedAfter(int days) => days == 0 ? 0 : Pledged[days - 1];

    /// <summary>What was known after so many whole days, and nothing later.</summary>
    public FundingCurve CurveAfter(int days, double goal) => new()
    {
        Goal = goal,
        Currency = Currency,
        PlannedDays = PlannedDays,
        HorizonIsAssumed = !AllOrNothing,
        AllOrNothing = AllOrNothing,
        ElapsedDays = days,
        Pledged = PledgedAfter(days),
        Gifts = days == 0 ? 0 : Gifts[days - 1],
        Days = [.. Enumerable.Range(0, days).Select(day => new DayTotal(Pledged[day], Gifts[day]))],
        Rewards = Rewards,
        HolderCampaigns = HolderCampaigns,
    };

    /// <summary>Whether an aim was met; null where the data set does not tell.</summary>
    public bool? Met(Aim aim, double goal)
    {
        var amount = aim.Ratio * goal;
        if (aim.Day >= PlannedDays)
            return FinalPledged >= amount;
        if (IsWhole)
            return Pledged[(int)aim.Day - 1] >= amount;

        return aim.Ratio == 1 && goal == Goals[^1].Goal ? ReachedAfter <= aim.Day : null;
    }
}

using Succesmeter.Campaigns;

namespace Succesmeter.Features;

/// <summary>The funding curve that a campaign's state shows.</summary>
public static class FundingCurves
{
    /// <summary>Past so many days since the launch a forecast has nothing left to say; recurring support has no curve at all.</summary>
    private const int MostDays = 400;

    /// <param name="state">Folded from snapshots up to the instant.</param>
    /// <param name="asOf">At or after the newest snapshot.</param>
    /// <param name="usual">What the platform's campaigns usually ask for; null where the caller does not need it.</param>
    /// <returns>Null while goal, launch or money is unknown, before the launch, and for recurring support.</returns>
    public static FundingCurve? Of(CampaignState state, DateTimeOffset asOf, UsualGoals? usual = null)
    {
        var facts = state.Facts;
        if (facts is not { AreEnough: true, IsRecurring: false, Goal: > 0 and { } goal, LaunchedAt: { } launch, Horizon: { } end } || state.Latest is not { PledgedMinor: { } pledgedMinor } latest)
            return null;

        var elapsed = (asOf - launch.At).TotalDays;
        var planned = (end - launch.At).TotalDays;
        if (elapsed < 0 || planned <= 0)
            return null;

        var pledged = (double)Money.ToMajor(pledgedMinor, facts.Currency);
        var gifts = latest.Backers ?? (state.Gifts.IsComplete ? state.Gifts.Count : null);
        var count = Math.Min(MostDays, (int)elapsed + 1);
        var days = ByGifts(state, launch.At, count, pledged, gifts) ?? ByReadings(state, launch.At, asOf, count, pledged, gifts);
        return new FundingCurve
        {
            Goal = (double)goal,
            Currency = facts.GoalUnit == GoalUnit.Money ? facts.Currency : null,
            PlannedDays = planned,
            HorizonIsAssumed = facts.HorizonIsAssumed,
            AllOrNothing = facts.Funding == FundingModel.AllOrNothing,
            ElapsedDays = elapsed,
            Pledged = pledged,
            Gifts = gifts,
            Days = days,
            Category = facts.Category,
            Language = facts.Language,
            Rewards = facts.Rewards,
            DescriptionWords = facts.DescriptionWords,
            UsualGoals = usual ?? UsualGoals.Unknown,
        };
    }

    /// <summary>Each day's total from the gifts' own dates, scaled to the total shown: hidden amounts and money given by hand are spread like the rest.</summary>
    /// <returns>Null unless every gift is listed with its moment and the listed amounts are most of the money.</returns>
    private static DayTotal[]? ByGifts(CampaignState state, DateTimeOffset launch, int count, double pledged, int? gifts)
    {
        const double most = 0.5;
        var ledger = state.Gifts;
        if (!ledger.IsComplete || ledger.Sealed.Count > 0 || ledger.Open.IsEmpty)
            return null;

        var money = new double[count];
        var number = new double[count];
        var listed = 0.0;
        foreach (var gift in ledger.Open)
        {
            if (gift.At is not { } at)
                return null;

            var day = Math.Clamp((int)Math.Floor((at.At - launch).TotalDays), 0, count - 1);
            var amount = (double)Money.ToMajor(gift.AmountMinor ?? 0, state.Facts.Currency);
            money[day] += amount;
            listed += amount;
            number[day]++;
        }

        if (listed < most * pledged || listed <= 0)
            return null;

        var days = new DayTotal[count];
        var (sum, seen) = (0.0, 0.0);
        for (var day = 0; day < count; day++)
        {
            sum += money[day];
            seen += number[day];
            days[day] = new DayTotal(sum / listed * pledged, gifts is { } all ? (int)Math.Round(seen / ledger.Open.Length * all) : null);
        }

        days[^1] = new DayTotal(pledged, gifts);
        return days;
    }

    /// <summary>Each day's total on the straight line between the readings around its end; the launch is a reading of nothing.</summary>
    private static DayTotal[] ByReadings(CampaignState state, DateTimeOffset launch, DateTimeOffset asOf, int count, double pledged, int? gifts)
    {
        var days = new DayTotal[count];
        var points = state.Trail.Points;
        var before = (At: launch, Pledged: 0.0, Gifts: (double?)0);
        var next = 0;
        for (var day = 0; day < count; day++)
        {
            var end = launch.AddDays(day + 1);
            if (end > asOf)
                end = asOf;
            while (next < points.Length && points[next].At <= end)
            {
                before = Reading(points[next]);
                next++;
            }

            // A total that is not reached by another reading stands.
            days[day] = next < points.Length ? Between(before, Reading(points[next]), end) : new DayTotal(before.Pledged, (int?)before.Gifts);
        }

        days[^1] = new DayTotal(pledged, gifts);
        return days;

        (DateTimeOffset At, double Pledged, double? Gifts) Reading(TrailPoint point) =>
            (point.At < launch ? launch : point.At, (double)Money.ToMajor(point.PledgedMinor ?? 0, state.Facts.Currency), point.Backers);

        static DayTotal Between((DateTimeOffset At, double Pledged, double? Gifts) before, (DateTimeOffset At, double Pledged, double? Gifts) after, DateTimeOffset at)
        {
            var share = (at - before.At) / (after.At - before.At);
            return new DayTotal(before.Pledged + (share * (after.Pledged - before.Pledged)), (int?)(before.Gifts + (share * (after.Gifts - before.Gifts))));
        }
    }
}

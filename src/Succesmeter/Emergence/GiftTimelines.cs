using System.Collections.Immutable;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Emergence;

/// <summary>The timeline of a campaign as its state knows it.</summary>
public static class GiftTimelines
{
    /// <summary>An action of which only the day is known is taken to have happened in the morning.</summary>
    private static readonly TimeSpan Morning = TimeSpan.FromHours(9);

    /// <param name="state">Folded from snapshots taken up to the instant, and none later.</param>
    /// <param name="asOf">The instant of scoring; past a declared end, the end.</param>
    /// <param name="zone">The platform's.</param>
    /// <returns>Null while the launch is unknown.</returns>
    public static GiftTimeline? Of(CampaignState state, DateTimeOffset asOf, TimeZoneInfo zone)
    {
        if (state.Facts.LaunchedAt is not { } launch)
            return null;

        var end = state.Facts.HorizonIsAssumed || state.Facts.IsRecurring ? null : state.Facts.Horizon;
        var ledger = state.Gifts;

        // The holder's own gifts are no backing, and what may be bought gifts counts for nothing until a coach has looked at it.
        var backed = ledger.Open.Where(gift => gift is { AmountMinor: not < 0, ByHolder: false } && gift.FirstSeenAt <= asOf && !state.Bursts.Any(burst => burst.Holds(gift))).ToList();
        var gifts = FirstOfEach(backed).Select(gift => TimeOf(gift, state.Trail.Points, launch.At)).ToList();
        var isComplete = ledger.IsComplete && ledger.Sealed.Count == 0;
        var listed = gifts.Where(gift => gift.Earliest >= launch.At).Select(static gift => gift.Earliest).DefaultIfEmpty(launch.At).Min();
        return new GiftTimeline
        {
            Gifts = gifts,
            WatchedFrom = isComplete ? launch.At : listed,
            AsOf = end < asOf ? end.Value : asOf,
            LaunchedAt = launch.At,
            EndsAt = end,
            Actions = [.. state.Actions.Select(ActedAt)],
            ActionLogKept = state.Facts.ActionLogKept,
            ListIsComplete = isComplete,
            Zone = zone,
        };
    }

    /// <summary>A crowd grows by people: of a donor who is known apart only the first gift counts, so that nobody makes waves alone. First names tell nobody apart.</summary>
    private static IEnumerable<Gift> FirstOfEach(List<Gift> gifts)
    {
        var first = new Dictionary<Pseudonym, Gift>();
        foreach (var gift in gifts.Where(IsKnownApart).OrderBy(static gift => gift.GivenAt))
            first.TryAdd(gift.Donor!.Value, gift);
        return gifts.Where(gift => !IsKnownApart(gift) || ReferenceEquals(first[gift.Donor!.Value], gift));

        static bool IsKnownApart(Gift gift) => gift.Donor is not null && !gift.Anonymous && gift.Identity is not IdentityQuality.FirstName;
    }

    /// <summary>An action's own instant.</summary>
    private static DateTimeOffset ActedAt(HolderAction action) => action.At.IsWholeDay ? action.At.At + Morning : action.At.At;

    /// <summary>As the source says; of a day, or of nothing said, what the snapshots before and at its first sight leave open.</summary>
    private static GiftTime TimeOf(Gift gift, ImmutableArray<TrailPoint> readings, DateTimeOffset launch)
    {
        if (gift.At is { IsWholeDay: false } exact)
            return new GiftTime(exact.At < gift.FirstSeenAt ? exact.At : gift.FirstSeenAt);

        var before = LastBefore(readings, gift.FirstSeenAt) ?? launch;
        var seen = new GiftTime(before < gift.FirstSeenAt ? before : gift.FirstSeenAt, gift.FirstSeenAt);
        if (gift.At is not { } day)
            return seen;

        // A gift may be booked days before it is shown: then the day is all that is known.
        var (from, to) = (day.At > seen.Earliest ? day.At : seen.Earliest, day.At.AddDays(1) < seen.Latest ? day.At.AddDays(1) : seen.Latest);
        return from <= to ? new GiftTime(from, to) : new GiftTime(day.At, day.At.AddDays(1));
    }

    private static DateTimeOffset? LastBefore(ImmutableArray<TrailPoint> readings, DateTimeOffset instant)
    {
        var (low, high) = (0, readings.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (readings[middle].At < instant)
                low = middle + 1;
            else
                high = middle;
        }

        return low == 0 ? null : readings[low - 1].At;
    }
}

using System.Collections.Immutable;

namespace Succesmeter.Campaigns;

/// <summary>
/// Finds bursts: within an hour at least ten gifts of one amount, which are two thirds of all gifts of that hour, the amount not above the campaign's median. Of gifts known by
/// their day alone the hour is that day. Gifts without a time are no evidence.
/// </summary>
public static class GiftBursts
{
    public const int Fewest = 10;

    /// <summary>A state remembers no more.</summary>
    public const int Most = 50;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <param name="gifts">In any order.</param>
    /// <param name="confirmed">Bursts that a coach has looked at and taken for real.</param>
    /// <returns>In order of amount and time.</returns>
    public static ImmutableArray<GiftBurst> In(IReadOnlyCollection<Gift> gifts, ImmutableArray<GiftBurst> confirmed)
    {
        var timed = gifts.Where(static gift => gift is { At: not null, AmountMinor: > 0, People: <= 1, ByHolder: false }).ToList();
        if (timed.Count < Fewest)
            return [];

        var amounts = timed.Select(static gift => gift.AmountMinor!.Value).Order().ToArray();
        var median = amounts[amounts.Length / 2];
        var times = timed.Select(static gift => gift.GivenAt).Order().ToArray();
        var bursts = new List<GiftBurst>();
        foreach (var alike in timed.GroupBy(static gift => gift.AmountMinor!.Value).Where(alike => alike.Key <= median && alike.Count() >= Fewest).OrderBy(static alike => alike.Key))
        {
            var own = alike.Where(gift => !confirmed.Any(burst => burst.Holds(gift))).Select(static gift => gift.GivenAt).Order().ToArray();
            bursts.AddRange(Of(alike.Key, own, times));
        }

        return [.. bursts.OrderByDescending(static burst => burst.Gifts).Take(Most).OrderBy(static burst => burst.AmountMinor).ThenBy(static burst => burst.From)];
    }

    private static IEnumerable<GiftBurst> Of(long amount, DateTimeOffset[] own, DateTimeOffset[] all)
    {
        (int From, int Until)? open = null;
        for (int from = 0, end = 0; from < own.Length; from++)
        {
            while (end < own.Length && own[end] - own[from] <= Window)
                end++;

            var here = end - from;
            if (here < Fewest || 3 * here < 2 * Between(all, own[from], own[end - 1]))
                continue;

            // Windows that overlap are one burst.
            if (open is { } before && from <= before.Until)
                open = (before.From, end - 1);
            else
            {
                if (open is { } done)
                    yield return Made(done);
                open = (from, end - 1);
            }
        }

        if (open is { } last)
            yield return Made(last);

        GiftBurst Made((int From, int Until) span) => new(amount, own[span.From], own[span.Until], span.Until - span.From + 1);
    }

    private static int Between(DateTimeOffset[] sorted, DateTimeOffset from, DateTimeOffset until) => FirstAfter(sorted, until) - FirstAfter(sorted, from.AddTicks(-1));

    private static int FirstAfter(DateTimeOffset[] sorted, DateTimeOffset instant)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] <= instant)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

using System.Collections.Immutable;
using Succesmeter.Networks;

namespace Succesmeter.Reports;

/// <summary>Donor figures of periods that are over, as first made and remade only after five more donors: pseudonyms expire, a report must not change with them. Not served.</summary>
/// <param name="Donors">Exactly, when the figures were made.</param>
public sealed record KeptDonors(int Donors, PeriodDonors Shown)
{
    /// <param name="before">In order of their periods.</param>
    /// <param name="asOf">What began more than 36 months before is no longer known as a whole, and not made any more.</param>
    public static ImmutableArray<KeptDonors> Next(
        ImmutableArray<KeptDonors> before, DonorGraph graph, ReadOnlySpan<int> places, TimeZoneInfo zone, DateTimeOffset asOf)
    {
        var kept = before.ToDictionary(static donors => donors.Shown.Period);
        foreach (var period in ReportPeriod.Over(asOf.AddMonths(-EdgeLedger.MonthsKept), asOf, zone))
        {
            if (period.From(zone) < asOf.AddMonths(-EdgeLedger.MonthsKept))
                continue;
            var donors = PeriodDonors.CountOf(period, graph, zone);
            if (!kept.TryGetValue(period, out var known) || donors >= known.Donors + SmallNumbers.NewDonorsToRefresh)
                kept[period] = new KeptDonors(donors, PeriodDonors.Of(period, graph, places, zone));
        }

        return [.. kept.Values.OrderBy(static donors => donors.Shown.Period.Year).ThenBy(static donors => donors.Shown.Period.Quarter ?? 5)];
    }
}

using Succesmeter.Networks;

namespace Succesmeter.Reports;

/// <summary>
/// Donors of one period that is over, by the small-number rules: counts of twenty or more rounded down to five, five on each side. What a platform calls its donors here are the
/// identified ones; a gift counts in the period of a donor's first gift to that campaign.
/// </summary>
/// <param name="Donors">Distinct.</param>
/// <param name="Returning">Of them, who had given to another campaign before the period.</param>
/// <param name="InTwoOrMore">Of them, who gave to two or more campaigns in the period.</param>
/// <param name="Linking">Of those, to two or more whose place is known; null unless cross-place links are shown.</param>
/// <param name="CrossPlace">Observed share of cross-place links ÷ the null's mean, to .05 (<see cref="CrossPlaceLinks"/>).</param>
public sealed record PeriodDonors(ReportPeriod Period, int? Donors, int? Returning, int? InTwoOrMore, int? Linking, double? CrossPlace, double? CrossPlaceLow, double? CrossPlaceHigh)
{
    /// <summary>Any number will do, as long as it stays.</summary>
    private const ulong Seed = 20260712;

    /// <param name="places">Of each campaign a number from 0, −1 where unknown.</param>
    public static PeriodDonors Of(ReportPeriod period, DonorGraph graph, ReadOnlySpan<int> places, TimeZoneInfo zone)
    {
        var (from, until) = (period.From(zone), period.Until(zone));
        var within = graph.Within(from, until);
        var begin = DonorGraph.MinuteOf(from);
        var (donors, returning, twoOrMore) = (0, 0, 0);
        for (var donor = 0; donor < within.DonorCount; donor++)
        {
            if (within.DegreeOfDonor(donor) == 0)
                continue;
            donors++;
            twoOrMore += within.DegreeOfDonor(donor) >= 2 ? 1 : 0;
            foreach (var minute in graph.FirstMinutesOf(donor))
                if (minute < begin)
                {
                    returning++;
                    break;
                }
        }

        var links = SmallNumbers.MayShow(twoOrMore, donors) ? CrossPlaceLinks.Of(within, places, Seed) : null;
        var told = links is not null && SmallNumbers.MayShow(links.Crossing, links.Donors) ? links : null;
        return new PeriodDonors(
            period,
            donors >= SmallNumbers.LeastIdentified ? donors - (donors % SmallNumbers.Step) : null,
            SmallNumbers.Count(returning, donors),
            SmallNumbers.Count(twoOrMore, donors),
            told is null ? null : told.Donors - (told.Donors % SmallNumbers.Step),
            Stepped(told?.Ratio),
            Stepped(told?.Low),
            Stepped(told?.High));
    }

    /// <summary>How many identified donors a period has, exactly: for the decision when its figures may change, and never served.</summary>
    public static int CountOf(ReportPeriod period, DonorGraph graph, TimeZoneInfo zone) => PlatformNetwork.DonorsOf(graph.Within(period.From(zone), period.Until(zone)));

    private static double? Stepped(double? value) => value is { } known && double.IsFinite(known) ? SmallNumbers.Stepped(known, SmallNumbers.ShareStep) : null;
}

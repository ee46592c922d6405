namespace Succesmeter.Networks;

/// <summary>Donors who came to a platform in one year, and how many of them gave to another campaign in a later one.</summary>
/// <param name="Cohort">The calendar year of the first gift, in the platform's zone.</param>
/// <param name="YearsLater">1 = within twelve months after the first gift, 2 = in the twelve months after those, …</param>
/// <param name="Donors">Of the cohort whose twelve months are over, rounded down to five.</param>
/// <param name="Returning">Of them, who gave to another campaign in those months, rounded down to five; null where the small-number rules hide it.</param>
public sealed record CohortReturn(int Cohort, int YearsLater, int Donors, int? Returning);

/// <summary>Retention by cohort (a donor's other gifts, so by the small-number rules).</summary>
public static class CohortRetention
{
    /// <param name="zone">Of the platform, for years.</param>
    /// <param name="asOf">Twelve months that are not over by then are left out for that donor, so that recent cohorts are not judged early.</param>
    public static IReadOnlyList<CohortReturn> Of(DonorGraph graph, TimeZoneInfo zone, DateTimeOffset asOf)
    {
        var cells = new SortedDictionary<(int Cohort, int Later), (int Donors, int Returning)>();
        for (var donor = 0; donor < graph.DonorCount; donor++)
        {
            var firsts = graph.FirstMinutesOf(donor);
            if (firsts.IsEmpty)
                continue;

            var came = int.MaxValue;
            foreach (var minute in firsts)
                came = Math.Min(came, minute);

            var start = DonorGraph.InstantOf(came);
            var cohort = TimeZoneInfo.ConvertTime(start, zone).Year;
            for (var later = 1; start.AddMonths(12 * later) <= asOf; later++)
            {
                var (from, until) = (DonorGraph.MinuteOf(start.AddMonths(12 * (later - 1))), DonorGraph.MinuteOf(start.AddMonths(12 * later)));
                var returned = false;
                foreach (var minute in firsts)
                    returned |= minute > came && minute >= from && minute < until;

                var cell = cells.GetValueOrDefault((cohort, later));
                cells[(cohort, later)] = (cell.Donors + 1, cell.Returning + (returned ? 1 : 0));
            }
        }

        return [.. cells
            .Where(static cell => cell.Value.Donors >= SmallNumbers.LeastIdentified)
            .Select(static cell => new CohortReturn(
                cell.Key.Cohort, cell.Key.Later, cell.Value.Donors - (cell.Value.Donors % SmallNumbers.Step), SmallNumbers.Count(cell.Value.Returning, cell.Value.Donors)))];
    }
}

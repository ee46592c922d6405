namespace Succesmeter.Networks;

/// <summary>Of a campaign's identified donors, how many gave to another campaign later and how many had not done so before: Y1 and Y2 of docs/preregistration.md as exact numbers, never shown.</summary>
/// <param name="Identified">Donors of the campaign in the graph.</param>
/// <param name="Returned">With a gift elsewhere later than their first one here and no later than twelve months after it.</param>
/// <param name="New">Without a gift elsewhere in the 24 months before their first one here.</param>
internal readonly record struct DonorCounts(int Identified, int Returned, int New)
{
    public const int MonthsToReturn = 12;

    /// <remarks>An edge holds a first and a last gift; a gift between the two that lies in a window alone is missed.</remarks>
    public static DonorCounts Of(DonorGraph graph, int campaign)
    {
        var (returned, newcomers) = (0, 0);
        var donors = graph.DonorsOf(campaign);
        foreach (var donor in donors)
        {
            var campaigns = graph.CampaignsOf(donor);
            var firsts = graph.FirstMinutesOf(donor);
            var lasts = graph.LastMinutesOf(donor);
            var here = firsts[campaigns.IndexOf(campaign)];
            var start = DonorGraph.InstantOf(here);
            var (from, until) = (DonorGraph.MinuteOf(start.AddMonths(-PriorGifts.Months)), DonorGraph.MinuteOf(start.AddMonths(MonthsToReturn)));
            var (again, before) = (false, false);
            for (var edge = 0; edge < campaigns.Length; edge++)
            {
                if (campaigns[edge] == campaign)
                    continue;

                again |= IsAfter(firsts[edge]) || IsAfter(lasts[edge]);
                before |= IsBefore(firsts[edge]) || IsBefore(lasts[edge]);
            }

            returned += again ? 1 : 0;
            newcomers += before ? 0 : 1;

            bool IsAfter(int minute) => minute > here && minute <= until;

            bool IsBefore(int minute) => minute < here && minute >= from;
        }

        return new DonorCounts(donors.Length, returned, newcomers);
    }
}

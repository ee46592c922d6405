namespace Succesmeter.Learning.Replay;

/// <summary>Chooses what of a campaign was known, and when.</summary>
internal static class ReplayedSnapshots
{
    /// <param name="campaign">With all that was ever seen of it.</param>
    /// <param name="untilDay">Days after the creation that the replay ends with; where that is unknown, after the first scrape. Null = to the last scrape.</param>
    /// <param name="daily">Adds a snapshot at the end of every other day, derived from a complete list of gifts.</param>
    /// <returns>By day, one a day at most.</returns>
    public static IEnumerable<ReplayedSnapshot> Of(ScrapedCampaign campaign, int? untilDay, bool daily)
    {
        if (campaign.Scrapes.Count == 0)
            yield break;

        var last = campaign.Scrapes[^1].Day;
        var until = untilDay is { } days ? (campaign.Created ?? campaign.Scrapes[0].Day).AddDays(days) : last;
        var goal = campaign.Scrapes.FirstOrDefault(static scrape => scrape.Goal is not null).Goal;

        // The first day that nothing was told of yet; null where days are not to be filled.
        var unfilled = daily && campaign.IsListComplete ? campaign.Created : null;
        foreach (var scrape in campaign.Scrapes)
        {
            if (scrape.Day > until)
                break;

            for (; unfilled < scrape.Day; unfilled = unfilled.Value.AddDays(1))
                yield return Derived(campaign, unfilled.Value, goal);

            if (unfilled == scrape.Day)
                unfilled = scrape.Day.AddDays(1);

            goal = scrape.Goal ?? goal;
            if (scrape.Raised is { } raised)
                yield return new ReplayedSnapshot(campaign, scrape.Day, raised, scrape.Goal, scrape.Donations, campaign.GiftsUpTo(scrape.Day), IsDerived: false);
        }

        for (; unfilled <= until && unfilled < last; unfilled = unfilled.Value.AddDays(1))
            yield return Derived(campaign, unfilled.Value, goal);
    }

    /// <remarks>Before the first scrape the goal first shown stands in.</remarks>
    private static ReplayedSnapshot Derived(ScrapedCampaign campaign, DateOnly day, decimal? goal)
    {
        var gifts = campaign.GiftsUpTo(day);
        var pledged = 0m;
        for (var i = 0; i < gifts; i++)
            pledged += campaign.Gifts[i].Amount;

        return new ReplayedSnapshot(campaign, day, pledged, goal, gifts, gifts, IsDerived: true);
    }
}

/// <param name="Campaign">Whose.</param>
/// <param name="Day">At whose end it was taken.</param>
/// <param name="Pledged">The total then.</param>
/// <param name="Goal">As shown then.</param>
/// <param name="Backers">As shown then.</param>
/// <param name="Gifts">How many of the campaign's gifts were dated by then.</param>
/// <param name="IsDerived">No page showed it: it was added up from the gifts.</param>
internal sealed record ReplayedSnapshot(ScrapedCampaign Campaign, DateOnly Day, decimal Pledged, decimal? Goal, int? Backers, int Gifts, bool IsDerived);

namespace Succesmeter.Learning.Datasets;

/// <summary>kickstarter-2014: all-or-nothing, known on days 0 to 3 and at the end.</summary>
internal static class KickstarterProjects
{
    public const string Name = "kickstarter-2014";

    /// <summary>As campaigns, for the serving model. The 321 without daily figures stay, known at launch alone.</summary>
    public static IReadOnlyList<PastCampaign> AsCampaigns(string directory) =>
        [.. CsvFile.Read(Path.Combine(directory, Name, "projects.csv.gz")).Select(AsCampaign)];

    private static PastCampaign AsCampaign(CsvRow row)
    {
        var goal = row.Number("goal");
        double[] pledged = [.. Days.Select(day => row.Number($"day{day}_percent_of_goal") / 100 * goal)];
        double[] gifts = [.. Days.Select(day => row.Number($"day{day}_backers"))];
        var known = pledged.Concat(gifts).All(double.IsFinite) ? Days.Length : 0;

        return new PastCampaign
        {
            Dataset = Name,
            Id = row.Whole("project"),
            AllOrNothing = true,
            PlannedDays = row.Number("duration_days"),
            // The currency codes are not named; nearly all of these projects counted in dollars.
            Currency = "USD",
            Rewards = row.Whole("rewards"),
            HolderCampaigns = Math.Max(0, row.Whole("creator_projects_created") - 1),
            Pledged = [.. pledged.Take(known)],
            Gifts = [.. gifts.Take(known).Select(static value => (int)value)],
            FinalPledged = row.Number("final_pledged"),
            ReachedAfter = row["succeeded"] == "1" ? row.Number("days_to_success_or_end") : null,
            Goals = [(0, goal)],
        };
    }

    private static readonly int[] Days = [1, 2, 3];
}

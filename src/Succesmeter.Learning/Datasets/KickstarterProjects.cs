namespace Succesmeter.Learning.Datasets;

/// <summary>kickstarter-2014: all-or-nothing, known on days 0 to 3 and at the end.</summary>
internal static class KickstarterProjects
{
    public const string Name = "kickstarter-2014";

    /// <summary>The columns as published.</summary>
    public static IReadOnlyList<KickstarterProject> Read(string directory) =>
        [.. CsvFile.Read(Path.Combine(directory, Name, "projects.csv.gz")).Select(static row => new KickstarterProject(row))];

    /// <summary>As campaigns, for the serving model.</summary>
    public static IReadOnlyList<PastCampaign> AsCampaigns(string directory) => [.. Read(directory).Select(static project => project.AsCampaign())];
}

/// <summary>One project with its published columns. What starts with <c>final_</c> is an outcome.</summary>
internal sealed class KickstarterProject(CsvRow row)
{
    private static readonly int[] Days = [1, 2, 3];

    public int Id { get; } = row.Whole("project");

    public bool Succeeded { get; } = row["succeeded"] == "1";

    /// <summary>Days to success, or to the end of a failure.</summary>
    public double Time { get; } = row.Number("days_to_success_or_end");

    public double Goal { get; } = row.Number("goal");

    public double PlannedDays { get; } = row.Number("duration_days");

    public double FinalPledged { get; } = row.Number("final_pledged");

    public double FinalBackers { get; } = row.Number("final_backers");

    public double FinalComments { get; } = row.Number("final_comments");

    /// <summary>The 321 without daily figures are known at launch alone.</summary>
    public bool HasDays { get; } = Days.All(day => double.IsFinite(row.Number($"day{day}_percent_of_goal")) && double.IsFinite(row.Number($"day{day}_backers")));

    public double Column(string name) => row.Number(name);

    /// <summary>Pledged by the end of a day, as a ratio of the goal, to the whole per cent that is published; 0 at launch.</summary>
    public double RatioAfter(int days) => days == 0 ? 0 : row.Number($"day{days}_percent_of_goal") / 100;

    public double BackersAfter(int days) => days == 0 ? 0 : row.Number($"day{days}_backers");

    public PastCampaign AsCampaign() => new()
    {
        Dataset = KickstarterProjects.Name,
        Id = Id,
        AllOrNothing = true,
        PlannedDays = PlannedDays,
        // The currency codes are not named; nearly all of these projects counted in dollars.
        Currency = "USD",
        Rewards = row.Whole("rewards"),
        HolderCampaigns = Math.Max(0, row.Whole("creator_projects_created") - 1),
        Pledged = HasDays ? [.. Days.Select(day => RatioAfter(day) * Goal)] : [],
        Gifts = HasDays ? [.. Days.Select(day => (int)BackersAfter(day))] : [],
        FinalPledged = FinalPledged,
        FinalBackers = FinalBackers,
        ReachedAfter = Succeeded ? Time : null,
        Goals = [(0, Goal)],
    };
}

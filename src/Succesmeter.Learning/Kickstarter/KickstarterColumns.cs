using System.Collections.Immutable;
using Succesmeter.Learning.Datasets;

namespace Succesmeter.Learning.Kickstarter;

/// <summary>
/// What the benchmark sees of a project at launch or after one or three days. <c>clean</c> leaves out the columns that behave like totals of the whole
/// campaign; neither cut sees the place in the file, which follows the outcome.
/// </summary>
internal static class KickstarterColumns
{
    public static ImmutableArray<string> CutNames { get; } = ["clean", "as-published"];

    /// <summary>Days after launch, by the instant's name.</summary>
    public static ImmutableArray<(string Name, int Days)> Instants { get; } = [("static", 0), ("day1", 1), ("day3", 3)];

    public static ImmutableArray<string> NamesOf(string cut, int days)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        names.AddRange("log-goal", "log-goal-per-day", "duration", "category", "currency", "rewards", "created", "backed", "images", "video",
            "facebook-connected", "words", "risk-words", "videos", "facebook-friends");
        if (cut == "as-published")
            names.AddRange(SuspectedLeaks);
        for (var day = 1; day <= days; day++)
            names.AddRange($"backers-{day}", $"ratio-{day}", $"promotion-{day}", $"new-backers-{day}", $"new-ratio-{day}");
        if (days > 0)
            names.AddRange("log-mean-gift", "log-needed-pace", "log-backers-per-goal", "log-ratio-by-duration", "log-backers-needed");
        return names.ToImmutable();
    }

    public static double[] Of(KickstarterProject project, string cut, int days)
    {
        var row = new List<double>
        {
            Math.Log(project.Goal), Math.Log(project.Goal / project.PlannedDays), project.PlannedDays, project.Column("category"), project.Column("currency"),
            project.Column("rewards"), project.Column("creator_projects_created"), project.Column("creator_projects_backed"), project.Column("images"), project.Column("has_video"),
            project.Column("facebook_connected"), project.Column("words_description_z"), project.Column("words_risks_and_challenges_z"), project.Column("videos_z"),
            project.Column("facebook_friends_z"),
        };
        if (cut == "as-published")
            row.AddRange(SuspectedLeaks.Select(project.Column));
        for (var day = 1; day <= days; day++)
        {
            row.Add(project.BackersAfter(day));
            row.Add(project.RatioAfter(day));
            row.Add(project.Column($"{day}prj_prom_z"));
            row.Add(project.BackersAfter(day) - project.BackersAfter(day - 1));
            row.Add(project.RatioAfter(day) - project.RatioAfter(day - 1));
        }

        if (days > 0)
        {
            // A third of a per cent stands in for less than a whole one, half a backer for none.
            var (ratio, backers) = (Math.Max(project.RatioAfter(days), 0.003), project.BackersAfter(days) + 0.5);
            var left = Math.Max(project.PlannedDays - days, 1);
            var missing = Math.Max(1 - project.RatioAfter(days), 0.005);
            row.Add(Math.Log(ratio * project.Goal / backers));
            row.Add(Math.Log(missing / left / (ratio / days)));
            row.Add(Math.Log(backers / project.Goal));
            row.Add(Math.Log(ratio * project.PlannedDays));
            row.Add(Math.Log(missing / ratio * backers));
        }

        return [.. row];
    }

    private static readonly ImmutableArray<string> SuspectedLeaks =
        ["prj_prom_z", "crt_suc_perc_z", "usr_net_pg_rnk_z", "usr_net_nodes_z", "usr_net_tie_z", "usr_net_bic_z"];
}

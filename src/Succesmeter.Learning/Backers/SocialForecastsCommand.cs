using System.CommandLine;
using System.Globalization;
using Succesmeter.Learning.Datasets;
using Succesmeter.Learning.Training;
using Succesmeter.Learning.Uk;

namespace Succesmeter.Learning.Backers;

/// <summary>
/// <c>social-forecasts --data DIR</c>: forecasts of final backers on campaigns that they were not trained on, beside their baselines; then, as a rehearsal, what can be had of the
/// pre-registered targets on public data.
/// </summary>
internal static class SocialForecastsCommand
{
    private const int KickstarterFolds = 3;
    private const double TrainedShare = 0.7;
    private static readonly int[] s_kickstarterDays = [0, 1, 2, 3];

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder that holds the data sets; those that are missing are left out.", Required = true };
        var only = new Option<string?>("--only") { Description = "One part alone: kickstarter-2014, uk-community-fundraisers or justgiving." };
        only.AcceptOnlyFromAmong("kickstarter-2014", "uk-community-fundraisers", "justgiving");
        var tuning = new Option<bool>("--tuning") { Description = "Judge inside the training part alone, as was done to choose the trees." };
        var seed = new Option<int>("--seed") { Description = "Of folds, training and bootstrap.", DefaultValueFactory = static _ => 1 };
        var command = new Command("social-forecasts", "Judges the forecast of final backers against persistence and money, and rehearses the pre-registered social targets.") { data, only, tuning, seed };
        command.SetAction(parsed =>
            Run(parsed.GetRequiredValue(data).FullName, parsed.GetValue(only), parsed.GetValue(tuning), parsed.GetValue(seed), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(string data, string? only, bool tuning, int seed, TextWriter output)
    {
        var projects = Wants(KickstarterProjects.Name, "projects.csv.gz") || Has(KickstarterProjects.Name, "projects.csv.gz") ? KickstarterProjects.AsCampaigns(data) : [];
        IReadOnlyList<PastCampaign> fundraisers = Has(UkFundraisers.Name, "campaigns.csv.gz") ? [.. UkFundraisers.Read(data).Select(static fundraiser => fundraiser.Campaign)] : [];
        if (tuning)
        {
            Tune(projects, fundraisers, seed, output);
            return 0;
        }

        if (Wants(KickstarterProjects.Name, "projects.csv.gz"))
            Kickstarter(projects, fundraisers, seed, output);
        if (Wants(UkFundraisers.Name, "campaigns.csv.gz"))
        {
            var trained = (int)(fundraisers.Count * TrainedShare);
            Split("uk time split", [.. fundraisers.Take(trained), .. projects], [.. fundraisers.Skip(trained)], UkCuts.Days, seed, output);
        }

        if (Wants(JustGivingPages.Name, "pages.csv.gz"))
            Rehearsal.Print(data, seed, output);
        return 0;

        bool Has(string name, string file) => File.Exists(Path.Combine(data, name, file));

        bool Wants(string name, string file)
        {
            if (only is not null && only != name)
                return false;
            if (Has(name, file))
                return true;
            output.WriteLine($"{name} is not in {data}: left out.");
            return false;
        }
    }

    /// <summary>Folds are shuffled: the file is partly sorted by outcome, and carries no date to split by.</summary>
    private static void Kickstarter(IReadOnlyList<PastCampaign> projects, IReadOnlyList<PastCampaign> fundraisers, int seed, TextWriter output)
    {
        int[] folds = [.. Enumerable.Range(0, projects.Count).Select(static at => at % KickstarterFolds)];
        new Random(seed).Shuffle(folds);
        var judged = s_kickstarterDays.ToDictionary(static day => day, static _ => new List<JudgedBackers>());
        for (var fold = 0; fold < KickstarterFolds; fold++)
            foreach (var row in Judged([.. projects.Where((_, at) => folds[at] != fold), .. fundraisers], [.. projects.Where((_, at) => folds[at] == fold)], s_kickstarterDays, seed))
                judged[row.Row.Days].Add(row);
        foreach (var day in s_kickstarterDays)
            output.WriteLine(BackersLine.Of("kickstarter three folds", day, judged[day]).AsJson());
    }

    private static void Split(string cut, IReadOnlyList<PastCampaign> trained, IReadOnlyList<PastCampaign> asked, IEnumerable<int> days, int seed, TextWriter output)
    {
        foreach (var rows in Judged(trained, asked, [.. days], seed).GroupBy(static row => row.Row.Days).OrderBy(static rows => rows.Key))
            output.WriteLine(BackersLine.Of(cut, rows.Key, [.. rows]).AsJson());
    }

    private static IEnumerable<JudgedBackers> Judged(IReadOnlyList<PastCampaign> trained, IReadOnlyList<PastCampaign> asked, int[] days, int seed)
    {
        var judge = new BackersJudge(BackersTraining.Fit("backers", trained, seed), ServingTraining.Fit("serving", trained, seed), BackersTraining.RowsOf(trained));
        return asked.SelectMany(campaign => days.Select(day => BackersRow.Of(campaign, day))).OfType<BackersRow>().Select(judge.Of);
    }

    /// <summary>Sizes of trees on campaigns of the training part alone: of the UK's earliest 70 % the last three tenths, of Kickstarter a third drawn with another seed.</summary>
    private static void Tune(IReadOnlyList<PastCampaign> projects, IReadOnlyList<PastCampaign> fundraisers, int seed, TextWriter output)
    {
        var known = (int)(fundraisers.Count * TrainedShare);
        var fitted = (int)(known * TrainedShare);
        int[] folds = [.. Enumerable.Range(0, projects.Count).Select(static at => at % KickstarterFolds)];
        new Random(seed + 100).Shuffle(folds);
        PastCampaign[] trained = [.. fundraisers.Take(fitted), .. projects.Where((_, at) => folds[at] != 0)];
        PastCampaign[] asked = [.. fundraisers.Take(known).Skip(fitted), .. projects.Where((_, at) => folds[at] == 0)];
        var rows = BackersTraining.RowsOf(asked);
        foreach (var (rounds, leaves, few, rate) in ((int, int, int, double)[])[(100, 8, 100, 0.1), (200, 8, 100, 0.05), (200, 16, 100, 0.05), (200, 31, 100, 0.05), (400, 8, 100, 0.05), (200, 16, 300, 0.05)])
        {
            var options = BackersTraining.Options with { Rounds = rounds, Leaves = leaves, RowsInLeaf = few, LearningRate = rate };
            var model = BackersTraining.Fit("backers", trained, seed, options);
            foreach (var set in rows.GroupBy(static row => row.Campaign.Dataset))
            {
                var (loss, covered) = (0.0, 0);
                foreach (var row in set)
                {
                    var (low, middle, high) = model.GrowthOf(row.Features, default);
                    loss += (Evaluation.DistributionMeasures.Pinball(low, 0.1, row.Growth) + Evaluation.DistributionMeasures.Pinball(middle, 0.5, row.Growth)
                        + Evaluation.DistributionMeasures.Pinball(high, 0.9, row.Growth)) / 3;
                    covered += row.Growth >= low && row.Growth <= high ? 1 : 0;
                }

                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{rounds} rounds of {leaves} leaves, {few} rows in a leaf, rate {rate}: {set.Key} pinball {loss / set.Count():0.0000}, cover {(double)covered / set.Count():0.000}"));
            }
        }
    }
}

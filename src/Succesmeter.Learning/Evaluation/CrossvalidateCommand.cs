using System.CommandLine;
using System.Globalization;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Datasets;
using Succesmeter.Learning.Kickstarter;
using Succesmeter.Learning.Training;
using Succesmeter.Learning.Uk;

namespace Succesmeter.Learning.Evaluation;

/// <summary>
/// <c>crossvalidate --data DIR</c>: Kickstarter in ten folds, the UK fundraisers in repeated five folds and split by time. Everything is trained anew on
/// the other folds; a line of JSON for each row.
/// </summary>
internal static class CrossvalidateCommand
{
    private const int KickstarterFolds = 10;
    private const int UkFolds = 5;
    private const int UkRepeats = 2;
    private const double TrainedShare = 0.7;

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder that holds the data sets.", Required = true };
        var only = new Option<string?>("--only") { Description = "One data set alone: kickstarter-2014 or uk-community-fundraisers." };
        only.AcceptOnlyFromAmong("kickstarter-2014", "uk-community-fundraisers");
        var cut = new Option<string?>("--cut") { Description = "One cut alone." };
        var instant = new Option<string?>("--instant") { Description = "Of Kickstarter one instant alone: static, day1 or day3." };
        instant.AcceptOnlyFromAmong("static", "day1", "day3");
        var seed = new Option<int>("--seed") { Description = "Of folds and training.", DefaultValueFactory = static _ => 1 };
        var command = new Command("crossvalidate", "Measures the method on campaigns it was not trained on, against a baseline in the same run.") { data, only, cut, instant, seed };
        command.SetAction(parsed =>
        {
            var (folder, wanted, wantedCut) = (parsed.GetRequiredValue(data).FullName, parsed.GetValue(only), parsed.GetValue(cut));
            var lines = new EvaluationLines();
            if (wanted is null or KickstarterProjects.Name && Directory.Exists(Path.Combine(folder, KickstarterProjects.Name)))
                Kickstarter(KickstarterProjects.Read(folder), wantedCut, parsed.GetValue(instant), parsed.GetValue(seed), lines);
            if (wanted is null or UkFundraisers.Name && Directory.Exists(Path.Combine(folder, UkFundraisers.Name)))
                Uk(UkFundraisers.Read(folder), wantedCut, parsed.GetValue(seed), lines);
            lines.Summarise();
            return 0;
        });
        return command;
    }

    private static void Kickstarter(IReadOnlyList<KickstarterProject> all, string? wantedCut, string? wantedInstant, int seed, EvaluationLines lines)
    {
        foreach (var cut in KickstarterColumns.CutNames.Where(name => wantedCut is null || name == wantedCut))
            foreach (var (instant, days) in KickstarterColumns.Instants.Where(x => wantedInstant is null || x.Name == wantedInstant))
            {
                var projects = all.Where(project => days == 0 || project.HasDays).ToArray();
                var folds = FoldsOf(projects.Length, KickstarterFolds, seed);
                var rows = new List<JudgedRow>();
                var concordances = new List<(double Model, double Baseline)>();
                for (var fold = 0; fold < KickstarterFolds; fold++)
                {
                    lines.Tell(string.Create(CultureInfo.InvariantCulture, $"{KickstarterProjects.Name} {cut} {instant}: fold {fold + 1} of {KickstarterFolds}"));
                    var benchmark = KickstarterBenchmark.Fit([.. projects.Where((_, at) => folds[at] != fold)], cut, days, seed);
                    var judged = benchmark.Judge([.. projects.Where((_, at) => folds[at] == fold)], seed);
                    concordances.Add((OfTime(judged, static row => row.TimeScore!.Value), OfTime(judged, static row => row.BaselineTimeScore!.Value)));
                    rows.AddRange(judged);
                }

                // A time score's zero moves from fold to fold, so pairs are compared within a fold, and the folds' mean is given, as in the paper.
                var line = EvaluationLine.Of(KickstarterProjects.Name, cut, instant, "benchmark-kickstarter", "plain boosting (Cox; logistic)", rows);
                lines.Add(line with
                {
                    CIndex = concordances.Average(static x => x.Model),
                    Baseline = line.Baseline with { CIndex = concordances.Average(static x => x.Baseline) },
                    Difference = line.Difference with { CIndex = PairedDifference.OfMean([.. concordances.Select(static x => x.Model - x.Baseline)], 1) },
                });
            }
    }

    private static void Uk(IReadOnlyList<UkFundraiser> all, string? wantedCut, int seed, EvaluationLines lines)
    {
        foreach (var cut in UkCuts.Names.Where(name => wantedCut is null || name == wantedCut))
        {
            var campaigns = UkCuts.Of(cut, all);
            var repeats = new List<EvaluationLine[]>();
            for (var repeat = 0; repeat < UkRepeats; repeat++)
            {
                var folds = FoldsOf(campaigns.Count, UkFolds, seed + (1000 * repeat));
                var rows = UkCuts.Days.Select(static _ => new List<JudgedRow>()).ToArray();
                for (var fold = 0; fold < UkFolds; fold++)
                {
                    lines.Tell(string.Create(CultureInfo.InvariantCulture, $"{UkFundraisers.Name} {cut}: round {repeat + 1}, fold {fold + 1} of {UkFolds}"));
                    JudgeSplit([.. campaigns.Where((_, at) => folds[at] != fold)], [.. campaigns.Where((_, at) => folds[at] == fold)], seed, rows);
                }

                repeats.Add([.. UkCuts.Days.Select((day, at) => LineOf(cut, day, rows[at]))]);
            }

            for (var day = 0; day < UkCuts.Days.Length; day++)
                lines.Add(EvaluationLine.Mean([.. repeats.Select(repeat => repeat[day])]));
        }

        if (wantedCut is null or "time-split")
        {
            lines.Tell($"{UkFundraisers.Name} time-split");
            var campaigns = UkCuts.Of("as-specified", all);
            var trained = (int)(campaigns.Count * TrainedShare);
            var rows = UkCuts.Days.Select(static _ => new List<JudgedRow>()).ToArray();
            JudgeSplit([.. campaigns.Take(trained)], [.. campaigns.Skip(trained)], seed, rows);
            for (var day = 0; day < UkCuts.Days.Length; day++)
                lines.Add(LineOf("time-split", UkCuts.Days[day], rows[day]));
        }
    }

    private static void JudgeSplit(IReadOnlyList<PastCampaign> trained, IReadOnlyList<PastCampaign> asked, int seed, List<JudgedRow>[] rows)
    {
        var model = ServingTraining.Fit("serving", trained, seed);
        var baseline = UkBaseline.Fit(trained, seed);
        for (var day = 0; day < UkCuts.Days.Length; day++)
            rows[day].AddRange(UkJudge.Judge(model, baseline, asked, UkCuts.Days[day], seed));
    }

    private static EvaluationLine LineOf(string cut, int day, IReadOnlyList<JudgedRow> rows) =>
        EvaluationLine.Of(UkFundraisers.Name, cut, "day" + day.ToString(CultureInfo.InvariantCulture), "serving recipe", "plain boosting; training quantiles", rows);

    private static double OfTime(IReadOnlyList<JudgedRow> rows, Func<JudgedRow, double> score) =>
        Concordance.Of([.. rows.Select(score)], [.. rows.Select(static row => row.Time)], [.. rows.Select(static row => row.Happened)]);

    /// <summary>Folds of equal size in a shuffled order: files may be sorted by their outcome.</summary>
    private static int[] FoldsOf(int count, int folds, int seed)
    {
        int[] places = [.. Enumerable.Range(0, count).Select(at => at % folds)];
        new Random(seed).Shuffle(places);
        return places;
    }
}

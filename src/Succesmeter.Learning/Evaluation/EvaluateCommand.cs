using System.CommandLine;
using System.Globalization;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Datasets;
using Succesmeter.Learning.Kickstarter;
using Succesmeter.Learning.Models;
using Succesmeter.Learning.Uk;

namespace Succesmeter.Learning.Evaluation;

/// <summary>
/// <c>evaluate --data DIR [--models DIR]</c>: the shipped models on files laid out like the training data, without training anything. On campaigns they were trained
/// on the figures flatter; on others they are what the models are worth.
/// </summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder that holds the data sets; those that are missing are left out.", Required = true };
        var models = new Option<DirectoryInfo?>("--models") { Description = "Folder of model files; the shipped ones without it." };
        var seed = new Option<int>("--seed") { Description = "Of the draws that make the transform uniform at an atom.", DefaultValueFactory = static _ => 1 };
        var command = new Command("evaluate", "Measures the shipped models on data, against their baselines on the same rows.") { data, models, seed };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(data).FullName, parsed.GetValue(models)?.FullName, parsed.GetValue(seed)));
        return command;
    }

    private static int Run(string data, string? models, int seed)
    {
        var lines = new EvaluationLines();
        if (File.Exists(Path.Combine(data, KickstarterProjects.Name, "projects.csv.gz")))
        {
            using var stream = ModelFiles.Open(models, ModelFiles.KickstarterBenchmark);
            Kickstarter(KickstarterProjects.Read(data), ModelBundle.Read(stream), seed, lines);
        }
        else
        {
            lines.Tell($"{KickstarterProjects.Name} is not in {data}: left out.");
        }

        if (File.Exists(Path.Combine(data, UkFundraisers.Name, "campaigns.csv.gz")))
            Uk(UkFundraisers.Read(data), models, seed, lines);
        else
            lines.Tell($"{UkFundraisers.Name} is not in {data}: left out.");

        lines.Summarise();
        return 0;
    }

    private static void Kickstarter(IReadOnlyList<KickstarterProject> all, ModelBundle bundle, int seed, EvaluationLines lines)
    {
        foreach (var cut in KickstarterColumns.CutNames)
            foreach (var (instant, days) in KickstarterColumns.Instants)
            {
                var rows = KickstarterBenchmark.From(bundle, cut, days).Judge([.. all.Where(project => days == 0 || project.HasDays)], seed);
                if (rows.Count > 0)
                    lines.Add(EvaluationLine.Of(KickstarterProjects.Name, cut, instant, "benchmark-kickstarter " + bundle.Version, "plain boosting (Cox; logistic)", rows));
            }
    }

    /// <remarks>The published cut knows that at least five gifts will come, which no live campaign does: it has a model of its own that is never served.</remarks>
    private static void Uk(IReadOnlyList<UkFundraiser> all, string? models, int seed, EvaluationLines lines)
    {
        var serving = ForecastModel.Read(ModelFiles.Open(models, ModelFiles.Serving));
        var specified = ForecastModel.Read(ModelFiles.Open(models, ModelFiles.UkBenchmark));
        var baselines = ModelBundle.Read(ModelFiles.Open(models, ModelFiles.UkBaselines));
        foreach (var cut in UkCuts.Names)
        {
            var model = cut == "as-specified" ? specified : serving;
            var baseline = UkBaseline.From(baselines, cut);
            foreach (var day in UkCuts.Days)
            {
                var rows = UkJudge.Judge(model, baseline, UkCuts.Of(cut, all), day, seed);
                if (rows.Count > 0)
                    lines.Add(EvaluationLine.Of(UkFundraisers.Name, cut, "day" + day.ToString(CultureInfo.InvariantCulture), model.Name + " " + model.Version, "plain boosting; training quantiles", rows));
            }
        }
    }
}

using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Succesmeter.Learning.Backers;
using Succesmeter.Learning.Datasets;
using Succesmeter.Learning.Kickstarter;
using Succesmeter.Learning.Models;
using Succesmeter.Learning.Uk;

namespace Succesmeter.Learning.Training;

/// <summary><c>train --data DIR --out DIR</c>: model files and their cards, the same to the byte from the same data and seed.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder that holds the data sets.", Required = true };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for model files and cards.", Required = true };
        var seed = new Option<int>("--seed") { Description = "Seed of all chance in training.", DefaultValueFactory = static _ => 1 };
        var only = new Option<string?>("--only") { Description = "One part alone: prototypes or backers." };
        only.AcceptOnlyFromAmong("prototypes", "backers");
        var command = new Command("train", "Trains the models from the data sets and writes them with their cards.") { data, output, seed, only };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(data).FullName, parsed.GetRequiredValue(output).FullName, parsed.GetValue(seed), parsed.GetValue(only)));
        return command;
    }

    private static int Run(string data, string output, int seed, string? only)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        Directory.CreateDirectory(output);
        screen.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Reading {data}");
        var campaigns = ServingCampaigns.Read(data);
        if (only == "prototypes")
        {
            Write(ModelFiles.Prototypes, stream => PrototypeFile.Write(PrototypeCurves.Of(campaigns), stream));
            return 0;
        }

        if (only is null or "backers")
        {
            Tell("backers", "all campaigns");
            var backers = BackersTraining.Fit("backers", campaigns, seed);
            Write(ModelFiles.Backers, backers.Write);
            File.WriteAllText(Path.Combine(output, "backers.md"), BackersCard.Of(backers, campaigns, seed));
            if (only is not null)
                return 0;
        }

        var model = ServingTraining.Fit("serving", campaigns, seed, step => Tell("serving", step));
        Write(ModelFiles.Serving, model.Write);
        File.WriteAllText(Path.Combine(output, "serving.md"), ModelCard.Of(model, campaigns, seed));

        Write(ModelFiles.Prototypes, stream => PrototypeFile.Write(PrototypeCurves.Of(campaigns), stream));

        var fundraisers = UkFundraisers.Read(data);
        var specified = ServingTraining.Fit("benchmark-uk", UkCuts.Of("as-specified", fundraisers), seed, step => Tell("benchmark-uk", step));
        Write(ModelFiles.UkBenchmark, specified.Write);
        var baselines = new ModelBundle();
        foreach (var cut in UkCuts.Names)
            UkBaseline.Fit(UkCuts.Of(cut, fundraisers), seed).AddTo(baselines, cut);
        Write(ModelFiles.UkBaselines, baselines.Write);

        var projects = KickstarterProjects.Read(data);
        var kickstarter = new ModelBundle();
        foreach (var cut in KickstarterColumns.CutNames)
            foreach (var (instant, days) in KickstarterColumns.Instants)
            {
                Tell("benchmark-kickstarter", cut + " " + instant);
                KickstarterBenchmark.Fit([.. projects.Where(project => days == 0 || project.HasDays)], cut, days, seed).AddTo(kickstarter);
            }

        Write(ModelFiles.KickstarterBenchmark, kickstarter.Write);

        var table = new Table().AddColumns("model", "version", "campaigns", "trees", "calibration");
        table.AddRow(model.Name, model.Version, campaigns.Count.ToString(CultureInfo.InvariantCulture), model.Trees.Trees.Count.ToString(CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{model.Calibration.Intercept:F3} + {model.Calibration.Slope:F3} x"));
        table.AddRow(specified.Name, specified.Version, UkCuts.Of("as-specified", fundraisers).Count.ToString(CultureInfo.InvariantCulture), specified.Trees.Trees.Count.ToString(CultureInfo.InvariantCulture), "");
        table.AddRow("benchmark-kickstarter", kickstarter.Version, projects.Count.ToString(CultureInfo.InvariantCulture), "", "");
        screen.Write(table);
        return 0;

        void Tell(string name, string step) => screen.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{name}: {step}");

        void Write(string name, Action<Stream> write)
        {
            using var file = File.Create(Path.Combine(output, name));
            write(file);
        }
    }
}

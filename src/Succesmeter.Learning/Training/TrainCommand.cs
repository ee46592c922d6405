using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Succesmeter.Learning.Models;

namespace Succesmeter.Learning.Training;

/// <summary><c>train --data DIR --out DIR</c>: model files and their cards, the same to the byte from the same data and seed.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder that holds the data sets.", Required = true };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for model files and cards.", Required = true };
        var seed = new Option<int>("--seed") { Description = "Seed of all chance in training.", DefaultValueFactory = static _ => 1 };
        var command = new Command("train", "Trains the models from the data sets and writes them with their cards.") { data, output, seed };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(data).FullName, parsed.GetRequiredValue(output).FullName, parsed.GetValue(seed)));
        return command;
    }

    private static int Run(string data, string output, int seed)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        screen.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Reading {data}");
        var campaigns = ServingCampaigns.Read(data);
        var steps = new HashSet<string>(StringComparer.Ordinal);
        var model = ServingTraining.Fit("serving", campaigns, seed, (step, done) =>
        {
            if (steps.Add(step + Math.Floor(done * 4).ToString(CultureInfo.InvariantCulture)))
                screen.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"serving: {step} {done:P0}");
        });

        Directory.CreateDirectory(output);
        using (var file = File.Create(Path.Combine(output, "serving.model")))
            model.Write(file);
        File.WriteAllText(Path.Combine(output, "serving.md"), ModelCard.Of(model, campaigns, seed));

        var table = new Table().AddColumns("model", "version", "campaigns", "trees", "calibration");
        table.AddRow(model.Name, model.Version, campaigns.Count.ToString(CultureInfo.InvariantCulture), model.Trees.Trees.Count.ToString(CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{model.Calibration.Intercept:F3} + {model.Calibration.Slope:F3} x"));
        screen.Write(table);
        return 0;
    }
}

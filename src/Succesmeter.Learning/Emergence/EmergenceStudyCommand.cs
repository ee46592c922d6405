using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Succesmeter.Learning.Emergence;

/// <summary><c>emergence-study</c>: how often the estimate of emergence is right, and how often it cries wolf, on campaigns whose truth is known.</summary>
internal static class EmergenceStudyCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static Command Create()
    {
        var replicates = new Option<int>("--replicates") { Description = "Simulated campaigns a cell.", DefaultValueFactory = static _ => 1000 };
        var seed = new Option<int>("--seed") { Description = "Of the simulations; the threshold was chosen on seed 7.", DefaultValueFactory = static _ => 1 };
        var only = new Option<string?>("--only") { Description = "A kind (coverage, false-alarm, power, log, bound) or a part of a cell's name." };
        var gifts = new Option<int?>("--gifts") { Description = "Only campaigns of this size." };
        var threads = new Option<int>("--threads") { Description = "Do not change the figures.", DefaultValueFactory = static _ => Environment.ProcessorCount };
        var file = new Option<FileInfo?>("--out") { Description = "A file that gets each line as its cell ends; cells that it holds already, of the same seed and as many replicates, are printed from it and not run again." };
        var command = new Command("emergence-study", "Simulates campaigns and prints a line a cell: coverage of the interval, false alarms, power, what a bad action log does.") { replicates, seed, only, gifts, threads, file };
        command.SetAction((parsed, cancellation) =>
        {
            var cells = StudyCell.All.Where(cell => (parsed.GetValue(only) is not { } text || cell.Kind == text || cell.Name.Contains(text, StringComparison.Ordinal))
                && (parsed.GetValue(gifts) is not { } size || cell.Campaign.Gifts == size)).ToList();
            var kept = parsed.GetValue(file);
            var known = Kept(kept);
            for (var at = 0; at < cells.Count; at++)
            {
                var (cell, count, of) = (cells[at], EmergenceStudy.ReplicatesOf(cells[at], parsed.GetValue(replicates)), parsed.GetValue(seed));
                var line = known.Find(line => (line.Kind, line.Cell, line.Gifts, line.Replicates, line.Seed) == (cell.Kind, cell.Name, cell.Campaign.Gifts, count, of));
                if (line is null)
                {
                    line = EmergenceStudy.Of(cell, parsed.GetValue(replicates), of, parsed.GetValue(threads), cancellation);
                    if (kept is not null)
                        File.AppendAllText(kept.FullName, JsonSerializer.Serialize(line, Json) + "\n");
                }

                parsed.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(line, Json));
                parsed.InvocationConfiguration.Error.WriteLine($"{at + 1} of {cells.Count}: {line.Kind} {line.Cell}, {line.Gifts} gifts, {line.Seconds} s");
            }

            return Task.FromResult(0);
        });
        return command;
    }

    /// <remarks>A run that was stopped while it wrote leaves half a line, which is run again.</remarks>
    private static List<StudyLine> Kept(FileInfo? file)
    {
        var lines = new List<StudyLine>();
        if (file is null || !File.Exists(file.FullName))
            return lines;

        var text = File.ReadAllText(file.FullName);
        foreach (var line in text.Split('\n'))
            if (line.StartsWith('{') && line.EndsWith('}'))
                lines.Add(JsonSerializer.Deserialize<StudyLine>(line, Json)!);
        if (text.Length > 0 && !text.EndsWith('\n'))
            File.AppendAllText(file.FullName, "\n");
        return lines;
    }
}

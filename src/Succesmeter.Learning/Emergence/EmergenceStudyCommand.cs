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
        var command = new Command("emergence-study", "Simulates campaigns and prints a line a cell: coverage of the interval, false alarms, power, what a bad action log does.") { replicates, seed, only, gifts, threads };
        command.SetAction((parsed, cancellation) =>
        {
            var cells = StudyCell.All.Where(cell => (parsed.GetValue(only) is not { } text || cell.Kind == text || cell.Name.Contains(text, StringComparison.Ordinal))
                && (parsed.GetValue(gifts) is not { } size || cell.Campaign.Gifts == size)).ToList();
            for (var at = 0; at < cells.Count; at++)
            {
                var line = EmergenceStudy.Of(cells[at], parsed.GetValue(replicates), parsed.GetValue(seed), parsed.GetValue(threads), cancellation);
                parsed.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(line, Json));
                parsed.InvocationConfiguration.Error.WriteLine($"{at + 1} of {cells.Count}: {line.Kind} {line.Cell}, {line.Gifts} gifts, {line.Seconds} s");
            }

            return Task.FromResult(0);
        });
        return command;
    }
}

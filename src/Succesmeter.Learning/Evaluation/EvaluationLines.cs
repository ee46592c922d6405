using System.Globalization;
using Spectre.Console;

namespace Succesmeter.Learning.Evaluation;

/// <summary>Rows to standard output as they come, one line of JSON each; words and the table at the end to standard error.</summary>
internal sealed class EvaluationLines
{
    private readonly List<EvaluationLine> lines = [];
    private readonly IAnsiConsole screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public void Tell(string what) => screen.WriteLine(what);

    public void Add(EvaluationLine line)
    {
        lines.Add(line);
        Console.Out.WriteLine(line.AsJson());
        Console.Out.Flush();
    }

    public void Summarise()
    {
        var table = new Table().AddColumns("data set", "cut", "instant", "n", "C", "AUC", "Brier", "skill", "baseline", "difference", "ECE", "PIT p", "cover 80");
        foreach (var line in lines)
            table.AddRow(line.Dataset, line.Cut, line.Instant, line.N.ToString(CultureInfo.InvariantCulture), Show(line.CIndex), Show(line.Auc), Show(line.Brier), Show(line.BrierSkill),
                Show(line.Baseline.BrierSkill), line.Difference.BrierSkill is { } d ? $"{Show(d.Value)} ({Show(d.Low)} to {Show(d.High)})" : "", Show(line.Ece), Show(line.PitKsP), Show(line.Coverage80));
        screen.Profile.Width = Math.Max(screen.Profile.Width, 160);
        screen.Write(table);
    }

    private static string Show(double? value) => value?.ToString("F3", CultureInfo.InvariantCulture) ?? "";
}

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Succesmeter.Benchmarks.Duels;

namespace Succesmeter.Benchmarks;

/// <summary>The same work on the same bytes, ours and a Python library's in turns; results have to agree.</summary>
internal static class PeersCommand
{
    private static readonly (string Name, Func<PeerProcess, IEnumerable<IDuel>> In)[] Groups =
    [
        ("forecast", ForecastDuels.In),
        ("hawkes", HawkesDuels.In),
        ("parsing", ParsingDuels.In),
        ("pages", PageDuels.In),
        ("signature", SignatureDuels.In),
        ("network", NetworkDuels.In),
    ];

    public static Command Create()
    {
        var python = new Option<string>("--python") { Description = "One with scikit-learn, scipy, networkx, igraph, bs4 and lxml.", DefaultValueFactory = static _ => "/usr/bin/python3" };
        var only = new Option<string[]>("--only") { Description = $"Of {string.Join(", ", Groups.Select(static group => group.Name))}.", DefaultValueFactory = static _ => [] };
        var command = new Command("peers", "Ratios of processor time, ours to Python's libraries, on the same work, whose results must agree.") { python, only };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(python), parsed.GetRequiredValue(only)));
        return command;
    }

    private static int Run(string python, string[] only)
    {
        var disagree = false;
        foreach (var (name, duels) in Groups)
        {
            if (only.Length > 0 && !only.Contains(name))
                continue;

            var load = ResultFile.LoadNow();
            var rows = new List<ResultRow>();
            var agree = true;
            using var peer = PeerProcess.Start(python, name + ".py");
            foreach (var duel in duels(peer))
            {
                try
                {
                    var row = duel.Fight(peer);
                    Print(row);
                    rows.Add(row);
                }
                catch (PeerException apart)
                {
                    Console.WriteLine($"DISAGREE in {name}: {apart.Message}");
                    agree = false;
                }
            }

            if (agree)
                ResultFile.Write($"peers-{name}", $"peers --only {name}", load, Versions(python), rows);
            disagree |= !agree;
        }

        return disagree ? 1 : 0;
    }

    private static void Print(ResultRow row) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Name,-72} {SummaryCommand.Nanoseconds(row.OursNanoseconds!.Value),10} {SummaryCommand.Nanoseconds(row.PeerNanoseconds!.Value),10}  × {row.Value,-8:0.####} ({row.Low:0.####} to {row.High:0.####})  {row.Agreed}"));

    private static string[] Versions(string python)
    {
        const string Asked = "import sys, sklearn, scipy, numpy, networkx, igraph, bs4, lxml.etree as lxml; print('Python ' + sys.version.split()[0]); [print(m.__name__.split('.')[0], m.__version__) for m in (sklearn, scipy, numpy, networkx, igraph, bs4, lxml)]";
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", Asked]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

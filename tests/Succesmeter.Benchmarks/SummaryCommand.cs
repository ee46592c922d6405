using System.CommandLine;
using System.Globalization;

namespace Succesmeter.Benchmarks;

/// <summary>The newest results in the tree against those committed before.</summary>
internal static class SummaryCommand
{
    /// <summary>Smaller changes are never called one, however little a run's own rounds differed: the same code on the same machine moves so much from run to run.</summary>
    private const double LeastChange = 0.1;

    public static Command Create()
    {
        var command = new Command("summary", "The newest results against the last committed ones, row by row; what moved more than its noise is marked.");
        command.SetAction(static _ => Run());
        return command;
    }

    private static void Run()
    {
        foreach (var path in Directory.GetFiles(Path.Combine(ResultFile.Root, ResultFile.Folder), "*.json").Order(StringComparer.Ordinal))
        {
            var (newest, before) = ResultFile.Pair(Path.GetFileNameWithoutExtension(path));
            Console.WriteLine($"== {newest.Command}: {Named(newest)}");
            Console.WriteLine(before is null ? "   none was committed before" : $"   against {Named(before)}");
            if (before is not null && before.Machine != newest.Machine)
                Console.WriteLine("   the machines differ: only ours/peer and bytes compare");
            foreach (var row in newest.Rows)
                Console.WriteLine(Line(row, before?.Rows.FirstOrDefault(other => other.Name == row.Name && other.Unit == row.Unit), before?.Machine == newest.Machine));
            foreach (var gone in before?.Rows.Where(row => newest.Rows.All(other => other.Name != row.Name)) ?? [])
                Console.WriteLine($"{gone.Name,-68} is no longer measured");
        }
    }

    internal static string Line(ResultRow row, ResultRow? before, bool isSameMachine)
    {
        var shown = string.Create(CultureInfo.InvariantCulture, $"{row.Name,-68} {Shown(row),16}");
        if (before is null)
            return $"{shown}  new";

        var line = string.Create(CultureInfo.InvariantCulture, $"{shown}  was {Shown(before),16}  × {row.Value / before.Value:0.00}");
        if ((isSameMachine || row.Unit != "ns") && IsOutsideNoise(row, before))
            line += row.Value > before.Value ? "  SLOWER" : "  faster";
        return row.Allocated is { } bytes && before.Allocated is { } bytesBefore && Math.Abs(bytes - bytesBefore) > LeastChange * Math.Max(bytesBefore, 64)
            ? string.Create(CultureInfo.InvariantCulture, $"{line}  bytes {bytesBefore:#,0} → {bytes:#,0}")
            : line;
    }

    /// <summary>No round of the one run lies among the rounds of the other, and the medians are apart by a tenth.</summary>
    internal static bool IsOutsideNoise(ResultRow now, ResultRow before) =>
        (now.Low > before.High || now.High < before.Low) && Math.Abs((now.Value / before.Value) - 1) > LeastChange;

    private static string Shown(ResultRow row) => row.Unit == "ns" ? Nanoseconds(row.Value) : string.Create(CultureInfo.InvariantCulture, $"{row.Value:0.####} {row.Unit}");

    internal static string Nanoseconds(double value) => value switch
    {
        < 1e3 => string.Create(CultureInfo.InvariantCulture, $"{value:0} ns"),
        < 1e6 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.00} µs"),
        < 1e9 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.00} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value / 1e9:0.00} s"),
    };

    private static string Named(ResultFile file) => string.Create(CultureInfo.InvariantCulture, $"{file.Date:yyyy-MM-dd HH:mm}, {file.Commit[..Math.Min(10, file.Commit.Length)]}, {file.Machine}, load {file.Load}");
}

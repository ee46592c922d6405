using System.CommandLine;
using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using Succesmeter.Benchmarks.Micro;

namespace Succesmeter.Benchmarks;

/// <summary>The hot parts one by one, by BenchmarkDotNet.</summary>
internal static class MicroCommand
{
    public static Command Create()
    {
        var filter = new Option<string[]>("--filter") { Description = "Only benchmarks whose full name matches, such as *Hawkes*; then no results are written.", DefaultValueFactory = static _ => [] };
        var command = new Command("micro", "Nanoseconds and bytes of features, forecast, Hawkes fit, network, parsing, pages and signatures.") { filter };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(filter)));
        return command;
    }

    private static int Run(string[] filter)
    {
        var load = ResultFile.LoadNow();

        // Short, so that all of it stays under ten minutes: 3 + 8 iterations of a quarter second, which of a fit that takes longer is one call each.
        var job = Job.Default.WithWarmupCount(3).WithIterationCount(8).WithIterationTime(TimeInterval.FromMilliseconds(250));
        var once = Job.Default.WithStrategy(RunStrategy.ColdStart).WithLaunchCount(1).WithWarmupCount(0).WithIterationCount(1).WithInvocationCount(1).WithUnrollFactor(1);
        List<Summary> summaries =
        [
            .. BenchmarkRunner.Run(
                [typeof(ScoreBenchmarks), typeof(HawkesBenchmarks), typeof(NetworkBenchmarks), typeof(ParsingBenchmarks), typeof(PageBenchmarks), typeof(SignatureBenchmarks)],
                Config(job, filter)),
            BenchmarkRunner.Run<LargestNetworkBenchmarks>(Config(once, filter)),
        ];
        var reports = summaries.SelectMany(static summary => summary.Reports).ToList();
        if (reports.Count == 0 || reports.Exists(static report => report.ResultStatistics is null))
            return 1;

        var rows = reports.ConvertAll(Row);
        foreach (var row in rows)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{row.Name,-68} {SummaryCommand.Nanoseconds(row.Value),12} {row.Allocated,14:#,0} bytes {(row.MegabytesPerSecond is { } speed ? $"{speed,6:0} MB/s" : "")}"));
        if (filter.Length == 0)
            ResultFile.Write("micro", "micro", load, [], rows);
        return 0;
    }

    private static ManualConfig Config(Job job, string[] filter)
    {
        var config = ManualConfig.CreateEmpty()
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddExporter(MarkdownExporter.Console)
            // In this process: for one of its own BenchmarkDotNet builds all referenced projects anew, which on two busy processors took longer than the two minutes that it waits.
            .AddJob(job.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(5), logOutput: true)))
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "succesmeter-benchmarks"));
        return filter.Length == 0 ? config : config.AddFilter(new GlobFilter(filter));
    }

    private static ResultRow Row(BenchmarkReport report)
    {
        var (benchmark, statistics) = (report.BenchmarkCase, report.ResultStatistics!);
        var type = benchmark.Descriptor.Type;
        var size = benchmark.Parameters.Items.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {benchmark.Parameters.Items[0].Value:#,0} {benchmark.Parameters.Items[0].Name.ToLowerInvariant()}");
        return new ResultRow(benchmark.Descriptor.WorkloadMethodDisplayInfo.Trim('\'') + size, "ns", Significant(statistics.Median), Significant(statistics.Min), Significant(statistics.Max))
        {
            Allocated = report.GcStats.GetBytesAllocatedPerOperation(benchmark),
            MegabytesPerSecond = type == typeof(ParsingBenchmarks) ? Significant(1e3 * ParsingBenchmarks.BytesOf(benchmark.Descriptor.WorkloadMethod.Name) / statistics.Median) : null,
        };
    }

    /// <summary>Four digits: more were noise in a committed file.</summary>
    internal static double Significant(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value;

        var scale = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 3);
        return scale < 1 ? Math.Round(value * Math.Round(1 / scale)) / Math.Round(1 / scale) : Math.Round(value / scale) * scale;
    }
}

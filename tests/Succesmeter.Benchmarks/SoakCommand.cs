using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Queues;
using Succesmeter.LocalHost.Azurite;

namespace Succesmeter.Benchmarks;

/// <summary>The demo town at full speed for as long as is said: whether memory, handles, the age of what waits and the time of answers stay flat.</summary>
internal static class SoakCommand
{
    private const int Answers = 20;

    /// <summary>From the second quarter to the last, beside a slack for what swings.</summary>
    private const double MostGrowth = 1.15;

    private static readonly string[] Queues = ["campaigns-to-score", "pages-to-fetch", "webhooks-to-deliver"];

    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { DefaultValueFactory = static _ => 60 };
        var command = new Command("soak", "Memory, handles, queues and answers of the demo town over an hour.") { minutes };
        command.SetAction((parsed, cancellation) => RunAsync(TimeSpan.FromMinutes(parsed.GetValue(minutes)), cancellation));
        return command;
    }

    /// <returns>Zero when all stayed flat.</returns>
    private static async Task<int> RunAsync(TimeSpan length, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("succesmeter-soak-");
        try
        {
            await using var azurite = await AzuriteProcess.StartOrAdoptAsync(folder.FullName, AzuritePorts.AnyFree, Console.Error.WriteLine, cancellation);
            await using var host = new HostProcess(azurite.ConnectionString(), demo: true);
            await host.StartAsync(cancellation);
            var seen = new List<Sight>();
            var watch = Stopwatch.StartNew();
            Console.WriteLine(Sight.Head);
            while (watch.Elapsed < length)
            {
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(30, length.TotalSeconds / 40)), cancellation);
                seen.Add(await LookAsync(watch.Elapsed, host, azurite, cancellation));
                Console.WriteLine(seen[^1]);
            }

            // The town fills up in its first quarter; what grows after that grows for ever.
            var (second, last) = (seen[(seen.Count / 4)..(seen.Count / 2)], seen[(3 * seen.Count / 4)..]);
            var grown = 0;
            foreach (var (name, of, slack) in Sight.Figures)
            {
                var (before, after) = (Median(second, of), Median(last, of));
                Figure.Print($"{name}: median of the second quarter", before);
                Figure.Print($"{name}: median of the last quarter", after);
                if (after > (before * MostGrowth) + slack)
                {
                    Console.WriteLine($"{name}: not flat");
                    grown++;
                }
            }

            return grown;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Sight> LookAsync(TimeSpan at, HostProcess host, AzuriteProcess azurite, CancellationToken cancellation)
    {
        var times = new List<double>();
        var messages = 0;
        for (var answer = 0; answer < Answers; answer++)
        {
            var began = Stopwatch.GetTimestamp();
            using var got = await host.Http.GetAsync(new Uri("/api/campaigns?limit=50", UriKind.Relative), cancellation);
            got.EnsureSuccessStatusCode();
            await got.Content.ReadAsByteArrayAsync(cancellation);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        var oldest = TimeSpan.Zero;
        foreach (var name in Queues)
        {
            var queue = new QueueClient(azurite.ConnectionString(), name);
            if (!await queue.ExistsAsync(cancellation))
                continue;
            messages += (await queue.GetPropertiesAsync(cancellation)).Value.ApproximateMessagesCount;

            // Only what may be taken now can be peeked at; pages wait in their queue for their time, so their age says nothing.
            if (name != "pages-to-fetch" && (await queue.PeekMessagesAsync(32, cancellation)).Value is { Length: > 0 } waiting && TimeProvider.System.GetUtcNow() - waiting.Min(static one => one.InsertedOn) is { } age && age > oldest)
                oldest = age;
        }

        times.Sort();
        using var process = Process.GetProcessById(host.ProcessId);
        using var emulator = Process.GetProcessById(azurite.ProcessId);
        return new Sight(at.TotalMinutes, process.WorkingSet64 / 1e6, process.HandleCount, process.Threads.Count, process.TotalProcessorTime.TotalSeconds, emulator.WorkingSet64 / 1e6, messages, oldest.TotalSeconds, times[times.Count / 2], times[^1]);
    }

    private static double Median(List<Sight> some, Func<Sight, double> of)
    {
        var all = some.Select(of).Order().ToList();
        return all.Count == 0 ? double.NaN : all[all.Count / 2];
    }

    private sealed record Sight(double Minute, double Memory, double Handles, double Threads, double Processor, double Emulator, double Waiting, double Oldest, double Median, double Most)
    {
        public const string Head = "minute  memory MB  handles  threads  CPU s  emulator MB  messages  oldest s  answer ms: median  most";

        /// <summary>The emulator keeps all history and so grows with it: it is shown and not judged.</summary>
        public static (string Name, Func<Sight, double> Of, double Slack)[] Figures { get; } =
        [
            ("memory of the host, MB", static one => one.Memory, 10),
            ("handles of the host", static one => one.Handles, 20),
            ("threads of the host", static one => one.Threads, 10),
            ("memory of the emulator, MB", static one => one.Emulator, double.PositiveInfinity),
            ("messages that wait", static one => one.Waiting, 50),
            ("the oldest that may be taken, s", static one => one.Oldest, 10),
            ("an answer, median, ms", static one => one.Median, 20),
            ("an answer, most, ms", static one => one.Most, 500),
        ];

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{Minute,6:0.0} {Memory,10:0} {Handles,8:0} {Threads,8:0} {Processor,6:0} {Emulator,12:0} {Waiting,9:0} {Oldest,9:0.0} {Median,18:0.0} {Most,5:0.0}");
    }
}

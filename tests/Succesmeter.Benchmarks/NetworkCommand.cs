using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Succesmeter.Networks;

namespace Succesmeter.Benchmarks;

/// <summary>Communities in a made graph, ours and python3-igraph's, one after the other on the same edges.</summary>
internal static class NetworkCommand
{
    public static Command Create()
    {
        var edges = new Option<int>("--edges") { Description = "Gifts in the made graph.", DefaultValueFactory = static _ => 1_000_000 };
        var loyal = new Option<double>("--loyal") { Description = "Share of a donor's gifts that stay in the own community; 0 plants nothing.", DefaultValueFactory = static _ => 0.7 };
        var seed = new Option<int>("--seed") { Description = "Of the graph and of both algorithms.", DefaultValueFactory = static _ => 1 };
        var rounds = new Option<int>("--rounds") { Description = "Timed runs of each; the best counts.", DefaultValueFactory = static _ => 3 };
        var python = new Option<string?>("--python") { Description = "A Python with igraph; without it only ours is timed." };
        var communities = new Option<int>("--communities") { Description = "Planted ones.", DefaultValueFactory = static _ => 50 };
        var gifts = new Option<int>("--gifts-per-campaign") { Description = "On average.", DefaultValueFactory = static _ => 135 };
        var command = new Command("network", "Seconds, memory and modularity of Leiden on a made donor graph, beside python3-igraph's.") { edges, loyal, seed, rounds, python, communities, gifts };
        command.SetAction(parsed => Run(
            PlantedGraph.Of(parsed.GetValue(edges), parsed.GetValue(gifts), parsed.GetValue(communities), parsed.GetValue(loyal), parsed.GetValue(seed)),
            parsed.GetValue(seed),
            parsed.GetValue(rounds),
            parsed.GetValue(python)));
        return command;
    }

    private static int Run(DonorGraph graph, int seed, int rounds, string? python)
    {
        Print("donors", graph.DonorCount);
        Print("campaigns", graph.CampaignCount);
        Print("edges", graph.EdgeCount);
        Print("donors with one campaign, %", 100.0 * Enumerable.Range(0, graph.DonorCount).Count(donor => graph.DegreeOfDonor(donor) == 1) / graph.DonorCount);

        var best = double.PositiveInfinity;
        Partition? found = null;
        for (var round = 0; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            found = Leiden.Of(graph, (ulong)seed);
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        Print("ours: seconds, best of the rounds", best);
        Print("ours: modularity", found!.Modularity);
        Print("ours: Barber's modularity", found.BarberModularity);
        Print("ours: communities", found.Count);
        Print("peak memory of this process, MiB", Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0);
        if (python is null)
            return 0;

        if (Peer(graph, seed, rounds, python) is not { } peer)
            return 1;

        Print("igraph: seconds, best of the rounds", peer.Seconds);
        Print("igraph: modularity", peer.Modularity);
        Print("igraph: communities", peer.Communities);
        Print("ratio of times, ours / igraph", best / peer.Seconds);
        Print("ratio of modularities, ours / igraph", found.Modularity / peer.Modularity);
        return 0;
    }

    private static PeerAnswer? Peer(DonorGraph graph, int seed, int rounds, string python)
    {
        var path = Path.GetTempFileName();
        try
        {
            WriteEdges(graph, path);
            var start = new ProcessStartInfo(python) { RedirectStandardOutput = true, UseShellExecute = false };
            foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "peers", "leiden.py"), path, $"{graph.DonorCount}", $"{graph.CampaignCount}", $"{rounds}", $"{seed}"])
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            var answer = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? JsonSerializer.Deserialize<PeerAnswer>(answer, JsonSerializerOptions.Web) : null;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Pairs of 32-bit numbers, campaigns counted on after the donors.</summary>
    private static void WriteEdges(DonorGraph graph, string path)
    {
        var ends = new int[2 * graph.EdgeCount];
        var at = 0;
        for (var donor = 0; donor < graph.DonorCount; donor++)
            foreach (var campaign in graph.CampaignsOf(donor))
            {
                ends[at++] = donor;
                ends[at++] = graph.DonorCount + campaign;
            }

        using var file = File.Create(path);
        file.Write(MemoryMarshal.AsBytes<int>(ends));
    }

    private static void Print(string what, double figure) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-50} {figure,14:#,0.####}"));

    private sealed record PeerAnswer(double Seconds, double Modularity, int Communities);
}

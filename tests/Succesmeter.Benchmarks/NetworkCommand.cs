using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Succesmeter.Benchmarks.Duels;
using Succesmeter.Networks;
using Succesmeter.Snapshots;
using static Succesmeter.Benchmarks.Figure;

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
        var judge = new Option<bool>("--judge") { Description = "Also ask whether communities can be told, and measure the shape." };
        var file = new Option<bool>("--file") { Description = "Also write the edges as blocks, read them back and compact them." };
        var command = new Command("network", "Seconds, memory and modularity of Leiden on a made donor graph, beside python3-igraph's.") { edges, loyal, seed, rounds, python, communities, gifts, judge, file };
        command.SetAction(parsed => Run(
            PlantedGraph.Of(parsed.GetValue(edges), parsed.GetValue(gifts), parsed.GetValue(communities), parsed.GetValue(loyal), parsed.GetValue(seed)),
            parsed.GetValue(seed),
            parsed.GetValue(rounds),
            parsed.GetValue(python),
            parsed.GetValue(judge),
            parsed.GetValue(file)));
        return command;
    }

    private static void Run(DonorGraph graph, int seed, int rounds, string? python, bool judge, bool file)
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
        if (file)
            ThroughAFile(graph);
        if (judge)
            Judge(graph, seed);
        if (python is null)
            return;

        var peer = Peer(graph, seed, rounds, python);
        Print("igraph: seconds, best of the rounds", peer.Seconds);
        Print("igraph: modularity", peer.Modularity);
        Print("igraph: communities", peer.Communities);
        Print("ratio of times, ours / igraph", best / peer.Seconds);
        Print("ratio of modularities, ours / igraph", found.Modularity / peer.Modularity);
    }

    private static void Judge(DonorGraph graph, int seed)
    {
        var watch = Stopwatch.StartNew();
        var finding = Communities.Of(graph, (ulong)seed);
        Print("judged: seconds", watch.Elapsed.TotalSeconds);
        Print("judged: edges", finding.Edges);
        Print("judged: sampled campaigns", finding.SampledCampaigns ?? double.NaN);
        Print("judged: modularity", finding.Modularity);
        Print("judged: mean adjusted Rand index", finding.Agreement ?? double.NaN);
        Print("judged: null's mean", finding.Null?.Mean ?? double.NaN);
        Print("judged: null's 99th percentile", finding.Null?.Percentile99 ?? double.NaN);
        Print("judged: draws", finding.Null?.Draws ?? 0);
        Console.WriteLine(finding is CommunityFinding.CannotTell(var reason, _, _, _, _, _) ? $"judged: cannot tell, {reason}" : "judged: told");

        watch.Restart();
        Print("Robins-Alexander", RobinsAlexander.Of(graph) ?? double.NaN);
        Print("… seconds", watch.Elapsed.TotalSeconds);
        watch.Restart();
        var percolation = Percolation.Of(graph, (ulong)seed);
        Print("percolation: critical share of edges", percolation.CriticalShare ?? double.NaN);
        Print("percolation: largest part", percolation.Curve[^1].Largest);
        Print("… seconds", watch.Elapsed.TotalSeconds);
        watch.Restart();
        Print("links that may be shown", CampaignLinks.Of(graph).Count);
        Print("… seconds", watch.Elapsed.TotalSeconds);
        watch.Restart();
        var ties = Ties.Of(graph, graph.CampaignCount / 2, [.. Enumerable.Range(0, graph.CampaignCount).Select(static c => c % 10)], new TieCrowd(0, IdentityQuality.Account), DonorGraph.InstantOf(3 * 365 * 24 * 60), (ulong)seed);
        Print("ties of one campaign: donors", ties.Identified);
        Print("ties of one campaign: bonding", ties.Bonding.Value ?? double.NaN);
        Print("ties of one campaign: bridging", ties.Bridging.Value ?? double.NaN);
        Print("… seconds", watch.Elapsed.TotalSeconds);
    }

    private static void ThroughAFile(DonorGraph graph)
    {
        var path = Path.GetTempFileName();
        try
        {
            var watch = Stopwatch.StartNew();
            using (var file = File.Create(path))
                for (var campaign = 0; campaign < graph.CampaignCount; campaign++)
                    file.Write(EdgeFile.Bytes(new EdgeBlock($"c{campaign}", [.. graph.DonorsOf(campaign).ToArray().Select(donor => Edge(graph, donor, campaign))])));
            Print("file: seconds to write", watch.Elapsed.TotalSeconds);
            Print("file: bytes an edge", (double)new FileInfo(path).Length / graph.EdgeCount);

            watch.Restart();
            var ledger = Read(path);
            var again = ledger.Graph();
            Print("file: seconds to read and build the graph", watch.Elapsed.TotalSeconds);
            Print("file: edges read", again.EdgeCount);
            watch.Restart();
            Print("file: blocks after compaction", ledger.Compacted().Count());
            Print("file: seconds to compact", watch.Elapsed.TotalSeconds);
            Print("peak memory of this process, MiB", Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static EdgeLedger Read(string path)
    {
        using var file = File.OpenRead(path);
        var ledger = new EdgeLedger(DonorGraph.InstantOf(3 * 365 * 24 * 60));
        foreach (var block in EdgeFile.ReadAsync(file, CancellationToken.None).ToBlockingEnumerable())
            ledger.Add(block);
        return ledger;
    }

    private static DonorEdge Edge(DonorGraph graph, int donor, int campaign)
    {
        var minute = graph.FirstMinutesOf(donor)[graph.CampaignsOf(donor).IndexOf(campaign)];

        // A pseudonym's bits are spread evenly, as a hash's are.
        var at = DonorGraph.InstantOf(minute);
        return new DonorEdge(new Pseudonym((ulong)donor * 0x9E3779B97F4A7C15, (ulong)donor, 1), at, at, IdentityQuality.Account, false, at);
    }

    private static (double Seconds, double Modularity, int Communities) Peer(DonorGraph graph, int seed, int rounds, string python)
    {
        using var peer = PeerProcess.Start(python, "network.py");
        PlantedGraph.Write(graph, peer.PathOf("edges.bin"));
        File.WriteAllText(peer.PathOf("edges.json"), JsonSerializer.Serialize(new { donors = graph.DonorCount, campaigns = graph.CampaignCount, seed }));

        // Its own generator is the faster one; Python's is what a user gets unasked, so it has one round too.
        var answers = Enumerable.Repeat("igraph/leiden/edges", rounds).Append("igraph/leiden-python-random/edges").Select(work => peer.Ask(work, 1)).ToList();
        var last = answers[rounds - 1].Result;
        return (answers.Min(static answer => answer.Seconds), last.GetProperty("modularity").GetDouble(), last.GetProperty("communities").GetInt32());
    }
}

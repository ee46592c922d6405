using System.Globalization;
using System.Text.Json;
using Succesmeter.Networks;

namespace Succesmeter.Benchmarks.Duels;

/// <summary>
/// Connected parts, shared donors of campaigns and communities on the same edges. Graphs are built beforehand on both sides. Our connected parts sort the gifts by time first, as they are asked for growth over time; of
/// links both keep those that may be shown.
/// </summary>
internal static class NetworkDuels
{
    /// <summary>Python's objects for more edges than this take gigabytes.</summary>
    private const int MostInNetworkx = 100_000;

    /// <summary>A hundred million pairs of campaigns have to be objects for igraph at ten million edges.</summary>
    private const int MostProjected = 1_000_000;

    private const ulong Seed = 1;

    public static IEnumerable<IDuel> In(PeerProcess peer)
    {
        foreach (var edges in (int[])[100_000, 1_000_000, 10_000_000])
        {
            var graph = PlantedGraph.Of(edges);
            PlantedGraph.Write(graph, peer.PathOf($"{edges}.bin"));
            File.WriteAllText(peer.PathOf($"{edges}.json"), JsonSerializer.Serialize(new { donors = graph.DonorCount, campaigns = graph.CampaignCount, seed = Seed }));
            var size = string.Create(CultureInfo.InvariantCulture, $"{edges:#,0} edges");
            foreach (var library in (string[])["igraph", "networkx"])
            {
                if (library == "networkx" && edges > MostInNetworkx)
                    continue;

                yield return new Duel<ConnectedPart>($"connected parts, {size}", library, $"{library}/components/{edges}", () => PlantedGraph.PartsOf(graph), static (ours, theirs) =>
                {
                    PeerException.ThrowIfApart("The number of parts", ours.Parts, theirs.GetProperty("parts").GetInt32(), 0);
                    PeerException.ThrowIfApart("The largest part", ours.Largest, theirs.GetProperty("largest").GetInt32(), 0);
                    return string.Create(CultureInfo.InvariantCulture, $"{ours.Parts:#,0} parts, {ours.Largest:#,0} in the largest");
                });
                if (edges <= MostProjected)
                    yield return new Duel<IReadOnlyList<CampaignLink>>($"projection on campaigns, {size}", library, $"{library}/projection/{edges}", () => CampaignLinks.Of(graph), static (ours, theirs) =>
                    {
                        PeerException.ThrowIfApart("The number of links", ours.Count, theirs.GetProperty("links").GetInt32(), 0);
                        PeerException.ThrowIfApart("The shared donors", ours.Sum(static link => (long)link.Shared), theirs.GetProperty("shared").GetInt64(), 0);
                        return string.Create(CultureInfo.InvariantCulture, $"{ours.Count:#,0} links and their shared donors");
                    });
            }

            yield return new Duel<Partition>($"Leiden, {size}", "igraph", $"igraph/leiden/{edges}", () => Leiden.Of(graph, Seed), static (ours, theirs) =>
            {
                // Both are heuristics that end in another local optimum for every seed: half a per cent is what seeds differ by.
                var other = theirs.GetProperty("modularity").GetDouble();
                if (ours.Modularity < 0.995 * other)
                    throw new PeerException(string.Create(CultureInfo.InvariantCulture, $"The modularity: ours is {ours.Modularity}, igraph's {other}."));
                return string.Create(CultureInfo.InvariantCulture, $"modularity {ours.Modularity:0.0000}, igraph's {other:0.0000}");
            });
        }
    }
}

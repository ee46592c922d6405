using BenchmarkDotNet.Attributes;
using Succesmeter.Networks;

namespace Succesmeter.Benchmarks.Micro;

/// <summary>A made platform of planted communities.</summary>
public class NetworkBenchmarks
{
    private DonorGraph graph = null!;

    [ParamsSource(nameof(Sizes))]
    public int Edges { get; set; }

    public virtual IEnumerable<int> Sizes => [100_000, 1_000_000];

    [GlobalSetup]
    public void Make() => graph = PlantedGraph.Of(Edges);

    /// <summary>Which campaigns share donors, as far as that may be shown.</summary>
    [Benchmark(Description = "projection")]
    public int Projection() => CampaignLinks.Of(graph).Count;

    [Benchmark(Description = "connected parts")]
    public int Parts() => PlantedGraph.PartsOf(graph).Parts;

    [Benchmark(Description = "Leiden")]
    public double Communities() => Leiden.Of(graph, seed: 1).Modularity;
}

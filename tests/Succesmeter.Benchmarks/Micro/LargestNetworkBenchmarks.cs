namespace Succesmeter.Benchmarks.Micro;

/// <summary>Ten million edges: run once each, since a round takes a minute.</summary>
public class LargestNetworkBenchmarks : NetworkBenchmarks
{
    public override IEnumerable<int> Sizes => [10_000_000];
}

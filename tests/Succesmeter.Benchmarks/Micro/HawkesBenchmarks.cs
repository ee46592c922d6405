using BenchmarkDotNet.Attributes;
using Succesmeter.Emergence;

namespace Succesmeter.Benchmarks.Micro;

/// <summary>Whether a crowd carries itself: the whole estimate with its interval, as a score asks for it once a day.</summary>
public class HawkesBenchmarks
{
    private GiftTimeline timeline = null!;

    [Params(100, 1_000, 100_000)]
    public int Gifts { get; set; }

    [GlobalSetup]
    public void Draw() => timeline = MadeGifts.Of(Gifts);

    [Benchmark(Description = "Hawkes fit")]
    public EmergenceEstimate Fit() => EmergenceEstimate.Of(timeline);
}

using BenchmarkDotNet.Attributes;
using Succesmeter.Campaigns;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Models;
using Succesmeter.Scores;
using Succesmeter.Social;

namespace Succesmeter.Benchmarks.Micro;

/// <summary>One campaign half-way, with 80 snapshots behind it and the model that is shipped.</summary>
public class ScoreBenchmarks
{
    private const int Looks = 80;

    private readonly ScoringModel model = new(ShippedModels.Serving, References.Shipped) { Backers = ShippedModels.Backers };
    private readonly DateTimeOffset asOf = MadeSnapshots.AtLook(Looks);
    private CampaignState state = null!;
    private FundingCurve curve = null!;

    [GlobalSetup]
    public async Task FoldAsync()
    {
        state = await MadeSnapshots.StateAsync(Looks);
        curve = FundingCurves.Of(state, asOf)!;
    }

    [Benchmark(Description = "features")]
    public FundingFeatures Features() => FundingFeatures.Of(FundingCurves.Of(state, asOf)!);

    [Benchmark(Description = "forecast")]
    public Forecast Forecasting() => Forecast.Of(model.Forecast, curve, PlatformFit.None);

    [Benchmark(Description = "whole score")]
    public Score? Whole() => Score.Of(state, asOf, model);
}

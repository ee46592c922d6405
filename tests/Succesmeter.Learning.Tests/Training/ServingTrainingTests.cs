using Succesmeter.Forecasts;
using Succesmeter.Learning.Datasets;
using Succesmeter.Learning.Training;

namespace Succesmeter.Learning.Tests.Training;

public sealed class ServingTrainingTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_the_model_knows_a_strong_start_from_a_weak_one()
    {
        var campaigns = Made(seed: 5, count: 240);
        var model = ServingTraining.Fit("made", campaigns, 1);

        Assert.Equal(Bytes(model), Bytes(ServingTraining.Fit("made", campaigns, 1)));
        Assert.Equal(model.Version, ForecastModel.Read(new MemoryStream(Bytes(model))).Version);

        var strong = Forecast.Of(model, campaigns.MaxBy(x => x.Pledged[2])!.CurveAfter(3, 1000), PlatformFit.None);
        var weak = Forecast.Of(model, campaigns.MinBy(x => x.Pledged[2])!.CurveAfter(3, 1000), PlatformFit.None);
        Assert.True(strong.Probability > weak.Probability + 0.2, $"{strong.Probability} against {weak.Probability}");
    }

    [Fact]
    public void Base_rates_are_counted_from_the_campaigns_themselves()
    {
        var campaigns = Made(seed: 6, count: 200);
        var rate = ServingTraining.Fit("made", campaigns, 1).KeepItAll.At(0);

        Assert.Equal(campaigns.Average(x => x.FinalPledged >= 1000 ? 1.0 : 0.0), rate.Share, 9);
        Assert.Equal(200, rate.N);
    }

    /// <summary>Each campaign has a pace of its own that fades; half of them reach 1,000.</summary>
    private static PastCampaign[] Made(int seed, int count)
    {
        var dice = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(id =>
        {
            var pace = 150 * Math.Exp(1.2 * (dice.NextDouble() - 0.5) * 2);
            return Datasets.DatasetsTests.Campaign([.. Enumerable.Range(0, 61).Select(day => pace * dice.NextDouble() * Math.Exp(-day / 12.0))]) with { Id = id };
        })];
    }

    private static byte[] Bytes(ForecastModel model)
    {
        using var stream = new MemoryStream();
        model.Write(stream);
        return stream.ToArray();
    }
}

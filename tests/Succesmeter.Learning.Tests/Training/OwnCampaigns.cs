using System.Collections.Immutable;
using Succesmeter.Campaigns;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Models;
using Succesmeter.Models;
using Succesmeter.Outcomes;
using Succesmeter.Scores;

namespace Succesmeter.Learning.Tests.Training;

/// <summary>Made-up finished campaigns of one platform, a day apart, each with one look after ten of its forty days.</summary>
internal static class OwnCampaigns
{
    public static readonly PlatformId Platform = new("here");

    public static readonly DateTimeOffset First = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static StartingPoint Start { get; } = new(new ScoringModel(ShippedModels.Serving, Social.References.Shipped), ImmutableDictionary<PlatformId, PlatformPrior>.Empty);

    /// <param name="truth">How likely a campaign is to reach its goal, by its look.</param>
    public static PlatformOutcomes Of(int count, int seed, Func<FundingCurve, double> truth)
    {
        var dice = new Random(seed);
        return new PlatformOutcomes(Platform, [.. Enumerable.Range(0, count).Select(at =>
        {
            var share = 0.02 + (0.5 * dice.NextDouble());
            var curve = Curve(share, gifts: 5 + dice.Next(60), rewards: dice.Next(21));
            var reached = dice.NextDouble() < truth(curve);
            var final = reached ? 1 + (0.2 * dice.NextDouble()) : share + ((0.95 - share) * dice.NextDouble());
            return new FinishedCampaign
            {
                Name = $"c{at:D4}",
                Sequence = 1,
                EndedAt = First.AddDays(at),
                IsKnown = true,
                AllOrNothing = true,
                PlannedDays = 40,
                ReachedAtShare = reached ? 0.9 : null,
                FinalRatio = final,
                Ratios = [.. Enumerable.Range(0, PastCurve.Points).Select(point => point <= 5 ? share * point / 5 : share + ((final - share) * (point - 5) / 15))],
                Looks = [new Look { ElapsedShare = 0.25, Goal = 1, Features = ImmutableArray.Create(FundingFeatures.Of(curve).Values) }],
            };
        })]);
    }

    /// <summary>What a model says of such a campaign, without a shift.</summary>
    public static double LogOddsOf(ForecastModel model, FundingCurve curve) => new Answers(model, FundingFeatures.Of(curve), 0).LogOddsOf(new Aim(1, curve.PlannedDays));

    private static FundingCurve Curve(double share, int gifts, int rewards) => new()
    {
        Goal = 5000,
        Currency = "EUR",
        PlannedDays = 40,
        AllOrNothing = true,
        ElapsedDays = 10,
        Pledged = 5000 * share,
        Gifts = gifts,
        Days = [.. Enumerable.Range(1, 10).Select(day => new DayTotal(500 * share * day, gifts * day / 10))],
        Rewards = rewards,
    };
}

using Succesmeter.Forecasts;
using Succesmeter.Learning.Models;
using Succesmeter.Learning.Training;
using Succesmeter.Models;
using Succesmeter.Outcomes;
using Succesmeter.Tests.Features;

namespace Succesmeter.Learning.Tests.Training;

public sealed class ContinuedTrainingTests
{
    private static readonly ForecastModel Champion = ShippedModels.Serving;
    private static readonly ContinuedTraining Refit = new();

    /// <summary>Here a campaign with many rewards nearly always comes through and one with few hardly ever; the champion knows nothing of that.</summary>
    private static readonly PlatformOutcomes Other = OwnCampaigns.Of(300, seed: 1, curve => curve.Rewards > 8 ? 0.95 : 0.3);

    private static readonly Lazy<ForecastModel> Challenger = new(static () => Refit.Continue(Champion, Lessons(Other)));

    [Fact]
    public void The_library_that_fits_is_there() => Assert.Null(Refit.WhyNot);

    [Fact]
    public void Where_own_campaigns_go_another_way_than_the_training_data_the_challenger_wins()
    {
        var now = OwnCampaigns.First.AddDays(301);
        var challenge = Challenge.Due(Champion, OwnCampaigns.Start, ModelLedger.Of(Champion), [Other], now)!;

        var (challenger, card, decision) = challenge.Judge(Refit, ModelLedger.Of(Champion), now);

        Assert.Equal((true, "better"), (decision.Promoted, decision.Reason));
        Assert.True(decision.Gain!.Low > 0.02, $"gain {decision.Gain}");
        Assert.Equal((210, 90), (decision.FittedTo, decision.JudgedOn));
        Assert.True(card.Trees > Champion.Trees.Trees.Count && challenger.Version != Champion.Version);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Where_they_go_as_the_champion_says_but_for_a_shift_it_does_not(int seed)
    {
        var alike = OwnCampaigns.Of(300, seed, curve => Answers.Sigmoid(OwnCampaigns.LogOddsOf(Champion, curve) + 0.8));
        var now = OwnCampaigns.First.AddDays(301);

        var decision = Challenge.Due(Champion, OwnCampaigns.Start, ModelLedger.Of(Champion), [alike], now)!.Judge(Refit, ModelLedger.Of(Champion), now).Decision;

        Assert.Equal((false, "not-shown-better"), (decision.Promoted, decision.Reason));
        Assert.True(decision.ChallengerBrier < decision.ChampionBrier + 0.006, "few trees do little harm where there is nothing to learn");
    }

    [Fact]
    public void The_same_lessons_in_any_order_give_the_same_bytes()
    {
        var shuffled = Lessons(Other).ToArray();
        new Random(5).Shuffle(shuffled);

        Assert.Equal(Bytes(Challenger.Value), Bytes(Refit.Continue(Champion, shuffled)));
    }

    [Fact]
    public void What_is_fitted_is_written_and_read_like_every_model_and_begins_with_the_champions_trees()
    {
        var read = ForecastModel.Read(new MemoryStream(Bytes(Challenger.Value)));

        Assert.Equal((Challenger.Value.Version, Champion.Name), (read.Version, read.Name));
        Assert.Equal(Champion.Trees.Trees.Select(tree => string.Join(' ', tree.Leaves)), read.Trees.Trees.Take(Champion.Trees.Trees.Count).Select(tree => string.Join(' ', tree.Leaves)));
    }

    [Fact]
    public void More_money_never_lowers_a_challengers_probability_and_silence_never_raises_it() =>
        Gen.Select(Curves.Any, Gen.Double[0, 2], Gen.Double[0, 20]).Where((curve, _, days) => curve.ElapsedDays + days < curve.PlannedDays).Sample((curve, more, days) =>
        {
            var before = Forecast.Of(Challenger.Value, curve, PlatformFit.None).Probability;

            return Forecast.Of(Challenger.Value, curve.WithMore(more * curve.Goal), PlatformFit.None).Probability >= before
                && Forecast.Of(Challenger.Value, curve.AfterSilence(days), PlatformFit.None).Probability <= before;
        }, iter: 400);

    [Fact]
    public void Platforms_that_the_champion_is_shifted_on_are_not_taught_the_shift_again()
    {
        var alike = OwnCampaigns.Of(400, seed: 6, curve => Answers.Sigmoid(OwnCampaigns.LogOddsOf(Champion, curve) + 1));
        var shift = PlatformOutcomes.FitFor(Champion, null, alike.Known).Shift;

        var challenger = Refit.Continue(Champion, Lessons(alike, shift));

        Assert.InRange(PlatformOutcomes.FitFor(challenger, null, alike.Known).Shift, shift - 0.25, shift + 0.25);
    }

    [Fact]
    public void A_model_of_too_many_trees_is_begun_anew_from_the_shipped_one()
    {
        var large = Champion with { Trees = new BoostedTrees([.. Enumerable.Repeat(new Tree([], [new Leaf(0, 1)]), ContinuedTraining.MostTrees + 1)]) };

        Assert.InRange(Refit.Continue(large, Lessons(Other)).Trees.Trees.Count, Champion.Trees.Trees.Count, ContinuedTraining.MostTrees);
    }

    [Fact]
    public void Lessons_that_all_ended_alike_are_refused() =>
        Assert.Throws<ArgumentException>(() => Refit.Continue(Champion, Lessons(new PlatformOutcomes(OwnCampaigns.Platform, [.. Other.Campaigns.Where(campaign => campaign.Reached)]))));

    private static Lesson[] Lessons(PlatformOutcomes outcomes, double shift = 0) => [.. outcomes.Campaigns.Select(campaign => new Lesson($"here/{campaign.Name}", campaign, shift))];

    private static byte[] Bytes(ForecastModel model)
    {
        using var stream = new MemoryStream();
        model.Write(stream);
        return stream.ToArray();
    }
}

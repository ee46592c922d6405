using Succesmeter.Forecasts;
using Succesmeter.Learning.Networks;
using Succesmeter.Learning.Tests.Replay;
using Succesmeter.Networks;

namespace Succesmeter.Learning.Tests.Networks;

public sealed class NextGiftStudyTests
{
    private static readonly int s_third = DonorGraph.MinuteOf(new DateTimeOffset(2001, 12, 20, 0, 0, 0, TimeSpan.Zero));

    private static readonly int s_fourth = DonorGraph.MinuteOf(new DateTimeOffset(2002, 12, 10, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Weights_that_made_the_answers_are_found_again()
    {
        var random = new Random(1);
        double[] truth = [-1, 2, 0];
        var rows = new List<(double[], bool)>();
        for (var i = 0; i < 20_000; i++)
        {
            double[] features = [1, random.NextDouble() - 0.5, random.NextDouble() - 0.5];
            rows.Add((features, random.NextDouble() < Answers.Sigmoid(truth[0] + (truth[1] * features[1]))));
        }

        // Standard errors are about .02 and .06.
        Assert.All(LogisticFit.Binary(rows).Weights.Zip(truth), static pair => Assert.InRange(pair.First, pair.Second - 0.25, pair.Second + 0.25));
    }

    [Fact]
    public void Weights_that_made_the_choices_are_found_again()
    {
        var random = new Random(2);
        double[] truth = [1.5, -0.5];
        var choices = new List<double[]>();
        for (var i = 0; i < 5_000; i++)
        {
            var alternatives = Enumerable.Range(0, 6).Select(_ => new[] { random.NextDouble() * 2, random.NextDouble() * 2 }).ToList();
            var pulls = alternatives.Select(features => Math.Exp((truth[0] * features[0]) + (truth[1] * features[1]))).ToArray();
            var thrown = random.NextDouble() * pulls.Sum();
            var chosen = 0;
            while ((thrown -= pulls[chosen]) > 0)
                chosen++;
            choices.Add([.. alternatives[chosen], .. alternatives.Where((_, place) => place != chosen).SelectMany(static features => features)]);
        }

        Assert.All(LogisticFit.Conditional(choices, 2).Weights.Zip(truth), static pair => Assert.InRange(pair.First, pair.Second - 0.1, pair.Second + 0.1));
    }

    [Fact]
    public void Answers_that_a_line_divides_leave_the_weights_finite()
    {
        var fitted = LogisticFit.Binary([([1, -1], false), ([1, 1], true)]);
        Assert.All(fitted.Weights, static weight => Assert.InRange(weight, -10, 10));
        Assert.All(LogisticFit.Conditional([[100_000, 0, 0], [90_000, 1, 2]], 1).Weights, static weight => Assert.True(double.IsFinite(weight)));
    }

    [Fact]
    public void Rankings_are_measured_with_ties_by_chance()
    {
        var ranking = new RankingMeasures("some");
        ranking.Add([3, 1, 1, 0], 0);
        Assert.Equal((1, 0.1), (ranking.AreaUnderCurve, ranking.PrecisionAtTen));

        var tied = new RankingMeasures("tied");
        tied.Add([.. Enumerable.Repeat(0.0, 20)], 7);
        Assert.Equal((0.5, 0.05), (tied.AreaUnderCurve, tied.PrecisionAtTen));

        var last = new RankingMeasures("last");
        last.Add([.. Enumerable.Range(0, 20)], 0);
        Assert.Equal((0, 0), (last.AreaUnderCurve, last.PrecisionAtTen));
    }

    /// <summary>A lively town of communities: neighbours know more than popularity, the trained ranking most, and none more than the truth.</summary>
    [Fact]
    public void Where_communities_are_the_trained_ranking_beats_popularity()
    {
        var study = new NextGiftStudy(SimulatedGifts.Of(donors: 5_000, campaigns: 300, communities: 6, preference: 30, rate: 1, seed: 1), s_third, s_fourth, seed: 1);
        var areas = study.Next().Rankings.ToDictionary(static ranking => ranking.Name, static ranking => ranking.AreaUnderCurve);

        Assert.True(areas["trained"] > areas["popularity, last 14 days"] + 0.05, string.Join(", ", areas));
        Assert.True(areas["trained"] < areas["the truth (ceiling)"], string.Join(", ", areas));
        Assert.True(areas["Adamic-Adar"] > 0.55, string.Join(", ", areas));
    }

    [Fact]
    public void Who_returns_is_told_better_than_by_counting_gifts_and_the_sum_is_right()
    {
        var again = new NextGiftStudy(SimulatedGifts.Of(donors: 10_000, campaigns: 300, communities: 6, preference: 1, rate: 0.22, seed: 2), s_third, s_fourth, seed: 1).Return();

        Assert.True(again.Area > again.AreaOfGifts && again.Area < again.Ceiling);
        Assert.InRange(again.Expected / again.Returned, 0.85, 1.15);
    }

    [Fact]
    public void Neither_ranking_knows_anything_where_there_is_nothing_to_know()
    {
        // Every campaign as popular as it happens to be, no communities: neighbours add nothing that popularity does not say.
        var study = new NextGiftStudy(SimulatedGifts.Of(donors: 5_000, campaigns: 300, communities: 6, preference: 1, rate: 0.5, seed: 3), s_third, s_fourth, seed: 1);
        var areas = study.Next().Rankings.ToDictionary(static ranking => ranking.Name, static ranking => ranking.AreaUnderCurve);

        Assert.InRange(areas["trained"] - areas["popularity, last 14 days"], -0.03, 0.03);
    }

    [FactWithData("justgiving")]
    public void JustGivings_names_are_a_network_and_collide()
    {
        var folder = Path.GetDirectoryName(FactWithDataAttribute.Folder("justgiving"))!;
        var history = JustGivingGifts.Read(folder);
        var names = NameCollisions.Of(folder);

        Assert.Equal((45_580, 2_603), (names.Names, names.NamesOnSeveralPages));
        Assert.InRange(history.Graph.EdgeCount, 50_000, 60_000);
        Assert.InRange(names.Within, names.Across, 0.01);
    }
}

using System.Collections.Immutable;
using Succesmeter.Aftercare;
using Succesmeter.Social;

namespace Succesmeter.Tests.Aftercare;

public sealed class PairFindingTests
{
    [Fact]
    public void Three_pairs_are_registered_and_every_other_one_is_exploratory()
    {
        Assert.Equal(
            [(IndicatorNames.Dialogue, "done", 12), (IndicatorNames.InKind, "volunteers", 3), (IndicatorNames.Bridging, "new-contacts", 3)],
            OutcomePair.Registered.Select(static pair => (pair.Indicator, pair.Outcome.Name, pair.Wave.Months)));
        Assert.Equal((10 * 4 * 2) - 3, OutcomePair.Exploratory.Count);
        Assert.Empty(OutcomePair.Exploratory.Intersect(OutcomePair.Registered));
    }

    [Fact]
    public void Under_sixty_campaigns_are_counted_and_nothing_is_said()
    {
        var answers = Answers(59, 1);
        var (registered, exploratory) = PairFinding.Of(answers);

        Assert.All(registered, static pair => Assert.Equal((59, null, null, null), (pair.N, pair.Association, pair.BeyondSize, pair.FamilyErrorRate)));
        Assert.All(exploratory, static pair => Assert.Null(pair.FalseDiscoveryRate));
        Assert.Equal(30, registered[0].Bounded);
    }

    [Fact]
    public void From_sixty_on_registered_pairs_have_intervals_and_exploratory_ones_false_discovery_rates()
    {
        var (registered, exploratory) = PairFinding.Of(Answers(60, 1));

        Assert.All(registered, static pair =>
        {
            Assert.InRange(pair.Association!.Spearman, pair.Association.Low, pair.Association.High);
            Assert.Null(pair.FalseDiscoveryRate);
            Assert.InRange(pair.FamilyErrorRate!.Value, pair.BeyondSize!.PValue, 1);
        });
        Assert.All(exploratory, static pair => Assert.Null(pair.FamilyErrorRate));
        Assert.Equal((4 * 4 * 2) - 3, exploratory.Count(static pair => pair.FalseDiscoveryRate is not null));
        Assert.All(exploratory.Where(static pair => pair.Association is not null), static pair => Assert.InRange(pair.FalseDiscoveryRate!.Value, pair.Association!.PValue, 1));
    }

    [Fact]
    public void What_is_size_and_nothing_else_is_gone_once_size_is_known()
    {
        var random = new Random(11);
        var answers = Enumerable.Range(0, 400).Select(at =>
        {
            var backers = 10 + random.Next(400);
            return Answer(at, reach: backers + random.Next(9), volunteers: (backers / 10) + random.Next(9), backers: backers, money: Math.Log10(backers * 40.0) + random.NextDouble());
        });
        var reach = PairFinding.Of([.. answers]).Exploratory.Single(static found => found.Pair == new OutcomePair(IndicatorNames.Reach, OutcomeMeasure.Volunteers, Wave.Twelve));

        Assert.InRange(reach.Association!.Low, 0.8, 1);
        Assert.InRange(0, reach.BeyondSize!.Low - 0.05, reach.BeyondSize.High + 0.05);
    }

    [Fact]
    public void A_side_that_does_not_vary_or_is_known_already_has_no_association()
    {
        double[] some = [1, 2, 3, 4, 5, 6, 7, 8], same = [3, 3, 3, 3, 3, 3, 3, 3], other = [2, 1, 4, 3, 6, 5, 8, 7];
        Assert.Null(RankAssociation.Of(some, same, []));
        Assert.Null(RankAssociation.Of(some, other, [some]));
        Assert.Null(RankAssociation.Of([], [], []));
        Assert.Null(RankAssociation.Of(some[..3], other[..3], []));
        Assert.Equal(RankAssociation.Of(some, other, [])!.Spearman, RankAssociation.Of(some, other, [same])!.Spearman, 12);
        Assert.Equal(new RankAssociation(8, 1, 1, 1, 0), RankAssociation.Of(some, some, []));
    }

    /// <summary>Ranks 1 to 10 against 2 1 4 3 6 5 8 7 10 9: Σd² = 10, r = 1 − 60/990. Then z = artanh r, its standard error √((1 + r²/2)/7), and t = r·√(8/(1 − r²)).</summary>
    [Fact]
    public void The_interval_and_the_p_value_follow_by_hand()
    {
        var found = RankAssociation.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [2, 1, 4, 3, 6, 5, 8, 7, 10, 9], [])!;
        var r = 1 - (60 / 990.0);

        Assert.Equal(r, found.Spearman, 12);
        Assert.Equal(Math.Tanh(Math.Atanh(r) - (1.6449 * Math.Sqrt((1 + (r * r / 2)) / 7))), found.Low, 12);

        // Student's t with 8 degrees of freedom: P(|T| > t) = 1 − sin θ (1 + ½cos²θ + ⅜cos⁴θ + 5/16·cos⁶θ), θ = arctan(t/√8) (Abramowitz and Stegun 26.7.4).
        var theta = Math.Atan(r / Math.Sqrt(1 - (r * r)));
        var cosine = Math.Cos(theta) * Math.Cos(theta);
        Assert.Equal(1 - (Math.Sin(theta) * (1 + (cosine / 2) + (3 * cosine * cosine / 8) + (5 * cosine * cosine * cosine / 16))), found.PValue, 10);
    }

    /// <summary>Benjamini and Hochberg 1995, section 4.1: fifteen p-values, of which the four smallest are found at .05.</summary>
    [Fact]
    public void False_discovery_rates_find_what_the_paper_finds()
    {
        double[] p = [0.4262, 0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.5719, 0.6528, 0.7590, 1.000];
        var rates = FalseDiscovery.Of(p);

        Assert.Equal([0.0001, 0.0004, 0.0019, 0.0095], p.Where((_, at) => rates[at] <= 0.05));
        Assert.Equal(0.0095 * 15 / 4, rates[4], 12);
        Assert.Empty(FalseDiscovery.Of([]));
    }

    [Fact]
    public void Rates_keep_the_order_of_p_values_and_never_fall_below_them() => Gen.Double[0, 1].Array[1, 40].Sample(p =>
    {
        var rates = FalseDiscovery.Of(p);
        return Enumerable.Range(0, p.Length).All(one => rates[one] >= p[one] - 1e-15 && rates[one] <= 1
            && Enumerable.Range(0, p.Length).All(other => p[one] > p[other] || rates[one] <= rates[other]));
    });

    /// <summary>By hand: .01·3, .03·2 and .04·1, the last no less than the one before.</summary>
    [Fact]
    public void Family_errors_are_the_ones_of_holm()
    {
        var errors = FamilyError.Of([0.04, 0.01, 0.03]);

        Assert.Equal(0.06, errors[0], 12);
        Assert.Equal(0.03, errors[1], 12);
        Assert.Equal(0.06, errors[2], 12);
        Assert.Equal([1, 1], FamilyError.Of([0.7, 0.6]));
        Assert.Empty(FamilyError.Of([]));
    }

    /// <summary>What docs/aftercare.md says of it; 1,000 drawn samples of sixty, correlation of the normal quantities behind them .5, the outcome as it is or cut in two.</summary>
    [Theory]
    [InlineData(false, 0.88, 0.93)]
    [InlineData(true, 0.88, 0.94)]
    public void Nine_intervals_in_ten_hold_the_correlation(bool inTwo, double least, double most)
    {
        const int n = 60, draws = 1000;
        var random = new Random(7);
        var (many, all) = Draw(random, 200_000, inTwo);
        var truth = RankCorrelation.Of(many, all);
        var held = 0;
        for (var draw = 0; draw < draws; draw++)
        {
            var (first, second) = Draw(random, n, inTwo);
            if (RankAssociation.Of(first, second, []) is { } found && found.Low <= truth && truth <= found.High)
                held++;
        }

        Assert.InRange((double)held / draws, least, most);
    }

    private static (double[] First, double[] Second) Draw(Random random, int n, bool inTwo)
    {
        var (first, second) = (new double[n], new double[n]);
        for (var at = 0; at < n; at++)
        {
            first[at] = Normal();
            var other = (0.5 * first[at]) + (Math.Sqrt(0.75) * Normal());
            second[at] = !inTwo ? other : other > -0.8 ? 1 : 0;
        }

        return (first, second);

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    private static AftercareAnswer[] Answers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Wave.All.SelectMany(wave => Enumerable.Range(0, count).Select(at => Answer(at, random.Next(300), random.Next(40), random.Next(300), 3 + random.NextDouble()) with
        {
            Wave = wave,
            Outcome = (ProjectOutcome)random.Next(4),
            NewContacts = random.Next(9),
        }))];
    }

    private static AftercareAnswer Answer(int at, int reach, int volunteers, int backers, double money) => new()
    {
        Campaign = $"c{at}",
        Wave = Wave.Twelve,
        Outcome = ProjectOutcome.AsPlanned,
        Volunteers = volunteers,
        AnsweredAt = default,
        ChangedAt = default,
        Seen = new SeenAtEnd(
            ImmutableSortedDictionary.Create<string, SeenIndicator>(StringComparer.Ordinal)
                .Add(IndicatorNames.Dialogue, new SeenIndicator(at * 7 % 20 / 20.0, at % 2 == 0))
                .Add(IndicatorNames.InKind, new SeenIndicator(at * 3 % 11 / 10.0, false))
                .Add(IndicatorNames.Bridging, new SeenIndicator(at * 5 % 13 / 12.0, false))
                .Add(IndicatorNames.Reach, new SeenIndicator(reach, false)),
            money, 3.5 + (at % 13 / 13.0), backers),
    };
}

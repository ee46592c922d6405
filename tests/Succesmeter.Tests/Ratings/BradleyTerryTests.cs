using Succesmeter.Ratings;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Ratings;

public sealed class BradleyTerryTests
{
    [Fact]
    public void Without_ratings_there_are_no_strengths() => Assert.Empty(BradleyTerry.Of([]).Strengths);

    /// <summary>Expected from forty lines of Python that share nothing with this code: Newton steps on the penalised likelihood with numeric derivatives, and the inverse of its numeric Hessian.</summary>
    [Fact]
    public void Strengths_ties_and_errors_are_those_that_maximise_the_likelihood()
    {
        var fit = BradleyTerry.Of([Word(0, 1, 1), Word(0, 1, 1), Word(0, 1, 0), Word(1, 2, 1), Word(1, 2, -1), Word(2, 0, -1), Word(3, 0, -1), Word(3, 1, 0), Word(0, 2, 1)]);

        double[] expected = [2.03096, -0.53397, -0.83909, -0.6579], errors = [1.12461, 0.80593, 1.01118, 1.20081];
        Assert.Equal(0.99664, fit.Ties, 4);
        for (var at = 0; at < 4; at++)
        {
            Assert.Equal(expected[at], fit.Strengths[at].LogOdds, 4);
            Assert.Equal(1.6449 * errors[at], fit.Strengths[at].High!.Value - fit.Strengths[at].LogOdds, 3);
            Assert.Equal(1.6449 * errors[at], fit.Strengths[at].LogOdds - fit.Strengths[at].Low!.Value, 3);
        }
    }

    [Fact]
    public void Who_was_never_beaten_is_finite_and_who_only_tied_stands_in_the_middle()
    {
        var fit = BradleyTerry.Of([.. Enumerable.Repeat(Word(0, 1, 1), 50), .. Enumerable.Repeat(Word(2, 3, 0), 50)]);

        Assert.InRange(fit.Strengths[0].LogOdds, 1, 20);
        Assert.Equal(-fit.Strengths[0].LogOdds, fit.Strengths[1].LogOdds, 6);
        Assert.Equal(0, fit.Strengths[2].LogOdds, 6);
        Assert.True(double.IsFinite(fit.Ties));
    }

    [Fact]
    public void Strengths_sum_to_zero_stand_inside_their_intervals_and_turn_with_every_word() => Words.Sample(words =>
    {
        var ratings = words.Where(static word => word.One != word.Other).Select(static word => Word(word.One, word.Other, word.Word)).ToList();
        var fit = BradleyTerry.Of(ratings);
        var turned = BradleyTerry.Of(ratings.Select(static rating => rating with
        {
            Better = rating.Better switch { Better.Left => Better.Right, Better.Right => Better.Left, _ => Better.Equal },
        }));

        return Math.Abs(fit.Strengths.Sum(static strength => strength.LogOdds)) < 1e-6
            && fit.Strengths.All(static strength => strength.Low < strength.LogOdds && strength.LogOdds < strength.High && double.IsFinite(strength.High!.Value))
            && fit.Strengths.Zip(turned.Strengths).All(static both => Math.Abs(both.First.LogOdds + both.Second.LogOdds) < 1e-5);
    });

    [Fact]
    public void Nine_intervals_in_ten_hold_the_strength()
    {
        const int campaigns = 12, replicates = 60, comparisons = 240;
        var random = new Random(3);
        var (held, all) = (0, 0);
        for (var replicate = 0; replicate < replicates; replicate++)
        {
            var truth = Enumerable.Range(0, campaigns).Select(_ => Normal(random)).ToArray();
            var mean = truth.Average();
            var fit = BradleyTerry.Of(Enumerable.Range(0, comparisons).Select(_ =>
            {
                var one = random.Next(campaigns);
                var other = (one + 1 + random.Next(campaigns - 1)) % campaigns;
                double win = Math.Exp((truth[one] - truth[other]) / 2), loss = 1 / win, tie = 0.5, drawn = random.NextDouble() * (win + loss + tie);
                return Word(one, other, drawn < win ? 1 : drawn < win + loss ? -1 : 0);
            }).ToList());
            foreach (var (strength, at) in fit.Strengths.Select(static (strength, at) => (strength, at)))
            {
                all++;
                held += strength.Low <= truth[at] - mean && truth[at] - mean <= strength.High ? 1 : 0;
            }
        }

        // 720 of them; a level of .90 has a standard error of .011.
        Assert.InRange((double)held / all, 0.87, 0.94);
    }

    [Fact]
    public void Above_the_number_for_intervals_strengths_are_those_of_the_slow_way_and_have_none()
    {
        // A chain, each link won twice and lost once by the earlier one.
        var small = BradleyTerry.Of(Chain(60));
        var large = BradleyTerry.Of(Enumerable.Range(0, 7).SelectMany(static part => Chain(60, part * 100)));

        Assert.Equal(420, large.Strengths.Count);
        Assert.All(large.Strengths, static strength => Assert.Null(strength.Low));
        Assert.All(large.Strengths.Zip(large.Strengths.Skip(60)), static both => Assert.Equal(both.First.LogOdds, both.Second.LogOdds, 4));
        Assert.All(small.Strengths.Zip(large.Strengths), static both => Assert.InRange(both.First.LogOdds, both.Second.LogOdds - 0.1, both.Second.LogOdds + 0.1));

        static List<Rating> Chain(int length, int from = 0) =>
            [.. Enumerable.Range(from, length - 1).SelectMany(static at => new[] { Word(at, at + 1, 1), Word(at, at + 1, 1), Word(at, at + 1, -1) })];
    }

    [Fact]
    public void A_strength_is_known_after_six_ratings_by_two_coaches()
    {
        var ratings = Enumerable.Range(0, 6).Select(static at => Word(0, at + 1, 1) with { Rater = new Pseudonym(at == 5 ? 2UL : 1UL, 0, 1) }).ToList();
        Assert.Equal((6, 2, true), Read(BradleyTerry.Of(ratings).Strengths[0]));
        Assert.Equal((5, 1, false), Read(BradleyTerry.Of(ratings[..5]).Strengths[0]));
        Assert.Equal((6, 1, false), Read(BradleyTerry.Of(ratings.Select(static rating => rating with { Rater = default })).Strengths[0]));

        static (int, int, bool) Read(Strength strength) => (strength.Ratings, strength.Raters, strength.IsKnown);
    }

    private static readonly Gen<(int One, int Other, int Word)[]> Words = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6], Gen.Int[-1, 1]).Array[0, 40];

    private static Rating Word(int one, int other, int word) =>
        new($"c{one:D3}", $"c{other:D3}", word > 0 ? Better.Left : word < 0 ? Better.Right : Better.Equal, default, default);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

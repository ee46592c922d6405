using Succesmeter.Ratings;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Ratings;

public sealed class NextPairTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 30).Select(static at => $"campaign-{at}")];

    [Fact]
    public void With_fewer_than_two_campaigns_there_is_nothing_to_compare()
    {
        Assert.Null(NextPair.Of("p", [], [], Coach(1)));
        Assert.Null(NextPair.Of("p", ["a", "a"], [], Coach(1)));
    }

    [Fact]
    public void A_coach_gets_every_pair_once_and_then_none() => Gen.Select(Gen.Int[2, 7], Gen.ULong).Sample((count, coach) =>
    {
        var names = Names[..count];
        var ratings = new List<Rating>();
        while (NextPair.Of("p", names, ratings, Coach(coach)) is { } pair)
            ratings.Add(new Rating(pair.Left, pair.Right, Better.Equal, Coach(coach), default));

        return ratings.Count == count * (count - 1) / 2 && ratings.Select(static rating => rating.Pair).Distinct().Count() == ratings.Count;
    });

    [Fact]
    public void The_same_pair_is_given_until_something_was_rated()
    {
        var ratings = Rated(coaches: 3, each: 20);
        var first = NextPair.Of("p", Names, ratings, Coach(2));

        Assert.Equal(first, NextPair.Of("p", Names.Reverse(), ratings.AsEnumerable().Reverse().ToList(), Coach(2)));
    }

    [Fact]
    public void Ratings_are_spread_evenly_over_campaigns()
    {
        var counts = Rated(coaches: 1, each: 90).SelectMany(static rating => new[] { rating.Left, rating.Right }).CountBy(static name => name).ToDictionary();

        Assert.Equal(Names.Length, counts.Count);
        Assert.InRange(counts.Values.Max() - counts.Values.Min(), 0, 2);
    }

    [Fact]
    public void One_in_ten_was_rated_by_another_coach_and_either_side_is_as_likely()
    {
        var ratings = Rated(coaches: 4, each: 75);
        var repeated = ratings.Count - ratings.Select(static rating => rating.Pair).Distinct().Count();

        // Of 300: a tenth is 30, its standard deviation 5.2; half is 150, 8.7.
        Assert.InRange(repeated, 15, 45);
        Assert.InRange(ratings.Count(static rating => rating.Left == rating.Pair.First), 124, 176);
    }

    [Fact]
    public void When_all_was_rated_by_others_a_coach_repeats_what_fewest_have_rated()
    {
        var ratings = new List<Rating>
        {
            new("a", "b", Better.Left, Coach(1), default),
            new("a", "b", Better.Left, Coach(2), default),
            new("a", "c", Better.Left, Coach(1), default),
            new("b", "c", Better.Left, Coach(1), default),
            new("b", "c", Better.Left, Coach(2), default),
        };

        var (left, right) = NextPair.Of("p", ["a", "b", "c"], ratings, Coach(3))!.Value;
        Assert.Equal(new CampaignPair("a", "c"), new CampaignPair(left, right));
    }

    [Fact]
    public void Ratings_of_campaigns_that_are_no_longer_there_are_passed_over() =>
        Assert.NotNull(NextPair.Of("p", ["a", "b"], [new Rating("a", "gone", Better.Left, Coach(1), default)], Coach(1)));

    /// <summary>Coaches take turns and compare what they are given.</summary>
    private static List<Rating> Rated(int coaches, int each)
    {
        var ratings = new List<Rating>();
        for (var turn = 0; turn < coaches * each; turn++)
        {
            var coach = Coach((ulong)(turn % coaches));
            var (left, right) = NextPair.Of("p", Names, ratings, coach)!.Value;
            ratings.Add(new Rating(left, right, Better.Left, coach, default));
        }

        return ratings;
    }

    private static Pseudonym Coach(ulong number) => new(number * 0x9E3779B97F4A7C15, ~number, 1);
}

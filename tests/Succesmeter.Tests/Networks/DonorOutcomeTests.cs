using Succesmeter.Networks;

namespace Succesmeter.Tests.Networks;

public sealed class DonorOutcomeTests
{
    private static readonly DateTimeOffset Launch = Some.Start.AddDays(500);
    private static readonly DateTimeOffset End = Launch.AddDays(40);

    [Fact]
    public void A_gift_elsewhere_counts_as_coming_back_within_twelve_months_and_as_prior_within_twenty_four()
    {
        // To campaign 0 all give on day 500. Donor 0 nothing else; 1 a day later; 2 after 365 days, the last that count; 3 after 367; 4 a day before; 5 more than 24 months before; 6 at the same minute.
        var graph = Some.Timed(2, 7,
            (0, 0, 500), (1, 0, 500), (1, 1, 501), (2, 0, 500), (2, 1, 865), (3, 0, 500), (3, 1, 867), (4, 0, 500), (4, 1, 499), (5, 0, 500), (5, 1, -235), (6, 0, 500), (6, 1, 500));

        Assert.Equal(new DonorCounts(7, 2, 6), DonorCounts.Of(graph, 0));
    }

    [Fact]
    public void Who_gave_before_and_after_is_seen_on_both_sides()
    {
        var graph = DonorGraph.Of(["a", "b"], 1, [Pair(0, 0, 500, 500), Pair(0, 1, 400, 600)]);

        Assert.Equal(new DonorCounts(1, 1, 0), DonorCounts.Of(graph, 0));
    }

    [Fact]
    public void What_they_did_before_is_said_at_the_end_and_what_they_did_after_twelve_months_later()
    {
        var graph = Crowd(40, before: 13, after: 9);

        Assert.Equal((null, null), Values(DonorOutcome.None.Next(graph, 0, Launch, End, End.AddDays(-1))));
        Assert.Equal((null, 0.7), Values(DonorOutcome.None.Next(graph, 0, Launch, End, End.AddDays(1))));

        // 27 of 40 are new: .675; 9 came back: .225. In steps of .05.
        Assert.Equal((0.2, 0.7), Values(DonorOutcome.None.Next(graph, 0, Launch, End, End.AddMonths(12))));
    }

    [Theory]
    [InlineData(19, 7, 7)]
    [InlineData(40, 4, 4)]
    [InlineData(40, 36, 36)]
    public void Under_twenty_donors_or_five_on_a_side_nothing_is_said(int donors, int before, int after) =>
        Assert.Equal((null, null), Values(DonorOutcome.None.Next(Crowd(donors, before, after), 0, Launch, End, End.AddMonths(12))));

    [Fact]
    public void Nobody_is_called_new_on_a_platform_that_was_watched_for_less_than_a_year()
    {
        var graph = Crowd(40, before: 13, after: 9, day: 200);

        Assert.Equal((0.2, null), Values(DonorOutcome.None.Next(graph, 0, Launch, End, End.AddMonths(12))));
    }

    [Fact]
    public void What_was_said_is_never_changed_goes_when_donors_are_erased_and_outlives_their_expiry()
    {
        var said = DonorOutcome.None.Next(Crowd(40, 13, 9), 0, Launch, End, End.AddMonths(12));

        Assert.Equal(said, said.Next(Crowd(40, 20, 20), 0, Launch, End, End.AddMonths(13)));
        Assert.Equal((null, null), Values(said.Next(Crowd(12, 5, 5), 0, Launch, End, End.AddMonths(13))));
        Assert.Equal((null, null), Values(said.Next(Crowd(40, 13, 9), null, Launch, End, End.AddMonths(13))));
        Assert.Equal(said, said.Next(Crowd(12, 5, 5), 0, Launch, End, Launch.AddMonths(36)));
    }

    [Fact]
    public void No_graph_and_no_moment_lets_out_more_than_the_small_number_rules_do() =>
        Gen.Select(Some.Any, Gen.Int[-400, 1500]).Sample((graph, days) =>
        {
            var (returned, isNew) = Values(DonorOutcome.None.Next(graph, 0, Launch, End, End.AddDays(days)));
            var counts = DonorCounts.Of(graph, 0);

            return (returned is null || SmallNumbers.MayShow(counts.Returned, counts.Identified)) && (isNew is null || SmallNumbers.MayShow(counts.New, counts.Identified));
        });

    private static (double? Returned, double? New) Values(DonorOutcome said) => (said.Returned.Value, said.New.Value);

    /// <summary>All give on day 510; the first some of them gave elsewhere before, the last some after.</summary>
    private static DonorGraph Crowd(int donors, int before, int after, double day = 10) => Some.Timed(3, donors + 1,
    [
        .. Enumerable.Range(0, donors).Select(static donor => (donor, 0, 510.0)),
        .. Enumerable.Range(0, before).Select(donor => (donor, 1, Math.Max(day, 300.0))),
        .. Enumerable.Range(donors - after, after).Select(static donor => (donor, 2, 600.0)),
        (donors, 1, day),
    ]);

    private static DonorPair Pair(int donor, int campaign, double first, double last) =>
        new(donor, campaign, DonorGraph.MinuteOf(Some.Start.AddDays(first)), DonorGraph.MinuteOf(Some.Start.AddDays(last)));
}

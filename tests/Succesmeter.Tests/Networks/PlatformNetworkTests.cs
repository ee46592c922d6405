using Succesmeter.Networks;

namespace Succesmeter.Tests.Networks;

public sealed class PlatformNetworkTests
{
    private static readonly DateTimeOffset s_asOf = Some.Start.AddYears(3);

    [Fact]
    public void Whatever_was_given_all_that_is_shown_is_in_steps_and_of_enough_donors() =>
        Some.Any.Sample(
            graph =>
            {
                var shown = Next(KeptNetwork.None, graph).Shown;
                var linking = Enumerable.Range(0, graph.DonorCount).Count(donor => graph.DegreeOfDonor(donor) > 1);
                var donors = Enumerable.Range(0, graph.DonorCount).Count(donor => graph.DegreeOfDonor(donor) > 0);

                Assert.Equal(donors >= 20 ? donors / 5 * 5 : null, shown.Donors);
                Assert.Equal(SmallNumbers.MayShow(linking, donors) ? linking / 5 * 5 : null, shown.Returning);
                Assert.All(shown.Links, static link => Assert.True(link.Shared >= 5 && link.Shared % 5 == 0));
                foreach (var share in new[] { shown.Clustering, shown.LargestPart, shown.CriticalShare, shown.Modularity }.OfType<double>())
                    Assert.Equal(Math.Round(share * 20), share * 20, 9);
                if (shown.Returning is null)
                    Assert.True(shown is { Clustering: null, LargestPart: null, CriticalShare: null, Modularity: null, Communities.Length: 0, Cohorts.Length: 0, Growth.Length: 0 });
            },
            iter: 100);

    [Fact]
    public void Communities_that_can_be_told_are_told_by_their_campaigns()
    {
        // Every second donor gives once, the others three times, nearly always within their community.
        var dice = new Random(1);
        var graph = Some.Graph([.. Enumerable.Range(0, 800).Select(donor => Enumerable.Range(0, donor % 2 == 0 ? 1 : 3)
            .Select(_ => dice.NextDouble() < 0.95 ? (donor / 2 % 4) + (4 * dice.Next(4)) : dice.Next(16)).ToArray())]);
        var kept = Next(KeptNetwork.None, graph);

        Assert.Null(kept.Shown.CommunitiesUntold);
        Assert.Equal(4, kept.Shown.Communities.Length);
        Assert.All(kept.Shown.Communities, static community => Assert.Single(community.Campaigns.Select(static name => int.Parse(name[1..]) % 4).Distinct()));
        Assert.Equal(16, kept.Shown.Communities.Sum(static community => community.Campaigns.Length));

        // A campaign leaves while the figures are not due: it is named nowhere, and nothing else moves.
        var left = graph.WithCampaigns([.. Enumerable.Range(0, 16).Select(static campaign => campaign != 7)]);
        var next = Next(kept with { Donors = PlatformNetwork.DonorsOf(left) }, left);
        Assert.DoesNotContain(next.Shown.Communities, static community => community.Campaigns.Contains("c7"));
        Assert.DoesNotContain(next.Shown.Links, static link => link.One == "c7" || link.Other == "c7");
        Assert.Equal(15, next.Shown.Communities.Sum(static community => community.Campaigns.Length));
        Assert.Equal((kept.Shown.AsOf, kept.Shown.Clustering, kept.Shown.Modularity), (next.Shown.AsOf, next.Shown.Clustering, next.Shown.Modularity));
    }

    [Fact]
    public void A_link_that_was_shown_stays_until_five_donors_are_new_whatever_the_numbering()
    {
        var kept = Next(KeptNetwork.None, Two("a", "b", first: 39, last: 78));
        Assert.Equal(20, Assert.Single(kept.Shown.Links).Shared);

        kept = Next(kept, Two("b", "a", first: 35, last: 78));
        Assert.Equal(20, Assert.Single(kept.Shown.Links).Shared);

        kept = Next(kept, Two("b", "a", first: 35, last: 83));
        Assert.Equal(25, Assert.Single(kept.Shown.Links).Shared);
        Assert.Equal(("a", "b"), (kept.Links[0].One, kept.Links[0].Other));
    }

    /// <summary>Donors 0 to 59 gave to a, some to b.</summary>
    private static DonorGraph Two(string one, string other, int first, int last)
    {
        var (a, b) = one == "a" ? (0, 1) : (1, 0);
        return DonorGraph.Of(
            [one, other],
            100,
            [.. Enumerable.Range(0, 60).Select(donor => new DonorPair(donor, a, 0, 0)), .. Enumerable.Range(first, last - first + 1).Select(donor => new DonorPair(donor, b, 0, 0))]);
    }

    private static KeptNetwork Next(KeptNetwork before, DonorGraph graph) => before.Next("edges", graph, s_asOf, TimeZoneInfo.Utc, static _ => false);
}

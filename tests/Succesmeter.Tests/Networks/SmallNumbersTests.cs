using Succesmeter.Networks;
using Succesmeter.Social;

namespace Succesmeter.Tests.Networks;

/// <summary>DESIGN.md, "Small numbers": the laws, each over everything that could be shown.</summary>
public sealed class SmallNumbersTests
{
    [Fact]
    public void Counts_are_shown_in_steps_of_five_of_twenty_with_five_on_each_side() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60]).Sample((part, rest) =>
        {
            var shown = SmallNumbers.Count(part, part + rest);
            return shown is null == (part < 5 || rest < 5 || part + rest < 20) && (shown is not { } count || (count % 5 == 0 && count >= 5 && count <= part && part - count < 5));
        });

    [Fact]
    public void Shares_are_shown_in_steps_of_five_in_a_hundred() =>
        Gen.Select(Gen.Int[0, 600], Gen.Int[0, 600]).Sample((part, rest) =>
            SmallNumbers.Share(part, part + rest) is not { } share
            || (part >= 5 && rest >= 5 && Math.Abs((share * 20) - Math.Round(share * 20)) < 1e-9 && Math.Abs(share - ((double)part / (part + rest))) <= 0.025 + 1e-9));

    /// <summary>Whatever comes, two different values that are shown one after the other have five new donors between them, or the end; after the end nothing changes.</summary>
    [Fact]
    public void No_two_showings_tell_fewer_than_five_donors_apart() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[-3, 20], Gen.Bool).Array[1, 40].Sample(
            steps =>
            {
                var (figure, identified, ended) = (ShownFigure.None, 0, false);
                (double Value, int At)? last = null;
                foreach (var (joined, value, isLast) in steps)
                {
                    identified += joined;
                    var atEnd = ended || (isLast && identified > 30);
                    var next = figure.Next(value < 0 ? null : value * 0.05, identified, atEnd);
                    if (next.Value is { } shown && last is { } before && shown != before.Value && identified < before.At + 5 && !(atEnd && !ended))
                        return false;
                    if (next.Value is not null && value < 0)
                        return false;
                    if (next.Value is { } now && (last is null || next.ShownAt != figure.ShownAt || next.IsFinal != figure.IsFinal))
                        last = (now, identified);
                    (figure, ended) = (next, atEnd);
                }

                return true;
            },
            iter: 5000);

    /// <summary>All that is shown of a campaign's ties, for any counts behind it.</summary>
    [Fact]
    public void Ties_are_shown_only_by_these_rules() =>
        Gen.Select(Gen.Int[0, 50], Gen.Int[0, 50], Gen.Int[0, 50], Gen.Double[-1, 1], Gen.Double[-4, 4], Gen.Bool).Sample((identified, withPrior, sharing, bridging, bonding, atEnd) =>
        {
            var ties = new Ties(identified, Math.Min(withPrior, identified), Math.Min(sharing, identified), Known(0.4), Known(bridging), Known(bonding), null, null);
            var shown = ShownTies.None.Next(ties, atEnd);
            return OnlyBy(shown.Loyalty, ties.WithPrior, 0.05) && OnlyBy(shown.Bridging, ties.WithPrior, 0.05) && OnlyBy(shown.Bonding, ties.Sharing, 0.5);

            bool OnlyBy(ShownFigure figure, int part, double step) =>
                figure.Value is null == (identified < 20 || part < 5 || identified - part < 5)
                && (figure.Value is not { } value || Math.Abs((value / step) - Math.Round(value / step)) < 1e-9);
        });

    [Fact]
    public void What_is_unobservable_is_not_shown()
    {
        var hidden = Measure.Unobservable(TieReasons.FirstNamesOnly);
        var shown = ShownTies.None.Next(new Ties(40, 20, 20, hidden, hidden, hidden, null, null), atEnd: true);
        Assert.All([shown.Loyalty, shown.Bridging, shown.Bonding], static figure => Assert.Null(figure.Value));
    }

    [Fact]
    public void No_link_under_five_exists() =>
        Links.Sample(
            static graph =>
            {
                var links = CampaignLinks.Of(graph).ToDictionary(static link => (link.One, link.Other));
                for (var one = 0; one < graph.CampaignCount; one++)
                    for (var other = one + 1; other < graph.CampaignCount; other++)
                    {
                        var (left, right) = (graph.DonorsOf(one).ToArray(), graph.DonorsOf(other).ToArray());
                        var shared = left.Intersect(right).Count();
                        var may = shared >= 5 && left.Length >= 20 && right.Length >= 20 && left.Length - shared >= 5 && right.Length - shared >= 5;
                        if (links.TryGetValue((one, other), out var link) != may || (link is not null && (link.Shared % 5 != 0 || link.Shared > shared || link.Shared <= shared - 5)))
                            return false;
                    }

                return true;
            },
            iter: 200);

    [Fact]
    public void A_link_changes_only_with_five_new_donors_or_at_an_end()
    {
        // 25 donors on each side, 9 shared: one more would be shown as 10.
        var before = CampaignLinks.Of(Pair(9, 16, 16));
        var now = CampaignLinks.Of(Pair(10, 16, 17));

        Assert.Equal(5, Assert.Single(before).Shared);
        Assert.Equal(10, Assert.Single(now).Shared);
        Assert.Equal(5, Assert.Single(CampaignLinks.Next(before, now, static _ => false)).Shared);
        Assert.Equal(10, Assert.Single(CampaignLinks.Next(before, now, static _ => true)).Shared);
        Assert.Equal(10, Assert.Single(CampaignLinks.Next(before, CampaignLinks.Of(Pair(10, 20, 17)), static _ => false)).Shared);
        Assert.Empty(CampaignLinks.Next(before, CampaignLinks.Of(Pair(4, 20, 20)), static _ => false));

        static DonorGraph Pair(int both, int left, int right) =>
            Some.Graph([.. Enumerable.Repeat<int[]>([0, 1], both), .. Enumerable.Repeat<int[]>([0], left), .. Enumerable.Repeat<int[]>([1], right)]);
    }

    [Fact]
    public void A_link_serves_no_more_than_its_ends_and_its_step() =>
        Assert.Equal(["One", "Other", "Shared"], typeof(CampaignLink).GetProperties().Select(static property => property.Name).Order(StringComparer.Ordinal));

    private static Gen<DonorGraph> Links { get; } = Gen.Int[0, 3].Array[0, 3].Array[30, 90].Select(static rows => Some.Graph(rows));

    private static Measure Known(double value) => new(value, value, value, 30, Observability.Observed);
}

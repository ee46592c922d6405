using Succesmeter.Learning.References;
using Succesmeter.Social;

namespace Succesmeter.Learning.Tests.References;

public sealed class ReferenceFitTests
{
    private static readonly DateOnly Launch = new(2021, 3, 1);

    [Fact]
    public void A_campaign_stands_where_it_stands_among_those_of_its_goal()
    {
        // Campaign i of a hundred has i + 1 gifts on day 0, whatever the goal; those of the larger goal have ten times as many.
        var small = Enumerable.Range(0, 100).Select(i => Campaign($"s{i}", 200, i + 1));
        var large = Enumerable.Range(0, 100).Select(i => Campaign($"l{i}", 20_000, 10 * (i + 1)));
        var references = ReferenceFit.Of([.. small, .. large]);

        Assert.InRange(references.Place("reach", 50, 230, 10)!.Value.Percentile, 47, 52);
        Assert.InRange(references.Place("reach", 500, 23_000, 10)!.Value.Percentile, 47, 52);
        Assert.InRange(references.Place("reach", 500, 230, 10)!.Value.Percentile, 99, 100);
        Assert.InRange(references.Place("reach", 50, 23_000, 10)!.Value.Percentile, 2, 6);
        Assert.InRange(references.Place("reach", 50, 230, 10)!.Value.N, 90, 100);
        Assert.Equal(200, references.Card.Campaigns);
    }

    [Fact]
    public void Days_that_no_one_was_read_on_have_no_references()
    {
        var references = ReferenceFit.Of([.. Enumerable.Range(0, 60).Select(i => Campaign($"c{i}", 500, 25, seenForDays: 8))]);
        Assert.NotNull(references.Place("reach", 5, 575, 7));
        Assert.Null(references.Place("reach", 5, 575, 60));
    }

    [Fact]
    public void A_gift_of_a_later_day_is_not_in_an_earlier_cell()
    {
        var late = Enumerable.Range(0, 60).Select(i => new PastCampaign($"c{i}", Launch, Launch.AddDays(100), 500, "GBP", [(Launch.AddDays(5), 1000)]));
        var references = ReferenceFit.Of([.. late]);
        var reach = references.Tables[0];
        var cells = reach.Days.Zip(Enumerable.Range(0, reach.Days.Count).Select(d => reach.Cells[(3 * reach.Days.Count) + d]));
        Assert.All(cells, c => Assert.All(c.Second.Quantiles, q => Assert.Equal(c.First < 5 ? 0 : 1, q)));
    }

    [Fact]
    public void Same_campaigns_in_any_order_give_the_same_file()
    {
        PastCampaign[] campaigns = [.. Enumerable.Range(0, 80).Select(i => Campaign($"c{i}", 100 + (37 * i), 15 + i))];
        Assert.Equal(Bytes(ReferenceFit.Of(campaigns)), Bytes(ReferenceFit.Of([.. campaigns.Reverse()])));
    }

    [DataFact]
    public void The_shipped_tables_come_from_the_data_that_their_card_names()
    {
        var derived = ReferenceFit.Of(UkFundraisers.Read(Path.Combine(DataFolder.Path!, "uk-community-fundraisers")));
        var shipped = Social.References.Shipped;

        Assert.Equal(shipped.Card, derived.Card);
        foreach (var table in shipped.Tables)
            foreach (var goal in new[] { 150.0, 900, 5000, 20_000 })
                foreach (var days in new[] { 1.0, 6, 20, 60 })
                    foreach (var value in new[] { 0.5, 3, 11, 13, 40, 70 })
                        Assert.Equal(
                            table.Place(value, goal, days)!.Value.Percentile, derived.Place(table.Name, value, goal, days)!.Value.Percentile, 0.5);
    }

    [DataFact]
    public void The_meter_does_not_lean_on_the_goal_of_campaigns_it_was_not_fitted_to()
    {
        var campaigns = UkFundraisers.Read(Path.Combine(DataFolder.Path!, "uk-community-fundraisers"));
        var fairness = Fairness.CrossFitted(campaigns);

        Assert.Equal([3, 6, 12, 30, 60], fairness.Select(f => f.Day));
        Assert.All(fairness, f => Assert.InRange(f.WithGoal, -0.10, 0.10));
        Assert.All(fairness, f => Assert.True(f.Campaigns > 500));
    }

    private static PastCampaign Campaign(string id, double goal, int gifts, int seenForDays = 100) =>
        new(id, Launch, Launch.AddDays(seenForDays), goal, "GBP", [.. Enumerable.Range(0, gifts).Select(i => (Launch, 1000L + (i % 7 * 100)))]);

    private static byte[] Bytes(Social.References references)
    {
        using var stream = new MemoryStream();
        ReferenceFile.Write(references, stream);
        return stream.ToArray();
    }
}

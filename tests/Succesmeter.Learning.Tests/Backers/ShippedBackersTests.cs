using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Backers;
using Succesmeter.Learning.Datasets;
using Succesmeter.Learning.Models;
using Succesmeter.Tests.Features;

namespace Succesmeter.Learning.Tests.Backers;

/// <summary>The forecast of backers that is served, and how it is fitted.</summary>
public sealed class ShippedBackersTests
{
    [Fact]
    public void It_is_ordered_and_never_below_what_is_there_on_all_sorts_of_campaigns() =>
        Gen.Select(Curves.Any, Gen.Int[0, 5_000]).Sample((curve, backers) =>
        {
            var said = ShippedModels.Backers.Of(FundingFeatures.Of(curve with { Gifts = backers }), default);

            return said.P10 >= backers && said.P50 >= said.P10 && said.P90 >= said.P50 && double.IsFinite(said.P90);
        });

    [Fact]
    public void Near_the_end_less_is_expected_than_near_the_beginning()
    {
        var early = Curves.Plain with { Gifts = 40, ElapsedDays = 6, PlannedDays = 60, Days = Curves.Totals((100, 8), (150, 15), (200, 20), (250, 28), (300, 33), (400, 40)) };
        var late = early with { ElapsedDays = 58, Days = [.. early.Days, .. Enumerable.Repeat(new DayTotal(400, 40), 53)] };

        Assert.True(Of(late).P90 < Of(early).P90);
        Assert.True(2 * (Of(late).P50 - 40) < Of(early).P50 - 40);

        static Quantiles Of(FundingCurve curve) => ShippedModels.Backers.Of(FundingFeatures.Of(curve), default);
    }

    [Fact]
    public void Fitted_quantiles_cover_four_in_five_of_campaigns_that_were_not_fitted_to()
    {
        // Numbers double on average after the third day, with a spread that no feature tells: a quantile has only the spread to learn.
        var all = Enumerable.Range(0, 1200).Select(Grows).ToList();
        var model = BackersTraining.Fit("some", all[..800], seed: 1, BackersTraining.Options with { Rounds = 20, RowsInLeaf = 50 });
        var rows = BackersTraining.RowsOf(all[800..]);
        var covered = rows.Average(row => model.Of(row.Features, default) is var said && row.Final >= said.P10 && row.Final <= said.P90 ? 1.0 : 0);

        Assert.InRange(covered, 0.74, 0.86);
        Assert.Equal(model.Version, BackersTraining.Fit("some", all[..800], seed: 1, BackersTraining.Options with { Rounds = 20, RowsInLeaf = 50 }).Version);
    }

    private static PastCampaign Grows(int id)
    {
        var dice = new Random(id);
        var gifts = 20 + dice.Next(200);
        return new PastCampaign
        {
            Dataset = "some",
            Id = id,
            AllOrNothing = true,
            PlannedDays = 30,
            Currency = "EUR",
            Pledged = [gifts * 5, gifts * 8, gifts * 10],
            Gifts = [gifts / 2, gifts * 4 / 5, gifts],
            FinalPledged = gifts * 20,
            FinalBackers = Math.Round(gifts * Math.Exp(2 * 0.7 * dice.NextDouble())),
            Goals = [(0, 2000)],
        };
    }
}

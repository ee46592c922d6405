using System.Globalization;
using Succesmeter.LocalHost.Demo;
using Xunit.Abstractions;

namespace Succesmeter.LocalHost.Tests.Demo;

/// <summary>Whether what comes out resembles what the figures' sources say. docs/demo.md quotes what it prints.</summary>
public sealed class TownFiguresTests(ITestOutputHelper output)
{
    private const int Simulated = 300;

    [Fact]
    public void Three_hundred_campaigns_resemble_the_field()
    {
        var town = Founded.Town();
        var all = Enumerable.Range(0, Simulated).Select(town.Numbered).ToList();
        var ended = all.ConvertAll(campaign => campaign.At(campaign.ClosedAt.AddDays(5)));
        var toGoal = ended.Where(view => view.Ratio is not null).ToList();
        var inEuros = toGoal.Where(view => !view.Campaign.CountsOrders).ToList();

        var success = Told("share that reached the goal", (double)toGoal.Count(view => view.State == "succeeded") / toGoal.Count);
        var goal = Told("median goal, EUR", Median(inEuros.Select(view => (double)view.Campaign.Goal!.Value)));
        var goals = inEuros.ConvertAll(view => view.Campaign.Goal!.Value);
        Told("least and largest goal, EUR", goals.Min(), goals.Max());
        var backers = Told("median backers", Median(inEuros.Select(view => (double)view.Backers)));
        Told("quartiles of backers", Quantile(inEuros.Select(view => (double)view.Backers), 0.25), Quantile(inEuros.Select(view => (double)view.Backers), 0.75));
        var days = Told("median days", Median(inEuros.Select(view => (view.Campaign.ClosedAt - view.Campaign.LaunchedAt).TotalDays)));
        var gift = Told("mean gift, EUR", inEuros.Average(view => (double)view.Pledged / view.Gifts.Count));
        Told("median ratio of pledged to goal", Median(inEuros.Select(view => view.Ratio!.Value)));
        var launch = Told("median share of gifts in the first three days", Median(inEuros.Where(view => view.Campaign.Kind == TownKind.Ordinary).Select(view => view.Gifts.Count(gift => gift.At < view.Campaign.LaunchedAt.AddDays(3)) / (double)view.Gifts.Count)));
        var year = ended.Where(view => view.Campaign.LaunchedAt < ended[0].Campaign.LaunchedAt.AddDays(365)).ToList();
        var donors = year.SelectMany(view => view.Gifts.Where(gift => !gift.Anonymous).Select(gift => (Name: gift.Donor.Account ?? gift.Donor.Name, view.Campaign.Id)).Distinct())
            .GroupBy(pair => pair.Name, StringComparer.Ordinal).Select(group => group.Count()).ToList();
        var loyal = Told("share of a year's donors who gave to several campaigns", donors.Count(count => count > 1) / (double)donors.Count);
        var waived = Told("share of gifts without a reward", ended.Sum(view => view.Gifts.Count(gift => gift.Reward is null)) / (double)ended.Sum(view => view.Gifts.Count));
        var filled = Told("mean needs filled", ended.Average(view => view.FilledNeeds));
        Told("mean comments", ended.Average(view => view.Comments.Count));

        Assert.InRange(success, 0.88, 0.96);
        Assert.InRange(goal, 5_000, 7_000);
        Assert.InRange(goals.Min(), TownFigures.LeastGoal, TownFigures.MostGoal);
        Assert.InRange(goals.Max(), TownFigures.LeastGoal, TownFigures.MostGoal);
        Assert.InRange(backers, 120, 150);
        Assert.InRange(days, 30, 60);
        Assert.InRange(gift, 42, 58);
        Assert.InRange(launch, 0.2, 0.45);
        Assert.InRange(loyal, 0.13, 0.22);
        Assert.InRange(waived, 0.3, 0.55);
        Assert.InRange(filled, 5, 7);
    }

    private double Told(string what, params double[] values)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {string.Join(", ", values.Select(value => value.ToString("0.###", CultureInfo.InvariantCulture)))}"));
        return values[0];
    }

    private static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    private static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)(share * (sorted.Count - 1))];
    }
}

using Succesmeter.Forecasts;

namespace Succesmeter.Tests.Forecasts;

public sealed class PromotionTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_challenger_that_is_surely_better_is_promoted()
    {
        var promotion = Promotion.Of(Said(0.6, 0.8, 100), 15, [], Now);

        Assert.True(promotion.Promoted);
        Assert.InRange(promotion.Gain!.Low, 0.0001, promotion.Gain.Value);
    }

    [Fact]
    public void One_that_may_be_better_by_chance_is_not() =>
        Assert.Equal((false, "not-shown-better"), Short(Promotion.Of(Said(0.6, 0.8, 12), 15, [], Now)));

    [Fact]
    public void Fourteen_new_failures_are_too_few() =>
        Assert.Equal((false, "too-few-failures"), Short(Promotion.Of(Said(0.6, 0.8, 100), 14, [], Now)));

    [Fact]
    public void The_third_in_a_year_waits()
    {
        Assert.Equal((false, "too-soon"), Short(Promotion.Of(Said(0.6, 0.8, 100), 15, [Now.AddDays(-10), Now.AddDays(-300)], Now)));
        Assert.True(Promotion.Of(Said(0.6, 0.8, 100), 15, [Now.AddDays(-10), Now.AddDays(-370)], Now).Promoted);
    }

    /// <summary>Nine in ten succeed; both models say one number for all.</summary>
    private static (double, double, bool)[] Said(double champion, double challenger, int n) => [.. Enumerable.Range(0, n).Select(at => (champion, challenger, at % 10 != 0))];

    private static (bool, string) Short(Promotion promotion) => (promotion.Promoted, promotion.Reason);
}

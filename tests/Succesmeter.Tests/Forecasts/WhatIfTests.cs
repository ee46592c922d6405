using Succesmeter.Features;
using Succesmeter.Forecasts;

namespace Succesmeter.Tests.Forecasts;

public sealed class WhatIfTests
{
    private static readonly ForecastModel Model = SomeModel.Model;

    private static readonly FundingCurve Curve = new()
    {
        Goal = 5000,
        Currency = "EUR",
        PlannedDays = 40,
        AllOrNothing = true,
        ElapsedDays = 9.5,
        Pledged = 1500,
        Gifts = 30,
        Days = [.. Enumerable.Range(1, 10).Select(day => new DayTotal(150 * day, 3 * day))],
    };

    [Fact]
    public void No_gift_at_once_is_the_forecast_as_it_stands()
    {
        var now = Forecast.Of(Model, Curve, PlatformFit.None);
        Assert.Equal(new WhatIf(now.Probability, now.FinalRatio), WhatIf.Of(Model, Curve, PlatformFit.None, 0, 10, 0));
    }

    [Fact]
    public void Gifts_that_fill_the_goal_make_it_certain() =>
        Assert.Equal(1, WhatIf.Of(Model, Curve, PlatformFit.None, 140, 25, 5).Probability);

    [Fact]
    public void Larger_gifts_never_lower_the_probability_and_more_silent_days_never_raise_it() =>
        Gen.Select(Gen.Int[0, 100], Gen.Double[1, 50], Gen.Double[0, 30], Gen.Double[0, 1]).Sample((gifts, amount, days, part) =>
        {
            var probability = ProbabilityOf(gifts, amount, days);
            Assert.True(ProbabilityOf(gifts, amount * (1 + part), days) >= probability - 1e-12);
            Assert.True(ProbabilityOf(0, amount, days) <= ProbabilityOf(0, amount, days * part) + 1e-12);
        });

    [Theory]
    [InlineData(-1, 10, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 10, -1)]
    [InlineData(1, 10, 31)]
    [InlineData(100_001, 10, 1)]
    public void What_cannot_be_is_refused(int gifts, double amount, double days) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WhatIf.Of(Model, Curve, PlatformFit.None, gifts, amount, days));

    private static double ProbabilityOf(int gifts, double amount, double days) =>
        WhatIf.Of(Model, Curve, PlatformFit.None, gifts, amount, days).Probability!.Value;
}

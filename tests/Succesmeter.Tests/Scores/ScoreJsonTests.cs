using System.Text.Json;
using Succesmeter.Networks;
using Succesmeter.Scores;
using Succesmeter.Snapshots;
using Succesmeter.Social;
using Succesmeter.Tests.Campaigns;
using Succesmeter.Tests.Forecasts;

namespace Succesmeter.Tests.Scores;

public sealed class ScoreJsonTests
{
    [Fact]
    public void The_social_part_says_ten_indicators_with_bounds_and_three_points_of_the_compass()
    {
        var state = Seen.State(Seen.On(10) with { Backers = 40, Needs = new Needs(5, 2), Collaborators = 4 }) with
        {
            Ties = new ShownTies(new ShownFigure(0.4, 30, false), ShownFigure.None, ShownFigure.None),
        };
        var score = Score.Of(state, Seen.Launch.AddDays(10), new ScoringModel(SomeModel.Model, References.Shipped))!;
        using var json = JsonDocument.Parse(ScoreJson.Write(score));
        var social = json.RootElement.GetProperty("social");
        var indicators = social.GetProperty("indicators").EnumerateArray().ToArray();

        Assert.Equal(IndicatorNames.All, indicators.Select(i => i.GetProperty("name").GetString()));
        Assert.Equal(["name", "value", "bounds", "unit", "n", "percentile", "interval", "referenceName", "referenceN", "observability", "trend", "reason", "beside"], indicators[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal("[0.1278,0.7394]", indicators[8].GetProperty("bounds").GetRawText());
        Assert.Equal("""{"name":"helpers","value":10,"unit":"per 100 backers"}""", indicators[8].GetProperty("beside").GetRawText());
        Assert.Equal("null", indicators[0].GetProperty("bounds").GetRawText());
        // Twelve of thirty return: Beta(12.5, 18.5) from .264 to .550 by numerical integration, half a step on either side, twice that less one.
        Assert.Equal(
            ["bonding-bridging null null too-few-to-show", "local-city null null campaign-place-unknown", "new-returning -0.2 [-0.52,0.14] "],
            social.GetProperty("compass").EnumerateArray().Select(p => $"{p.GetProperty("name").GetString()} {p.GetProperty("position").GetRawText()} {p.GetProperty("interval").GetRawText()} {p.GetProperty("reason").GetString()}"));
    }
}

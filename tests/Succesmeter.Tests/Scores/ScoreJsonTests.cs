using System.Text.Json;
using Succesmeter.Advice;
using Succesmeter.Campaigns;
using Succesmeter.Emergence;
using Succesmeter.Forecasts;
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
    public void Emergence_and_advice_say_what_they_rest_on()
    {
        var estimate = new EmergenceEstimate
        {
            BranchingRatio = 0.54, Interval = new RatioInterval(0.31, 0.72), HalfLifeHours = 9.5, Contributions = 64, TimeResolutionHours = 0.01, ShareThatFollowed = 0.4,
            Verdict = EmergenceVerdict.Waves, Observability = Observability.Bounded, Reason = EmergenceReasons.NoActionLog,
        };
        var state = Seen.State(Seen.On(10, 490) with { Backers = 25 }) with { Emergence = new EmergenceLook(Seen.Launch.AddDays(9.5), estimate, 64, 0, false) };
        var own = new PlatformModel(PlatformFit.None, []) { Levers = [new LeverEvidence(AdviceCodes.BringOne, 0.04, -0.01, 0.09, 25, 61)] };
        var model = new ScoringModel(SomeModel.Model, References.Shipped) { Platforms = new Dictionary<PlatformId, PlatformModel> { [Seen.Campaign.Platform] = own } };
        using var json = JsonDocument.Parse(ScoreJson.Write(Score.Of(state, Seen.Launch.AddDays(10), model)!));

        Assert.Equal(
            """{"asOf":"2026-04-29T20:00:00Z","branchingRatio":0.54,"interval":[0.31,0.72],"halfLifeHours":9.5,"contributions":64,"timeResolutionHours":0.01,"shareThatFollowed":0.4,"verdict":"waves","observability":"bounded","reason":"no-action-log"}""",
            json.RootElement.GetProperty("emergence").GetRawText());
        var indicator = json.RootElement.GetProperty("social").GetProperty("indicators")[9];
        Assert.Equal(("emergence", 0.54, "[0.31,0.72]", 64), (indicator.GetProperty("name").GetString(), indicator.GetProperty("value").GetDouble(), indicator.GetProperty("bounds").GetRawText(), indicator.GetProperty("n").GetInt32()));
        Assert.Equal(
            [
                """{"code":"bring-one","evidence":"own-campaigns","association":true,"compared":{"difference":0.04,"interval":[-0.01,0.09],"did":25,"didNot":61},"trigger":{"backers":25}}""",
                """{"code":"moment","evidence":"untested","association":true,"compared":null,"trigger":{"percent":50,"share":0.49}}""",
            ],
            json.RootElement.GetProperty("advice").EnumerateArray().Select(static piece => piece.GetRawText()).Order(StringComparer.Ordinal));
    }

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

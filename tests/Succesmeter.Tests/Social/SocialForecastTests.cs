using System.Text;
using System.Text.Json;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Scores;
using Succesmeter.Social;
using Succesmeter.Tests.Campaigns;
using Succesmeter.Tests.Features;
using Succesmeter.Tests.Forecasts;

namespace Succesmeter.Tests.Social;

public sealed class SocialForecastTests
{
    private static readonly FundingCurve Half = Curves.Plain with { PlannedDays = 40, ElapsedDays = 20, Gifts = 99, HorizonIsAssumed = false, AllOrNothing = false };

    [Fact]
    public void The_number_so_far_and_one_grow_by_the_models_factors_and_become_whole_backers()
    {
        // 100·e^.1 − 1 = 109.52, 100·e^.5 − 1 = 163.87, 100·e − 1 = 270.83: of whole numbers at least 110, at most 270.
        var forecast = Of(Half)!;

        Assert.Equal((110, 164, 270), (forecast.P10, forecast.P50, forecast.P90));
        Assert.Equal((SocialForecast.Describes, 0, null), (forecast.Basis, forecast.Outcomes, forecast.Reason));
    }

    [Fact]
    public void Time_is_told_as_a_share_of_the_planned_time()
    {
        // In the first tenth e^.7 more: 100·e^1.2 − 1 = 331.01.
        Assert.Equal(331, Of(Half with { ElapsedDays = 4 })!.P50);
        Assert.Equal(164, Of(Half with { PlannedDays = 20, ElapsedDays = 4 })!.P50);
    }

    [Fact]
    public void It_is_ordered_whole_and_never_below_what_is_there() =>
        Gen.Select(Curves.Any, Gen.Int[0, 100_000], Gen.Double[-3, 3], Gen.Double[-3, 3], Gen.Double[-3, 3]).Sample((curve, backers, low, middle, high) =>
        {
            if (SocialForecast.Of(SomeBackers.Model, curve with { Gifts = backers }, new BackersFit(60, true, new BackersMargin(low, middle, high)), ended: false) is not { } forecast)
                return;

            Assert.InRange(forecast.P10, backers, forecast.P50);
            Assert.InRange(forecast.P90, forecast.P50, double.MaxValue);
            Assert.All([forecast.P10, forecast.P50, forecast.P90], static end => Assert.Equal(Math.Truncate(end), end));
        });

    [Fact]
    public void Without_a_number_of_backers_and_past_an_assumed_end_nothing_is_said()
    {
        Assert.Null(Of(Half with { Gifts = null }));
        Assert.Null(Of(Half with { HorizonIsAssumed = true, ElapsedDays = 41 }));
    }

    [Fact]
    public void After_the_end_the_number_is_what_it_is() => Assert.True(Of(Half with { ElapsedDays = 41 }) is { P10: 99, P50: 99, P90: 99 });

    [Fact]
    public void Where_no_data_set_shows_a_campaign_that_is_said_until_sixty_own_outcomes_do()
    {
        var late = Half with { AllOrNothing = true };

        Assert.Equal(ForecastReason.Extrapolated, Of(late)!.Reason);
        Assert.Null(Of(late with { ElapsedDays = 3 })!.Reason);
        Assert.Null(SocialForecast.Of(SomeBackers.Model, late, new BackersFit(60, false, default), ended: false)!.Reason);
    }

    [Fact]
    public void Only_a_fit_that_was_found_to_predict_predicts() =>
        Assert.Equal(["describes", "predicts"], ((bool[])[false, true]).Select(predicts => SocialForecast.Of(SomeBackers.Model, Half, new BackersFit(80, predicts, default), ended: false)!.Basis));

    [Fact]
    public void Margins_leave_a_tenth_below_a_half_below_and_a_tenth_above()
    {
        // Of what came less what was said 0, 1, … 99: the tenth smallest, the fiftieth and the ninetieth.
        var margin = BackersMargin.Of([.. Enumerable.Range(0, 100).Select(static miss => ((double)miss, (double)miss, (double)miss, 1.0))]);

        Assert.Equal(new BackersMargin(9, 49, 89), margin);
    }

    [Fact]
    public void Looks_count_by_their_weight() =>
        Assert.Equal(7, BackersMargin.Of([(3, 3, 3, 0.25), (5, 5, 5, 0.25), (7, 7, 7, 2)]).Middle);

    [Fact]
    public void What_is_written_reads_back_to_the_same_bytes() => Assert.Equal(SomeBackers.Model.Bytes(), BackersModel.Read(new MemoryStream(SomeBackers.Model.Bytes())).Bytes());

    [Theory]
    [InlineData("low 1", "low 2", "damaged")]
    [InlineData("succesmeter-backers 1", "succesmeter-backers 9", "begins with")]
    public void A_file_that_is_damaged_or_another_is_refused(string good, string bad, string why) => Assert.Contains(why, Refusal(good, bad, mend: false), StringComparison.Ordinal);

    [Theory]
    [InlineData("pledged-share ", "pledged-shares ", "other features")]
    [InlineData("margins 0:0:0 ", "margins ", "margins")]
    [InlineData("low 1", "low 7", "cannot be read")]
    [InlineData(":l:-1:-2|", ":l:9:-2|", "cannot be read")]
    public void A_file_that_contradicts_itself_is_refused_and_not_half_read(string good, string bad, string why) => Assert.Contains(why, Refusal(good, bad, mend: true), StringComparison.Ordinal);

    [Fact]
    public void The_score_carries_it()
    {
        var score = Score.Of(Seen.State(Seen.On(20) with { Backers = 99 }), Seen.Launch.AddDays(20), new ScoringModel(SomeModel.Model, References.Shipped) { Backers = SomeBackers.Model })!;
        using var json = JsonDocument.Parse(ScoreJson.Write(score));

        Assert.Equal(
            """{"finalBackers":{"p10":110,"p50":164,"p90":270},"basis":"describes","outcomes":0,"reason":"extrapolated"}""",
            json.RootElement.GetProperty("social").GetProperty("forecast").GetRawText());
    }

    [Fact]
    public void Without_a_model_of_backers_a_score_has_none() =>
        Assert.Null(Score.Of(Seen.State(Seen.On(20) with { Backers = 99 }), Seen.Launch.AddDays(20), new ScoringModel(SomeModel.Model, References.Shipped))!.Social.Forecast);

    private static SocialForecast? Of(FundingCurve curve) => SocialForecast.Of(SomeBackers.Model, curve, BackersFit.None, ended: false);

    private static string Refusal(string good, string bad, bool mend)
    {
        var text = Encoding.UTF8.GetString(SomeBackers.Model.Bytes()).Replace(good, bad, StringComparison.Ordinal);
        if (mend)
        {
            var lines = text.Split('\n', 3);
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(lines[2])))[..16];
            text = lines[0] + "\nversion " + hash + "\n" + lines[2];
        }

        return Assert.Throws<InvalidDataException>(() => BackersModel.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)))).Message;
    }
}

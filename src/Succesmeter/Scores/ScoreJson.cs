using System.Buffers;
using System.Text.Json;
using Succesmeter.Advice;
using Succesmeter.Emergence;
using Succesmeter.Forecasts;
using Succesmeter.Social;

namespace Succesmeter.Scores;

/// <summary>A score as the API serves it: camelCase, instants in UTC, null for what is not known.</summary>
public static class ScoreJson
{
    /// <summary>Digits past the fourth of a probability or a ratio say nothing.</summary>
    public const int Digits = 4;

    public static byte[] Write(Score score)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("campaign", score.Campaign.ToString());
            json.WriteString("asOf", score.AsOf.UtcDateTime);
            json.WriteString("model", score.Model);
            Number(json, "elapsed", score.Elapsed);
            json.WriteString("horizon", score.HorizonIsAssumed ? "assumed" : "declared");
            WriteFinancial(json, score);
            WriteSocial(json, score.Social);
            WriteEmergence(json, score);
            WriteWhy(json, score.Why);
            WriteComparables(json, score.Comparables);
            WriteAdvice(json, score.Advice);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static string Text(ForecastStatus status) => status switch
    {
        ForecastStatus.Reached => "reached",
        ForecastStatus.OnTrack => "on-track",
        ForecastStatus.Uncertain => "uncertain",
        ForecastStatus.Behind => "behind",
        ForecastStatus.Unlikely => "unlikely",
        _ => "ended",
    };

    public static string Text(ForecastConfidence confidence) => confidence switch
    {
        ForecastConfidence.Ok => "ok",
        ForecastConfidence.Low => "low",
        _ => "abstain",
    };

    public static string Text(EmergenceVerdict verdict) => verdict switch
    {
        EmergenceVerdict.SelfSustaining => "self-sustaining",
        EmergenceVerdict.Waves => "waves",
        EmergenceVerdict.Pushed => "pushed",
        _ => "cannot-tell",
    };

    private static string Text(Observability observability) => observability switch
    {
        Observability.Observed => "observed",
        Observability.Declared => "declared",
        Observability.Bounded => "bounded",
        _ => "unobservable",
    };

    private static void WriteFinancial(Utf8JsonWriter json, Score score)
    {
        var forecast = score.Financial;
        json.WriteStartObject("financial");
        Number(json, "probability", forecast.Probability);
        Number(json, "baseRate", forecast.BaseRate);
        Whole(json, "baseRateN", forecast.BaseRateN);
        json.WriteString("status", Text(forecast.Status));
        json.WriteString("confidence", Text(forecast.Confidence));
        json.WriteString("reason", forecast.Reason);
        if (forecast.FinalRatio is { } ratio)
        {
            json.WriteStartObject("finalRatio");
            Number(json, "p10", ratio.P10);
            Number(json, "p50", ratio.P50);
            Number(json, "p90", ratio.P90);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("finalRatio");
        }

        if (forecast.ReachesGoalAt is { } days)
        {
            json.WriteStartObject("reachesGoalAt");
            Instant(json, "p10", score.LaunchedAt, days.P10);
            Instant(json, "p50", score.LaunchedAt, days.P50);
            Instant(json, "p90", score.LaunchedAt, days.P90);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("reachesGoalAt");
        }

        Number(json, "pacePerDay", forecast.PacePerDay, digits: 2);
        Number(json, "neededPerDay", forecast.NeededPerDay, digits: 2);
        json.WriteEndObject();
    }

    private static void WriteSocial(Utf8JsonWriter json, SocialProfile social)
    {
        json.WriteStartObject("social");
        Whole(json, "meter", social.Meter);
        Range(json, "interval", social.Interval);
        json.WriteString("reason", social.Reason);
        json.WriteStartArray("indicators");
        foreach (var indicator in social.Indicators)
        {
            json.WriteStartObject();
            json.WriteString("name", indicator.Name);
            Number(json, "value", indicator.Value);
            Range(json, "bounds", indicator.Bounds);
            json.WriteString("unit", indicator.Unit);
            Whole(json, "n", indicator.N);
            Whole(json, "percentile", indicator.Percentile);
            Range(json, "interval", indicator.Interval);
            json.WriteString("referenceName", indicator.ReferenceName);
            Whole(json, "referenceN", indicator.ReferenceN);
            json.WriteString("observability", Text(indicator.Observability));
            Number(json, "trend", indicator.Trend);
            json.WriteString("reason", indicator.Reason);
            WriteBeside(json, indicator.Beside);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("compass");
        foreach (var point in social.Compass)
        {
            json.WriteStartObject();
            json.WriteString("name", point.Name);
            Number(json, "position", point.Position);
            Range(json, "interval", point.Position is null ? null : new ValueRange(point.Low, point.High));
            json.WriteString("reason", point.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteSocialForecast(json, social.Forecast);
        json.WriteEndObject();
    }

    private static void WriteSocialForecast(Utf8JsonWriter json, SocialForecast? forecast)
    {
        if (forecast is null)
        {
            json.WriteNull("forecast");
            return;
        }

        json.WriteStartObject("forecast");
        json.WriteStartObject("finalBackers");
        Number(json, "p10", forecast.P10);
        Number(json, "p50", forecast.P50);
        Number(json, "p90", forecast.P90);
        json.WriteEndObject();
        json.WriteString("basis", forecast.Basis);
        json.WriteNumber("outcomes", forecast.Outcomes);
        json.WriteString("reason", forecast.Reason);
        json.WriteEndObject();
    }

    private static void WriteEmergence(Utf8JsonWriter json, Score score)
    {
        var estimate = score.Emergence;
        json.WriteStartObject("emergence");
        if (score.EmergenceAt is { } at)
            json.WriteString("asOf", at.UtcDateTime);
        else
            json.WriteNull("asOf");
        Number(json, "branchingRatio", estimate.BranchingRatio);
        Range(json, "interval", estimate.Interval is { } known ? new ValueRange(known.Low, known.High) : null);
        Number(json, "halfLifeHours", estimate.HalfLifeHours, digits: 2);
        json.WriteNumber("contributions", estimate.Contributions);
        Number(json, "timeResolutionHours", estimate.TimeResolutionHours);
        Number(json, "shareThatFollowed", estimate.ShareThatFollowed);
        json.WriteString("verdict", Text(estimate.Verdict));
        json.WriteString("observability", Text(estimate.Observability));
        json.WriteString("reason", estimate.Reason);
        json.WriteEndObject();
    }

    private static void WriteAdvice(Utf8JsonWriter json, IReadOnlyList<AdvicePiece> advice)
    {
        json.WriteStartArray("advice");
        foreach (var piece in advice)
        {
            json.WriteStartObject();
            json.WriteString("code", piece.Code);
            json.WriteString("evidence", piece.Evidence);

            // Seen together elsewhere, and never tried here: no reader should take it for a cause.
            json.WriteBoolean("association", true);
            WriteCompared(json, piece.Compared);
            json.WriteStartObject("trigger");
            foreach (var (name, value) in piece.Trigger)
                Number(json, name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCompared(Utf8JsonWriter json, LeverEvidence? compared)
    {
        if (compared is null)
        {
            json.WriteNull("compared");
            return;
        }

        json.WriteStartObject("compared");
        Number(json, "difference", compared.Difference);
        Range(json, "interval", new ValueRange(compared.Low, compared.High));
        json.WriteNumber("did", compared.Did);
        json.WriteNumber("didNot", compared.DidNot);
        json.WriteEndObject();
    }

    private static void WriteWhy(Utf8JsonWriter json, Why? why)
    {
        json.WriteStartArray("why");
        foreach (var entry in why is null ? [] : why.Entries)
        {
            json.WriteStartObject();
            json.WriteString("feature", entry.Feature);
            Number(json, "value", entry.Value);
            Number(json, "effect", entry.Effect);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteComparables(Utf8JsonWriter json, IReadOnlyList<PastCurve> comparables)
    {
        json.WriteStartArray("comparables");
        foreach (var past in comparables)
        {
            json.WriteStartObject();
            json.WriteString("name", past.Name);
            json.WriteNumber("stands", past.Stands);
            Number(json, "reachedShare", past.ReachedShare);
            json.WriteStartArray("ratios");
            foreach (var ratio in past.Ratios)
                json.WriteNumberValue(Math.Round(ratio, Digits));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value, int digits = Digits)
    {
        if (value is { } known && double.IsFinite(known))
            json.WriteNumber(name, Math.Round(known, digits));
        else
            json.WriteNull(name);
    }

    private static void Whole(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    private static void Range(Utf8JsonWriter json, string name, PercentileRange? range)
    {
        if (range is not { } known)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        json.WriteNumberValue(known.Low);
        json.WriteNumberValue(known.High);
        json.WriteEndArray();
    }

    private static void Range(Utf8JsonWriter json, string name, ValueRange? range)
    {
        if (range is not { } known)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        Item(known.Low);
        Item(known.High);
        json.WriteEndArray();

        void Item(double? end)
        {
            if (end is { } value && double.IsFinite(value))
                json.WriteNumberValue(Math.Round(value, Digits));
            else
                json.WriteNullValue();
        }
    }

    private static void WriteBeside(Utf8JsonWriter json, SideFigure? beside)
    {
        if (beside is null)
        {
            json.WriteNull("beside");
            return;
        }

        json.WriteStartObject("beside");
        json.WriteString("name", beside.Name);
        Number(json, "value", beside.Value);
        json.WriteString("unit", beside.Unit);
        json.WriteEndObject();
    }

    private static void Instant(Utf8JsonWriter json, string name, DateTimeOffset launch, double? days)
    {
        if (days is { } known)
            json.WriteString(name, launch.AddDays(known).UtcDateTime);
        else
            json.WriteNull(name);
    }
}

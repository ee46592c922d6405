using Azure.Data.Tables;
using Succesmeter.Advice;
using Succesmeter.Scores;

namespace Succesmeter.Storage.Tables;

/// <summary>The figures of a score as columns of whatever row they stand in.</summary>
internal static class SummaryColumns
{
    public static void Write(TableEntity row, ScoreSummary score)
    {
        row["Elapsed"] = score.Elapsed;
        row["Status"] = score.Status;
        row["Confidence"] = score.Confidence;
        row["Probability"] = score.Probability;
        row["LogOdds"] = score.LogOdds;
        row["Model"] = score.Model;
        row["Shown"] = score.Shown;
        row["BaseRate"] = score.BaseRate;
        row["FinalRatioP10"] = score.FinalRatioP10;
        row["FinalRatioP50"] = score.FinalRatioP50;
        row["FinalRatioP90"] = score.FinalRatioP90;
        row["Meter"] = score.Meter;
        row["AdviceApplied"] = score.Advice is { } lot ? string.Join(' ', lot.Applied) : null;
        row["AdviceGiven"] = score.Advice is { } given ? string.Join(' ', given.Given) : null;
    }

    /// <returns>Null for a row without a score: facts were awaited.</returns>
    public static ScoreSummary? Read(TableEntity row) => row.GetString("Status") is not { } status ? null : new ScoreSummary
    {
        Elapsed = row.GetDouble("Elapsed")!.Value,
        Status = status,
        Confidence = row.GetString("Confidence"),
        Probability = row.GetDouble("Probability"),
        LogOdds = row.GetDouble("LogOdds"),
        Model = row.GetString("Model"),
        Shown = row.GetBoolean("Shown"),
        BaseRate = row.GetDouble("BaseRate"),
        FinalRatioP10 = row.GetDouble("FinalRatioP10"),
        FinalRatioP50 = row.GetDouble("FinalRatioP50"),
        FinalRatioP90 = row.GetDouble("FinalRatioP90"),
        Meter = row.GetInt32("Meter"),
        Advice = (row.GetString("AdviceApplied"), row.GetString("AdviceGiven")) is ({ } applied, { } given) ? new AdviceLot([.. Codes(applied)], [.. Codes(given)]) : null,
    };

    private static string[] Codes(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

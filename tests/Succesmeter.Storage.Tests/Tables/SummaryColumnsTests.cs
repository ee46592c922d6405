using Azure.Data.Tables;
using Succesmeter.Advice;
using Succesmeter.Scores;
using Succesmeter.Storage.Tables;

namespace Succesmeter.Storage.Tests.Tables;

public sealed class SummaryColumnsTests
{
    private static readonly ScoreSummary Summary = new()
    {
        Elapsed = 0.3,
        Status = "on-track",
        Confidence = "ok",
        Probability = 0.8,
        LogOdds = 1.0 / 3,
        Model = "serving-1-2",
        Shown = true,
        Meter = 62,
        Advice = new AdviceLot(["pace", "thank"], ["thank", "pace"]),
    };

    [Fact]
    public void A_summary_comes_back_as_it_was()
    {
        var row = new TableEntity("p", "r");
        SummaryColumns.Write(row, Summary);

        Assert.Equal(Summary, SummaryColumns.Read(row));
    }

    [Fact]
    public void Nothing_to_advise_is_not_the_same_as_never_asked()
    {
        var row = new TableEntity("p", "r");
        SummaryColumns.Write(row, Summary with { Advice = new AdviceLot([], []) });

        Assert.Equal(new AdviceLot([], []), SummaryColumns.Read(row)!.Advice);
    }

    [Fact]
    public void A_row_from_before_log_odds_and_shown_were_kept_is_still_read()
    {
        var row = new TableEntity("p", "r");
        SummaryColumns.Write(row, Summary);
        foreach (var column in (string[])["LogOdds", "Model", "Shown", "AdviceApplied", "AdviceGiven"])
            row.Remove(column);

        Assert.Equal(Summary with { LogOdds = null, Model = null, Shown = null, Advice = null }, SummaryColumns.Read(row));
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Succesmeter.Campaigns;
using Succesmeter.Learning.Training;
using Succesmeter.Reports;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Pipeline.Tests;

public sealed class OutcomesToReportsTests
{
    private static readonly DateTimeOffset Later = new(2027, 1, 5, 5, 0, 0, TimeSpan.Zero);

    private readonly NetworkTown town = new();
    private readonly MemoryOutcomeStore outcomes = new();
    private readonly MemoryReportStore reports = new();

    [Fact]
    public async Task From_snapshots_to_a_report()
    {
        await FinishAsync(6);
        await Stage().RunAsync(default);

        var report = (await reports.FindAsync(NetworkTown.Platform, default))!.Report.Shown;
        Assert.Equal((6, 6, 6 * 40, 240), (Value(ReportDefinitions.Ended), Value(ReportDefinitions.Reached), Value(ReportDefinitions.GiversCounted), Value(ReportDefinitions.WithPlace)));

        // Every tenth lives in Ghent; with them those who live elsewhere, nobody, stay hidden.
        Assert.Equal(216, report.Figures.Single(figure => figure is { Period: "2026", Figure: ReportDefinitions.WithPlace, Group: "brussels" }).Value);
        Assert.Equal(6, report.Figures.Single(figure => figure is { Period: "2026", Figure: ReportDefinitions.Ended, By: "language" }).N);

        // Forty donors each, thirty of whom the next campaign shares: 40 + 5·10; all but the first and the last ten gave twice.
        Assert.Equal((90, 70), (Value(ReportDefinitions.Donors), Value(ReportDefinitions.InTwoOrMore)));

        double? Value(string code) => report.Figures.Single(figure => figure.Period == "2026" && figure.Figure == code && figure.Group is null).Value;
    }

    [Fact]
    public async Task A_second_run_writes_nothing_and_no_run_reads_a_history()
    {
        await FinishAsync(6);
        var read = town.Town.Store.HistoriesRead;
        await Stage().RunAsync(default);
        await Stage(now: Later.AddDays(1)).RunAsync(default);

        Assert.Equal((1, read), (reports.Changes, town.Town.Store.HistoriesRead));
    }

    [Fact]
    public async Task Two_hosts_at_once_end_in_what_one_makes()
    {
        await FinishAsync(6);
        var nested = false;
        reports.BeforePut = async () =>
        {
            if (nested)
                return;
            nested = true;
            await Stage().RunAsync(default);
        };
        await Stage().RunAsync(default);
        var alone = new MemoryReportStore();
        await Stage(alone).RunAsync(default);

        Assert.Equal(1, reports.Changes);
        Assert.True((await reports.FindAsync(NetworkTown.Platform, default))!.Report.Says((await alone.FindAsync(NetworkTown.Platform, default))!.Report));
    }

    [Fact]
    public async Task Donors_whose_pseudonyms_expired_stay_in_the_report_that_counted_them()
    {
        await FinishAsync(6);
        await Stage().RunAsync(default);
        await Stage(now: Later.AddYears(4)).RunAsync(default);

        var report = (await reports.FindAsync(NetworkTown.Platform, default))!.Report.Shown;
        Assert.Equal(90, report.Figures.Single(figure => figure is { Period: "2026", Figure: ReportDefinitions.Donors }).Value);
        Assert.Equal(ReportReasons.TooFewDonors, report.Figures.Single(figure => figure is { Period: "2029", Figure: ReportDefinitions.Donors }).Reason);
    }

    private OutcomesToReports Stage(MemoryReportStore? to = null, DateTimeOffset? now = null) => new(
        town.Town.List, outcomes, town.Town.Edges, town.Town.Tombstones, town.Town.Network, new MemoryAftercareStore(), to ?? reports, new UtcZones(), new FixedClocks(now ?? Later), NullLogger<OutcomesToReports>.Instance);

    /// <summary>So many campaigns of forty donors each, ten of whom the one before did not have.</summary>
    private async Task FinishAsync(int count)
    {
        for (var at = 0; at < count; at++)
            await town.GiveAsync($"c{at}", Some.Launch, Some.Launch.AddDays(41), Enumerable.Range(10 * at, 40), static snapshot => snapshot with
            {
                Goal = 500,
                Status = CampaignStatus.Succeeded,
                Languages = ["nl"],
                Contributions = [.. snapshot.Contributions.Select(static (gift, at) => gift with { Place = at % 10 == 0 ? "9000 Gent" : "1080 Molenbeek" })],
            });

        await new OutcomesToModels(town.Town.List, town.Town.Store, outcomes, new MemoryModelShelf(), Some.Start, new ContinuedTraining(), new FixedClocks(Later), new StoppedClock(Later), NullLogger<OutcomesToModels>.Instance).RunAsync(default);
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Succesmeter.Campaigns;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Training;
using Succesmeter.Models;
using Succesmeter.Outcomes;
using Succesmeter.Snapshots;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Pipeline.Tests;

public sealed class OutcomesToModelsTests
{
    private static readonly PlatformId Platform = new("demostad");
    private static readonly DateTimeOffset Now = Some.End.AddDays(100);

    private readonly MemoryTown town = new(publicScores: true);
    private readonly MemoryOutcomeStore outcomes = new();
    private readonly MemoryModelShelf shelf = new();

    [Fact]
    public async Task Without_a_finished_campaign_the_shipped_model_serves_and_published_years_are_taken_up()
    {
        await Stage().RunAsync(default);

        var ledger = (await shelf.FindLedgerAsync(default))!.Ledger;
        Assert.Equal(Some.Model.Forecast.Version, ledger.Serving);
        Assert.Equal([(Some.Campaign.Platform, 0)], ledger.Platforms.Select(on => (on.Platform, on.Outcomes)));
        Assert.Equal(Some.Start.Shipped.FitOf(Some.Campaign.Platform).Shift, ledger.Platforms[0].Shift);
    }

    [Fact]
    public async Task Finished_campaigns_move_the_shift_of_their_platform_and_are_set_beside_live_ones()
    {
        await FinishAsync(12, reached: at => at != 5);

        await Stage().RunAsync(default);

        var on = (await shelf.FindLedgerAsync(default))!.Ledger.Platforms.Single(on => on.Platform == Platform);
        Assert.Equal((12, 1), (on.Outcomes, on.Failures));
        Assert.True(on.Shift > 0, "eleven of twelve reached a goal that the model doubted");
        var learned = (await shelf.FindPlatformAsync(Platform, on.Version, default))!;
        Assert.Equal((on.Shift, 12, 12), (learned.Fit.Shift, learned.Courses.Length, learned.Fit.OwnOutcomesAt(0)));
    }

    [Fact]
    public async Task What_was_said_is_kept_with_whether_it_was_shown()
    {
        await FinishAsync(1, reached: _ => true);
        await Stage().RunAsync(default);

        var looks = Assert.Single((await outcomes.LoadAsync(Platform, default)).Outcomes.Campaigns).Looks;
        Assert.NotEmpty(looks);
        Assert.All(looks, look => Assert.Equal((true, Some.Model.Name), (look.Shown, look.Model)));
        Assert.All(looks, look => Assert.Equal(look.LogOdds!.Value, (look with { LogOdds = null }).LogOddsBy(Some.Model.Forecast), 12));
    }

    [Fact]
    public async Task A_score_that_was_hidden_when_it_was_made_stays_hidden_when_it_is_made_again()
    {
        var hidden = new MemoryTown();
        await hidden.DeliverAsync(Some.Received(Some.Snapshot));
        await hidden.ScoreAsync(Some.Campaign);
        var open = new MemoryTown(hidden.Store, publicScores: true);
        await hidden.DeliverAsync(Some.Received(Some.Snapshot with { TakenAt = Some.Snapshot.TakenAt.AddDays(-1), Pledged = 2000 }));
        await open.ScoreAsync(Some.Campaign);

        Assert.Equal([true, false], (await hidden.EntriesAsync(Some.Campaign)).Select(entry => entry.Score!.Shown));
    }

    [Fact]
    public async Task A_second_run_writes_nothing_and_reads_no_history_again()
    {
        await FinishAsync(7, reached: _ => true);
        await Stage().RunAsync(default);
        var (written, kept, read) = (shelf.Changes, outcomes.Changes, town.Store.HistoriesRead);

        await Stage(now: Now.AddDays(1)).RunAsync(default);

        Assert.Equal((written, kept, read), (shelf.Changes, outcomes.Changes, town.Store.HistoriesRead));
    }

    [Fact]
    public async Task One_more_campaign_costs_one_history()
    {
        await FinishAsync(7, reached: _ => true);
        await Stage().RunAsync(default);
        await FinishAsync(1, reached: _ => true, from: 7);
        var read = town.Store.HistoriesRead;

        await Stage().RunAsync(default);

        Assert.Equal(read + 1, town.Store.HistoriesRead);
        Assert.Equal(8, (await outcomes.LoadAsync(Platform, default)).Outcomes.Campaigns.Length);
    }

    [Fact]
    public async Task A_correction_after_the_end_is_read_and_changes_the_outcome()
    {
        await FinishAsync(1, reached: _ => false);
        await Stage().RunAsync(default);
        await town.DeliverAsync(Some.Received(Course(0, true)[^1], second: 9));
        await town.ScoreAsync(Course(0, true)[0].Campaign);

        await Stage().RunAsync(default);

        Assert.True((await outcomes.LoadAsync(Platform, default)).Outcomes.Campaigns.Single().Reached);
    }

    [Fact]
    public async Task Two_hosts_at_once_end_in_what_one_makes()
    {
        await FinishAsync(9, reached: at => at % 3 != 0);
        var nested = false;
        async Task OtherFirstAsync()
        {
            // The other host does the whole of the same work between this one's reading and writing.
            if (nested)
                return;
            nested = true;
            await Stage().RunAsync(default);
        }

        outcomes.BeforePut = OtherFirstAsync;
        shelf.BeforePut = OtherFirstAsync;
        await Stage().RunAsync(default);

        var (alone, ownShelf) = (new MemoryOutcomeStore(), new MemoryModelShelf());
        await Stage(ownShelf, alone).RunAsync(default);
        Assert.Equal((await ownShelf.FindLedgerAsync(default))!.Ledger, (await shelf.FindLedgerAsync(default))!.Ledger);
        Assert.Equal(Text((await alone.LoadAsync(Platform, default)).Outcomes), Text((await outcomes.LoadAsync(Platform, default)).Outcomes));
    }

    [Fact]
    public async Task A_run_that_was_cut_short_is_gone_on_with()
    {
        await FinishAsync(120, reached: _ => true);
        var puts = 0;
        using var cut = new CancellationTokenSource();
        outcomes.BeforePut = () =>
        {
            if (++puts == 2)
                cut.Cancel();
            cut.Token.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => Stage().RunAsync(cut.Token));
        outcomes.BeforePut = null;
        var read = town.Store.HistoriesRead;

        await Stage().RunAsync(default);

        Assert.Equal(read + 20, town.Store.HistoriesRead);
        Assert.Equal(120, (await outcomes.LoadAsync(Platform, default)).Outcomes.Campaigns.Length);
    }

    [Fact]
    public async Task Enough_new_failures_put_a_challenger_against_the_champion_once()
    {
        await FinishAsync(90, reached: at => at % 3 != 0);
        var refit = new Bolder();

        await Stage(refit: refit).RunAsync(default);
        await Stage(refit: refit, now: Now.AddDays(40)).RunAsync(default);

        var ledger = (await shelf.FindLedgerAsync(default))!.Ledger;
        Assert.Equal(1, refit.Fits);
        Assert.Equal((true, 30, Bolder.Version), (ledger.Last!.Promoted, ledger.Last.NewFailures!.Value, ledger.Serving));
        Assert.Equal([Bolder.Version, Some.Model.Forecast.Version], ledger.Kept.Select(kept => kept.Version));
        Assert.Superset(shelf.Models.ToHashSet(), ledger.Kept.Select(kept => kept.Version).ToHashSet());
    }

    [Fact]
    public async Task Where_nothing_can_be_fitted_only_the_shift_moves()
    {
        await FinishAsync(90, reached: at => at % 3 != 0);

        await Stage(refit: new Impossible()).RunAsync(default);

        var ledger = (await shelf.FindLedgerAsync(default))!.Ledger;
        Assert.Null(ledger.Last);
        Assert.Equal((Some.Model.Forecast.Version, 90), (ledger.Serving, ledger.Platforms.Single(on => on.Platform == Platform).Outcomes));
    }

    [Fact]
    public async Task An_earlier_model_can_be_served_again_with_shifts_of_its_own()
    {
        await FinishAsync(90, reached: at => at % 3 != 0);
        await Stage(refit: new Bolder()).RunAsync(default);
        var promoted = (await shelf.FindLedgerAsync(default))!.Ledger;

        var served = Assert.IsType<Served.Now>(await Stage().ServeAsync(Some.Model.Forecast.Version, default)).Ledger;

        Assert.Equal((Some.Model.Forecast.Version, ModelDecision.ServedByHand), (served.Serving, served.Last!.Reason));
        Assert.NotEqual(promoted.Platforms.Single(on => on.Platform == Platform).Version, served.Platforms.Single(on => on.Platform == Platform).Version);
        await Stage(refit: new Bolder(), now: Now.AddDays(1)).RunAsync(default);
        Assert.Equal(served, (await shelf.FindLedgerAsync(default))!.Ledger);
        Assert.IsType<Served.NotKept>(await Stage().ServeAsync("0123456789abcdef", default));
    }

    [Fact]
    public async Task A_served_model_that_is_gone_makes_way_for_the_shipped_one()
    {
        Assert.True(await shelf.TryPutLedgerAsync(ModelLedger.Of(Some.Model.Forecast with { Version = "gone" }) with { Released = Some.Model.Forecast.Version }, null, default));

        await Stage().RunAsync(default);

        var ledger = (await shelf.FindLedgerAsync(default))!.Ledger;
        Assert.Equal((Some.Model.Forecast.Version, ModelDecision.Unreadable, false), (ledger.Serving, ledger.Last!.Reason, ledger.Keeps("gone")));
    }

    [Fact]
    public async Task A_platform_whose_outcomes_cannot_be_kept_does_not_hold_up_the_others()
    {
        await FinishAsync(12, reached: at => at != 5);
        var broken = new CampaignId(new PlatformId("broken"), "a");
        foreach (var snapshot in Course(0, reached: true))
            await town.DeliverAsync(Some.Received(snapshot with { Campaign = broken }));
        await town.ScoreAsync(broken);

        await Assert.ThrowsAsync<AggregateException>(() => Stage(with: new BrokenFor(broken.Platform, outcomes)).RunAsync(default));
        var first = (await shelf.FindLedgerAsync(default))!.Ledger;
        Assert.Equal(12, first.Platforms.Single(on => on.Platform == Platform).Outcomes);
        Assert.DoesNotContain(first.Platforms, on => on.Platform == broken.Platform);

        await Stage().RunAsync(broken.Platform, default);
        var second = (await shelf.FindLedgerAsync(default))!.Ledger;
        Assert.Equal((12, 1), (second.Platforms.Single(on => on.Platform == Platform).Outcomes, second.Platforms.Single(on => on.Platform == broken.Platform).Outcomes));
    }

    private static IEnumerable<string> Text(PlatformOutcomes kept) => kept.Campaigns.Select(campaign =>
        $"{campaign with { Looks = [], Ratios = [] }} {string.Join(' ', campaign.Ratios)} {string.Join(' ', campaign.Looks.Select(look => $"{look.LogOdds} {string.Join(' ', look.Features)}"))}");

    private OutcomesToModels Stage(MemoryModelShelf? on = null, IOutcomeStore? with = null, IRefit? refit = null, DateTimeOffset? now = null) =>
        new(town.List, town.Store, with ?? outcomes, on ?? shelf, Some.Start, refit ?? new ContinuedTraining(), new FixedClocks(now ?? Now), new StoppedClock(now ?? Now), NullLogger<OutcomesToModels>.Instance);

    private async Task FinishAsync(int count, Func<int, bool> reached, int from = 0)
    {
        for (var at = from; at < from + count; at++)
        {
            var course = Course(at, reached(at));
            await town.DeliverAsync([.. course.Select(snapshot => Some.Received(snapshot))]);
            await town.ScoreAsync(course[0].Campaign);
        }
    }

    /// <summary>Forty days of a campaign, one ending a day after the other: a start that tells which will come through.</summary>
    private static Snapshot[] Course(int at, bool reached)
    {
        var launch = Some.Launch.AddDays(at / 2.0);
        (double Day, decimal Reached, decimal Failed)[] seenOn = [(1, 900, 20), (9, 2500, 60), (18, 3500, 80), (30, 4500, 90), (41, 5200, 100)];
        return [.. seenOn.Select(seen => Some.Snapshot with
            {
                Campaign = new CampaignId(Platform, $"c{at:D3}"),
                TakenAt = launch.AddDays(seen.Day),
                Goal = 5000,
                LaunchedAt = new Moment(launch),
                EndsAt = new Moment(launch.AddDays(40)),
                Pledged = reached ? seen.Reached : seen.Failed,
                Backers = (int)(reached ? seen.Reached : seen.Failed) / 40,
            })];
    }

    /// <summary>The champion, three times as sure of everything.</summary>
    private sealed class Bolder : IRefit
    {
        public const string Version = "b01dac0de0000000";

        public string? WhyNot => null;

        public int Fits { get; private set; }

        public ForecastModel Continue(ForecastModel champion, IReadOnlyCollection<Lesson> lessons)
        {
            Fits++;
            return champion with { Version = Version, Calibration = new Calibration(3 * champion.Calibration.Intercept, 3 * champion.Calibration.Slope) };
        }
    }

    private sealed class BrokenFor(PlatformId platform, MemoryOutcomeStore others) : IOutcomeStore
    {
        public Task<StoredOutcomes> LoadAsync(PlatformId of, CancellationToken cancellation) => others.LoadAsync(of, cancellation);

        public Task<StoredOutcomes?> PutAsync(PlatformOutcomes kept, string? replaced, CancellationToken cancellation) =>
            kept.Platform == platform ? throw new IOException("a test says so") : others.PutAsync(kept, replaced, cancellation);
    }

    private sealed class Impossible : IRefit
    {
        public string? WhyNot => "a test says so";

        public ForecastModel Continue(ForecastModel champion, IReadOnlyCollection<Lesson> lessons) => throw new InvalidOperationException("Nothing can be fitted here.");
    }
}

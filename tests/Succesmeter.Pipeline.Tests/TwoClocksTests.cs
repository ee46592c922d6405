using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Succesmeter.Campaigns;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Pipeline.Tests;

/// <summary>A platform lives by its own campaign clock, whatever its neighbours' clocks show.</summary>
public sealed class TwoClocksTests
{
    private static readonly CampaignId Slow = Some.Campaign;
    private static readonly CampaignId Fast = new(new PlatformId("demostad"), "a");
    private static readonly DateTimeOffset Seen = Some.Launch.AddDays(12);

    private readonly MemoryTown town = new(publicScores: true);
    private readonly FixedClocks clocks = new FixedClocks(Seen.AddDays(2)).With(Fast.Platform, Some.End.AddHours(5), speed: 3600);

    [Fact]
    public async Task Each_platform_is_scored_on_its_own_clock()
    {
        await LaunchAsync();
        await Stage().RunAsync(default);
        await ScoreAskedAsync();

        Assert.InRange(await AsOfAsync(Slow), Seen.AddDays(1), Seen.AddDays(2));
        Assert.Equal((Some.End, "ended"), (await AsOfAsync(Fast), await StatusAsync(Fast)));
        Assert.NotEqual("ended", await StatusAsync(Slow));

        // Nobody's clock moved, so nobody is scored again.
        await Stage().RunAsync(default);
        Assert.Empty(town.Queue.Sent);
    }

    [Fact]
    public async Task One_platform_can_be_run_alone()
    {
        await LaunchAsync();
        await Stage().RunAsync(Fast.Platform, default);

        Assert.Equal([(Fast, Some.End)], town.Queue.Sent.Select(static sent => (sent.Request.Campaign, sent.Request.Tick!.Value)));
    }

    [Fact]
    public async Task A_platform_that_fails_does_not_hold_up_the_others()
    {
        await LaunchAsync();
        var failed = await Assert.ThrowsAsync<AggregateException>(() => Stage(new Stopped(clocks, Fast.Platform)).RunAsync(default));

        Assert.Equal("stopped", Assert.Single(failed.InnerExceptions).Message);
        Assert.Equal([Slow], town.Queue.Sent.Select(static sent => sent.Request.Campaign));
    }

    [Fact]
    public async Task Donors_are_forgotten_36_months_after_their_gifts_by_the_clock_that_dated_these()
    {
        var network = new NetworkTown();
        await network.GiveAsync("a", Some.Launch, NetworkTown.Now, Enumerable.Range(0, 40));
        var machine = NetworkTown.Now.AddYears(4);

        await network.Town.NetworkStage(machine, new FixedClocks(NetworkTown.Now)).RunAsync(default);
        Assert.Equal(40, (await network.ShownAsync()).Donors);

        var ahead = new NetworkTown();
        await ahead.GiveAsync("a", Some.Launch, NetworkTown.Now, Enumerable.Range(0, 40));
        await ahead.Town.NetworkStage(NetworkTown.Now, new FixedClocks(machine)).RunAsync(default);
        Assert.Null((await ahead.ShownAsync()).Donors);
    }

    private TicksToScores Stage(IPlatformClocks? by = null) => new(town.List, town.Queue, by ?? clocks, NullLogger<TicksToScores>.Instance);

    private async Task LaunchAsync()
    {
        foreach (var campaign in new[] { Slow, Fast })
        {
            await town.DeliverAsync(Some.Received(Some.Snapshot with { Campaign = campaign, TakenAt = Seen }));
            await town.ScoreAsync(campaign);
        }
    }

    private async Task ScoreAskedAsync()
    {
        while (town.Queue.Sent.TryDequeue(out var sent))
            await town.Stage.RunAsync([sent.Request], default);
    }

    private async Task<JsonElement> ScoreAsync(CampaignId campaign) => JsonDocument.Parse((await town.Store.FindRecordAsync(campaign, default)).LatestScore!.Value).RootElement;

    private async Task<DateTimeOffset> AsOfAsync(CampaignId campaign) => (await ScoreAsync(campaign)).GetProperty("asOf").GetDateTimeOffset();

    private async Task<string?> StatusAsync(CampaignId campaign) => (await ScoreAsync(campaign)).GetProperty("financial").GetProperty("status").GetString();

    /// <summary>A platform whose clock cannot be read.</summary>
    private sealed class Stopped(IPlatformClocks others, PlatformId stopped) : IPlatformClocks
    {
        public PlatformClock Of(PlatformId platform) => platform == stopped ? throw new IOException("stopped") : others.Of(platform);
    }
}

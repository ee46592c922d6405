using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Succesmeter.Pipeline;
using Succesmeter.Testing;
using Xunit.Abstractions;

namespace Succesmeter.Faults.Tests;

/// <summary>The machine's clock is set back an hour while campaigns live: no score is lost, and nothing is told twice.</summary>
public sealed class ClockTests(ITestOutputHelper output)
{
    private const int Campaigns = 6;

    [Fact]
    public async Task A_clock_that_is_set_back_an_hour_loses_no_score_and_tells_nothing_twice()
    {
        var clock = new ShiftedClock();
        await using var subscriber = await Receiver.StartAsync();
        await using var host = await TestHost.StartAsync(
            time: clock, settings: [("Webhooks:AllowLoopback", "true"), ("Webhooks:Keys:1", Convert.ToBase64String(new byte[32])), ("Webhooks:RememberNobody", "00:00:00"), ("Webhooks:Site", "http://127.0.0.1:7071")]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/subscriptions") { Content = JsonContent.Create(new { all = true, url = subscriber.Address, language = "nl" }) };
        request.Headers.Authorization = new("Bearer", TestHost.RootToken);
        using var made = await host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);

        var start = TimeProvider.System.GetUtcNow();
        await host.PushAndScoreAsync(Town(start, at: start.AddHours(-30), pledged: 1300));
        await TickAsync();

        clock.Shift = -TimeSpan.FromHours(1);
        await TickAsync();
        await host.PushAndScoreAsync(Town(start, at: start.AddHours(-2), pledged: 2600));
        await host.PushAndScoreAsync(Town(start, at: start, pledged: 5100));
        await host.PushAndScoreAsync(Town(start, at: start.AddHours(-2), pledged: 2600));
        await TickAsync();

        clock.Shift = TimeSpan.Zero;
        await TickAsync();
        await host.PushAndScoreAsync(Town(start, at: TimeProvider.System.GetUtcNow(), pledged: 5200));

        // Each campaign once, at 10, 25, 50, 75 and 100 %; whatever else is told, is told once as well.
        await Eventually.IsAsync(() => subscriber.Of("milestone.reached").Count() >= 5 * Campaigns);
        await Account.QuietAsync(host.Storage);
        Assert.Equal(5 * Campaigns, subscriber.Of("milestone.reached").Count());
        Assert.Equal(Campaigns, subscriber.Of("campaign.discovered").Count());
        Assert.Equal(0, Told.Again(subscriber));
        for (var campaign = 0; campaign < Campaigns; campaign++)
        {
            var items = (await host.GetAsync($"/api/campaigns/demostad/c{campaign}/history")).GetProperty("items").EnumerateArray().Where(static one => one.GetProperty("kind").GetString() == "snapshot").ToList();
            Assert.Equal(4, items.Count);
            Assert.All(items, static one => Assert.NotEqual(System.Text.Json.JsonValueKind.Null, one.GetProperty("status").ValueKind));
            Assert.Equal(5200, (await host.GetAsync($"/api/campaigns/demostad/c{campaign}")).GetProperty("pledged").GetInt32());
        }

        output.WriteLine($"fault: clock set back an hour and forward again over {Campaigns} live campaigns tried 2, held 2; {subscriber.All.Count - 1} events told, none twice");

        async Task TickAsync()
        {
            await host.Stage<TicksToScores>().RunAsync(default);
            await Account.QuietAsync(host.Storage);
        }
    }

    private static string Town(DateTimeOffset start, DateTimeOffset at, int pledged) => string.Join('\n', Enumerable.Range(0, Campaigns).Select(campaign => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"platform":"demostad","campaign":"c{{campaign}}","takenAt":"{{at:yyyy-MM-ddTHH:mm:ssZ}}","title":"Buurttuin {{campaign}}","currency":"EUR","goal":5000,"funding":"all-or-nothing","launchedAt":"{{start.AddDays(-12):yyyy-MM-ddTHH:mm:ssZ}}","endsAt":"{{start.AddDays(20):yyyy-MM-ddTHH:mm:ssZ}}","pledged":{{pledged}},"backers":{{pledged / 40}}}""")));

    /// <summary>The machine's clock, but for a time that somebody set it by; it goes on.</summary>
    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
    }
}

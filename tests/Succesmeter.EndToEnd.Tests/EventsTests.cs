using System.Net;
using System.Text.Json;
using Succesmeter.Campaigns;
using Succesmeter.Histories;

namespace Succesmeter.EndToEnd.Tests;

public sealed class EventsTests
{
    [Fact]
    public async Task Events_stand_in_order_the_newest_last_and_come_in_pages()
    {
        await using var host = await TestHost.StartAsync();
        await host.PushAndScoreAsync(Row("2025-05-02", 900));
        await host.PushAndScoreAsync(Row("2025-05-06", 4000));

        var told = Items(await host.GetAsync("/api/campaigns/demostad/fanfare/events"));
        Assert.Equal("campaign.discovered", told[0].GetProperty("type").GetString());
        Assert.Equal(["10", "25", "50"], told.Where(static one => one.GetProperty("type").GetString() == "milestone.reached").Select(static one => one.GetProperty("level").GetString()));
        Assert.Equal(told.Select(static one => one.GetProperty("asOf").GetDateTimeOffset()).Order(), told.Select(static one => one.GetProperty("asOf").GetDateTimeOffset()));
        var half = told.Last(static one => one.GetProperty("type").GetString() == "milestone.reached");
        Assert.Equal(("demostad/fanfare:milestone.reached:50:1", 1, 0.5333), (half.GetProperty("id").GetString(), half.GetProperty("episode").GetInt32(), Math.Round(half.GetProperty("goalShare").GetDouble(), 4)));
        Assert.InRange(half.GetProperty("probability").GetDouble(), 0, 1);

        var paged = new List<string>();
        string? continuation = null;
        do
        {
            var page = await host.GetAsync($"/api/campaigns/demostad/fanfare/events?limit=2{(continuation is null ? "" : $"&continuation={continuation}")}");
            paged.AddRange(Items(page).Select(static one => one.GetProperty("id").GetString()!));
            continuation = page.GetProperty("continuation").GetString();
        }
        while (continuation is not null);
        Assert.Equal(told.Select(static one => one.GetProperty("id").GetString()), paged);
    }

    [Fact]
    public async Task They_are_those_that_the_score_was_written_with_and_are_for_readers()
    {
        await using var host = await TestHost.StartAsync(publicScores: false);
        await host.PushAndScoreAsync(Row("2025-05-02", 900));
        using var refused = await host.Client.GetAsync(new Uri("/api/campaigns/demostad/fanfare/events", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/campaigns/demostad/fanfare/events");
        request.Headers.Authorization = new("Bearer", TestHost.RootToken);
        using var answer = await host.Client.SendAsync(request);
        var kept = new List<string>();
        await foreach (var one in host.Stage<ICampaignStore>().ReadEventsAsync(new CampaignId(new PlatformId("demostad"), "fanfare"), default))
            kept.Add(one.Id);
        Assert.NotEmpty(kept);
        Assert.Equal(kept.Order(StringComparer.Ordinal), Items(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement).Select(static one => one.GetProperty("id").GetString()!).Order(StringComparer.Ordinal));
    }

    private static List<JsonElement> Items(JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    private static string Row(string day, int pledged) =>
        $$"""{"platform":"demostad","campaign":"fanfare","takenAt":"{{day}}T12:00:00Z","currency":"EUR","goal":7500,"funding":"all-or-nothing","launchedAt":"2025-04-20T08:00:00Z","endsAt":"2025-05-30T22:00:00Z","pledged":{{pledged}},"backers":{{pledged / 30}}}""";
}

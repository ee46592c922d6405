using System.Net.Http.Json;
using System.Text.Json;
using Succesmeter.Campaigns;
using Succesmeter.Pipeline;
using Succesmeter.Testing;

namespace Succesmeter.EndToEnd.Tests;

/// <summary>The crawl as an admin and a site's owner see it: a real site on this machine, a recipe, the whole host.</summary>
public sealed class CrawlTests
{
    private static readonly PlatformId Platform = new("buurt");

    [Fact]
    public async Task A_site_is_found_fetched_read_and_scored()
    {
        await using var site = await TownSite.StartAsync(campaigns: 3);
        await using var host = await StartAsync(site);

        await host.Stage<PlatformsToPages>().SearchAsync(Platform, default);

        await Eventually.IsAsync(async () => (await host.GetAsync("/api/campaigns?platform=buurt")).GetProperty("items").EnumerateArray().Count(static one => one.GetProperty("pledged").ValueKind == JsonValueKind.Number) == 3);
        var campaign = await host.GetAsync("/api/campaigns/buurt/c1");
        Assert.Equal((1_001m, "Campagne <1>"), (campaign.GetProperty("pledged").GetDecimal(), campaign.GetProperty("title").GetString()));
        Assert.Equal("buurt/c1", (await host.GetAsync("/api/campaigns/buurt/c1/score")).GetProperty("campaign").GetString());
        Assert.Contains("Succesmeter/", site.UserAgents.First(), StringComparison.Ordinal);
        Assert.Equal("/robots.txt", site.Paths.First());
    }

    [Fact]
    public async Task An_admin_sees_what_is_visited_next_stops_a_platform_and_lets_it_go_on()
    {
        await using var site = await TownSite.StartAsync(campaigns: 2);
        await using var host = await StartAsync(site);
        await host.Stage<PlatformsToPages>().SearchAsync(Platform, default);
        await Eventually.IsAsync(async () => await SeenAsync() == 2);

        var visits = (await AdminAsync(HttpMethod.Get, "visits")).GetProperty("items");
        Assert.Equal(["buurt/c0", "buurt/c1"], visits.EnumerateArray().Select(static one => one.GetProperty("campaign").GetString()).Order(StringComparer.Ordinal));
        Assert.All(visits.EnumerateArray(), static one => Assert.Equal(JsonValueKind.String, one.GetProperty("dueAt").ValueKind));

        Assert.Equal(JsonValueKind.String, (await AdminAsync(HttpMethod.Post, "pause")).GetProperty("pausedAt").ValueKind);
        var asked = site.Paths.Count;
        await AdminAsync(HttpMethod.Post, "visit?campaign=c1");
        await Task.Delay(1_000);
        Assert.Equal(asked, site.Paths.Count);

        Assert.Equal(JsonValueKind.Null, (await AdminAsync(HttpMethod.Post, "resume")).GetProperty("pausedAt").ValueKind);
        await Eventually.IsAsync(() => site.Paths.Skip(asked).Contains("/p/c1"));

        using var unknown = await SendAsync(HttpMethod.Post, "visit?campaign=nooit");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, unknown.StatusCode);
        using var withoutKey = await host.Client.PostAsync(new Uri("/api/admin/platforms/buurt/pause", UriKind.Relative), null);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, withoutKey.StatusCode);

        async Task<int> SeenAsync() => (await AdminAsync(HttpMethod.Get, "visits")).GetProperty("items").EnumerateArray().Count(static one => one.GetProperty("result").GetString() == "seen");

        async Task<JsonElement> AdminAsync(HttpMethod method, string what)
        {
            using var answer = await SendAsync(method, what);
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }

        Task<HttpResponseMessage> SendAsync(HttpMethod method, string what) =>
            host.Client.SendAsync(new HttpRequestMessage(method, $"/api/admin/platforms/buurt/{what}") { Headers = { { "x-functions-key", host.AdminKey } } });
    }

    [Fact]
    public async Task A_site_that_changed_its_pages_is_reported_and_its_pages_are_set_aside()
    {
        await using var site = await TownSite.StartAsync(campaigns: 2);
        site.IsOtherwise = true;
        await using var host = await StartAsync(site);
        var stage = host.Stage<PlatformsToPages>();
        await stage.SearchAsync(Platform, default);

        await Eventually.IsAsync(async () =>
        {
            await stage.ResumeAsync(Platform, default);
            var health = await host.GetAsync("/api/health");
            return health.GetProperty("status").GetString() == "degraded" && health.GetProperty("parts").GetProperty("platform buurt").GetString() == "broken: 2 of 2 pages cannot be read";
        });

        var container = new Azure.Storage.Blobs.BlobContainerClient(host.Storage, "quarantine");
        Assert.Contains(container.GetBlobs(), static blob => blob.Name.EndsWith("why.txt", StringComparison.Ordinal));
    }

    /// <summary>Two hosts on one account: the site is asked for one page at a time, and each page once.</summary>
    [Fact]
    public async Task Two_instances_never_ask_a_host_for_two_pages_at_once()
    {
        await using var site = await TownSite.StartAsync(campaigns: 12);
        site.Slowness = TimeSpan.FromMilliseconds(30);
        await using var host = await StartAsync(site);
        await using var other = await StartAsync(site, host.Storage);
        await host.Stage<PlatformsToPages>().SearchAsync(Platform, default);

        await Eventually.IsAsync(() => site.Paths.Count(static path => path.StartsWith("/p/", StringComparison.Ordinal)) >= 12);

        Assert.Equal(1, site.MostAtOnce);
        Assert.Equal(12, site.Paths.Where(static path => path.StartsWith("/p/", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Count());
    }

    private static Task<TestHost> StartAsync(TownSite site, string? storage = null) => TestHost.StartAsync(
        storage,
        settings:
        [
            ("Platforms:Recipes:0", site.RecipeFile), ("Crawl:AllowLoopback", "true"), ("Crawl:RequestsPerMinute", "600"), ("Crawl:Stagger", "00:00:00"),
        ]);
}

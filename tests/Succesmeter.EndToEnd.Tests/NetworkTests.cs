using System.Globalization;
using System.Net;
using System.Text.Json;
using Succesmeter.Campaigns;
using Succesmeter.Histories;
using Succesmeter.Pipeline;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.EndToEnd.Tests;

public sealed class NetworkTests
{
    private static readonly DateTimeOffset Now = Some.Launch.AddDays(20).AddMinutes(20);

    [Fact]
    public async Task From_gifts_to_links_and_to_ties_in_the_state()
    {
        await using var host = await TestHost.StartAsync(clocks: new FixedClocks(Now));
        await host.PushAndScoreAsync(Town());
        await host.Stage<DonationsToNetwork>().RunAsync(default);

        var network = await host.GetAsync("/api/platforms/demostad/network");
        Assert.Equal((115, 20), (network.GetProperty("donors").GetInt32(), network.GetProperty("returning").GetInt32()));
        Assert.Equal((false, "not-above-null"), (network.GetProperty("communities").GetProperty("told").GetBoolean(), network.GetProperty("communities").GetProperty("reason").GetString()));
        var link = Assert.Single(network.GetProperty("links").EnumerateArray());
        Assert.Equal(("demostad/live", "demostad/old", 20), (link.GetProperty("one").GetString(), link.GetProperty("other").GetString(), link.GetProperty("shared").GetInt32()));

        // The map names whom links name and nobody else: of the far campaign, whose link is too small, not even the launch stands there.
        Assert.Equal(["demostad/live", "demostad/old"], network.GetProperty("campaigns").EnumerateArray().Select(static one => one.GetProperty("campaign").GetString()));
        Assert.Equal(Some.Launch, network.GetProperty("campaigns")[0].GetProperty("launchedAt").GetDateTimeOffset());

        var own = await host.GetAsync("/api/campaigns/demostad/live/network");
        Assert.Equal("demostad/old", Assert.Single(own.GetProperty("links").EnumerateArray()).GetProperty("campaign").GetString());
        Assert.Empty((await host.GetAsync("/api/campaigns/demostad/far/network")).GetProperty("links").EnumerateArray());

        var store = host.Stage<ICampaignStore>();
        await Eventually.IsAsync(async () => (await store.FindRecordAsync(new CampaignId(new PlatformId("demostad"), "live"), default)).State.Ties is { Loyalty.Value: 0.5 });
    }

    [Fact]
    public async Task An_answer_and_its_tag_stay_the_same_while_fewer_than_five_donors_are_new()
    {
        var clocks = new FixedClocks(Now);
        await using var host = await TestHost.StartAsync(clocks: clocks);
        await host.PushAndScoreAsync(Town());
        await host.Stage<DonationsToNetwork>().RunAsync(default);
        using var before = await host.Client.GetAsync(new Uri("/api/platforms/demostad/network", UriKind.Relative));

        await host.PushAndScoreAsync(Row("live", Some.Launch, Now.AddMinutes(10), 36, 44));
        clocks.Now = Now.AddHours(1);
        await host.Stage<DonationsToNetwork>().RunAsync(default);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/platforms/demostad/network");
        request.Headers.IfNoneMatch.Add(before.Headers.ETag!);
        using var after = await host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, after.StatusCode);
    }

    [Fact]
    public async Task A_platform_without_donors_has_an_empty_network_and_an_unknown_one_none()
    {
        await using var host = await TestHost.StartAsync();
        await host.PushAndScoreAsync(Row("alone", Some.Launch, Now, 0, 0));

        var empty = await host.GetAsync("/api/platforms/demostad/network");
        Assert.Equal((JsonValueKind.Null, 0), (empty.GetProperty("asOf").ValueKind, empty.GetProperty("links").GetArrayLength()));
        Assert.Empty((await host.GetAsync("/api/campaigns/demostad/alone/network")).GetProperty("links").EnumerateArray());
        foreach (var (path, status) in new[] { ("platforms/nowhere", HttpStatusCode.NotFound), ("platforms/no%20where", HttpStatusCode.BadRequest), ("campaigns/demostad/nobody", HttpStatusCode.NotFound) })
            using (var answer = await host.Client.GetAsync(new Uri($"/api/{path}/network", UriKind.Relative)))
                Assert.Equal(status, answer.StatusCode);
    }

    /// <summary>Half of the live campaign's forty donors gave to the old one; four gave to the far one too.</summary>
    private static string Town() => string.Join(
        '\n',
        Row("old", Some.Launch.AddMonths(-13), Some.Launch.AddMonths(-12), 0, 60),
        Row("live", Some.Launch, Now.AddHours(-2), 40, 40),
        Row("far", Some.Launch, Now.AddHours(-2), 76, 40));

    private static string Row(string name, DateTimeOffset launch, DateTimeOffset takenAt, int first, int donors)
    {
        var gifts = string.Join(',', Enumerable.Range(first, donors).Select(donor => string.Create(
            CultureInfo.InvariantCulture, $$"""{"id":"{{name}}-{{donor}}","at":"{{launch.AddDays(1).AddMinutes(donor):O}}","amount":25,"donor":"account-{{donor}}","identity":"account"}""")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"platform":"demostad","campaign":"{{name}}","takenAt":"{{takenAt:O}}","currency":"EUR","goal":5000,"funding":"all-or-nothing","launchedAt":"{{launch:O}}","endsAt":"{{launch.AddDays(40):O}}","pledged":{{25 * donors}},"backers":{{donors}},"contributionsAre":"all","contributions":[{{gifts}}]}""");
    }
}

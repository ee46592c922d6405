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
    [Fact]
    public async Task From_gifts_to_links_and_to_ties_in_the_state()
    {
        await using var host = await TestHost.StartAsync(clocks: new FixedClocks(DonorTown.Now));
        await host.PushAndScoreAsync(DonorTown.Rows());
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
        var clocks = new FixedClocks(DonorTown.Now);
        await using var host = await TestHost.StartAsync(clocks: clocks);
        await host.PushAndScoreAsync(DonorTown.Rows());
        await host.Stage<DonationsToNetwork>().RunAsync(default);
        using var before = await host.Client.GetAsync(new Uri("/api/platforms/demostad/network", UriKind.Relative));

        await host.PushAndScoreAsync(DonorTown.Row("live", Some.Launch, DonorTown.Now.AddMinutes(10), 36, 44));
        clocks.Now = DonorTown.Now.AddHours(1);
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
        await host.PushAndScoreAsync(DonorTown.Row("alone", Some.Launch, DonorTown.Now, 0, 0));

        var empty = await host.GetAsync("/api/platforms/demostad/network");
        Assert.Equal((JsonValueKind.Null, 0), (empty.GetProperty("asOf").ValueKind, empty.GetProperty("links").GetArrayLength()));
        Assert.Empty((await host.GetAsync("/api/campaigns/demostad/alone/network")).GetProperty("links").EnumerateArray());
        foreach (var (path, status) in new[] { ("platforms/nowhere", HttpStatusCode.NotFound), ("platforms/no%20where", HttpStatusCode.BadRequest), ("campaigns/demostad/nobody", HttpStatusCode.NotFound) })
            using (var answer = await host.Client.GetAsync(new Uri($"/api/{path}/network", UriKind.Relative)))
                Assert.Equal(status, answer.StatusCode);
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Blobs;
using Succesmeter.Learning.Models;
using Succesmeter.Pipeline;
using Succesmeter.Testing;

namespace Succesmeter.EndToEnd.Tests;

public sealed class ModelsTests
{
    private static readonly string Shipped = ShippedModels.Serving.Version;

    [Fact]
    public async Task Before_the_first_night_the_shipped_model_is_listed_and_serves()
    {
        await using var host = await TestHost.StartAsync();
        var models = await host.GetAsync("/api/models");

        Assert.Equal((Shipped, "possible"), (models.GetProperty("serving").GetString(), models.GetProperty("refits").GetString()));
        var item = Assert.Single(models.GetProperty("items").EnumerateArray());
        Assert.Equal((true, "shipped"), (item.GetProperty("serves").GetBoolean(), item.GetProperty("origin").GetString()));
        Assert.Equal(JsonValueKind.Null, models.GetProperty("last").ValueKind);
    }

    [Fact]
    public async Task After_a_night_finished_campaigns_have_moved_the_fit_and_stand_beside_live_ones()
    {
        string storage;
        JsonElement on;
        await using (var host = await TestHost.StartAsync())
        {
            storage = host.Storage;
            await host.PushAndScoreAsync(Finished(24));
            await host.Stage<OutcomesToModels>().RunAsync(default);
            on = Fits(await host.GetAsync("/api/models"))["demostad"];
        }

        Assert.Equal((24, 6), (on.GetProperty("n").GetInt32(), on.GetProperty("failures").GetInt32()));
        Assert.NotEqual(0, on.GetProperty("shift").GetDouble());

        // A host that starts later reads what was learned; the one that learned it would take it up within a minute.
        await using var other = await TestHost.StartAsync(storage);
        await other.PushAndScoreAsync(Live("nieuw"));
        var score = await other.GetAsync("/api/campaigns/demostad/nieuw/score");
        Assert.Equal($"serving-{Shipped}-{on.GetProperty("version").GetString()}", score.GetProperty("model").GetString());
        Assert.All(score.GetProperty("comparables").EnumerateArray(), past => Assert.StartsWith("demostad/f", past.GetProperty("name").GetString(), StringComparison.Ordinal));
        Assert.Contains(score.GetProperty("why").EnumerateArray(), entry => entry.GetProperty("feature").GetString() == "platform");
    }

    [Fact]
    public async Task Health_tells_by_platform_how_what_was_said_came_true()
    {
        await using var host = await TestHost.StartAsync(publicScores: true);
        await host.PushAndScoreAsync(Finished(24));
        await host.Stage<OutcomesToModels>().RunAsync(default);

        var drift = (await host.GetAsync("/api/health")).GetProperty("drift").EnumerateArray().ToDictionary(on => on.GetProperty("platform").GetString()!);

        Assert.Equal((24, 24, 0), (N("all"), N("shown"), N("hidden")));
        Assert.Equal(0.75, drift["demostad"].GetProperty("shown").GetProperty("happened").GetDouble());
        Assert.Equal(JsonValueKind.Null, drift["demostad"].GetProperty("hidden").GetProperty("forecast").ValueKind);
        Assert.Equal(0, drift["growfunding"].GetProperty("all").GetProperty("n").GetInt32());

        int N(string part) => drift["demostad"].GetProperty(part).GetProperty("n").GetInt32();
    }

    [Fact]
    public async Task Only_who_holds_the_admin_key_lets_an_earlier_model_serve_and_old_scores_stay_readable()
    {
        await using var host = await TestHost.StartAsync();
        await host.PushAndScoreAsync(Finished(4) + "\n" + Live("oud"));
        await host.Stage<OutcomesToModels>().RunAsync(default);
        var before = await host.GetAsync("/api/campaigns/demostad/oud/score");

        Assert.Equal(HttpStatusCode.Unauthorized, (await ServeAsync(host, Shipped, key: null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ServeAsync(host, "0123456789abcdef", host.AdminKey)).StatusCode);
        var broken = await ServeAsync(host, "latest", host.AdminKey);
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        Assert.Equal("version", (await broken.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("field").GetString());

        // Another model takes over, as after a release; then back by hand.
        await ReleaseAsync(host.Storage);
        Assert.Equal("c0ffee0000000000", (await host.GetAsync("/api/models")).GetProperty("serving").GetString());
        var served = await ServeAsync(host, Shipped, host.AdminKey);

        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        var models = await served.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((Shipped, "served-by-hand"), (models.GetProperty("serving").GetString(), models.GetProperty("last").GetProperty("reason").GetString()));
        Assert.Equal(models.ToString(), (await host.GetAsync("/api/models")).ToString());
        Assert.Equal(before.ToString(), (await host.GetAsync("/api/campaigns/demostad/oud/score")).ToString());
        Assert.NotEmpty((await host.GetAsync("/api/campaigns/demostad/f000/history")).GetProperty("items").EnumerateArray());
    }

    private static async Task<HttpResponseMessage> ServeAsync(TestHost host, string version, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/admin/models/{version}/serve");
        if (key is not null)
            request.Headers.Add("x-functions-key", key);
        return await host.Client.SendAsync(request);
    }

    /// <summary>Rewrites the ledger so that another version serves and the shipped one is kept.</summary>
    private static async Task ReleaseAsync(string storage)
    {
        var blob = new BlobServiceClient(storage).GetBlobContainerClient("models").GetBlobClient("ledger.json");
        var ledger = System.Text.Json.Nodes.JsonNode.Parse((await blob.DownloadContentAsync()).Value.Content.ToString())!;
        var kept = ledger["kept"]!.AsArray();
        var other = kept[0]!.DeepClone();
        other["version"] = "c0ffee0000000000";
        kept.Insert(0, other);
        ledger["serving"] = "c0ffee0000000000";
        await blob.UploadAsync(BinaryData.FromString(ledger.ToJsonString()), overwrite: true);
    }

    private static Dictionary<string, JsonElement> Fits(JsonElement models) => models.GetProperty("platforms").EnumerateArray().ToDictionary(on => on.GetProperty("platform").GetString()!);

    /// <summary>Campaigns of forty days, seen five times; every fourth stays short of its goal.</summary>
    private static string Finished(int count) => string.Join('\n', Enumerable.Range(0, count).SelectMany(at =>
        new (double Day, int Pledged)[] { (1, 100), (10, 700), (18, 1500), (30, 3000), (41, at % 4 == 0 ? 3500 : 5400) }
            .Select(seen => Row($"f{at:D3}", Some.Launch.AddDays(-at), seen.Day, seen.Pledged))));

    private static string Live(string name) => Row(name, Some.Launch, 10, 900);

    private static string Row(string name, DateTimeOffset launch, double day, int pledged) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"platform":"demostad","campaign":"{{name}}","takenAt":"{{launch.AddDays(day):yyyy-MM-ddTHH:mm:ssZ}}","currency":"EUR","goal":5000,"funding":"all-or-nothing","launchedAt":"{{launch:yyyy-MM-ddTHH:mm:ssZ}}","endsAt":"{{launch.AddDays(40):yyyy-MM-ddTHH:mm:ssZ}}","pledged":{{pledged}},"backers":{{pledged / 40}}}""");
}

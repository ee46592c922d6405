using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Succesmeter.Testing;

namespace Succesmeter.EndToEnd.Tests;

public sealed class FilesTests
{
    private const string Example =
        """
        { "schema": "succesmeter/snapshot/1", "platform": "growfunding", "campaign": "Kidical-Mass", "takenAt": "2026-05-02T12:00:00Z", "state": "live", "title": "Kidical Mass",
          "currency": "EUR", "goal": 7500, "funding": "all-or-nothing", "launchedAt": "2026-04-20T08:00:00Z", "endsAt": "2026-05-30T22:00:00Z", "pledged": 2310.50, "backers": 64 }
        """;

    [Fact]
    public async Task A_file_dropped_in_the_container_is_scored_and_served()
    {
        await using var host = await TestHost.StartAsync();
        await host.DropAsync("first.json", Example);

        await Eventually.IsAsync(async () => (await host.GetAsync("/api/campaigns")).GetProperty("items").GetArrayLength() == 1);

        var campaign = await host.GetAsync("/api/campaigns/growfunding/kidical-mass");
        Assert.Equal("Kidical Mass", campaign.GetProperty("title").GetString());
        Assert.Equal(2310.5m, campaign.GetProperty("pledged").GetDecimal());
        var score = await host.GetAsync("/api/campaigns/growfunding/kidical-mass/score");
        Assert.InRange(score.GetProperty("financial").GetProperty("probability").GetDouble(), 0.01, 0.99);
        Assert.Equal("growfunding/kidical-mass", score.GetProperty("campaign").GetString());
        Assert.Equal("2026-05-02T12:00:00Z", score.GetProperty("asOf").GetString());
        Assert.Contains(score.GetProperty("why").EnumerateArray(), entry => entry.GetProperty("feature").GetString() == "platform");
        Assert.Equal(3, score.GetProperty("comparables").GetArrayLength());
        var whatIf = await host.GetAsync("/api/campaigns/growfunding/kidical-mass/what-if?gifts=500&amount=25&days=4.5");
        Assert.Equal(1, whatIf.GetProperty("probability").GetDouble());
        var history = await host.GetAsync("/api/campaigns/growfunding/kidical-mass/history");
        Assert.Equal("snapshot", Assert.Single(history.GetProperty("items").EnumerateArray()).GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_push_is_answered_with_a_receipt_that_tells_what_became_of_it(bool gzip)
    {
        await using var host = await TestHost.StartAsync();

        var receipt = await host.PushAndScoreAsync(Example.ReplaceLineEndings(" ") + "\nnot json\n{\"platform\":\"growfunding\",\"campaign\":\"no-goal\",\"takenAt\":\"2026-05-02\",\"pledged\":1}", gzip: gzip);

        Assert.Equal((2, 1, 2, 1, 1), (Number(receipt, "accepted"), Number(receipt, "rejected"), Number(receipt, "campaigns"), Number(receipt, "scored"), Number(receipt, "awaitingFacts")));
        Assert.Equal(2, Assert.Single(receipt.GetProperty("rejections").EnumerateArray()).GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task A_campaign_without_goal_is_read_on_and_scored_once_its_goal_is_known()
    {
        const string Goalless = """{"platform":"growfunding","campaign":"no-goal","takenAt":"2026-05-02","pledged":1,"launchedAt":"2026-05-01","currency":"EUR"}""";
        await using var host = await TestHost.StartAsync();
        await host.PushAndScoreAsync(Goalless);
        await host.PushAndScoreAsync(Goalless);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/api/campaigns/growfunding/no-goal/score")).StatusCode);

        await host.PushAndScoreAsync(Goalless.Replace("\"pledged\":1", "\"pledged\":2,\"goal\":500", StringComparison.Ordinal).Replace("05-02", "05-03", StringComparison.Ordinal));

        Assert.InRange((await host.GetAsync("/api/campaigns/growfunding/no-goal/score")).GetProperty("financial").GetProperty("probability").GetDouble(), 0, 1);
    }

    [Fact]
    public async Task The_same_file_again_changes_no_row()
    {
        await using var host = await TestHost.StartAsync();
        var town = Town.Ndjson(campaigns: 12, snapshots: 5);
        await host.PushAndScoreAsync(town);
        var before = await Rows.OfAsync(host.Storage);

        await host.PushAndScoreAsync(town);

        Assert.Equal(before, await Rows.OfAsync(host.Storage));
        Assert.Contains(before, row => row.Contains("milestone.reached", StringComparison.Ordinal));
    }

    /// <summary>A push that is bound to its platform, and one that corrected it.</summary>
    [Fact]
    public async Task The_archive_read_again_changes_what_is_read_otherwise_now_and_keeps_the_order_of_arrival()
    {
        await using var host = await TestHost.StartAsync();
        var container = new BlobContainerClient(host.Storage, "archive");
        var unnamed = Example.ReplaceLineEndings(" ").Replace("\"platform\": \"growfunding\", ", "", StringComparison.Ordinal);
        await PushToPlatformAsync(host, unnamed);
        await PushToPlatformAsync(host, unnamed.Replace("2310.50", "2400", StringComparison.Ordinal));
        await Eventually.IsAsync(async () => await IsSettledAsync() && await PledgedAsync(host) == 2400);
        var before = await Rows.OfAsync(host.Storage);

        Assert.Equal(2, Number(await ReadAgainAsync(host), "files"));
        await Eventually.IsAsync(IsSettledAsync);
        Assert.Equal(before, await Rows.OfAsync(host.Storage));

        // As if the reader had been mended: the later of the two says something else now.
        var later = container.GetBlobs().OrderBy(static blob => blob.Name[(blob.Name.IndexOf("pushed/", StringComparison.Ordinal))..], StringComparer.Ordinal).Last();
        var content = (await container.GetBlobClient(later.Name).DownloadContentAsync()).Value.Content.ToString();
        foreach (var said in (int[])[2500, 2600])
        {
            await container.GetBlobClient(later.Name).UploadAsync(
                BinaryData.FromString(content.Replace("2400", said.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)), new BlobUploadOptions { Metadata = (await container.GetBlobClient(later.Name).GetPropertiesAsync()).Value.Metadata });
            await ReadAgainAsync(host);
            await Eventually.IsAsync(async () => await IsSettledAsync() && await PledgedAsync(host) == said);
        }

        // Both stand in the archive once, none waits, and nothing is left to score.
        async Task<bool> IsSettledAsync() => container.GetBlobs().Count() == 2 && !new BlobContainerClient(host.Storage, "incoming").GetBlobs().Any()
            && (await new QueueClient(host.Storage, "campaigns-to-score").GetPropertiesAsync()).Value.ApproximateMessagesCount == 0;
    }

    [Theory]
    [InlineData("{}", "from")]
    [InlineData("""{ "from": "yesterday" }""", "from")]
    [InlineData("""{ "from": "2026-05-03", "through": "2026-05-02" }""", "through")]
    public async Task What_is_to_be_read_again_is_told_by_days(string body, string field)
    {
        await using var host = await TestHost.StartAsync();
        using var answer = await host.Client.SendAsync(AskToReadAgain(host, body));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("field").GetString());
    }

    [Fact]
    public async Task Two_files_at_once_for_the_same_campaigns_end_as_one_file_would()
    {
        await using var one = await TestHost.StartAsync();
        await one.PushAndScoreAsync(Town.Ndjson(campaigns: 8, snapshots: 6));
        await using var two = await TestHost.StartAsync();
        await using var other = await TestHost.StartAsync(two.Storage);
        var lines = Town.Ndjson(campaigns: 8, snapshots: 6).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        await Task.WhenAll(
            two.PushAndScoreAsync(string.Join('\n', lines.Where((_, i) => i % 2 == 0))),
            other.PushAndScoreAsync(string.Join('\n', lines.Where((_, i) => i % 2 == 1).Reverse())));

        // Events and when they were told depend on the order of arrival; all else does not. Source and line tell the file.
        Assert.Equal(WithoutEvents(await Rows.OfAsync(one.Storage)), WithoutEvents(await Rows.OfAsync(two.Storage)));
    }

    [Fact]
    public async Task A_csv_with_a_mark_semicolons_and_decimal_commas_is_read()
    {
        await using var host = await TestHost.StartAsync();

        var receipt = await host.PushAndScoreAsync(
            "\uFEFFplatform;campaign;takenAt;pledged;goal;currency;launchedAt;note\ngrowfunding;brug;2026-05-02T12:00:00Z;1.234,50;5000,00;EUR;2026-04-20;x\n", "text/csv");

        Assert.Equal((1, 1, 1), (Number(receipt, "accepted"), Number(receipt, "scored"), Number(receipt, "unknownFields")));
        Assert.Equal(1234.5m, (await host.GetAsync("/api/campaigns/growfunding/brug")).GetProperty("pledged").GetDecimal());
    }

    [Fact]
    public async Task A_currency_that_changes_sets_the_snapshot_aside_and_says_so()
    {
        await using var host = await TestHost.StartAsync();
        var euro = Example.ReplaceLineEndings(" ");
        await host.PushAndScoreAsync(euro + "\n" + euro.Replace("EUR", "USD", StringComparison.Ordinal).Replace("05-02", "05-03", StringComparison.Ordinal).Replace("2310.50", "9999", StringComparison.Ordinal));

        var items = (await host.GetAsync("/api/campaigns/growfunding/kidical-mass/history")).GetProperty("items");
        Assert.Contains("USD", items[1].GetProperty("setAside").GetString(), StringComparison.Ordinal);
        Assert.Equal(2310.5m, (await host.GetAsync("/api/campaigns/growfunding/kidical-mass")).GetProperty("pledged").GetDecimal());
    }

    [Fact]
    public async Task Scores_are_not_for_strangers_unless_configured()
    {
        await using var host = await TestHost.StartAsync(publicScores: false);
        await host.PushAndScoreAsync(Example);
        const string path = "/api/campaigns/growfunding/kidical-mass";

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client.GetAsync($"{path}/score")).StatusCode);
        foreach (var answer in (JsonElement[])[await host.GetAsync(path), (await host.GetAsync("/api/campaigns")).GetProperty("items")[0], (await host.GetAsync($"{path}/history")).GetProperty("items")[0]])
            foreach (var secret in (string[])["probability", "status", "meter"])
                Assert.Equal(JsonValueKind.Null, answer.GetProperty(secret).ValueKind);

        host.Client.DefaultRequestHeaders.Authorization = new("Bearer", "guess");
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client.GetAsync($"{path}/score")).StatusCode);
        host.Client.DefaultRequestHeaders.Authorization = new("Bearer", TestHost.RootToken);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync($"{path}/score")).StatusCode);
    }

    [Fact]
    public async Task What_did_not_change_costs_a_304()
    {
        await using var host = await TestHost.StartAsync();
        await host.PushAndScoreAsync(Example);
        foreach (var path in (string[])["/api/campaigns", "/api/campaigns/growfunding/kidical-mass/score", "/"])
        {
            var first = await host.Client.GetAsync(path);
            using var again = new HttpRequestMessage(HttpMethod.Get, path);
            again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            Assert.Equal(HttpStatusCode.NotModified, (await host.Client.SendAsync(again)).StatusCode);
        }
    }

    [Fact]
    public async Task Pages_of_campaigns_hold_each_campaign_once()
    {
        await using var host = await TestHost.StartAsync();
        await host.PushAndScoreAsync(Town.Ndjson(campaigns: 23, snapshots: 1));
        var seen = new List<string>();
        string? continuation = null;
        do
        {
            var page = await host.GetAsync($"/api/campaigns?limit=5{(continuation is null ? "" : $"&continuation={continuation}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("campaign").GetString()!));
            continuation = page.GetProperty("continuation").GetString();
        }
        while (continuation is not null);

        Assert.Equal(23, seen.Count);
        Assert.Equal(23, seen.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("/api/campaigns?limit=0", "limit")]
    [InlineData("/api/campaigns?limit=x", "limit")]
    [InlineData("/api/campaigns?state=great", "state")]
    [InlineData("/api/campaigns?platform=a%2Fb", "platform")]
    [InlineData("/api/campaigns?sort=meter", "sort")]
    [InlineData("/api/campaigns?continuation=%00", "continuation")]
    [InlineData("/api/campaigns/p/-x", "campaign")]
    [InlineData("/api/campaigns/p/c/history?continuation=99999999999999999999", "continuation")]
    [InlineData("/api/receipts/short", "id")]
    [InlineData("/api/campaigns/p/c/what-if?gifts=-1&amount=10&days=3", "gifts")]
    [InlineData("/api/campaigns/p/c/what-if?gifts=1&amount=NaN&days=3", "amount")]
    [InlineData("/api/campaigns/p/c/what-if?gifts=1&amount=10", "days")]
    public async Task A_request_that_breaks_a_rule_is_told_which(string path, string field)
    {
        await using var host = await TestHost.StartAsync();
        var answer = await host.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(field, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/api/campaigns/p/c")]
    [InlineData("/api/campaigns/p/c/score")]
    [InlineData("/api/campaigns/p/c/what-if?gifts=1&amount=10&days=3")]
    [InlineData("/api/receipts/00000000000000000000000000000000")]
    [InlineData("/no-such-file.js")]
    public async Task What_is_not_there_is_a_problem_of_404(string path)
    {
        await using var host = await TestHost.StartAsync();
        var answer = await host.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Health_names_the_model_and_every_part()
    {
        await using var host = await TestHost.StartAsync();
        var health = await host.GetAsync("/api/health");

        Assert.Equal("ok", health.GetProperty("status").GetString());
        Assert.StartsWith("serving-", health.GetProperty("model").GetString(), StringComparison.Ordinal);
        Assert.Equal(["blobs", "model", "queues", "tables"], health.GetProperty("parts").EnumerateObject().Select(part => part.Name).Order(StringComparer.Ordinal));
    }

    private static async Task PushToPlatformAsync(TestHost host, string content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/platforms/growfunding/snapshots") { Content = new StringContent(content, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) };
        request.Headers.Authorization = new("Bearer", TestHost.RootToken);
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private static async Task<decimal?> PledgedAsync(TestHost host) => (await host.GetAsync("/api/campaigns/growfunding/kidical-mass")).GetProperty("pledged").GetDecimal();

    private static async Task<JsonElement> ReadAgainAsync(TestHost host)
    {
        using var answer = await host.Client.SendAsync(AskToReadAgain(host, """{ "from": "2026-01-01" }"""));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static HttpRequestMessage AskToReadAgain(TestHost host, string body) => new(HttpMethod.Post, "/api/admin/replay")
    {
        Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        Headers = { { "x-functions-key", host.AdminKey } },
    };

    private static int Number(JsonElement receipt, string name) => receipt.GetProperty(name).GetInt32();

    private static IEnumerable<string> WithoutEvents(IReadOnlyList<string> rows) => rows
        .Where(row => !row.Contains(" e|", StringComparison.Ordinal))
        .Select(row => string.Join(' ', row.Split(' ').Where(column =>
            !column.StartsWith("Source=", StringComparison.Ordinal) && !column.StartsWith("Line=", StringComparison.Ordinal) && !column.StartsWith("Told=", StringComparison.Ordinal))))
        .Order(StringComparer.Ordinal);
}

/// <summary>A small town of campaigns, the same every time.</summary>
internal static class Town
{
    public static string Ndjson(int campaigns, int snapshots)
    {
        var lines = new List<string>();
        for (var campaign = 0; campaign < campaigns; campaign++)
        {
            for (var i = 1; i <= snapshots; i++)
            {
                var taken = Some.Launch.AddDays(3 * i);
                var pledged = (campaign + 1) * 150 * i;
                lines.Add(string.Create(CultureInfo.InvariantCulture, $$"""{"platform":"demostad","campaign":"c{{campaign:D5}}","takenAt":"{{taken:yyyy-MM-ddTHH:mm:ssZ}}","title":"Campagne {{campaign}}","currency":"EUR","goal":5000,"funding":"all-or-nothing","launchedAt":"{{Some.Launch:yyyy-MM-ddTHH:mm:ssZ}}","endsAt":"{{Some.End:yyyy-MM-ddTHH:mm:ssZ}}","pledged":{{pledged}},"backers":{{pledged / 40}}}"""));
            }
        }

        return string.Join('\n', lines);
    }
}

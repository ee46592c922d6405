using System.Net;
using System.Text.Json;
using Succesmeter.Campaigns;
using Succesmeter.Scores;
using Succesmeter.Testing;

namespace Succesmeter.EndToEnd.Tests;

/// <summary>Lists of campaigns: pages, filters, orders and tables.</summary>
public sealed class ListTests
{
    [Fact]
    public async Task Pages_stay_those_of_one_list_while_campaigns_are_added()
    {
        await using var host = await TestHost.StartAsync();
        await PutAsync(host, Enumerable.Range(0, 30).Select(static at => Listing($"c{at:D2}")));
        var seen = new List<string>();
        string? continuation = null;
        var added = 0;
        do
        {
            var page = await host.GetAsync($"/api/campaigns?sort=-progress&limit=7{(continuation is null ? "" : $"&continuation={continuation}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("campaign").GetString()!));
            continuation = page.GetProperty("continuation").GetString();
            await PutAsync(host, Enumerable.Range(0, 3).Select(_ => Listing($"b{added++:D2}")));
        }
        while (continuation is not null);

        Assert.Equal(30, seen.Count);
        Assert.Equal(30, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.All(seen, static campaign => Assert.StartsWith("demostad/c", campaign, StringComparison.Ordinal));
        Assert.Equal(30 + added, (await host.GetAsync("/api/campaigns?limit=500")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_continuation_is_of_its_question_and_of_a_list_that_is_kept()
    {
        await using var host = await TestHost.StartAsync();
        await PutAsync(host, Enumerable.Range(0, 4).Select(static at => Listing($"c{at}")));
        var continuation = (await host.GetAsync("/api/campaigns?limit=2")).GetProperty("continuation").GetString()!;

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(host, $"/api/campaigns?limit=2&sort=title&continuation={continuation}"));
        var text = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(continuation.Replace('-', '+').Replace('_', '/').PadRight((continuation.Length + 3) / 4 * 4, '=')));
        var gone = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text[..^20] + new string('0', 20))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(host, $"/api/campaigns?limit=2&continuation={gone}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, $"/api/campaigns?limit=2&continuation={continuation}"));
    }

    [Fact]
    public async Task Filters_and_orders_are_those_that_are_allowed()
    {
        await using var host = await TestHost.StartAsync();
        await PutAsync(host, [
            Listing("a") with { Title = "Fête de quartier", Category = "Culture", Pledged = 10, Backers = 9 },
            Listing("b") with { Title = "Buurtfeest", Category = "culture", Pledged = 30, Backers = null },
            Listing("c") with { Title = "Fanfare", Category = "music", Pledged = 20, Backers = 3, Status = CampaignStatus.Succeeded },
        ]);

        Assert.Equal("a", await NamesAsync(host, "search=fete"));
        Assert.Equal("a,b", await NamesAsync(host, "category=culture"));
        Assert.Equal("c", await NamesAsync(host, "state=succeeded"));
        Assert.Equal("b,c,a", await NamesAsync(host, "sort=-progress"));
        Assert.Equal("b,c,a", await NamesAsync(host, "sort=backers"));
        Assert.Equal("", await NamesAsync(host, "platform=nowhere"));
        foreach (var refused in (string[])["sort=meter", "sort=probability", "sort=-", "search=", "format=xls", $"category={new string('x', 101)}"])
            Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(host, $"/api/campaigns?{refused}"));
    }

    [Fact]
    public async Task Who_needs_attention_is_said_to_who_may_read_it_and_of_no_other_campaign()
    {
        await using var host = await TestHost.StartAsync(publicScores: false);
        await PutAsync(host, [
            Listing("a") with { Language = "nl", Score = Score("behind", 90) },
            Listing("b") with { Language = "FR", Score = Score("unlikely", 10) },
            Listing("c") with { Language = "nl", Score = Score("on-track", 50) },
            Listing("d") with { Language = "nl", Score = Score("behind", 40) with { Confidence = "abstain" } },
            Listing("e") with { Language = "nl", Score = Score("uncertain", 60), Status = CampaignStatus.Failed },
        ]);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "/api/campaigns?attention=true"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(host, "/api/campaigns?attention=false"));
        Assert.Equal("a,c,d,e", await NamesAsync(host, "language=nl"));
        Assert.Equal("b", await NamesAsync(host, "language=fr"));
        Assert.Equal((HttpStatusCode.OK, "a,b"), await AskAsync(host, "attention=true", TestHost.RootToken));
        Assert.Equal((HttpStatusCode.OK, "a"), await AskAsync(host, "attention=true&language=nl", TestHost.RootToken));
        Assert.Equal((HttpStatusCode.OK, "b"), await AskAsync(host, "attention=true", await IssueAsync(host, "demostad/b", "read")));
        Assert.Equal((HttpStatusCode.OK, ""), await AskAsync(host, "attention=true", await IssueAsync(host, "demostad/c", "read")));
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(host, "attention=true", await IssueAsync(host, "demostad/a", "act"))).Status);

        static ScoreSummary Score(string status, int meter) => new() { Elapsed = 0.5, Status = status, Confidence = "ok", Probability = 0.4, Meter = meter };
    }

    [Fact]
    public async Task A_table_runs_no_formula_and_tells_no_score_that_is_closed()
    {
        await using var host = await TestHost.StartAsync(publicScores: false);
        await PutAsync(host, [Listing("a") with
        {
            Title = "=HYPERLINK(\"http://x\")", Score = new() { Elapsed = 0.5, Status = "on-track", Confidence = "ok", Probability = 0.8123, Meter = 61 },
        }]);

        using var answer = await host.Client.GetAsync(new Uri("/api/campaigns?format=csv", UriKind.Relative));
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("demostad/a,\"'=HYPERLINK(\"\"http://x\"\")\",", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",,,,", lines[1], StringComparison.Ordinal);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/campaigns?format=csv");
        request.Headers.Authorization = new("Bearer", TestHost.RootToken);
        using var readers = await host.Client.SendAsync(request);
        Assert.EndsWith(",0.8123,ok,on-track,61", (await readers.Content.ReadAsStringAsync()).Split("\r\n")[1], StringComparison.Ordinal);
    }

    private static CampaignListing Listing(string name) => new()
    {
        Campaign = new CampaignId(new PlatformId("demostad"), name),
        Sequence = 1,
        Title = name,
        Status = CampaignStatus.Live,
        AwaitsFacts = false,
        AsOf = Some.Launch,
        TakenAt = Some.Launch,
        Currency = "EUR",
        Goal = 100,
        Pledged = 50,
    };

    private static Task PutAsync(TestHost host, IEnumerable<CampaignListing> listings) => host.Stage<ICampaignList>().PutAsync([.. listings], default);

    private static async Task<string> NamesAsync(TestHost host, string query) =>
        string.Join(',', (await host.GetAsync($"/api/campaigns?{query}")).GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("campaign").GetString()!.Split('/')[1]));

    private static async Task<(HttpStatusCode Status, string Names)> AskAsync(TestHost host, string query, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/campaigns?{query}");
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await host.Client.SendAsync(request);
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return (answer.StatusCode, body.TryGetProperty("items", out var items) ? string.Join(',', items.EnumerateArray().Select(static item => item.GetProperty("campaign").GetString()!.Split('/')[1])) : "");
    }

    private static async Task<string> IssueAsync(TestHost host, string campaign, string right)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/admin/tokens")
        {
            Content = new StringContent(
                $$"""{"scope":{"campaign":"{{campaign}}"},"rights":["{{right}}"],"expiresAt":"{{TimeProvider.System.GetUtcNow().AddDays(1):O}}","label":"a test"}""", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("x-functions-key", host.AdminKey);
        using var answer = await host.Client.SendAsync(request);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("token").GetString()!;
    }

    private static async Task<HttpStatusCode> StatusAsync(TestHost host, string address)
    {
        using var answer = await host.Client.GetAsync(new Uri(address, UriKind.Relative));
        return answer.StatusCode;
    }
}

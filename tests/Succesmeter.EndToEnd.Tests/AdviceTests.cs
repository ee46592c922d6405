using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Succesmeter.EndToEnd.Tests;

public sealed class AdviceTests
{
    private const string Address = "/api/campaigns/demostad/fanfare/advice";
    private const string AsOf = "2026-05-02T12:00:00Z";

    private const string Seen = """
        { "platform": "demostad", "campaign": "fanfare", "takenAt": "2026-05-02T12:00:00Z", "currency": "EUR", "goal": 5000, "funding": "all-or-nothing",
          "launchedAt": "2026-04-20T08:00:00Z", "endsAt": "2026-05-30T22:00:00Z", "pledged": 1200, "backers": 22 }
        """;

    [Fact]
    public async Task What_a_holder_says_of_advice_is_kept_and_a_later_word_replaces_it()
    {
        await using var host = await TestHost.StartAsync();
        await host.PushAndScoreAsync(Seen, "application/json");

        await SaidAsync(host, $$"""{ "code": "thank", "answer": "does-not-fit", "asOf": "{{AsOf}}" }""");
        await SaidAsync(host, $$"""{ "code": "thank", "answer": "done", "asOf": "{{AsOf}}" }""");
        await SaidAsync(host, $$"""{ "answer": "shown", "asOf": "{{AsOf}}" }""");
        var log = await SaidAsync(host, """{ "consent": true }""");

        Assert.True(log.GetProperty("consent").GetBoolean());
        var thank = Assert.Single(log.GetProperty("items").EnumerateArray(), item => item.GetProperty("code").GetString() == "thank");
        Assert.Equal(("done", "2026-05-02"), (thank.GetProperty("answer").GetString(), thank.GetProperty("day").GetString()));

        // The score gave three: the first twenty, a quarter that is near, and €100 a day where it takes 134. Thanks were not among them, so their place is not known.
        Assert.Equal(JsonValueKind.Null, thank.GetProperty("place").ValueKind);
        var shown = log.GetProperty("items").EnumerateArray().Where(static item => item.GetProperty("answer").GetString() == "shown").ToList();
        Assert.Equal([("bring-one", 3), ("moment", 3), ("pace", 3)], shown.Select(static item => (item.GetProperty("code").GetString(), item.GetProperty("of").GetInt32())));
        Assert.Equal([1, 2, 3], shown.Select(static item => item.GetProperty("place").GetInt32()).Order());
        Assert.Equal(log.ToString(), (await SendAsync(host, HttpMethod.Get, null)).Body.ToString());

        // Taken back, a piece was shown and no more.
        var taken = await SaidAsync(host, $$"""{ "code": "thank", "answer": "shown", "asOf": "{{AsOf}}" }""");
        Assert.Equal("shown", Assert.Single(taken.GetProperty("items").EnumerateArray(), item => item.GetProperty("code").GetString() == "thank").GetProperty("answer").GetString());

        var steering = await host.GetAsync("/api/platforms/demostad/steering");
        Assert.Equal(JsonValueKind.Null, steering.GetProperty("difference").ValueKind);
    }

    [Theory]
    [InlineData("""{ "code": "sing", "answer": "done", "asOf": "2026-05-02T12:00:00Z" }""", "code")]
    [InlineData("""{ "code": "thank", "answer": "perhaps", "asOf": "2026-05-02T12:00:00Z" }""", "answer")]
    [InlineData("""{ "code": "thank", "answer": "done", "asOf": "2026-05-03T12:00:00Z" }""", "asOf")]
    [InlineData("""{ "code": "thank", "answer": "done", "asOf": "2025-05-03T12:00:00Z" }""", "asOf")]
    [InlineData("""{ "code": "thank", "answer": "done" }""", "asOf")]
    [InlineData("""{ "code": "thank" }""", "answer")]
    [InlineData("""{ "code": 5 }""", "code")]
    [InlineData("[]", "body")]
    [InlineData("null", "body")]
    [InlineData("", "body")]
    public async Task A_word_that_breaks_a_rule_is_told_which(string word, string field)
    {
        await using var host = await TestHost.StartAsync();
        await host.PushAndScoreAsync(Seen, "application/json");

        var (status, body) = await SendAsync(host, HttpMethod.Post, word);

        Assert.Equal((HttpStatusCode.BadRequest, field), (status, body.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Only_who_may_act_reads_and_writes_and_only_of_campaigns_that_were_seen()
    {
        await using var host = await TestHost.StartAsync(publicScores: true);

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client.GetAsync(Address)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client.PostAsJsonAsync(Address, new { consent = true })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(host, HttpMethod.Get, null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(host, HttpMethod.Post, """{ "consent": true }""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/words/nl.json")).StatusCode);
    }

    private static async Task<JsonElement> SaidAsync(TestHost host, string word)
    {
        var (status, body) = await SendAsync(host, HttpMethod.Post, word);
        Assert.Equal(HttpStatusCode.OK, status);
        return body;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(TestHost host, HttpMethod method, string? word)
    {
        using var request = new HttpRequestMessage(method, Address);
        request.Headers.Authorization = new("Bearer", TestHost.RootToken);
        request.Content = word is null ? null : new StringContent(word, System.Text.Encoding.UTF8, "application/json");
        using var answer = await host.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}

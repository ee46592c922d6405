using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Succesmeter.Testing;

namespace Succesmeter.EndToEnd.Tests;

/// <summary>Tokens, and what holder and coach say with them.</summary>
public sealed class AccessTests
{
    private const string Own = "/api/campaigns/growfunding/kidical-mass";
    private const string Other = "/api/campaigns/growfunding/other";
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2025-05-02T12:00:00Z", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_token_opens_what_it_covers_and_nothing_else()
    {
        await using var host = await StartAsync();
        var reader = await IssueAsync(host, """{"campaign":"growfunding/kidical-mass"}""", "read");
        var pusher = await IssueAsync(host, """{"platform":"growfunding"}""", "push");
        var all = await IssueAsync(host, """{"all":true}""", "read");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, HttpMethod.Get, $"{Own}/score", reader));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, HttpMethod.Get, $"{Other}/score", all));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, HttpMethod.Get, $"{Other}/score", reader));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, HttpMethod.Get, $"{Own}/score", pusher));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, HttpMethod.Get, $"{Own}/score", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, HttpMethod.Get, $"{Own}/score?token={reader}", null));

        var (_, list) = await AskAsync(host, HttpMethod.Get, "/api/campaigns", reader);
        Assert.Equal(
            [("growfunding/kidical-mass", true), ("growfunding/other", false)],
            list.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("campaign").GetString()!, item.GetProperty("status").ValueKind == JsonValueKind.String)));
    }

    [Fact]
    public async Task Whatever_a_token_lacks_is_said_and_nobody_learns_which_ids_there_are()
    {
        await using var host = await StartAsync();
        var token = await IssueAsync(host, """{"platform":"growfunding"}""", "act");

        Assert.Contains("smt_", await RuleAsync(host, "guess"), StringComparison.Ordinal);
        Assert.Contains("the rights act on growfunding", await RuleAsync(host, token), StringComparison.Ordinal);
        var wrongSecret = token[..^2] + (token[^2] == 'A' ? "BA" : "AA");
        var wrongId = "smt_0123456789abcdef" + token[20..];
        Assert.Equal("is of no token that was issued here", await RuleAsync(host, wrongSecret));
        Assert.Equal("is of no token that was issued here", await RuleAsync(host, wrongId));

        using var revoke = new HttpRequestMessage(HttpMethod.Delete, $"/api/admin/tokens/{token[4..20]}");
        revoke.Headers.Add("x-functions-key", host.AdminKey);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.SendAsync(revoke)).StatusCode);
        Assert.Equal("is of a token that was revoked", await RuleAsync(host, token));
        Assert.Equal("is of no token that was issued here", await RuleAsync(host, wrongSecret));
    }

    [Fact]
    public async Task A_token_is_shown_once_and_kept_as_a_hash()
    {
        await using var host = await StartAsync();
        var token = await IssueAsync(host, """{"campaign":"growfunding/kidical-mass"}""", "read");

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/admin/tokens");
        request.Headers.Add("x-functions-key", host.AdminKey);
        using var answer = await host.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains(token[4..20], text, StringComparison.Ordinal);
        Assert.DoesNotContain(token[21..], text, StringComparison.Ordinal);

        await foreach (var row in new TableClient(host.Storage, "Tokens").QueryAsync<TableEntity>())
            Assert.DoesNotContain(row, column => column.Value is string text && text.Contains(token[21..], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"scope":{"all":true},"rights":["read"],"expiresAt":"2020-01-01T00:00:00Z","label":"x"}""", "expiresAt")]
    [InlineData("""{"scope":{"all":true},"rights":["read"],"label":"x"}""", "expiresAt")]
    [InlineData("""{"scope":{"all":true},"rights":["rule"],"expiresAt":"2099-01-01T00:00:00Z","label":"x"}""", "rights")]
    [InlineData("""{"scope":{"all":true},"rights":[],"expiresAt":"2099-01-01T00:00:00Z","label":"x"}""", "rights")]
    [InlineData("""{"scope":{"all":true,"platform":"p"},"rights":["read"],"expiresAt":"2099-01-01T00:00:00Z","label":"x"}""", "scope")]
    [InlineData("""{"scope":{"campaign":"p/c"},"rights":["push"],"expiresAt":"2099-01-01T00:00:00Z","label":"x"}""", "rights")]
    [InlineData("""{"scope":"all","rights":["read"]}""", "scope")]
    [InlineData("""{"scope":{"all":true},"rights":["read"],"label":" "}""", "label")]
    [InlineData("""[]""", "body")]
    public async Task A_token_that_breaks_a_rule_is_not_issued(string body, string field)
    {
        await using var host = await StartAsync(pushes: false);
        using var request = Admin(host, body);
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal((HttpStatusCode.BadRequest, field), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("field").GetString()));
    }

    [Fact]
    public async Task A_holder_taps_a_mail_and_takes_it_back()
    {
        await using var host = await StartAsync();
        var holder = await IssueAsync(host, """{"campaign":"growfunding/kidical-mass"}""", "read", "act");
        var coach = await IssueAsync(host, """{"platform":"growfunding"}""", "act", "read");

        foreach (var _ in (int[])[1, 2])
            Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(host, HttpMethod.Post, $"{Own}/actions", holder, $$"""{"kind":"mail","at":"{{Now:O}}"}"""));
        await Eventually.IsAsync(async () => (await ActionsAsync(host, holder)).Count == 1);
        var mail = (await ActionsAsync(host, holder))[0].GetProperty("id").GetString();

        // A coach's tap is not the holder's to take back.
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(host, HttpMethod.Post, $"{Own}/actions", coach, $$"""{"kind":"press","at":"{{Now:O}}"}"""));
        await Eventually.IsAsync(async () => (await ActionsAsync(host, holder)).Count == 2);
        var press = (await ActionsAsync(host, holder)).Single(action => action.GetProperty("kind").GetString() == "press").GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, HttpMethod.Delete, $"{Own}/actions/{press}", holder));
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(host, HttpMethod.Delete, $"{Own}/actions/{mail}", holder));
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(host, HttpMethod.Delete, $"{Own}/actions/{press}", coach));
        await Eventually.IsAsync(async () => (await ActionsAsync(host, holder)).Count == 0);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, HttpMethod.Delete, $"{Own}/actions/{mail}", holder));
    }

    [Fact]
    public async Task Twenty_five_people_count_once_a_coach_has_looked()
    {
        await using var host = await StartAsync();
        var holder = await IssueAsync(host, """{"campaign":"growfunding/kidical-mass"}""", "read", "act");
        var coach = await IssueAsync(host, """{"platform":"growfunding"}""", "act", "read");
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(host, HttpMethod.Post, $"{Own}/actions", holder, $$"""{"kind":"by-hand","people":25,"amount":250,"at":"{{Now:O}}"}"""));
        await Eventually.IsAsync(async () => (await ActionsAsync(host, holder)).Count == 1);
        var envelope = (await ActionsAsync(host, holder))[0];
        Assert.False(envelope.GetProperty("confirmed").GetBoolean());
        Assert.Equal(JsonValueKind.Null, (await AskAsync(host, HttpMethod.Get, Own, holder)).Body.GetProperty("unconfirmed").ValueKind);
        Assert.Equal(25, Assert.Single((await AskAsync(host, HttpMethod.Get, Own, coach)).Body.GetProperty("unconfirmed").GetProperty("byHand").EnumerateArray()).GetProperty("people").GetInt32());

        var confirm = $"{Own}/actions/{envelope.GetProperty("id").GetString()}/confirm";
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, HttpMethod.Post, confirm, holder));
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(host, HttpMethod.Post, confirm, coach));
        await Eventually.IsAsync(async () => (await ActionsAsync(host, holder))[0].GetProperty("confirmed").GetBoolean());

        var (_, score) = await AskAsync(host, HttpMethod.Get, $"{Own}/score", holder);
        var reach = score.GetProperty("social").GetProperty("indicators").EnumerateArray().Single(indicator => indicator.GetProperty("name").GetString() == "reach");
        Assert.Equal((89, "declared"), (reach.GetProperty("value").GetInt32(), reach.GetProperty("observability").GetString()));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, HttpMethod.Delete, $"{Own}/actions/{envelope.GetProperty("id").GetString()}", holder));
    }

    [Fact]
    public async Task A_coach_confirms_a_burst_once()
    {
        await using var host = await StartAsync();
        var gifts = string.Join(',', Enumerable.Range(0, 30).Select(gift => string.Create(
            CultureInfo.InvariantCulture, $$"""{"id":"g{{gift}}","at":"{{Now.AddHours(gift < 18 ? -200 + (10 * gift) : -1).AddMinutes(gift):O}}","amount":{{(gift < 18 ? 40 : 10)}} }""")));
        await host.PushAndScoreAsync(Row("kidical-mass", Now.AddHours(2), $$""","contributionsAre":"all","contributions":[{{gifts}}]"""));
        var holder = await IssueAsync(host, """{"campaign":"growfunding/kidical-mass"}""", "read", "act");
        var coach = await IssueAsync(host, """{"all":true}""", "act");
        var burst = Assert.Single((await AskAsync(host, HttpMethod.Get, Own, coach)).Body.GetProperty("unconfirmed").GetProperty("bursts").EnumerateArray());
        Assert.Equal((12, 10m, Now.AddHours(-1)), (burst.GetProperty("gifts").GetInt32(), burst.GetProperty("amount").GetDecimal(), burst.GetProperty("hour").GetDateTimeOffset()));

        var body = $$"""{"burst":"{{burst.GetProperty("id").GetString()}}"}""";
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, HttpMethod.Post, $"{Own}/bursts/confirm", holder, body));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, HttpMethod.Post, $"{Own}/bursts/confirm", coach, """{"burst":"0123456789abcdef"}"""));
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(host, HttpMethod.Post, $"{Own}/bursts/confirm", coach, body));
        await Eventually.IsAsync(async () => (await AskAsync(host, HttpMethod.Get, Own, coach)).Body.GetProperty("unconfirmed").GetProperty("bursts").GetArrayLength() == 0);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, HttpMethod.Post, $"{Own}/bursts/confirm", coach, body));
    }

    [Theory]
    [InlineData("""{"kind":"shout"}""", "kind")]
    [InlineData("""{"kind":"mail","at":"2023-01-01T00:00:00Z"}""", "at")]
    [InlineData("""{"kind":"mail","at":"2090-01-01T00:00:00Z"}""", "at")]
    [InlineData("""{"kind":"mail","at":"2025-05-02"}""", "at")]
    [InlineData("""{"kind":"mail","people":25}""", "people")]
    [InlineData("""{"kind":"by-hand","amount":250,"at":"2025-05-02T12:00:00Z"}""", "people")]
    [InlineData("""{"kind":"by-hand","people":1,"amount":250,"at":"2025-05-02T12:00:00Z"}""", "people")]
    [InlineData("""{"kind":"by-hand","people":25,"amount":0,"at":"2025-05-02T12:00:00Z"}""", "amount")]
    [InlineData("""{"kind":"by-hand","people":"x"}""", "people")]
    [InlineData("no json", "body")]
    public async Task An_action_that_breaks_a_rule_is_told_which(string body, string field)
    {
        await using var host = await StartAsync();
        var (status, answer) = await AskAsync(host, HttpMethod.Post, $"{Own}/actions", TestHost.RootToken, body);
        Assert.Equal((HttpStatusCode.BadRequest, field), (status, answer.GetProperty("field").GetString()));
    }

    private static async Task<TestHost> StartAsync(bool pushes = true)
    {
        var host = await TestHost.StartAsync(publicScores: false);
        if (pushes)
            await host.PushAndScoreAsync(Row("kidical-mass", Now) + "\n" + Row("other", Now));
        return host;
    }

    private static string Row(string campaign, DateTimeOffset takenAt, string more = "") => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"platform":"growfunding","campaign":"{{campaign}}","takenAt":"{{takenAt:O}}","currency":"EUR","goal":7500,"funding":"all-or-nothing","launchedAt":"2025-04-20T08:00:00Z","endsAt":"2025-05-30T22:00:00Z","pledged":2310.5,"backers":64{{more}}}""");

    private static HttpRequestMessage Admin(TestHost host, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/admin/tokens") { Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json")) };
        request.Headers.Add("x-functions-key", host.AdminKey);
        return request;
    }

    private static async Task<string> IssueAsync(TestHost host, string scope, params string[] rights)
    {
        // A year from the machine's own clock, by which tokens live.
        var expires = TimeProvider.System.GetUtcNow().AddYears(1);
        using var request = Admin(host, $$"""{"scope":{{scope}},"rights":["{{string.Join("\",\"", rights)}}"],"expiresAt":"{{expires:O}}","label":"a test"}""");
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    private static async Task<string> RuleAsync(TestHost host, string token) => (await AskAsync(host, HttpMethod.Get, $"{Own}/score", token)).Body.GetProperty("rule").GetString()!;

    private static async Task<List<JsonElement>> ActionsAsync(TestHost host, string token) =>
        [.. (await AskAsync(host, HttpMethod.Get, $"{Own}/actions", token)).Body.GetProperty("items").EnumerateArray()];

    private static async Task<HttpStatusCode> StatusAsync(TestHost host, HttpMethod method, string path, string? token, string? body = null) => (await AskAsync(host, method, path, token, body)).Status;

    private static async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(TestHost host, HttpMethod method, string path, string? token, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        if (body is not null)
            request.Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));
        using var answer = await host.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }
}

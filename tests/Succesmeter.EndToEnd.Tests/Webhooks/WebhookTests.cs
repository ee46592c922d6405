using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Succesmeter.Testing;

namespace Succesmeter.EndToEnd.Tests.Webhooks;

/// <summary>The whole program, and a subscriber's server that checks signatures with a package that nobody here wrote.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private TestHost _host = null!;
    private Receiver _receiver = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(
            publicScores: false,
            settings: [("Webhooks:AllowLoopback", "true"), ("Webhooks:Keys:1", Convert.ToBase64String(new byte[32])), ("Webhooks:RememberNobody", "00:00:00"), ("Webhooks:Site", "https://meter.stad.brussels")]);
        _receiver = await Receiver.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Who_subscribes_is_pinged_and_then_hears_signed_of_what_happens()
    {
        var made = await SubscribeAsync();
        var secret = made.GetProperty("secret").GetString()!;
        Assert.Equal("test.ping", Assert.Single(_receiver.All).Type);

        await _host.PushAndScoreAsync(Snapshot(3750));
        await Eventually.IsAsync(() => Task.FromResult(_receiver.Of("milestone.reached").Count() == 3));

        Assert.Equal(["10", "25", "50"], _receiver.Of("milestone.reached").Select(static one => one.Json.GetProperty("data").GetProperty("level").GetString()));
        Assert.Equal("campaign.discovered", _receiver.All.ElementAt(1).Type);
        var milestone = _receiver.Of("milestone.reached").Last().Json.GetProperty("data");
        Assert.Equal("https://meter.stad.brussels/campaigns/growfunding/kidical-mass", milestone.GetProperty("url").GetString());
        Assert.StartsWith("“Kidical Mass” heeft 50 % van het doel bereikt: € 3.750 van € 7.500, van 64 mensen.", milestone.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(_receiver.All.Count, _receiver.All.Select(static one => one.Id).Distinct(StringComparer.Ordinal).Count());

        var said = await StandardWebhooks.VerifyAsync(_receiver.All.Select(one => (secret, one.Headers, one.Body)));
        Assert.Equal(5, said.Count);
        Assert.All(said, static one => Assert.Equal("ok", one));

        // The same again tells nothing.
        await _host.PushAndScoreAsync(Snapshot(3750));
        await _host.PushAndScoreAsync(Snapshot(3800, day: 3));
        Assert.Equal(5, _receiver.All.Count);
    }

    [Fact]
    public async Task A_signature_that_is_not_right_is_told_apart_by_a_client_that_nobody_here_wrote()
    {
        var made = await SubscribeAsync();
        var secret = made.GetProperty("secret").GetString()!;
        var ping = Assert.Single(_receiver.All);
        var old = new Dictionary<string, string>(ping.Headers) { ["webhook-timestamp"] = (long.Parse(ping.Headers["webhook-timestamp"], CultureInfo.InvariantCulture) - 400).ToString(CultureInfo.InvariantCulture) };
        var other = new Dictionary<string, string>(ping.Headers) { ["webhook-id"] = "evt_other" };

        var said = await StandardWebhooks.VerifyAsync(
            (secret, ping.Headers, ping.Body),
            (secret, ping.Headers, ping.Body.Replace("proef", "proof", StringComparison.Ordinal)),
            (secret, old, ping.Body),
            (secret, other, ping.Body),
            ("whsec_" + Convert.ToBase64String(new byte[32]), ping.Headers, ping.Body));
        Assert.Equal(["ok", "No matching signature found", "Message timestamp too old", "No matching signature found", "No matching signature found"], said);
    }

    [Fact]
    public async Task After_a_rotation_old_and_new_secret_are_both_right()
    {
        var made = await SubscribeAsync();
        var rotated = await SendAsync(HttpMethod.Post, $"/api/subscriptions/{IdOf(made)}/secret", null, HttpStatusCode.OK);
        var tried = await SendAsync(HttpMethod.Post, $"/api/subscriptions/{IdOf(made)}/test", null, HttpStatusCode.OK);
        Assert.Equal((200, "noted"), (tried.GetProperty("status").GetInt32(), tried.GetProperty("answer").GetString()));

        var ping = _receiver.All.Last();
        Assert.Contains(' ', ping.Headers["webhook-signature"]);
        Assert.Equal(["ok", "ok"], await StandardWebhooks.VerifyAsync((made.GetProperty("secret").GetString()!, ping.Headers, ping.Body), (rotated.GetProperty("secret").GetString()!, ping.Headers, ping.Body)));
        Assert.NotEqual(JsonValueKind.Null, rotated.GetProperty("oldSecretUntil").ValueKind);
    }

    [Fact]
    public async Task A_secret_is_shown_once_and_lies_nowhere_in_the_open()
    {
        var made = await SubscribeAsync();
        var secret = made.GetProperty("secret").GetString()!;
        var shown = await SendAsync(HttpMethod.Get, $"/api/subscriptions/{IdOf(made)}", null, HttpStatusCode.OK);
        var listed = await SendAsync(HttpMethod.Get, "/api/subscriptions?campaign=growfunding/kidical-mass", null, HttpStatusCode.OK);

        Assert.Equal(JsonValueKind.Null, shown.GetProperty("secret").ValueKind);
        Assert.DoesNotContain("whsec_", listed.GetRawText(), StringComparison.Ordinal);
        var bytes = Convert.FromBase64String(secret["whsec_".Length..]);
        var rows = new Azure.Data.Tables.TableClient(_host.Storage, "Subscriptions").Query<Azure.Data.Tables.TableEntity>().ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.DoesNotContain(row.Select(static column => column.Value), value => value is byte[] held && held.AsSpan().IndexOf(bytes) >= 0));
        Assert.All(rows, row => Assert.DoesNotContain(row.Select(static column => column.Value), value => value is string text && text.Contains(secret["whsec_".Length..], StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_address_that_does_not_take_the_ping_is_not_subscribed()
    {
        _receiver.Status = 500;
        var refused = await SendAsync(HttpMethod.Post, "/api/subscriptions", Wish(), HttpStatusCode.UnprocessableEntity);
        Assert.Equal(("url", "must answer a signed test.ping with 2xx: it answered 500"), (refused.GetProperty("field").GetString(), refused.GetProperty("rule").GetString()));
        Assert.Empty((await SendAsync(HttpMethod.Get, "/api/subscriptions?campaign=growfunding/kidical-mass", null, HttpStatusCode.OK)).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("""{"url":"https://10.0.0.1/x"}""", "url")]
    [InlineData("""{"url":"http://hooks.growfunding.be/x"}""", "url")]
    [InlineData("""{"url":"https://user:secret@hooks.growfunding.be/x"}""", "url")]
    [InlineData("""{"url":"hooks"}""", "url")]
    [InlineData("""{"url":null}""", "url")]
    [InlineData("""{"campaign":null}""", "campaign")]
    [InlineData("""{"platform":"growfunding"}""", "campaign")]
    [InlineData("""{"campaign":"kidical-mass"}""", "campaign")]
    [InlineData("""{"events":["test.ping"]}""", "events")]
    [InlineData("""{"events":[null]}""", "events")]
    [InlineData("""{"language":"de"}""", "language")]
    [InlineData("""{"format":"xml"}""", "format")]
    [InlineData("""{"minimumIntervalMinutes":4}""", "minimumIntervalMinutes")]
    [InlineData("""{"minimumIntervalMinutes":60,"daily":true}""", "daily")]
    [InlineData("""{"label":"\u0007"}""", "label")]
    [InlineData("""{"state":"paused"}""", "state")]
    public async Task A_wish_that_breaks_a_rule_is_refused_by_field(string bent, string field)
    {
        var wish = new Dictionary<string, JsonElement>(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Wish())!);
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(bent)!)
            wish[name] = value;
        var refused = await SendAsync(HttpMethod.Post, "/api/subscriptions", JsonSerializer.Serialize(wish), HttpStatusCode.BadRequest);
        Assert.Equal(field, refused.GetProperty("field").GetString());
        Assert.Empty(_receiver.All);
    }

    [Fact]
    public async Task A_token_subscribes_within_its_scope_and_with_both_rights_alone()
    {
        var own = await IssueAsync("""{"campaign":"growfunding/kidical-mass"}""", "subscribe", "read");
        var other = await IssueAsync("""{"campaign":"growfunding/other"}""", "subscribe", "read");
        var blind = await IssueAsync("""{"campaign":"growfunding/kidical-mass"}""", "subscribe");
        var reader = await IssueAsync("""{"campaign":"growfunding/kidical-mass"}""", "read");

        await SendAsync(HttpMethod.Post, "/api/subscriptions", Wish(), HttpStatusCode.Unauthorized, token: null);
        foreach (var token in (string[])[other, blind, reader])
            await SendAsync(HttpMethod.Post, "/api/subscriptions", Wish(), HttpStatusCode.Forbidden, token);
        var made = await SendAsync(HttpMethod.Post, "/api/subscriptions", Wish(), HttpStatusCode.Created, own);

        Assert.Single((await SendAsync(HttpMethod.Get, "/api/subscriptions", null, HttpStatusCode.OK, own)).GetProperty("items").EnumerateArray());
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Get, ""), (HttpMethod.Get, "/deliveries"), (HttpMethod.Post, "/test"), (HttpMethod.Post, "/secret"), (HttpMethod.Delete, "")])
            foreach (var token in (string[])[other, blind, reader])
                await SendAsync(method, $"/api/subscriptions/{IdOf(made)}{path}", null, HttpStatusCode.Forbidden, token);
        await SendAsync(HttpMethod.Get, "/api/subscriptions/sub_0123456789abcdef_0123456789abcdef", null, HttpStatusCode.NotFound, own);
    }

    [Fact]
    public async Task A_token_that_is_revoked_takes_its_subscriptions_with_it_and_another_can_wake_them()
    {
        var token = await IssueAsync("""{"campaign":"growfunding/kidical-mass"}""", "subscribe", "read");
        var made = await SendAsync(HttpMethod.Post, "/api/subscriptions", Wish(), HttpStatusCode.Created, token);
        using (var revoke = new HttpRequestMessage(HttpMethod.Delete, $"/api/admin/tokens/{token[4..20]}"))
        {
            revoke.Headers.Add("x-functions-key", _host.AdminKey);
            (await _host.Client.SendAsync(revoke)).EnsureSuccessStatusCode();
        }

        await _host.PushAndScoreAsync(Snapshot(3750));
        await Eventually.IsAsync(async () => (await SendAsync(HttpMethod.Get, $"/api/subscriptions/{IdOf(made)}", null, HttpStatusCode.OK)).GetProperty("why").GetString() == "token-ended");
        Assert.Single(_receiver.All);

        await SendAsync(HttpMethod.Patch, $"/api/subscriptions/{IdOf(made)}", """{"state":"active"}""", HttpStatusCode.OK);
        await Eventually.IsAsync(async () => (await DeliveriesAsync(made)).Count(static one => one.GetProperty("state").GetString() == "delivered") == 4);
        Assert.Equal(["campaign.discovered", "milestone.reached", "milestone.reached", "milestone.reached", "test.ping"], _receiver.All.Select(static one => one.Type).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_pause_keeps_what_happens_until_it_ends_and_a_change_changes_what_is_named()
    {
        var made = await SubscribeAsync();
        var path = $"/api/subscriptions/{IdOf(made)}";
        await SendAsync(HttpMethod.Patch, path, """{"state":"paused","language":"fr","label":"Notre chat"}""", HttpStatusCode.OK);
        await _host.PushAndScoreAsync(Snapshot(3750));
        await Eventually.IsAsync(async () => (await DeliveriesAsync(made)).Count == 4);
        Assert.All(await DeliveriesAsync(made), static one => Assert.Equal("stopped", one.GetProperty("state").GetString()));
        await SendAsync(HttpMethod.Post, $"{path}/replay", """{"from":"2026-01-01T00:00:00Z"}""", HttpStatusCode.Conflict);

        var active = await SendAsync(HttpMethod.Patch, path, """{"state":"active"}""", HttpStatusCode.OK);
        await Eventually.IsAsync(() => Task.FromResult(_receiver.All.Count == 5));
        Assert.Equal(("active", "fr", "Notre chat", _receiver.Address), (active.GetProperty("state").GetString(), active.GetProperty("language").GetString(), active.GetProperty("label").GetString(), active.GetProperty("url").GetString()));
        Assert.StartsWith("« Kidical Mass »", _receiver.Of("milestone.reached").First().Json.GetProperty("data").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_told_is_listed_page_by_page_and_can_be_sent_again()
    {
        var made = await SubscribeAsync();
        await _host.PushAndScoreAsync(Snapshot(3750));
        await Eventually.IsAsync(async () => (await DeliveriesAsync(made)).Count(static one => one.GetProperty("state").GetString() == "delivered") == 4);

        var (ids, next) = (new List<string>(), "");
        do
        {
            var page = await SendAsync(HttpMethod.Get, $"/api/subscriptions/{IdOf(made)}/deliveries?limit=3{next}", null, HttpStatusCode.OK);
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(static one => one.GetProperty("id").GetString()!));
            next = page.GetProperty("continuation").GetString() is { } continuation ? $"&continuation={Uri.EscapeDataString(continuation)}" : "";
        }
        while (next.Length > 0);
        Assert.Equal(4, ids.Distinct(StringComparer.Ordinal).Count());
        var tried = (await DeliveriesAsync(made))[0].GetProperty("tries")[0];
        Assert.Equal((200, "noted"), (tried.GetProperty("status").GetInt32(), tried.GetProperty("answer").GetString()));

        var before = _receiver.All.Count;
        var one = await SendAsync(HttpMethod.Post, $"/api/subscriptions/{IdOf(made)}/replay", $$"""{"delivery":"{{ids[0]}}"}""", HttpStatusCode.Accepted);
        Assert.Equal(1, one.GetProperty("sent").GetInt32());
        await Eventually.IsAsync(() => Task.FromResult(_receiver.All.Count == before + 1));
        Assert.Equal(ids[0], _receiver.All.Last().Id);
        Assert.Equal(_receiver.All.First(received => received.Id == ids[0]).Body, _receiver.All.Last().Body);

        Assert.Equal(4, (await SendAsync(HttpMethod.Post, $"/api/subscriptions/{IdOf(made)}/replay", """{"from":"2026-01-01T00:00:00Z","to":"2026-12-31T00:00:00Z"}""", HttpStatusCode.Accepted)).GetProperty("sent").GetInt32());
        await SendAsync(HttpMethod.Post, $"/api/subscriptions/{IdOf(made)}/replay", """{"delivery":"evt_0"}""", HttpStatusCode.NotFound);
        await SendAsync(HttpMethod.Post, $"/api/subscriptions/{IdOf(made)}/replay", "{}", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_chat_gets_a_line_of_text()
    {
        await SendAsync(HttpMethod.Post, "/api/subscriptions", Wish("slack"), HttpStatusCode.Created);
        await _host.PushAndScoreAsync(Snapshot(3750));
        await Eventually.IsAsync(() => Task.FromResult(_receiver.All.Count == 5));
        Assert.Equal(
            "“Kidical Mass” heeft 50 % van het doel bereikt: € 3.750 van € 7.500, van 64 mensen. <https://meter.stad.brussels/campaigns/growfunding/kidical-mass>",
            _receiver.All.Last().Json.GetProperty("text").GetString());
    }

    [Fact]
    public async Task What_is_deleted_hears_no_more_and_a_campaign_has_ten_at_most()
    {
        var made = new List<JsonElement>();
        for (var i = 0; i < 10; i++)
            made.Add(await SubscribeAsync());
        await SendAsync(HttpMethod.Post, "/api/subscriptions", Wish(), HttpStatusCode.Conflict);
        await SendAsync(HttpMethod.Delete, $"/api/subscriptions/{IdOf(made[0])}", null, HttpStatusCode.OK);
        await SendAsync(HttpMethod.Get, $"/api/subscriptions/{IdOf(made[0])}", null, HttpStatusCode.NotFound);
        await _host.PushAndScoreAsync(Snapshot(100));
        await Eventually.IsAsync(() => Task.FromResult(_receiver.Of("campaign.discovered").Count() == 9));
    }

    private string Wish(string format = "standard") => $$"""{"campaign":"growfunding/kidical-mass","url":"{{_receiver.Address}}","language":"nl","format":"{{format}}"}""";

    private Task<JsonElement> SubscribeAsync() => SendAsync(HttpMethod.Post, "/api/subscriptions", Wish(), HttpStatusCode.Created);

    private static string IdOf(JsonElement made) => made.GetProperty("id").GetString()!;

    private async Task<List<JsonElement>> DeliveriesAsync(JsonElement made) =>
        [.. (await SendAsync(HttpMethod.Get, $"/api/subscriptions/{IdOf(made)}/deliveries", null, HttpStatusCode.OK)).GetProperty("items").EnumerateArray()];

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, string? body, HttpStatusCode expected, string? token = TestHost.RootToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await _host.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((expected, path, ""), (answer.StatusCode, path, answer.StatusCode == expected ? "" : text));
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<string> IssueAsync(string scope, params string[] rights)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/admin/tokens");
        request.Headers.Add("x-functions-key", _host.AdminKey);
        request.Content = JsonContent.Create(new { scope = JsonSerializer.Deserialize<JsonElement>(scope), rights, expiresAt = TimeProvider.System.GetUtcNow().AddDays(30), label = "a test" });
        using var answer = await _host.Client.SendAsync(request);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    private static string Snapshot(int pledged, int day = 2) =>
        $$"""{"platform":"growfunding","campaign":"kidical-mass","takenAt":"2026-05-0{{day}}T12:00:00Z","title":"Kidical Mass","currency":"EUR","goal":7500,"funding":"all-or-nothing","launchedAt":"2026-04-20T08:00:00Z","endsAt":"2026-05-30T22:00:00Z","pledged":{{pledged}},"backers":64}""";
}

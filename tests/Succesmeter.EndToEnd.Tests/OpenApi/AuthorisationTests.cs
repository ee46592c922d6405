using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Succesmeter.Access;
using Succesmeter.Campaigns;
using Succesmeter.EndToEnd.Tests.Webhooks;

namespace Succesmeter.EndToEnd.Tests.OpenApi;

/// <summary>
/// Every operation of the document × everybody who may come: who has no business there is refused with the status that docs/access.md says, and what is refused changes nothing; who has, is not.
/// </summary>
public sealed class AuthorisationTests
{
    private const string Own = """{"campaign":"growfunding/kidical-mass"}""";
    private const string Other = """{"campaign":"growfunding/other"}""";
    private const string Platform = """{"platform":"growfunding"}""";
    private const string OtherPlatform = """{"platform":"elsewhere"}""";

    /// <summary>
    /// What an operation needs, said a second time: the document follows the code, so that a route that lost its guard would be open in both. A new operation fails until it stands here.
    /// </summary>
    private static readonly Dictionary<string, Need> Needs = new(StringComparer.Ordinal)
    {
        ["EraseDonor"] = Need.Admin, ["GetErasure"] = Need.Admin, ["ServeModel"] = Need.Admin, ["ListPlatforms"] = Need.Admin, ["PausePlatform"] = Need.Admin, ["ResumePlatform"] = Need.Admin,
        ["ReadArchiveAgain"] = Need.Admin, ["SearchPlatform"] = Need.Admin, ["VisitCampaign"] = Need.Admin, ["ListVisits"] = Need.Admin, ["ListTokens"] = Need.Admin, ["IssueToken"] = Need.Admin, ["RevokeToken"] = Need.Admin,
        ["PushSnapshots"] = Need.Function, ["PushPlatformSnapshots"] = Need.Of(Right.Push, onPlatform: true),
        ["GetScore"] = Need.Of(Right.Read), ["ListEvents"] = Need.Of(Right.Read), ["GetWhatIf"] = Need.Of(Right.Read), ["ListActions"] = Need.Of(Right.Read), ["GetSteering"] = Need.Of(Right.Read, onPlatform: true),
        ["AddAction"] = Need.Of(Right.Act), ["WithdrawAction"] = Need.Of(Right.Act), ["GetAdviceLog"] = Need.Of(Right.Act), ["AnswerAdvice"] = Need.Of(Right.Act), ["PostOutcome"] = Need.Of(Right.Act),
        ["ConfirmByHand"] = Need.Of(Right.Act, onPlatform: true), ["ConfirmBurst"] = Need.Of(Right.Act, onPlatform: true), ["GetAftercare"] = Need.Of(Right.Act, onPlatform: true),
        ["PostRating"] = Need.Of(Right.Act, onPlatform: true), ["GetNextRating"] = Need.Of(Right.Act, onPlatform: true),
        ["ListSubscriptions"] = Need.Of(Right.Subscribe), ["CreateSubscription"] = Need.Of(Right.Subscribe), ["GetSubscription"] = Need.Of(Right.Subscribe), ["ChangeSubscription"] = Need.Of(Right.Subscribe),
        ["DeleteSubscription"] = Need.Of(Right.Subscribe), ["ListDeliveries"] = Need.Of(Right.Subscribe), ["ReplayDeliveries"] = Need.Of(Right.Subscribe), ["RotateSecret"] = Need.Of(Right.Subscribe), ["TestSubscription"] = Need.Of(Right.Subscribe),
        ["ListCampaigns"] = Need.Nothing, ["GetCampaign"] = Need.Nothing, ["GetHistory"] = Need.Nothing, ["GetMeterPicture"] = Need.Nothing, ["GetCampaignNetwork"] = Need.Nothing, ["GetPlatformNetwork"] = Need.Nothing,
        ["GetPlatformReport"] = Need.Nothing, ["GetHealth"] = Need.Nothing, ["GetMe"] = Need.Nothing, ["ListModels"] = Need.Nothing, ["GetEmbed"] = Need.Nothing, ["GetOpenApi"] = Need.Nothing, ["GetReceipt"] = Need.Nothing,
        ["GetSnapshotSchema"] = Need.Nothing,
    };

    [Fact]
    public void Every_operation_says_in_the_document_what_it_needs()
    {
        Assert.Equal(Needs.Keys.Order(StringComparer.Ordinal), Document.Operations.Select(static operation => operation.Id).Order(StringComparer.Ordinal));
        foreach (var operation in Document.Operations)
        {
            var isOpen = operation.Says["security"]!.AsArray() is not [System.Text.Json.Nodes.JsonObject { Count: > 0 }];
            var said = isOpen ? Need.Nothing : operation.Scheme switch
            {
                "adminKey" => Need.Admin,
                "functionKey" => Need.Function,
                "bearer" => Needs[operation.Id] is { Right: { } right } need && operation.Says["description"]!.ToString().Contains($"`{Rights.Of(right)}`", StringComparison.Ordinal) ? need : null,
                _ => null,
            };
            Assert.Equal((operation.Id, Needs[operation.Id]), (operation.Id, said));
        }
    }

    [Fact]
    public async Task Every_route_answers_everybody_as_it_should_and_what_is_refused_changes_nothing()
    {
        await using var host = await TestHost.StartAsync(publicScores: false, webhooks: new TakesAll(), settings: [("Platforms:Recipes:0", "growfunding"), ("Webhooks:Keys:1", Convert.ToBase64String(new byte[32])), ("Webhooks:RememberNobody", "00:00:00")]);
        await host.PushAndScoreAsync(string.Join('\n', new[] { "kidical-mass", "other" }.Select(static name =>
            $$"""{"platform":"growfunding","campaign":"{{name}}","takenAt":"2025-05-02T12:00:00Z","currency":"EUR","goal":7500,"funding":"all-or-nothing","launchedAt":"2025-04-20T08:00:00Z","endsAt":"2025-05-30T22:00:00Z","pledged":2310.5,"backers":64}""")));
        var subscription = await SubscribeAsync(host);
        var viewers = await ViewersAsync(host);

        // First all that is refused, so that whatever it changed shows.
        var before = await Storages.OfAsync(host.Storage);
        var complaints = new List<string>();
        var cells = 0;
        foreach (var operation in Document.Operations)
            foreach (var viewer in viewers.Where(viewer => Expected(operation, viewer) is not null))
            {
                cells++;
                await AskAsync(operation, viewer);
            }

        Assert.Empty(before.Except(await Storages.OfAsync(host.Storage), StringComparer.Ordinal));
        Assert.Empty((await Storages.OfAsync(host.Storage)).Except(before, StringComparer.Ordinal));

        // Then all that is not, what deletes at the end.
        foreach (var operation in Document.Operations.OrderBy(static operation => operation.Method == HttpMethod.Delete))
            foreach (var viewer in viewers.Where(viewer => Expected(operation, viewer) is null))
            {
                cells++;
                await AskAsync(operation, viewer);
            }

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Take(40)));
        Assert.Equal(Document.Operations.Count * viewers.Count, cells);

        async Task AskAsync(Operation operation, Viewer viewer)
        {
            var (media, body) = operation.Bodies.First();
            var address = operation.Address(name => name switch
            {
                "id" => operation.Path.StartsWith("/api/subscriptions", StringComparison.Ordinal) ? subscription : new string('0', operation.Scheme == "adminKey" ? 16 : 32),
                "platform" when operation.Path.Contains("{platform}", StringComparison.Ordinal) => "growfunding",
                "campaign" when operation.Path.Contains("{campaign}", StringComparison.Ordinal) => "kidical-mass",
                "version" or "burst" => new string('0', 16),
                "action" => "000001746180000000-mail",
                "url" => "https://example.org/#growfunding/kidical-mass",
                _ => null,
            });
            using var request = new HttpRequestMessage(operation.Method, address);
            viewer.Bears(request);
            foreach (var (name, value) in operation.Headers)
                request.Headers.Add(name, value);
            if (body is not null)
                request.Content = new StringContent(body, MediaTypeHeaderValue.Parse(media!));
            using var answer = await host.Client.SendAsync(request);
            var status = (int)answer.StatusCode;
            var isRight = Expected(operation, viewer) is { } expected ? expected.Contains(status)
                : status is not (401 or 403) && (status < 500 || operation.Responses.ContainsKey($"{status}"));
            if (!isRight)
                complaints.Add($"{operation} ({operation.Id}) answered {viewer.Name} {status}, not {(Expected(operation, viewer) is { } wanted ? string.Join(" or ", wanted) : "with leave")}: {await answer.Content.ReadAsStringAsync()}");
            if (status is 401 or 403 && operation.Scheme == "bearer" && answer.Headers.WwwAuthenticate.Count == 0)
                complaints.Add($"{operation} ({operation.Id}) refused {viewer.Name} without saying how to ask (RFC 6750)");
        }
    }

    /// <returns>With which statuses the viewer is refused; null where the viewer has leave.</returns>
    private static int[]? Expected(Operation operation, Viewer viewer)
    {
        var need = Needs[operation.Id];
        if (need == Need.Nothing)
            return operation.Id == "GetMe" && viewer is { Token: TokenKind.Worthless } ? [401] : null;
        if (need == Need.Admin)
            return viewer.Key == KeyKind.Admin ? null : [401];
        if (need == Need.Function)
            return viewer.Key is KeyKind.Admin or KeyKind.Function ? null : [401];
        if (viewer.Token != TokenKind.Good)
            return [401];

        var covers = viewer.Scope == TokenScope.All || viewer.Scope == TokenScope.Of(new PlatformId("growfunding")) || (!need.OnPlatform && viewer.Scope == TokenScope.Of(new CampaignId(new PlatformId("growfunding"), "kidical-mass")));
        var isFit = viewer.Rights.Contains(need.Right!.Value) && (need.Right != Right.Subscribe || viewer.Rights.Contains(Right.Read));
        return isFit && covers ? null : [403];
    }

    private static async Task<List<Viewer>> ViewersAsync(TestHost host)
    {
        Right[] all = [Right.Read, Right.Act, Right.Subscribe, Right.Push], most = [Right.Read, Right.Act, Right.Subscribe];
        var revoked = await IssueAsync(host, """{"all":true}""", all);
        using (var revoke = new HttpRequestMessage(HttpMethod.Delete, $"/api/admin/tokens/{revoked[4..20]}"))
        {
            revoke.Headers.Add("x-functions-key", host.AdminKey);
            Assert.Equal(HttpStatusCode.OK, (await host.Client.SendAsync(revoke)).StatusCode);
        }

        using var dice = System.Security.Cryptography.RandomNumberGenerator.Create();
        var expired = TokenText.New(dice);
        var now = TimeProvider.System.GetUtcNow();
        await host.Stage<ITokenStore>().AddAsync(new BearerToken { Id = expired.Id, Scope = TokenScope.All, Rights = Rights.Of(all), Label = "over", IssuedAt = now.AddYears(-1), ExpiresAt = now.AddSeconds(-1), SecretHash = expired.SecretHash }, default);
        var reader = await IssueAsync(host, """{"all":true}""", Right.Read);
        var everything = await IssueAsync(host, """{"all":true}""", all);
        return
        [
            new("nobody"),
            new("a wrong key") { Header = ("x-functions-key", "not-the-key") },
            new("a key in the address of a token") { Header = ("Authorization", $"Bearer {host.AdminKey}"), Token = TokenKind.Worthless },
            new("the function key") { Header = ("x-functions-key", host.FunctionKey), Key = KeyKind.Function },
            new("the admin key") { Header = ("x-functions-key", host.AdminKey), Key = KeyKind.Admin },
            Worthless("a token of nobody", $"Bearer {TokenText.New(dice).Reveal()}"),
            Worthless("a revoked token", $"Bearer {revoked}"),
            Worthless("an expired token", $"Bearer {expired.Reveal()}"),
            Worthless("a token that was cut off", $"Bearer {everything[..^1]}"),
            Worthless("the id of one token with the secret of another", $"Bearer {everything[..20]}{reader[20..]}"),
            Worthless("a JSON web token that says it needs no signature", "Bearer eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJyb290Iiwicm9sZSI6ImFkbWluIn0."),
            Worthless("a password", $"Basic {Convert.ToBase64String("root:root-token-of-a-test-town"u8)}"),
            Worthless("two tokens", $"Bearer {reader}, Bearer {everything}"),
            await HolderAsync("the holder", Own, most),
            await HolderAsync("the holder of another campaign", Other, most),
            await HolderAsync("a coach", Platform, all),
            await HolderAsync("a coach of another platform", OtherPlatform, all),
            await HolderAsync("who may only read", """{"all":true}""", Right.Read),
            await HolderAsync("who may only act", """{"all":true}""", Right.Act),
            await HolderAsync("who may only subscribe", """{"all":true}""", Right.Subscribe),
            await HolderAsync("who may only push", """{"all":true}""", Right.Push),
            new("who may do everything") { Header = ("Authorization", $"Bearer {everything}"), Token = TokenKind.Good, Rights = Rights.Of(all), Scope = TokenScope.All },
            new("root") { Header = ("Authorization", $"Bearer {TestHost.RootToken}"), Token = TokenKind.Good, Rights = Rights.Of(all), Scope = TokenScope.All },
        ];

        static Viewer Worthless(string name, string header) => new(name) { Header = ("Authorization", header), Token = TokenKind.Worthless };

        async Task<Viewer> HolderAsync(string name, string scope, params Right[] rights) => new(name)
        {
            Header = ("Authorization", $"Bearer {await IssueAsync(host, scope, rights)}"),
            Token = TokenKind.Good,
            Rights = Rights.Of(rights),
            Scope = scope switch
            {
                Own => TokenScope.Of(new CampaignId(new PlatformId("growfunding"), "kidical-mass")),
                Other => TokenScope.Of(new CampaignId(new PlatformId("growfunding"), "other")),
                Platform => TokenScope.Of(new PlatformId("growfunding")),
                OtherPlatform => TokenScope.Of(new PlatformId("elsewhere")),
                _ => TokenScope.All,
            },
        };
    }

    private static async Task<string> IssueAsync(TestHost host, string scope, params Right[] rights)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/admin/tokens")
        {
            Content = JsonContent.Create(new { scope = JsonSerializer.Deserialize<JsonElement>(scope), rights = Rights.Of(rights).Names, expiresAt = TimeProvider.System.GetUtcNow().AddYears(1), label = "a test" }),
        };
        request.Headers.Add("x-functions-key", host.AdminKey);
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    private static async Task<string> SubscribeAsync(TestHost host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/subscriptions")
        {
            Content = new StringContent("""{"campaign":"growfunding/kidical-mass","url":"https://hooks.growfunding.be/a","events":["campaign.ended"],"language":"nl"}""", MediaTypeHeaderValue.Parse("application/json")),
        };
        request.Headers.Authorization = new("Bearer", TestHost.RootToken);
        using var answer = await host.Client.SendAsync(request);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, body.ToString());
        return body.GetProperty("id").GetString()!;
    }

    private enum TokenKind
    {
        None,
        Worthless,
        Good,
    }

    private enum KeyKind
    {
        None,
        Function,
        Admin,
    }

    /// <param name="Key">The host's key that opens it; null where our own tokens do, or nothing is needed.</param>
    /// <param name="Right">The token's right; null where none is needed.</param>
    /// <param name="OnPlatform">A holder's token does not reach so far.</param>
    private sealed record Need(string? Key, Right? Right, bool OnPlatform)
    {
        public static readonly Need Nothing = new(null, null, false), Admin = new("admin", null, false), Function = new("function", null, false);

        public static Need Of(Right right, bool onPlatform = false) => new(null, right, onPlatform);
    }

    private sealed record Viewer(string Name)
    {
        public (string Name, string Value)? Header { get; init; }

        public KeyKind Key { get; init; }

        public TokenKind Token { get; init; }

        public Rights Rights { get; init; } = Rights.None;

        public TokenScope? Scope { get; init; }

        public void Bears(HttpRequestMessage request)
        {
            if (Header is { } header)
                request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }
    }
}

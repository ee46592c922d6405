using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Succesmeter.Access;
using Succesmeter.Addresses;
using Succesmeter.Campaigns;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.Endpoints;
using Succesmeter.Functions.Requests;
using Succesmeter.Testing.Memory;
using Succesmeter.Webhooks;
using Xunit.Abstractions;

namespace Succesmeter.Hostile.Tests;

/// <summary>Query strings, continuations and small bodies, as endpoints read them.</summary>
public sealed class RequestTests(ITestOutputHelper output)
{
    private static readonly PlatformId s_platform = new("growfunding");
    private static readonly CampaignEndpoints s_endpoints = Endpoints();

    [Fact]
    public void Query_strings() => Fuzzing.Run(
        new Reader(
            "query strings",
            Mutator.Utf8(
                "platform=growfunding&state=live&sort=-progress&limit=2", "search=kidical&category=mobility&language=nl&format=json", "attention=true&format=csv", "limit=500&continuation=",
                $"limit=1&sort=campaign&continuation={ListContinuation.Start(new CampaignQuery(), null) with { Versions = [new(s_platform, "00000000000000000000", [])], Offset = 1 }}", "sort=title&search=%C3%A9"),
            Mutator.Utf8("&", "=", "platform=", "state=", "sort=", "search=", "limit=", "continuation=", "format=csv", "attention=", "live", "-endsAt", "%00", "%", "%zz", "%EF%BF%BD", "%F0%9F%98%80", "%ED%A0%BD", "+", "[]", "501", "%D8%B5%D9%84%D9%89"),
            static bytes =>
            {
                var request = Request();
                request.QueryString = new QueryString("?" + Encoding.Latin1.GetString(bytes));
                return Judged(s_endpoints.ListAsync(request, CancellationToken.None).GetAwaiter().GetResult(), StatusCodes.Status200OK, StatusCodes.Status400BadRequest, StatusCodes.Status410Gone)
                    + Judged(s_endpoints.HistoryAsync(request, "growfunding", "campaign-1", CancellationToken.None).GetAwaiter().GetResult(), StatusCodes.Status200OK, StatusCodes.Status400BadRequest);
            })
        {
            MostBytes = 1 << 10,
            MostPumpedBytes = 16 << 10,
        },
        output);

    /// <summary>A text is either none of ours or leads on in the same question; what we made ourselves always does.</summary>
    [Fact]
    public void Continuations() => Fuzzing.Run(
        new Reader(
            "continuations",
            [.. new[] { 0, 1, 100_000_000 }.Select(static offset => Files.Utf8((ListContinuation.Start(new CampaignQuery(), null) with { Versions = offset == 0 ? [] : [new(s_platform, "0123", []), new(new PlatformId("goteo"), "ff", [])], Offset = offset }).ToString()))],
            Mutator.Utf8("A", "-", "_", "=", "==", "fA", "|", "%3D", "AAAA"),
            static bytes =>
            {
                var start = ListContinuation.Start(new CampaignQuery(), null);
                var text = Encoding.Latin1.GetString(bytes);
                if (!start.TryContinue(text, out var found))
                    return $"none {text.Length % 4}";

                Law.Holds(found.Offset >= 0 && found.Question == start.Question, "a page begins at a row of the same question");
                Law.Holds(start.TryContinue(found.ToString(), out var same) && same.Offset == found.Offset && same.Versions!.Select(static one => (one.Platform, one.Version)).SequenceEqual(found.Versions!.Select(static one => (one.Platform, one.Version))), "what was read is the same once it was written");
                return $"found {found.Versions!.Count} {found.Offset > 0}";
            }) { MostBytes = 512 },
        output);

    [Fact]
    public void Small_bodies() => Fuzzing.Run(
        new Reader(
            "small bodies",
            [.. Regressions.Bodies, .. Mutator.Utf8("""{"scope":{"campaign":"growfunding/kidical-mass"},"rights":["read","act"],"expiresAt":"2027-06-30T00:00:00Z","label":"Holder"}""", """{"kind":"by-hand","people":25,"amount":250,"at":"2026-05-02T12:00:00Z"}""", """{"outcome":"as-planned","volunteers":12,"newContacts":4}""")],
            Mutator.Utf8("\"scope\":", "\"rights\":[", "\"label\":", "\"kind\":", "\"volunteers\":", "null", "[]", "{}", "true", "\"\\ud83d\"", "\"a\":1", "\"\\u0000\":1", "\"LABEL\":"),
            static bytes =>
            {
                var (token, refused) = SmallBody.ReadAsync(WithBody(bytes), ApiJson.Default.TokenRequest, CancellationToken.None).GetAwaiter().GetResult();
                Law.Holds(token is null == refused is not null, "a body is read or refused");
                var (body, problem) = JsonBody.ReadAsync(WithBody(bytes), ["kind", "at", "outcome", "volunteers", "newContacts"], CancellationToken.None).GetAwaiter().GetResult();
                Law.Holds(body is null == problem is not null, "a body is read or refused");
                _ = body?.Text("kind");
                var isCount = body?.TryCount("volunteers", 100, out var number) == true && number is null or (>= 0 and <= 100);
                if (token?.Rights is { } rights)
                    _ = Rights.TryParse(rights, out _);
                _ = ScopeText.ToScope(token?.Scope);
                return $"{(refused is null ? "read" : Judged(refused, StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge))} {(problem is null ? "read" : Judged(problem, StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge))} {isCount}";
            }),
        output);

    private static CampaignEndpoints Endpoints()
    {
        var list = new MemoryCampaignList();
        list.PutAsync(
            [.. Enumerable.Range(0, 5).Select(static i => new CampaignListing
            {
                Campaign = new CampaignId(s_platform, $"campaign-{i}"), Sequence = 1, Title = $"Kidical é {i}", Status = CampaignStatus.Live, AwaitsFacts = i == 0, AsOf = Some.Launch, TakenAt = Some.Launch, Goal = 100, Pledged = 10 * i, Backers = i, Category = "mobility", Language = "nl",
            })],
            CancellationToken.None).GetAwaiter().GetResult();
        var store = new MemoryCampaignStore();
        var visitor = new Visitor(Options.Create(new AccessOptions { PublicScores = true }), new TokenCache(new MemoryTokenStore(), TimeProvider.System), TimeProvider.System);
        return new CampaignEndpoints(list, new MemoryCampaignLists(list, new ListOptions { Age = TimeSpan.FromDays(1) }, TimeProvider.System), store, new LatestScores(store, Options.Create(new ApiOptions()), TimeProvider.System), visitor);
    }

    private static HttpRequest Request() => new DefaultHttpContext().Request;

    private static HttpRequest WithBody(byte[] body)
    {
        var request = Request();
        request.ContentType = "application/json";
        request.Body = new MemoryStream(body, writable: false);
        return request;
    }

    private static string Judged(IResult result, params int[] statuses)
    {
        var status = (result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
        Law.Holds(statuses.Contains(status), $"the answer is one of {string.Join(", ", statuses)}, not {status}");
        if (status < StatusCodes.Status400BadRequest)
            return $"{status} ";

        Law.Holds(result is ProblemHttpResult { ProblemDetails.Extensions: var said } && said["field"] is string { Length: > 0 } && said["rule"] is string { Length: > 0 }, "a refusal names field and rule");
        return $"{status} {Law.Shape(((ProblemHttpResult)result).ProblemDetails.Detail)} ";
    }
}

/// <summary>What opens doors: tokens, signatures, sealed secrets, the addresses that others name.</summary>
public sealed class SecretTests(ITestOutputHelper output)
{
    private const string RootToken = "root-token-of-a-test-town";

    private static readonly TokenText s_token = Token("smt_0123456789abcdef_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    private static readonly Visitor s_visitor = Visitor();
    private static readonly SubscriptionId s_subscription = Subscription("sub_0123456789abcdef_0123456789abcdef");
    private static readonly WebhookSecret s_secret = Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static readonly SecretSeal s_seal = new(new Dictionary<byte, byte[]> { [1] = new byte[32], [2] = [.. Enumerable.Repeat((byte)7, 32)] }, 2, RandomNumberGenerator.Create());
    private static readonly byte[] s_sealed = [.. s_seal.Seal(s_subscription, s_secret)];

    /// <summary>No header opens anything but the very token, whatever it resembles: JSON web tokens without a signature, cut ones, others' secrets.</summary>
    [Fact]
    public void Bearer_tokens() => Fuzzing.Run(
        new Reader(
            "bearer tokens",
            Mutator.Utf8($"Bearer {s_token.Reveal()}", $"bearer  {s_token.Reveal()} ", $"Bearer {RootToken}", "Bearer eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJyb290In0.", "Basic cm9vdDpyb290", "Bearer smt_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            Mutator.Utf8("Bearer ", "smt_", "_", "-", "A", "8", "9", "=", " ", "\t", ",", "0123456789abcdef", "ABCDEF", "eyJhbGciOiJub25lIn0.", "\"", RootToken),
            static bytes =>
            {
                var header = Encoding.Latin1.GetString(bytes);
                var request = new DefaultHttpContext().Request;
                request.Headers.Authorization = header;
                var who = s_visitor.WhoAsync(request, CancellationToken.None).AsTask().GetAwaiter().GetResult();
                var bare = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : "";
                Law.Holds(who is null || (who == Functions.Access.Visitor.Root && bare == RootToken) || (who == s_token.Id && bare == s_token.Reveal()), "nothing but the token opens");
                Law.Holds(who is not null || (bare != RootToken && bare != s_token.Reveal()), "the token opens");
                Law.Holds(!TokenText.TryParse(bare, out var parsed) || (parsed.Reveal() == bare && !parsed.ToString().Contains(bare[21..], StringComparison.Ordinal)), "a token is read as it is written, and shows no secret");
                return $"{who is null} {Law.Shape((Functions.Access.Visitor.Found(request) as Bearer.Refused)?.Rule)} {bare.Length is 64} {Succesmeter.Functions.Requests.RequestIds.IsFit(header)}";
            }) { MostBytes = 300 },
        output);

    /// <summary>A signature is of one id, one second and one body under one secret.</summary>
    [Fact]
    public void Webhook_signatures() => Fuzzing.Run(
        new Reader(
            "webhook secrets and signatures",
            [.. Regressions.Secrets, .. Mutator.Utf8("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "{\"type\":\"milestone.reached\"}", "sub_0123456789abcdef_0123456789abcdef")],
            Mutator.Utf8("whsec_", "=", "==", " ", "\n", "A", "/", "+", "sub_", "_", ".", "msg_1.1777723200.", "\u0000"),
            static bytes =>
            {
                var text = Encoding.UTF8.GetString(bytes);
                Law.Holds(!SubscriptionId.TryParse(text, out var id) || id.ToString() == text, "an id is read as it is written");
                var isSecret = WebhookSecret.TryParse(text, out var secret);
                Law.Holds(!isSecret || secret!.Reveal() == text, "a secret is read as it is written");
                Law.Holds(!isSecret || (secret!.Sign("msg_1", Some.Launch, "x"u8) != s_secret.Sign("msg_1", Some.Launch, "x"u8)) == (text != s_secret.Reveal()), "another secret signs otherwise");
                var signed = s_secret.Sign("msg_1", Some.Launch, bytes);
                Law.Holds(signed.Length == 47 && signed != s_secret.Sign("msg_2", Some.Launch, bytes) && signed != s_secret.Sign("msg_1", Some.Launch.AddSeconds(1), bytes) && signed != s_secret.Sign("msg_1", Some.Launch, [.. bytes, 0]), "another id, second or body has another signature");
                return $"{isSecret} {text.Length}";
            }) { MostBytes = 300 },
        output);

    [Fact]
    public void Sealed_secrets() => Fuzzing.Run(
        new Reader("sealed secrets", [s_sealed, [.. s_sealed[..29]], [1, .. s_sealed[1..]]], [[0], [1], [2], [255]], static bytes =>
        {
            try
            {
                Law.Holds(s_seal.Open(s_subscription, [.. bytes]).Reveal() == s_secret.Reveal() && bytes.AsSpan().SequenceEqual(s_sealed), "nothing but what was sealed opens");
                return "opened";
            }
            catch (CryptographicException closed)
            {
                return Law.Shape(closed.Message);
            }
        }) { MostBytes = 300 },
        output);

    /// <summary>An address that names a machine of ours by a number is refused, however the number is written.</summary>
    [Fact]
    public void Addresses() => Fuzzing.Run(
        new Reader(
            "addresses",
            [.. Regressions.Addresses, .. Mutator.Utf8("https://hooks.example.com/a/b?c=d", "https://127.0.0.1/", "https://[::ffff:10.0.0.1]:8443/x", "https://0x7f.1/", "https://169.254.169.254/metadata", "https://user@hooks.slack.com/services/T/B/x", "http://localhost:7071/")],
            Mutator.Utf8("https://", "//", "@", "#", "\\", ".", "。", "0x7f", "017700000001", "2130706433", "[::1]", "[::]", "[fe80::1%25eth0]", "localhost", ".local", "xn--", "%2e", "%00", ":443", ":22", "①②⑦.⓪.⓪.①", "example.com", "\u00AD"),
            static bytes =>
            {
                var text = Encoding.UTF8.GetString(bytes);
                if (!AddressText.TryParse(text, out var address))
                    return "none";

                var why = AddressRules.WhyNot(address, allowLoopback: false);
                Law.Holds(why is not null || (address.Scheme == "https" && address.UserInfo.Length == 0), "what may be called is called by https and without a user");
                Law.Holds(why is not null || !System.Net.IPAddress.TryParse(address.DnsSafeHost, out var ip) || AddressRules.WhyNot(ip, allowLoopback: false) is null, "a number is checked as what it is");
                return $"{Law.Shape(why)} {address.HostNameType} {address.IsDefaultPort}";
            }) { MostBytes = 400 },
        output);

    private static Visitor Visitor()
    {
        var tokens = new MemoryTokenStore();
        tokens.AddAsync(
            new BearerToken { Id = s_token.Id, Scope = TokenScope.All, Rights = Rights.Of(Right.Read), Label = "x", IssuedAt = DateTimeOffset.UnixEpoch, ExpiresAt = DateTimeOffset.MaxValue, SecretHash = s_token.SecretHash }, CancellationToken.None).GetAwaiter().GetResult();
        return new Visitor(Options.Create(new AccessOptions { RootToken = RootToken }), new TokenCache(tokens, TimeProvider.System), TimeProvider.System);
    }

    private static TokenText Token(string text) => TokenText.TryParse(text, out var token) ? token : throw new FormatException(text);

    private static WebhookSecret Secret(string text) => WebhookSecret.TryParse(text, out var secret) ? secret : throw new FormatException(text);

    private static SubscriptionId Subscription(string text) => SubscriptionId.TryParse(text, out var id) ? id : throw new FormatException(text);
}

using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.Endpoints;
using Succesmeter.Snapshots;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.EndToEnd.Tests;

/// <summary>After-care and ratings as a client sees them, on stores in memory and a clock that stands still.</summary>
public sealed class AftercareTests
{
    private const string Token = "a-token-of-a-test-of-aftercare";

    private readonly MemoryCampaignList _list = new();
    private readonly MemoryCampaignStore _store = new();
    private readonly MemoryAftercareStore _answers = new();
    private readonly MemoryRatingStore _ratings = new();
    private readonly FixedClocks _clock = new(Some.End.AddMonths(3));
    private readonly Visitor _visitor = new(Options.Create(new AccessOptions { RootToken = Token, PublicScores = true }), new TokenCache(new MemoryTokenStore(), TimeProvider.System), TimeProvider.System);

    private AftercareEndpoints Aftercare => new(_list, _store, _answers, _ratings, _visitor, _clock);

    private RatingEndpoints Ratings => new(_list, _store, _ratings, new KeyedPseudonyms(new byte[32], 1), _visitor, TimeProvider.System);

    [Fact]
    public async Task A_holder_answers_at_three_months_changes_it_and_answers_at_twelve()
    {
        await ListAsync(Some.Campaign.Name, CampaignStatus.Failed);
        Assert.Equal(1, (await AftercareAsync()).GetProperty("due").GetArrayLength());

        var (status, kept) = await AnswerAsync("""{"outcome":"under-way","volunteers":12,"newContacts":null}""");
        Assert.Equal((HttpStatusCode.OK, 3, "under-way", 12), (status, kept.GetProperty("months").GetInt32(), kept.GetProperty("outcome").GetString(), kept.GetProperty("volunteers").GetInt32()));
        await AnswerAsync("""{"outcome":"adapted","months":3}""");
        _clock.Now = Some.End.AddMonths(12);
        await AnswerAsync("""{"outcome":"as-planned","months":12,"newContacts":4}""");
        await AnswerAsync("""{"outcome":"as-planned","newContacts":4}""");

        var all = await AftercareAsync();
        Assert.Equal([(3, "adapted"), (12, "as-planned")], all.GetProperty("answered").EnumerateArray().Select(static answer => (answer.GetProperty("months").GetInt32(), answer.GetProperty("outcome").GetString()!)).Order());
        Assert.Equal([(3, 1, 1, 1.0), (12, 1, 1, 1.0)], all.GetProperty("waves").EnumerateArray().Select(static wave =>
            (wave.GetProperty("months").GetInt32(), wave.GetProperty("asked").GetInt32(), wave.GetProperty("answered").GetInt32(), wave.GetProperty("responseRate").GetDouble())));
        Assert.Empty(all.GetProperty("due").EnumerateArray());
        Assert.Equal(3, all.GetProperty("evidence").GetProperty("registered").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"outcome":"as-planned","story":"Ann helped"}""", "story", 400)]
    [InlineData("""{"outcome":"as-planned","outcome":"not"}""", "outcome", 400)]
    [InlineData("""{"outcome":"splendid"}""", "outcome", 400)]
    [InlineData("""{"volunteers":3}""", "outcome", 400)]
    [InlineData("""{"outcome":"not","volunteers":-1}""", "volunteers", 400)]
    [InlineData("""{"outcome":"not","newContacts":10001}""", "newContacts", 400)]
    [InlineData("""{"outcome":"not","newContacts":"many"}""", "newContacts", 400)]
    [InlineData("""{"outcome":"not","months":6}""", "months", 400)]
    [InlineData("""{"outcome":"not","months":12}""", "months", 409)]
    [InlineData("""["not"]""", "body", 400)]
    [InlineData("not", "body", 400)]
    public async Task What_breaks_a_rule_is_refused_by_name_and_nothing_is_kept(string body, string field, int expected)
    {
        await ListAsync(Some.Campaign.Name, CampaignStatus.Succeeded);

        var (status, problem) = await AnswerAsync(body);

        Assert.Equal(((HttpStatusCode)expected, field), (status, problem.GetProperty("field").GetString()));
        Assert.Empty(await _answers.ReadAsync(Some.Campaign.Platform, default));
    }

    [Fact]
    public async Task Between_the_waves_while_it_runs_and_without_a_token_nobody_is_heard()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await AnswerAsync("""{"outcome":"not"}""")).Status);
        await ListAsync(Some.Campaign.Name, CampaignStatus.Live);
        Assert.Equal(HttpStatusCode.Conflict, (await AnswerAsync("""{"outcome":"not"}""")).Status);
        await ListAsync(Some.Campaign.Name, CampaignStatus.Succeeded, sequence: 2);
        _clock.Now = Some.End.AddMonths(8);
        var (status, problem) = await AnswerAsync("""{"outcome":"not"}""");
        Assert.Equal((HttpStatusCode.Conflict, "must name a wave that is open: 3 from 2026-07-30T22:00:00Z until 2026-11-30T22:00:00Z, 12 from 2027-04-30T22:00:00Z until 2027-11-30T22:00:00Z"), (status, problem.GetProperty("rule").GetString()));

        Assert.Equal(HttpStatusCode.Unauthorized, (await AnswerAsync("""{"outcome":"not"}""", token: null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AnswerAsync("""{"outcome":"not"}""", token: "another")).Status);
    }

    [Fact]
    public async Task A_coach_compares_two_campaigns_blind_and_leaves_no_name()
    {
        foreach (var name in (string[])["a", "b", "c"])
            await ListAsync(name, CampaignStatus.Succeeded);
        await ListAsync("live", CampaignStatus.Live);

        var seen = new List<string>();
        while (await NextAsync("Coach Ann") is (HttpStatusCode.OK, var pair))
        {
            foreach (var hidden in (string[])["pledged", "goal", "backers", "meter", "probability", "url", "4242"])
                Assert.DoesNotContain(hidden, pair.GetRawText(), StringComparison.OrdinalIgnoreCase);
            var (left, right) = (pair.GetProperty("left").GetProperty("campaign").GetString()!, pair.GetProperty("right").GetProperty("campaign").GetString()!);
            seen.Add(string.Join(' ', new[] { left, right }.Order(StringComparer.Ordinal)));
            var (status, _) = await RateAsync($$"""{"platform":"growfunding","left":"{{left}}","right":"{{right}}","better":"left","rater":"Coach Ann"}""");
            Assert.Equal(HttpStatusCode.OK, status);
        }

        Assert.Equal(["growfunding/a growfunding/b", "growfunding/a growfunding/c", "growfunding/b growfunding/c"], seen.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("Ann", Dump.Of(await _ratings.ReadAsync(Some.Campaign.Platform, default)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await NextAsync("Coach Bob")).Status);

        await RateAsync("""{"platform":"growfunding","left":"a","right":"b","better":"equal","rater":"Coach Bob"}""");
        var ratings = (await AftercareAsync()).GetProperty("ratings");
        Assert.Equal((4, 2, 1, 0.25), (ratings.GetProperty("ratings").GetInt32(), ratings.GetProperty("raters").GetInt32(), ratings.GetProperty("agreement").GetProperty("pairs").GetInt32(), ratings.GetProperty("equalShare").GetDouble()));
    }

    [Theory]
    [InlineData("""{"platform":"growfunding","left":"a","right":"a","better":"left","rater":"x"}""", "right")]
    [InlineData("""{"platform":"growfunding","left":"a","right":"live","better":"left","rater":"x"}""", "right")]
    [InlineData("""{"platform":"growfunding","left":"elsewhere/a","right":"b","better":"left","rater":"x"}""", "left")]
    [InlineData("""{"platform":"growfunding","left":"a","right":"b","better":"both","rater":"x"}""", "better")]
    [InlineData("""{"platform":"growfunding","left":"a","right":"b","better":"left"}""", "rater")]
    [InlineData("""{"platform":"growfunding","left":"a","right":"b","better":"left","rater":"x","why":"nice people"}""", "why")]
    [InlineData("""{"left":"a","right":"b","better":"left","rater":"x"}""", "platform")]
    public async Task A_rating_that_breaks_a_rule_is_refused_by_name(string body, string field)
    {
        foreach (var (name, status) in new[] { ("a", CampaignStatus.Succeeded), ("b", CampaignStatus.Failed), ("live", CampaignStatus.Live) })
            await ListAsync(name, status);

        var answer = await RateAsync(body);

        Assert.Equal((HttpStatusCode.BadRequest, field), (answer.Status, answer.Body.GetProperty("field").GetString()));
        Assert.Empty(await _ratings.ReadAsync(Some.Campaign.Platform, default));
    }

    private Task ListAsync(string name, CampaignStatus status, int sequence = 1) => _list.PutAsync(
        [new CampaignListing
        {
            Campaign = new CampaignId(Some.Campaign.Platform, name),
            Sequence = sequence,
            Title = "A title",
            Url = "https://example.org",
            Status = status,
            AwaitsFacts = false,
            AsOf = Some.End.AddDays(1),
            TakenAt = Some.End,
            Currency = "EUR",
            Goal = 4242,
            Pledged = 4242,
            Backers = 4242,
            LaunchedAt = Some.Launch,
            Horizon = Some.End,
        }],
        default);

    private Task<(HttpStatusCode Status, JsonElement Body)> AnswerAsync(string body, string? token = Token) =>
        CallAsync(request => Aftercare.PostAsync(request, "growfunding", Some.Campaign.Name, default), body, token);

    private async Task<JsonElement> AftercareAsync() => (await CallAsync(request => Aftercare.GetAsync(request, "growfunding", default))).Body;

    private Task<(HttpStatusCode Status, JsonElement Body)> NextAsync(string rater) => CallAsync(
        request =>
        {
            request.QueryString = new QueryString("?platform=growfunding");
            request.Headers[RatingEndpoints.RaterHeader] = rater;
            return Ratings.NextAsync(request, default);
        });

    private Task<(HttpStatusCode Status, JsonElement Body)> RateAsync(string body) => CallAsync(request => Ratings.PostAsync(request, default), body);

    private static async Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(Func<HttpRequest, Task<IResult>> call, string body = "", string? token = Token)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        if (token is not null)
            context.Request.Headers.Authorization = $"Bearer {token}";
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await (await call(context.Request)).ExecuteAsync(context);
        return ((HttpStatusCode)context.Response.StatusCode, JsonDocument.Parse(answer.ToArray()).RootElement);
    }
}

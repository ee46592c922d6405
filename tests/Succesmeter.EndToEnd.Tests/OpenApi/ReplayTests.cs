using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Succesmeter.Campaigns;
using Succesmeter.EndToEnd.Tests.Webhooks;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Pipeline;
using Succesmeter.Testing;
using Succesmeter.Visits;

namespace Succesmeter.EndToEnd.Tests.OpenApi;

/// <summary>Every example of the document is sent to a running host, and what comes back keeps to the document.</summary>
public sealed class ReplayTests
{
    private static readonly DateTimeOffset Now = new(2025, 5, 2, 12, 30, 0, TimeSpan.Zero);

    /// <summary>What comes early leads to what comes late; between them stands what reads, before anything is said that would change it.</summary>
    private static readonly string[] Last = ["PostRating", "ServeModel", "ConfirmByHand", "WithdrawAction", "RevokeToken", "DeleteSubscription"], First = ["IssueToken", "EraseDonor", "CreateSubscription", "PushSnapshots", "PushPlatformSnapshots"];

    /// <summary>An example shows the shape: of a list two items tell it.</summary>
    private const int ShownItems = 2;

    private readonly Dictionary<(string Function, string Parameter), string> _led = [];
    private readonly SortedDictionary<string, JsonObject> _answered = new(StringComparer.Ordinal);

    [Fact]
    public async Task Every_example_is_answered_as_the_document_says()
    {
        // The platform is crawled, by a recipe that is shipped, and without a contact nobody is visited.
        await using var host = await TestHost.StartAsync(publicScores: false, time: new ShiftedClock(Now), webhooks: new TakesAll(), settings: [("Platforms:Recipes:0", "growfunding"), ("Webhooks:Keys:1", Convert.ToBase64String(new byte[32])), ("Webhooks:RememberNobody", "00:00:00")]);
        await host.PushAndScoreAsync(Town());
        var found = new FoundCampaign(new CampaignId(new PlatformId("growfunding"), "kidical-mass"), new Uri("https://growfunding.be/nl/projects/kidical-mass"));
        Assert.True(await host.Stage<IVisitStore>().TryPutAsync(CampaignVisits.Of(found, Now), replaced: null, default));
        var operations = Document.Operations.OrderBy(static operation => Array.IndexOf(First, operation.Id) is >= 0 and var at ? at : operation.Method == HttpMethod.Get ? 100 : 200 + Array.IndexOf(Last, operation.Id)).ToList();

        foreach (var operation in operations)
        {
            foreach (var (media, body) in operation.Bodies)
                await ReplayAsync(host, operation, media, body);
            if (operation.Id == First[^1])
                await SettleAsync(host);
        }

        if (Document.IsRenewed)
            await File.WriteAllTextAsync(Document.ExamplesPath, OpenApiDocument.TextOf(new JsonObject(_answered.Select(static one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value)))));
    }

    private async Task ReplayAsync(TestHost host, Operation operation, string? media, string? body)
    {
        var address = operation.Address(name => _led.GetValueOrDefault((operation.Id, name)));
        using var answer = await Eventually(() => host.Client.SendAsync(Request(host, operation, address, media, body)));
        var text = await answer.Content.ReadAsStringAsync();
        var said = $"{operation.Id} {address} answered {(int)answer.StatusCode} {text}";
        Assert.True(answer.IsSuccessStatusCode, said);

        var status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        Assert.True(operation.Responses.ContainsKey(status), said);
        var content = operation.Responses[status]!["content"]!.AsObject();
        var type = answer.Content.Headers.ContentType!.MediaType!;
        Assert.True(content.ContainsKey(type), said);
        if (type == "application/json" && content[type]!["schema"] is JsonObject { Count: > 0 } schema)
            Assert.Equal((said, ""), (said, string.Join("; ", Shape.Misfits(schema, JsonNode.Parse(text)))));

        if (operation.Method == HttpMethod.Get && answer.StatusCode == HttpStatusCode.OK)
        {
            _answered[operation.Id] = new JsonObject { [type] = ExampleOf(type, text.Replace(host.Client.BaseAddress!.Authority, "succesmeter.example", StringComparison.Ordinal), isKnown: content[type]!["schema"] is JsonObject { Count: > 0 }) };
            await AskHeadAsync(host, operation, address, answer, said);
        }

        foreach (var link in operation.Responses[status]!["links"]?.AsObject() ?? [])
            foreach (var (parameter, pointer) in link.Value!["parameters"]!.AsObject())
                _led[(link.Key, parameter)] = JsonNode.Parse(text)![pointer!.GetValue<string>()["$response.body#/".Length..]]!.GetValue<string>();

        if (operation.IsTagged)
        {
            using var again = Request(host, operation, address, media, body);
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            using var unchanged = await host.Client.SendAsync(again);
            Assert.Equal((said, HttpStatusCode.NotModified), (said, unchanged.StatusCode));
        }

        // What was said a moment ago is folded in within seconds, and until then is nothing to confirm.
        async Task<HttpResponseMessage> Eventually(Func<Task<HttpResponseMessage>> send)
        {
            var got = await send();
            for (var tries = 0; tries < 50 && got.StatusCode == HttpStatusCode.NotFound && _led.Keys.Any(key => key.Function == operation.Id); tries++)
            {
                got.Dispose();
                await Task.Delay(100);
                got = await send();
            }

            return got;
        }
    }

    /// <summary>HEAD is answered as GET is, but for the body.</summary>
    private static async Task AskHeadAsync(TestHost host, Operation operation, string address, HttpResponseMessage answer, string said)
    {
        using var request = Request(host, operation, address, null, null);
        request.Method = HttpMethod.Head;
        using var head = await host.Client.SendAsync(request);
        Assert.Equal((said, answer.StatusCode, answer.Content.Headers.ContentType!.MediaType), (said, head.StatusCode, head.Content.Headers.ContentType!.MediaType));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        if (operation.IsTagged)
            Assert.Equal((said, answer.Headers.ETag, answer.Content.Headers.ContentLength), (said, head.Headers.ETag, head.Content.Headers.ContentLength));
    }

    /// <summary>What is shown of an answer: of JSON whose shape is not ours to say, the first facts alone.</summary>
    private static JsonNode? ExampleOf(string type, string text, bool isKnown)
    {
        if (!type.EndsWith("json", StringComparison.Ordinal))
            return JsonValue.Create(text);

        var answer = JsonNode.Parse(text);
        return isKnown ? Shortened(answer) : new JsonObject([.. answer!.AsObject().Where(static field => field.Value is JsonValue).Select(static field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))]);

        static JsonNode? Shortened(JsonNode? node) => node switch
        {
            JsonArray items => new JsonArray([.. items.Take(ShownItems).Select(Shortened)]),
            JsonObject fields => new JsonObject(fields.Select(static field => KeyValuePair.Create(field.Key, Shortened(field.Value)))),
            _ => node?.DeepClone(),
        };
    }

    private static HttpRequestMessage Request(TestHost host, Operation operation, string address, string? media, string? body)
    {
        var request = new HttpRequestMessage(operation.Method, address);
        switch (operation.Scheme)
        {
            case "functionKey":
                request.Headers.Add("x-functions-key", host.FunctionKey);
                break;
            case "adminKey":
                request.Headers.Add("x-functions-key", host.AdminKey);
                break;
            case "bearer":
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestHost.RootToken);
                break;
        }

        foreach (var (name, value) in operation.Headers)
            request.Headers.Add(name, value);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, media!);
        return request;
    }

    /// <summary>Wide awake: the campaigns of the examples are scored, and the timers of a night have run.</summary>
    private async Task SettleAsync(TestHost host)
    {
        await Eventually.IsAsync(async () => (await host.GetAsync($"/api/receipts/{_led[("GetReceipt", "id")]}")).GetProperty("waiting") is { ValueKind: JsonValueKind.Number } waiting && waiting.GetInt32() == 0);
        await Eventually.IsAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/campaigns/growfunding/kidical-mass/score");
            request.Headers.Authorization = new("Bearer", TestHost.RootToken);
            using var answer = await host.Client.SendAsync(request);
            return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains("2025-05-02T12:00:00Z", StringComparison.Ordinal);
        });
        await host.Stage<DonationsToNetwork>().RunAsync(default);
        await host.Stage<OutcomesToModels>().RunAsync(default);
        await host.Stage<OutcomesToReports>().RunAsync(default);
    }

    /// <summary>The examples' other campaigns: one with a burst of small gifts, and two that ended three months ago.</summary>
    private static string Town()
    {
        var gifts = string.Join(',', Enumerable.Range(0, 30).Select(gift => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"g{{gift}}","at":"{{Now.AddHours(gift < 18 ? -200 + (10 * gift) : -24).AddMinutes(gift):O}}","amount":{{(gift < 18 ? 40 : 10)}},"donor":"d{{gift}}","identity":"account"}""")));
        return string.Join(
            '\n',
            $$"""{"platform":"growfunding","campaign":"kidical-mass","takenAt":"2025-05-02T11:00:00Z","languages":["nl","fr"],"actions":[{"at":"2025-04-22T09:00:00Z","kind":"mail"}],"currency":"EUR","goal":7500,"funding":"all-or-nothing","launchedAt":"2025-04-20T08:00:00Z","endsAt":"2025-05-30T22:00:00Z","pledged":2300,"backers":60,"contributionsAre":"all","contributions":[{{gifts}}]}""",
            Ended("repair-cafe"),
            Ended("buurttuin"));

        static string Ended(string name) =>
            $$"""{"platform":"growfunding","campaign":"{{name}}","takenAt":"2025-02-02T00:00:00Z","title":"{{name}}","currency":"EUR","goal":5000,"funding":"all-or-nothing","launchedAt":"2025-01-01T08:00:00Z","endsAt":"2025-01-31T22:00:00Z","pledged":5400,"backers":90}""";
    }

    /// <summary>The machine's clock, set to the day of the examples: it goes on, since a host waits by it.</summary>
    private sealed class ShiftedClock(DateTimeOffset start) : TimeProvider
    {
        private readonly long _began = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(_began);
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Succesmeter.Pipeline;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.EndToEnd.Tests.OpenApi;

/// <summary>
/// Every route that reads, as the document lists them, is asked by the public, a reader, the holder of another campaign and the holder, over a town of campaigns of forty donors: what the
/// small-number rules forbid, and what a score says, reaches nobody who may not have it.
/// </summary>
public sealed class DisclosureTests
{
    private const string LargestGift = "193.37";

    private static readonly DateTimeOffset Now = Some.Launch.AddDays(20).AddMinutes(20);

    /// <summary>Old and live share half of their donors; live and far share four, which is a link that nobody may see.</summary>
    private static readonly string[] Campaigns = ["old", "live", "far"];

    /// <summary>Fields of a campaign that a score says.</summary>
    private static readonly string[] Scored = ["probability", "confidence", "status", "meter", "score", "baseRate", "finalRatio", "finalRatioP10", "finalRatioP50", "finalRatioP90"];

    /// <summary>Counts that come of donors' other gifts.</summary>
    private static readonly string[] Steps = ["shared", "expected", "returning"];

    [Fact]
    public async Task No_route_tells_anybody_what_is_not_theirs()
    {
        await using var host = await TestHost.StartAsync(publicScores: false, clocks: new FixedClocks(Now));
        var receipt = (await host.PushAndScoreAsync(Town())).GetProperty("id").GetString()!;
        await host.Stage<DonationsToNetwork>().RunAsync(default);
        await host.Stage<OutcomesToModels>().RunAsync(default);
        await host.Stage<OutcomesToReports>().RunAsync(default);
        var secrets = await ProbabilitiesAsync(host);
        Assert.Equal(secrets.Count, secrets.Values.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("live", secrets.Keys);
        var asked = 0;

        foreach (var viewer in (Viewer[])[
            new("the public", null, []),
            new("a reader", await IssueAsync(host, """{"all":true}""", "read"), Campaigns),
            new("the holder of another campaign", await IssueAsync(host, """{"campaign":"demostad/far"}""", "read", "act"), ["far"]),
            new("the holder", await IssueAsync(host, """{"campaign":"demostad/live"}""", "read", "act"), ["live"])])
            foreach (var operation in Document.Operations.Where(static one => one.Method == HttpMethod.Get && one.Scheme != "adminKey"))
                foreach (var address in Addresses(operation, receipt))
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, address);
                    if (viewer.Token is not null)
                        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", viewer.Token);
                    foreach (var (name, value) in operation.Headers)
                        request.Headers.Add(name, value);
                    using var answer = await host.Client.SendAsync(request);
                    var body = await answer.Content.ReadAsByteArrayAsync();
                    Check(viewer, operation, address, answer, body, secrets);
                    asked += answer.StatusCode == HttpStatusCode.OK ? 1 : 0;
                }

        // A walk that was refused everywhere would prove nothing.
        Assert.InRange(asked, 60, 2000);
    }

    private static void Check(Viewer viewer, Operation operation, string address, HttpResponseMessage answer, byte[] body, Dictionary<string, string> secrets)
    {
        var text = System.Text.Encoding.UTF8.GetString(body);
        var who = $"{viewer.Name} at {address}: {(int)answer.StatusCode} {text[..Math.Min(400, text.Length)]}";
        if (operation.Says["security"]!.AsArray() is [JsonObject { Count: > 0 }] && viewer.Token is null)
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, who);
        foreach (var secret in (string[])["donor-nr-", LargestGift])
            Assert.True(text.IndexOf(secret, StringComparison.Ordinal) < 0, $"{who} … {text[Math.Max(0, text.IndexOf(secret, StringComparison.Ordinal) - 120)..]}");
        foreach (var (campaign, probability) in secrets)
            Assert.False(!viewer.Reads.Contains(campaign) && text.Contains(probability, StringComparison.Ordinal), $"{who} tells of {campaign}: {probability}");

        // A tag is a hash of what may be seen, so it tells no more than that.
        if (answer.StatusCode == HttpStatusCode.OK && answer.Headers.ETag is { Tag: var tag })
            Assert.Equal((who, $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\""), (who, tag));
        if (answer.Content.Headers.ContentType?.MediaType == "application/json" && operation.Id != "GetOpenApi")
            CheckFields(viewer, JsonNode.Parse(text), null, who);
        if (answer.Content.Headers.ContentType?.MediaType == "text/csv" && operation.Id == "ListCampaigns")
            foreach (var row in text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1))
                Assert.True(viewer.Reads.Contains(row.Split(',')[0].Split('/')[1]) || row.EndsWith(",,,,", StringComparison.Ordinal), $"{who}: {row}");
    }

    private static void CheckFields(Viewer viewer, JsonNode? node, string? campaign, string who)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (var item in items)
                    CheckFields(viewer, item, campaign, who);
                break;
            case JsonObject fields:
                campaign = fields["campaign"] is JsonValue named && named.TryGetValue<string>(out var id) ? id.Split('/')[^1] : campaign;
                foreach (var (name, value) in fields)
                {
                    if (campaign is not null && !viewer.Reads.Contains(campaign) && Scored.Contains(name))
                        Assert.True(value is null, $"{who} says {name} of {campaign}");
                    if (Steps.Contains(name) && value is not null)
                        Assert.True(value.GetValue<double>() is >= 5 and var count && count % 5 == 0, $"{who}: {name} is {value}");
                    if (name is "one" or "other")
                        Assert.DoesNotContain("far", value!.GetValue<string>(), StringComparison.Ordinal);
                    CheckFields(viewer, value, campaign, who);
                }

                // Loyalty, bridging and bonding come of other gifts: in steps of .05.
                if (fields["name"]?.ToString() is "loyalty" or "bridging" or "bonding" && fields["value"] is JsonValue share && share.TryGetValue<double>(out var known))
                    Assert.True(Math.Abs((known * 20) - Math.Round(known * 20)) < 1e-6, $"{who}: {fields["name"]} is {known}");
                break;
        }
    }

    /// <summary>Every campaign where the route names one, and every form where the query offers several.</summary>
    private static IEnumerable<string> Addresses(Operation operation, string receipt)
    {
        var forms = operation.Parameters.FirstOrDefault(static parameter => parameter["name"]!.GetValue<string>() == "format")?["schema"]!["enum"]?.AsArray().Select(static form => form!.GetValue<string>()).ToArray() ?? [""];
        var named = operation.Path.Contains("{campaign}", StringComparison.Ordinal) || operation.Id == "GetEmbed" ? Campaigns : [""];
        foreach (var campaign in named)
            foreach (var form in forms)
                yield return operation.Address(name => name switch
                {
                    "platform" => "demostad",
                    "campaign" => campaign,
                    "id" => receipt,
                    "format" => form,
                    "url" => $"https://example.org/#demostad/{campaign}",
                    "search" => "",
                    "state" => "live",
                    _ => null,
                }).Replace("search=&", "", StringComparison.Ordinal);
    }

    /// <summary>As text, with all their digits; those with fewer than three could stand anywhere by chance.</summary>
    private static async Task<Dictionary<string, string>> ProbabilitiesAsync(TestHost host)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var campaign in Campaigns)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/campaigns/demostad/{campaign}/score");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestHost.RootToken);
            using var answer = await host.Client.SendAsync(request);
            if ((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("financial").GetProperty("probability") is { ValueKind: JsonValueKind.Number } probability && probability.GetRawText().Length >= 5)
                found[campaign] = probability.GetRawText();
        }

        return found;
    }

    private static async Task<string> IssueAsync(TestHost host, string scope, params string[] rights)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/admin/tokens")
        {
            Content = new StringContent(
                $$"""{"scope":{{scope}},"rights":["{{string.Join("\",\"", rights)}}"],"expiresAt":"{{TimeProvider.System.GetUtcNow().AddYears(1):O}}","label":"a test"}""", MediaTypeHeaderValue.Parse("application/json")),
        };
        request.Headers.Add("x-functions-key", host.AdminKey);
        using var answer = await host.Client.SendAsync(request);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    private static string Town() => string.Join(
        '\n',
        Row("old", Some.Launch.AddMonths(-13), Some.Launch.AddMonths(-12), 0, 60),
        Row("live", Some.Launch, Now.AddHours(-2), 40, 40),
        Row("far", Some.Launch, Now.AddHours(-2), 76, 40));

    private static string Row(string name, DateTimeOffset launch, DateTimeOffset takenAt, int first, int donors)
    {
        var gifts = string.Join(',', Enumerable.Range(first, donors).Select(donor => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"{{name}}-{{donor}}","at":"{{launch.AddDays(1).AddHours((donor - first) * 6).AddMinutes(donor):O}}","amount":{{(donor == first ? LargestGift : "25")}},"donor":"donor-nr-{{donor}}","identity":"account"}""")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"platform":"demostad","campaign":"{{name}}","takenAt":"{{takenAt:O}}","currency":"EUR","goal":{{(name == "far" ? 1700 : 3000)}},"funding":"all-or-nothing","launchedAt":"{{launch:O}}","endsAt":"{{launch.AddDays(40):O}}","pledged":{{25 * donors}},"backers":{{donors}},"contributionsAre":"all","contributions":[{{gifts}}]}""");
    }

    /// <param name="Reads">Of which campaigns this viewer may read the score.</param>
    private sealed record Viewer(string Name, string? Token, string[] Reads);
}

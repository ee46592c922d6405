using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Succesmeter.Pipeline;
using Succesmeter.Testing.Memory;

namespace Succesmeter.EndToEnd.Tests.OpenApi;

/// <summary>
/// Every route, as the document lists them, is asked by the public, a reader, the holder of another campaign, the holder and an admin, over a town of campaigns of forty donors: what the
/// small-number rules forbid, and what a score says, reaches nobody who may not have it. First all that reads, then all that writes, then what reads once more.
/// </summary>
public sealed class DisclosureTests
{
    private static readonly string[] Campaigns = DonorTown.Campaigns;

    /// <summary>Fields of a campaign that a score says.</summary>
    private static readonly string[] Scored = ["probability", "confidence", "status", "meter", "score", "baseRate", "finalRatio", "finalRatioP10", "finalRatioP50", "finalRatioP90"];

    /// <summary>Counts that come of donors' other gifts.</summary>
    private static readonly string[] Steps = ["shared", "expected", "returning"];

    [Fact]
    public async Task No_route_tells_anybody_what_is_not_theirs()
    {
        await using var host = await TestHost.StartAsync(publicScores: false, clocks: new FixedClocks(DonorTown.Now));
        var receipt = (await host.PushAndScoreAsync(DonorTown.Rows())).GetProperty("id").GetString()!;
        await host.Stage<DonationsToNetwork>().RunAsync(default);
        await host.Stage<OutcomesToModels>().RunAsync(default);
        await host.Stage<OutcomesToReports>().RunAsync(default);
        var secrets = await ProbabilitiesAsync(host);
        Assert.Equal(secrets.Count, secrets.Values.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("live", secrets.Keys);
        var viewers = (Viewer[])[
            new("the public", null, []),
            new("a reader", await IssueAsync(host, """{"all":true}""", "read"), Campaigns),
            new("the holder of another campaign", await IssueAsync(host, """{"campaign":"demostad/far"}""", "read", "act"), ["far"]),
            new("the holder", await IssueAsync(host, """{"campaign":"demostad/live"}""", "read", "act"), ["live"]),
            new("an admin without a token", null, []) { HasKey = true }];
        var (read, written) = (0, 0);
        foreach (var writes in (bool[])[false, true, false])
        {
            foreach (var viewer in viewers)
                foreach (var operation in Document.Operations.Where(one => one.Method != HttpMethod.Get == writes))
                    foreach (var address in Addresses(operation, receipt))
                        foreach (var (media, body) in operation.Bodies)
                        {
                            using var request = Request(host, viewer, operation, address, media, body);
                            using var answer = await host.Client.SendAsync(request);
                            Check(viewer, operation, address, answer, await answer.Content.ReadAsByteArrayAsync(), secrets);
                            if (answer.IsSuccessStatusCode && writes)
                                written++;
                            else if (answer.IsSuccessStatusCode)
                                read++;
                        }

            secrets = await ProbabilitiesAsync(host);
        }

        // A walk that was refused everywhere would prove nothing.
        Assert.InRange(read, 150, 5000);
        Assert.InRange(written, 3, 500);
    }

    private static HttpRequestMessage Request(TestHost host, Viewer viewer, Operation operation, string address, string? media, string? body)
    {
        var request = new HttpRequestMessage(operation.Method, address);
        if (viewer.Token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", viewer.Token);
        if (viewer.HasKey)
            request.Headers.Add("x-functions-key", host.AdminKey);
        foreach (var (name, value) in operation.Headers)
            request.Headers.Add(name, value);
        if (body is not null)
            request.Content = new StringContent(body, MediaTypeHeaderValue.Parse(media!));
        return request;
    }

    private static void Check(Viewer viewer, Operation operation, string address, HttpResponseMessage answer, byte[] body, Dictionary<string, string> secrets)
    {
        var text = System.Text.Encoding.UTF8.GetString(body);
        var who = $"{viewer.Name} at {address}: {(int)answer.StatusCode} {text[..Math.Min(400, text.Length)]}";
        if (IsRefused(viewer, operation, address))
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, who);
        foreach (var secret in (string[])[DonorTown.DonorPrefix, DonorTown.LargestGift])
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

    /// <summary>Whether the document says that this viewer has no business here: a key or a token is needed, and the token is of another campaign.</summary>
    private static bool IsRefused(Viewer viewer, Operation operation, string address) => operation.Says["security"]!.AsArray() is [JsonObject { Count: > 0 }] && operation.Scheme switch
    {
        "bearer" => viewer.Token is null || (operation.Path.Contains("{campaign}", StringComparison.Ordinal) && !viewer.Reads.Contains(address.Split('/', '?')[4])),
        _ => !viewer.HasKey,
    };

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
                    "id" => operation.Scheme == "adminKey" ? new string('0', 16) : receipt,
                    "version" or "burst" => new string('0', 16),
                    "action" => "000001746180000000-mail",
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

    /// <param name="Reads">Of which campaigns this viewer may read the score.</param>
    private sealed record Viewer(string Name, string? Token, string[] Reads)
    {
        /// <summary>The host's admin key, which opens what only a key opens.</summary>
        public bool HasKey { get; init; }
    }
}

using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Succesmeter.EndToEnd.Tests;

/// <summary>What every request has in common, and the pictures that other pages embed.</summary>
public sealed class RequestTests
{
    [Theory]
    [InlineData("abc-123.x_Y", true)]
    [InlineData("with a blank", false)]
    [InlineData("", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public async Task A_request_keeps_its_id_when_it_is_fit_to_log(string sent, bool kept)
    {
        await using var host = await TestHost.StartAsync();
        using var answer = await SendAsync(host, "/api/models", ("X-Request-Id", sent));
        var id = Assert.Single(answer.Headers.GetValues("X-Request-Id"));
        Assert.Equal(kept, id == sent);
        Assert.NotEmpty(id);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, br", "br")]
    [InlineData("br;q=0.1, gzip;q=0.9", "gzip")]
    [InlineData("br;q=0", null)]
    [InlineData("identity", null)]
    public async Task An_answer_is_packed_as_the_client_likes_it_and_its_tag_is_of_that_form(string accepted, string? packed)
    {
        await using var host = await TestHost.StartAsync();
        using var plain = await SendAsync(host, "/api/openapi.json");
        using var answer = await SendAsync(host, "/api/openapi.json", ("Accept-Encoding", accepted));
        Assert.Equal(packed, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(packed is null, plain.Headers.ETag!.Tag == answer.Headers.ETag!.Tag);
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);

        await using var body = await answer.Content.ReadAsStreamAsync();
        await using Stream read = packed switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body };
        using var text = new StreamReader(read, Encoding.UTF8);
        Assert.Equal(await plain.Content.ReadAsStringAsync(), await text.ReadToEndAsync());

        using var again = await SendAsync(host, "/api/openapi.json", ("Accept-Encoding", accepted), ("If-None-Match", answer.Headers.ETag.Tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Pages_of_origins_that_are_listed_may_ask_and_others_may_not()
    {
        await using var host = await TestHost.StartAsync(settings: ("Api:Origins", "https://stad.example; http://localhost:5000"));
        using var listed = await SendAsync(host, "/api/models", ("Origin", "https://stad.example"));
        Assert.Equal("https://stad.example", Assert.Single(listed.Headers.GetValues("Access-Control-Allow-Origin")));
        using var other = await SendAsync(host, "/api/models", ("Origin", "https://stad.example.evil.example"));
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Contains("Origin", other.Headers.Vary);

        using var asks = new HttpRequestMessage(HttpMethod.Options, "/api/campaigns/p/c/actions");
        asks.Headers.Add("Origin", "https://stad.example");
        asks.Headers.Add("Access-Control-Request-Method", "POST");
        using var may = await host.Client.SendAsync(asks);
        Assert.Equal(HttpStatusCode.NoContent, may.StatusCode);
        Assert.Contains("Authorization", Assert.Single(may.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_ask_again_and_nobody_else_waits()
    {
        await using var host = await TestHost.StartAsync(settings: [("Api:RequestsPerMinute", "1"), ("Api:Burst", "3")]);
        for (var ask = 0; ask < 3; ask++)
            using (var answer = await SendAsync(host, "/api/models"))
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        using var refused = await SendAsync(host, "/api/models");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal("Retry-After", JsonSerializer.Deserialize<JsonElement>(await refused.Content.ReadAsStringAsync()).GetProperty("field").GetString());

        using var made = await SendAsync(host, "/api/models", ("Authorization", "Bearer smt_0123456789abcdef_" + new string('A', 43)));
        Assert.Equal(HttpStatusCode.TooManyRequests, made.StatusCode);
        using var known = await SendAsync(host, "/api/models", ("Authorization", $"Bearer {TestHost.RootToken}"));
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        using var health = await SendAsync(host, "/api/health");
        Assert.NotEqual(HttpStatusCode.TooManyRequests, health.StatusCode);
    }

    [Theory]
    [InlineData("/api/campaigns/demostad/fanfare/advice")]
    [InlineData("/api/campaigns/demostad/fanfare/outcome")]
    [InlineData("/api/campaigns/demostad/fanfare/actions")]
    [InlineData("/api/campaigns/demostad/fanfare/bursts/confirm")]
    [InlineData("/api/ratings")]
    [InlineData("/api/admin/tokens")]
    public async Task A_body_of_another_type_is_not_read(string address)
    {
        await using var host = await TestHost.StartAsync();
        foreach (var type in (string?[])[null, "text/plain", "application/x-www-form-urlencoded"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent("{}"u8.ToArray()) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            request.Headers.Add("x-functions-key", host.AdminKey);
            request.Headers.Authorization = new("Bearer", TestHost.RootToken);
            using var answer = await host.Client.SendAsync(request);
            Assert.Equal(
                (HttpStatusCode.UnsupportedMediaType, "Content-Type"),
                (answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).GetProperty("field").GetString()));
        }
    }

    [Fact]
    public async Task A_file_that_holds_nothing_but_mistakes_has_a_receipt()
    {
        await using var host = await TestHost.StartAsync();
        var receipt = await host.PushAndScoreAsync("""{"platform":"demostad","campaign":"a b","takenAt":"2025-05-02T12:00:00Z","pledged":1}""");
        Assert.Equal((1, 0), (receipt.GetProperty("rejected").GetInt32(), receipt.GetProperty("scored").GetInt32()));
    }

    [Fact]
    public async Task A_setting_that_would_shut_everybody_out_stops_the_host() =>
        await Assert.ThrowsAnyAsync<Exception>(() => TestHost.StartAsync(settings: ("Api:Origins", "https://stad.example/path")));

    [Theory]
    [InlineData("light", "nl", "64 mensen dragen dit")]
    [InlineData("dark", "fr", "64 personnes portent ce projet")]
    [InlineData("auto", "en", "64 people carry this")]
    public async Task A_picture_thanks_in_three_languages_runs_nothing_and_tells_no_score(string theme, string language, string thanks)
    {
        await using var host = await TestHost.StartAsync();
        await host.PushAndScoreAsync("""{"platform":"demostad","campaign":"fanfare","takenAt":"2025-05-02T12:00:00Z","title":"<script>alert(1)</script> & \"fanfare\"","currency":"EUR","goal":7500,"funding":"all-or-nothing","launchedAt":"2025-04-20T08:00:00Z","endsAt":"2025-05-30T22:00:00Z","pledged":2310.5,"backers":64}""");
        var probability = (await host.GetAsync("/api/campaigns/demostad/fanfare")).GetProperty("probability").GetRawText();

        using var answer = await SendAsync(host, $"/api/campaigns/demostad/fanfare/meter.svg?theme={theme}&lang={language}");
        var svg = await answer.Content.ReadAsStringAsync();
        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.InRange(svg.Length, 500, 8000);
        Assert.DoesNotContain(probability, svg, StringComparison.Ordinal);
        Assert.Contains(thanks, svg, StringComparison.Ordinal);
        Assert.Equal(theme == "auto", svg.Contains("prefers-color-scheme", StringComparison.Ordinal));
        var elements = XDocument.Parse(svg).Descendants().ToList();
        Assert.Subset(new HashSet<string>(["svg", "title", "desc", "style", "text", "path", "circle"], StringComparer.Ordinal), elements.Select(static element => element.Name.LocalName).ToHashSet(StringComparer.Ordinal));
        Assert.DoesNotContain(elements.Attributes(), static attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name.LocalName == "href");

        foreach (var refused in (string[])["theme=red", "lang=de"])
            using (var no = await SendAsync(host, $"/api/campaigns/demostad/fanfare/meter.svg?{refused}"))
                Assert.Equal(HttpStatusCode.BadRequest, no.StatusCode);
        foreach (var address in (string[])["https://x.example/#demostad/fanfare", "https://x.example/campaigns/demostad/fanfare", "https://x.example/api/campaigns/demostad/fanfare"])
            Assert.Contains("/demostad/fanfare/", (await host.GetAsync($"/api/oembed?url={Uri.EscapeDataString(address)}")).GetProperty("html").GetString(), StringComparison.Ordinal);
        var embed = await host.GetAsync("/api/oembed?maxwidth=300&url=https%3A%2F%2Fx.example%2F%23demostad%2Ffanfare");
        Assert.Equal((300, 150), (embed.GetProperty("width").GetInt32(), embed.GetProperty("height").GetInt32()));
        Assert.DoesNotContain("<script", embed.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Contains("/api/campaigns/demostad/fanfare/meter.svg", embed.GetProperty("html").GetString(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(TestHost host, string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await host.Client.SendAsync(request);
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Succesmeter.Campaigns;
using Succesmeter.Histories;
using Succesmeter.Pipeline;
using Succesmeter.Snapshots;
using Succesmeter.Testing;

namespace Succesmeter.EndToEnd.Tests;

/// <summary>
/// One person gives in every way in which a name can come in, by account and by name, and asks to be forgotten. Before, the search finds them in every kind of place; afterwards nowhere,
/// and not after the next push, file and visit either.
/// </summary>
public sealed class ErasureTests
{
    private const string Account = "zwq-Account-7781";
    private const string Name = "Zwaantje Quaghebeur-Ôtto";
    private const string Settles = "00:00:02";

    private static readonly PlatformId Platform = new("buurt");
    private static readonly string[] Sent = ["een", "twee", "drie", "vier", "vijf"];

    [Fact]
    public async Task A_donor_who_was_erased_is_nowhere_and_does_not_come_back()
    {
        await using var site = await PageSite.StartAsync();
        using var lines = new Lines();
        await using var host = await StartAsync(site, lines);
        var pseudonyms = host.Stage<IPseudonyms>();
        var traces = new Traces([Name, Account], [.. pseudonyms.AllOf(Platform, Name), .. pseudonyms.AllOf(Platform, Account)]);
        await SendAsync(host, site, day: 0);
        await host.Stage<DonationsToNetwork>().RunAsync(default);
        await host.Stage<OutcomesToReports>().RunAsync(default);

        // Without this the empty searches below would prove nothing.
        var before = await traces.FindAsync(host.Storage);
        Assert.All(
            (string[])["table History buurt|een a", "table History buurt|een h|", "table History buurt|twee h|", "table History buurt|drie h|", "table History buurt|vier h|", "table History buurt|vijf h|", "table History buurt|c0 h|",
                "blob graph/buurt/edges/", "blob archive/files/", "blob archive/pages/buurt/c0/", "blob quarantine/"],
            place => Assert.Contains(before, found => found.StartsWith(place, StringComparison.Ordinal)));
        Assert.Contains(before, static found => found.StartsWith("blob archive/files/", StringComparison.Ordinal) && found.EndsWith(".gz", StringComparison.Ordinal));
        var said = await SaidAsync(host);

        var ids = new[] { await EraseAsync(host, Account), await EraseAsync(host, Name) };
        await host.Stage<DonorsToNobody>().RunAsync(default);
        await FoldedAsync(host);
        Assert.All(await StatesAsync(host, ids), static state => Assert.Equal("swept", state));
        Assert.Empty(await traces.FindAsync(host.Storage));
        await FinishAsync(host, ids);
        Assert.Empty(await traces.FindAsync(host.Storage));
        Assert.Equal(said, await SaidAsync(host));

        await host.Stage<DonationsToNetwork>().RunAsync(default);
        await SendAsync(host, site, day: 1);
        await host.Stage<DonationsToNetwork>().RunAsync(default);
        await host.Stage<OutcomesToReports>().RunAsync(default);
        Assert.Empty(await traces.FindAsync(host.Storage));

        // What is in the archive is still a file that can be read.
        Assert.Contains("\"donor\":null", await ArchivedAsync(host.Storage), StringComparison.Ordinal);

        var rows = await Rows.OfAsync(host.Storage);
        foreach (var (donor, id) in ((string, string)[])[(Account, ids[0]), (Name, ids[1])])
            Assert.Equal(id, await EraseAsync(host, donor));
        await host.Stage<DonorsToNobody>().RunAsync(default);
        Assert.Equal(rows, await Rows.OfAsync(host.Storage));
        Assert.All(await StatesAsync(host, ids), static state => Assert.Equal("finished", state));

        Assert.True(lines.All.Count > 100, $"Only {lines.All.Count} log lines were seen.");
        Assert.DoesNotContain(lines.All, traces.AreIn);
    }

    [Fact]
    public async Task A_host_that_dies_after_the_acceptance_leaves_the_rest_to_another()
    {
        await using var site = await PageSite.StartAsync();
        string id, storage;
        Traces traces;
        await using (var host = await StartAsync(site))
        {
            storage = host.Storage;
            traces = new Traces([Account], host.Stage<IPseudonyms>().AllOf(Platform, Account));
            await host.PushAndScoreAsync(Row("een", 0, Gift(Account, "account", 1)));
            id = await EraseAsync(host, Account);
        }

        Assert.NotEmpty(await traces.FindAsync(storage));
        await using var other = await StartAsync(site, storage: storage);
        await FinishAsync(other, [id]);
        await FoldedAsync(other, "een");
        Assert.Empty(await traces.FindAsync(storage));
    }

    /// <summary>A reader that looked for tombstones before they stood writes what it read after histories were gone through.</summary>
    [Fact]
    public async Task What_was_read_before_and_is_written_after_goes_with_the_second_time()
    {
        await using var site = await PageSite.StartAsync();
        await using var host = await StartAsync(site);
        var pseudonyms = host.Stage<IPseudonyms>();
        var traces = new Traces([Account], pseudonyms.AllOf(Platform, Account));
        await host.PushAndScoreAsync(Row("een", 0, Gift("somebody-else", "account", 1)));
        var id = await EraseAsync(host, Account);
        await host.Stage<DonorsToNobody>().RunAsync(default);

        var late = new Snapshot
        {
            Campaign = new CampaignId(Platform, "een"),
            TakenAt = Some.Launch.AddDays(3),
            Pledged = 40,
            ContributionsAre = ContributionsAre.All,
            Contributions = [new Contribution { Id = "1", Amount = 40, Donor = pseudonyms.Of(Platform, Account), Identity = IdentityQuality.Account }],
        };
        var store = host.Stage<ICampaignStore>();
        await store.AddParcelAsync(late.Campaign, new Parcel("000001746180000000-late-000000000001", [new ReceivedSnapshot(late, new Received(Some.Launch.AddDays(3), "late.json", 1))]), default);
        await host.Stage<SnapshotsToScores>().RunAsync([new Succesmeter.Scores.ScoreRequest(late.Campaign)], default);
        Assert.NotEmpty(await traces.FindAsync(host.Storage));

        await FinishAsync(host, [id]);
        await FoldedAsync(host, "een");
        Assert.Empty(await traces.FindAsync(host.Storage));
        Assert.Equal(40m, (await host.GetAsync("/api/campaigns/buurt/een")).GetProperty("pledged").GetDecimal());
    }

    [Fact]
    public async Task Nobody_learns_from_an_answer_whether_a_name_ever_gave()
    {
        await using var site = await PageSite.StartAsync();
        await using var host = await StartAsync(site);
        await host.PushAndScoreAsync(Row("een", 0, Gift(Account, "account", 1)));

        var shapes = new List<string>();
        foreach (var donor in (string[])[Account, "nobody-has-this-name"])
        {
            using var answer = await PostAsync(host, "buurt", donor);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal($"/api/admin/donors/erasures/{body.GetProperty("id").GetString()}", answer.Headers.Location!.ToString());

            // An instant is written without the zeros at its end: its length tells of the clock, not of the donor.
            shapes.Add(string.Join(' ', body.EnumerateObject().Select(static field => field.Name switch
            {
                "id" => $"id:{field.Value.ToString().Length}",
                "requestedAt" => $"requestedAt:{(field.Value.TryGetDateTimeOffset(out _) ? "an instant" : field.Value)}",
                _ => $"{field.Name}:{field.Value}",
            })));
        }

        Assert.Equal(shapes[0], shapes[1]);
    }

    [Theory]
    [InlineData("buurt", "", HttpStatusCode.BadRequest)]
    [InlineData("buurt", "  ", HttpStatusCode.BadRequest)]
    [InlineData("no where", "ann", HttpStatusCode.BadRequest)]
    [InlineData("elders", "ann", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_meant_is_refused(string platform, string donor, HttpStatusCode status)
    {
        await using var site = await PageSite.StartAsync();
        await using var host = await StartAsync(site);
        await host.PushAndScoreAsync(Row("een", 0, Gift(Account, "account", 1)));
        using var answer = await PostAsync(host, platform, donor);
        Assert.Equal(status, answer.StatusCode);

        using var stranger = await host.Client.PostAsJsonAsync(new Uri("/api/admin/donors/erasures", UriKind.Relative), new { platform, donor });
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    /// <summary>By push, plain and packed, by file, plain and packed, in rows that are refused, in a table with a column of its own, and on a page that is visited.</summary>
    private static async Task SendAsync(TestHost host, PageSite site, int day)
    {
        var others = string.Join(',', Enumerable.Range(0, 24).Select(static donor => Gift($"other-{donor}", "account", 100 + donor)));
        await host.PushAndScoreAsync(Row("een", day, $"{Gift(Account, "account", 1)},{Gift(Name, "full-name", 2)},{others}"));
        await host.PushAndScoreAsync(Row("twee", day, $"{Gift(Account, "account", 1)},{others}"), gzip: true);

        // Without ids, and said as the newest alone: here a gift is known by who gave it.
        await host.DropAsync($"plain-{day}.ndjson", Row("drie", day, $$"""{"at":"{{At(0)}}","amount":25,"donor":"{{Name}}","identity":"full-name","note":"from {{Name}}, with love"}""", are: "recent"));
        await DropAsync(host, $"packed-{day}.json.gz", Packed(Row(
            "vier", day, "", more: $$""","supporters":[{"donor":"{{Account}}","identity":"account"},{"donor":"{{Name}}","identity":"full-name"}],"commentList":[{"at":"{{At(0)}}","by":"backer","author":"{{Name}}"},{"id":"k2","at":"{{At(0)}}","by":"backer","author":"{{Account}}"}]""")));
        await host.PushAndScoreAsync(Row("vijf", day, Gift(Account, "account", 1), more: ""","sensitive":true"""));
        await host.DropAsync($"refused-{day}.ndjson", $$"""
            {{Row("zes", day, Gift(Name, "full-name", 1)).Replace("\"pledged\":50", "\"pledged\":\"much\"", StringComparison.Ordinal)}}
            { "platform": "buurt", "contributions": [ { "donor": "{{Account}}
            """);
        await host.DropAsync($"table-{day}.csv", $"platform,campaign,takenAt,pledged,who\nbuurt,zeven,{At(day + 1)},{50 + day},{Name}\n");

        site.Pledged = 50 + day;
        if (day == 0)
        {
            await host.Stage<PlatformsToPages>().SearchAsync(Platform, default);
        }
        else
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/admin/platforms/buurt/visit?campaign=c0");
            request.Headers.Add("x-functions-key", host.AdminKey);
            using var answer = await host.Client.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }

        foreach (var campaign in (string[])[.. Sent, "zeven", "c0"])
            await Eventually.IsAsync(async () => await PledgedAsync(host, campaign) == 50 + day, campaign);
        await Eventually.IsAsync(async () =>
        {
            await foreach (var _ in new BlobContainerClient(host.Storage, "incoming").GetBlobsAsync())
                return false;
            return true;
        });
    }

    /// <summary>What holds for the campaigns as a whole, whoever gave.</summary>
    private static async Task<string> SaidAsync(TestHost host)
    {
        var said = new StringBuilder();
        foreach (var campaign in Sent)
        {
            var facts = await host.GetAsync($"/api/campaigns/buurt/{campaign}");
            var gifts = (await host.Stage<ICampaignStore>().FindRecordAsync(new CampaignId(Platform, campaign), default)).State.Gifts;
            said.AppendLine(CultureInfo.InvariantCulture, $"{campaign} {facts.GetProperty("pledged")} {facts.GetProperty("backers")} {gifts.Count} gifts of {gifts.Open.Sum(static gift => gift.AmountMinor)}, {gifts.Withdrawn} withdrawn");
        }

        return said.ToString();
    }

    private static async Task<string> EraseAsync(TestHost host, string donor)
    {
        using var answer = await PostAsync(host, "buurt", donor);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task<HttpResponseMessage> PostAsync(TestHost host, string platform, string donor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/admin/donors/erasures") { Content = JsonContent.Create(new { platform, donor }) };
        request.Headers.Add("x-functions-key", host.AdminKey);
        return await host.Client.SendAsync(request);
    }

    private static async Task FinishAsync(TestHost host, string[] ids) => await Eventually.IsAsync(async () =>
    {
        await host.Stage<DonorsToNobody>().RunAsync(default);
        await FoldedAsync(host);
        return (await StatesAsync(host, ids)).All(static state => state == "finished");
    });

    private static async Task<List<string>> StatesAsync(TestHost host, string[] ids)
    {
        var states = new List<string>();
        foreach (var id in ids)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/admin/donors/erasures/{id}");
            request.Headers.Add("x-functions-key", host.AdminKey);
            using var answer = await host.Client.SendAsync(request);
            states.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString()!);
        }

        return states;
    }

    /// <summary>Whatever was said anew is folded again.</summary>
    private static async Task FoldedAsync(TestHost host, params string[] campaigns)
    {
        foreach (var campaign in campaigns is [] ? [.. Sent, "zeven", "c0"] : campaigns)
            await Eventually.IsAsync(async () => !(await host.Stage<ICampaignStore>().FindRecordAsync(new CampaignId(Platform, campaign), default)).IsReplaying, campaign);
    }

    private static async Task<decimal?> PledgedAsync(TestHost host, string campaign)
    {
        using var answer = await host.Client.GetAsync(new Uri($"/api/campaigns/buurt/{campaign}", UriKind.Relative));
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("pledged").GetDecimal() : null;
    }

    private static async Task<string> ArchivedAsync(string storage)
    {
        var all = new StringBuilder();
        var container = new BlobContainerClient(storage, "archive");
        await foreach (var blob in container.GetBlobsAsync())
            if (blob.Name.EndsWith(".ndjson", StringComparison.Ordinal))
                all.Append((await container.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content);
        return all.ToString();
    }

    private static async Task DropAsync(TestHost host, string name, byte[] content) =>
        await new BlobServiceClient(host.Storage).GetBlobContainerClient("incoming").GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), overwrite: true);

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private static string Row(string campaign, int day, string gifts, string are = "all", string more = "") => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"platform":"buurt","campaign":"{{campaign}}","takenAt":"{{At(day + 1)}}","currency":"EUR","goal":3000,"funding":"all-or-nothing","launchedAt":"{{At(0)}}","endsAt":"{{At(40)}}","pledged":{{50 + day}},"backers":26{{(gifts.Length == 0 ? "" : $",\"contributionsAre\":\"{are}\",\"contributions\":[{gifts}]")}}{{more}}}""");

    private static string Gift(string donor, string identity, int id) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"id":"g{{id}}","at":"{{At(0.5)}}","amount":{{5 + (id % 7)}},"donor":"{{donor}}","identity":"{{identity}}"}""");

    private static string At(double day) => Some.Launch.AddDays(day).ToString("O", CultureInfo.InvariantCulture);

    private static Task<TestHost> StartAsync(PageSite site, Lines? lines = null, string? storage = null) => TestHost.StartAsync(
        storage,
        logging: lines is null ? null : lines.AddTo,
        settings: [("Platforms:Recipes:0", site.RecipeFile), ("Crawl:AllowLoopback", "true"), ("Crawl:RequestsPerMinute", "600"), ("Crawl:Stagger", "00:00:00"), ("Erasure:Settles", Settles)]);

    /// <summary>A site of one campaign on this machine, whose page lists who gave.</summary>
    private sealed class PageSite : IAsyncDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("site").FullName;
        private LoopbackServer server = null!;

        public string RecipeFile => Path.Combine(folder, "buurt.json");

        public int Pledged { get; set; }

        private Uri Address => server.Address;

        public static async Task<PageSite> StartAsync()
        {
            var site = new PageSite();
            site.server = await LoopbackServer.StartAsync(site.AnswerAsync);
            await File.WriteAllTextAsync(site.RecipeFile, site.Recipe());
            return site;
        }

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }

        private string Recipe() => $$"""
            { "schema": "succesmeter/recipe/1", "platform": "buurt", "hosts": ["127.0.0.1"], "zone": "Europe/Brussels", "languages": ["nl"],
              "find": [ { "kind": "sitemap", "address": "{{Address}}sitemap.xml" } ],
              "campaign": { "address": "^http://127\\.0\\.0\\.1:[0-9]+/p/(?<id>[^/?#]+)$" },
              "constants": { "currency": "EUR" },
              "fields": { "title": [ { "css": "h1" } ], "pledged": [ { "css": ".pledged" } ] },
              "lists": { "contributions": { "items": { "css": "li" }, "are": "all", "fields": { "id": [ { "css": "", "attribute": "id" } ], "donor": [ { "css": ".who" } ], "identity": "full-name", "amount": [ { "css": ".much" } ] } } } }
            """;

        private async Task AnswerAsync(HttpContext context)
        {
            switch (context.Request.Path.Value)
            {
                case "/sitemap.xml":
                    context.Response.ContentType = "application/xml";
                    await context.Response.WriteAsync($"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{new Uri(Address, "p/c0")}</loc></url></urlset>""");
                    break;
                case "/p/c0":
                    context.Response.ContentType = "text/html; charset=utf-8";
                    await context.Response.WriteAsync($"""
                        <!doctype html><html lang="nl"><body><h1>Campagne</h1><b class="pledged">€ {Pledged},00</b>
                        <ul><li id="g1"><span class="who">{WebUtility.HtmlEncode(Name)}</span> <span class="much">€ 25,00</span></li><li id="g2"><span class="who">Iemand Anders</span> <span class="much">€ 25,00</span></li></ul></body></html>
                        """);
                    break;
                default:
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    break;
            }
        }
    }
}

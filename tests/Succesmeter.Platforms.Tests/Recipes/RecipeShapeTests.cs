using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Succesmeter.Platforms.Recipes;
using Succesmeter.Snapshots;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Tests.Recipes;

/// <summary>Each shape of page, each field.</summary>
public sealed class RecipeShapeTests
{
    [Fact]
    public void A_page_with_linked_data_alone() => Shows(Pages.LinkedData, """
        { "title": "Kidical Mass &amp; Friends", "holder": "An Peeters", "languages": ["en"], "goal": 7500, "pledged": 2310.50, "backers": 64, "launchedAt": "2026-04-20", "endsAt": "2026-05-30T22:00:00.000Z" }
        """);

    [Fact]
    public void A_page_with_open_graph_alone() => Shows(Pages.OpenGraph, """
        { "title": "Kidical Mass", "description": "Des vélos & des enfants", "languages": ["fr"], "pledged": 2310.5, "backers": 64, "endsAt": "2026-05-30" }
        """, "goal must hold one number, not several");

    [Fact]
    public void A_page_with_embedded_state_alone() => Shows(Pages.State, """
        { "title": "Kidical Mass", "holder": "An", "languages": ["nl"], "goal": 7500, "pledged": 2310.5, "backers": 64, "launchedAt": "2026-05-12T12:20:00.000Z", "endsAt": "2026-05-31T22:00:00.000Z",
          "rewards": [{ "title": "Fietsbel", "price": 25, "claimed": 10 }, { "title": "Kaart" }] }
        """, "rewards[1].price must be a whole number of minor units", "rewards[1].claimed must hold a number");

    [Fact]
    public void A_page_with_markup_alone() => Shows(Pages.Css, """
        { "title": "Kidical Mass", "holder": "door An Peeters", "languages": ["nl"], "state": "live", "funding": "all-or-nothing", "goal": 7500, "pledged": 2310.50, "backers": 1064, "launchedAt": "2026-04-20", "endsAt": "2026-05-30" }
        """);

    [Fact]
    public void A_french_page_of_the_same_site_with_a_dutch_date_in_it() => Shows(Pages.French, """
        { "title": "Masse critique", "languages": ["fr"], "state": "live", "goal": 7500, "pledged": 2310.50, "backers": 1064, "launchedAt": "2026-04-20", "endsAt": "2026-05-30" }
        """);

    [Fact]
    public void An_english_page_of_the_same_site() => Shows(
        """<html lang="en"><body><h1>Kidical Mass</h1><i class="raised">EUR 2,310.50</i><i class="goal">€7,500</i><i class="start">April 20, 2026</i><i class="end">30/05/2026</i></body></html>""", """
        { "title": "Kidical Mass", "languages": ["en"], "goal": 7500, "pledged": 2310.50, "launchedAt": "2026-04-20", "endsAt": "2026-05-30" }
        """);

    [Fact]
    public void A_page_on_which_fields_are_missing_or_empty() => Shows(
        """<html lang="nl"><body><h1> </h1><i class="raised">€ 0</i><i class="goal"></i><i class="start">binnenkort</i><i class="state">gepauzeerd</i></body></html>""", """
        { "languages": ["nl"], "pledged": 0 }
        """, "title must not be empty", "goal must hold a number", "launchedAt must hold a date", "state must be one of live");

    [Fact]
    public void A_page_of_recurring_support_with_donors_comments_needs_and_updates() => Shows(Pages.Donors, """
        { "title": "Ruimte", "languages": ["nl"], "funding": "recurring", "members": { "active": 128, "stopped": 3 },
          "contributions": [
            { "id": "g1", "donor": "An Peeters", "identity": "full-name", "amount": 25, "at": "2026-05-10T10:00:00.000Z", "messageLength": 4 },
            { "id": "g2", "identity": "full-name", "anonymous": true, "amount": 1000.00, "at": "2026-05-09" },
            { "donor": "Jo Maes", "identity": "full-name" } ],
          "contributionsAre": "all",
          "commentList": [{ "id": "c1", "author": "Jo", "by": "backer", "at": "2026-05-09" }, { "id": "c2", "author": "An", "by": "holder", "answers": "c1", "at": "2026-05-10T07:05:00.000Z" }],
          "comments": 2, "needs": { "asked": 2, "filled": 1 }, "updates": 1, "actions": [{ "at": "2026-05-01", "kind": "update" }] }
        """);

    [Fact]
    public void A_page_of_hostile_markup_yields_what_it_shows_or_nothing()
    {
        var visit = Pages.Platform.Look(Pages.Found, [Pages.Page(Pages.Hostile)], Pages.TakenAt);

        // The amount is broken over two elements, so it is refused rather than half read.
        Assert.IsType<PageReading.Unreadable>(visit.Reading);
        Assert.Contains(visit.Complaints, static complaint => complaint.StartsWith("pledged must hold one number, not several", StringComparison.Ordinal));

        var whole = Snapshot(Pages.Hostile.Replace("<span hidden></span><b>,50</b>", ",50", StringComparison.Ordinal));
        Assert.Equal("<script>alert(1)</script> Feest", (string?)whole["title"]);
        Assert.Equal(2310.50m, (decimal?)whole["pledged"]);
        Assert.Equal("2026-05-30", (string?)whole["endsAt"]);
    }

    [Fact]
    public void Bombs_are_refused_or_read_in_time()
    {
        var deep = string.Concat(Enumerable.Repeat("<div>", 50_000));
        var open = string.Concat(Enumerable.Range(0, 5_000).Select(static i => $"<font size={i}>")) + string.Concat(Enumerable.Repeat("<p>", 50_000));
        var attribute = $"""<html lang="nl"><body title="{new string('x', 3_000_000)}"><i class="raised">€ 2.310</i></body></html>""";
        var entities = $"""<html lang="nl"><body><h1>{string.Concat(Enumerable.Repeat("&amp;lt;&#x1F600;&bogus;", 30_000))}</h1><i class="raised">€ 2.310</i></body></html>""";

        Assert.Contains("nested", Complaint(deep + "</html>"), StringComparison.Ordinal);
        Assert.Contains("tags open", Complaint(open + "</html>"), StringComparison.Ordinal);
        Assert.Contains("larger", Complaint(new string(' ', PageContent.MostBytes + 1)), StringComparison.Ordinal);
        Assert.Contains("JSON", Complaint(new string('[', 100_000)), StringComparison.Ordinal);
        Assert.Equal(2310m, (decimal?)Snapshot(attribute)["pledged"]);
        Assert.Equal(500, Snapshot(entities)["title"]!.GetValue<string>().Length);
    }

    [Fact]
    public void Of_two_sources_the_more_trusted_one_is_believed_whatever_their_order_in_the_recipe()
    {
        var both = Pages.LinkedData.Replace("<div id=\"app\">", "<div class=\"raised\">€ 9,99</div><div>", StringComparison.Ordinal);
        Assert.Equal(2310.50m, (decimal?)Snapshot(both)["pledged"]);

        var broken = both.Replace("2310.50", "\"much\"", StringComparison.Ordinal);
        Assert.Equal(9.99m, (decimal?)Snapshot(broken)["pledged"]);
    }

    [Theory]
    [InlineData("<i class='raised'>€ 10</i><i class='raised'>€ 20</i>", "several values")]
    [InlineData("<i class='raised'>$ 10</i>", "must be in EUR")]
    [InlineData("<i class='raised'>31 %</i>", "percentage")]
    [InlineData("<i class='raised'>1,2k</i>", "rounded")]
    [InlineData("", "pledged must be given")]
    public void A_total_that_is_not_certain_is_none(string body, string complaint) => Assert.Contains(complaint, Complaint($"<html lang='nl'><body>{body}</body></html>"), StringComparison.Ordinal);

    [Fact]
    public void The_same_total_twice_is_one() => Assert.Equal(10m, (decimal?)Snapshot("<html lang='nl'><i class='raised'>€ 10</i><i class='raised'>€ 10,00</i></html>".Replace("10,00", "10", StringComparison.Ordinal))["pledged"]);

    [Fact]
    public void A_page_that_was_cut_off_is_no_page() => Assert.Contains("must be whole", Complaint("<html lang='nl'><body><i class='raised'>€ 2.3"), StringComparison.Ordinal);

    [Fact]
    public void A_list_that_is_not_found_claims_nothing()
    {
        var snapshot = Snapshot(Pages.Css);
        Assert.All(["contributions", "contributionsAre", "commentList", "comments", "needs", "updates"], name => Assert.False(snapshot.ContainsKey(name)));
    }

    [Fact]
    public void A_page_that_says_so_is_gone() => Assert.IsType<PageReading.Gone>(Pages.Platform.Read(Pages.Found, [Pages.Page("<html><p class='gone'>Weg</p></html>")], Pages.TakenAt));

    [Fact]
    public void A_visit_that_was_led_elsewhere_is_no_visit()
    {
        var page = Pages.Page(Pages.Css) with { FinalAddress = new Uri("https://buurt.example.org/p/another") };
        Assert.Contains("led to", Assert.Single(Assert.IsType<PageReading.Unreadable>(Pages.Platform.Read(Pages.Found, [page], Pages.TakenAt)).Complaints), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_in_an_older_encoding_is_read_by_its_own_word()
    {
        var html = "<html lang='fr'><meta charset='iso-8859-1'><h1>Caf\u00e9</h1><i class='raised'>2 310 \u20ac</i></html>";
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!.GetBytes(html);
        var seen = Assert.IsType<PageReading.Seen>(Pages.Platform.Read(Pages.Found, [Pages.Page(bytes, contentType: "text/html")], Pages.TakenAt));
        var snapshot = JsonNode.Parse(seen.Snapshot.Span)!;
        Assert.Equal("Café", (string?)snapshot["title"]);
        Assert.Equal(2310m, (decimal?)snapshot["pledged"]);
    }

    [Fact]
    public void A_list_over_pages_is_followed_to_its_bound_and_then_claims_less()
    {
        static string Html(int page) => $"""<html lang="nl"><i class="raised">€ 10</i><ul class="donors"><li id="g{page}"><i class="amount">€ {page}</i></li></ul><a class="more-donors" href="?d={page + 1}">meer</a></html>""";
        List<FetchedPage> pages = [Pages.Page(Html(1))];
        while (Pages.Platform.Read(Pages.Found, pages, Pages.TakenAt) is PageReading.More(var next))
        {
            var request = Assert.Single(next);
            Assert.Equal($"project-{pages.Count + 1}", request.Kind);
            pages.Add(new FetchedPage(request, "text/html", Encoding.UTF8.GetBytes(Html(pages.Count + 1)), Pages.TakenAt));
            Assert.True(pages.Count <= 3);
        }

        var snapshot = JsonNode.Parse(Assert.IsType<PageReading.Seen>(Pages.Platform.Read(Pages.Found, pages, Pages.TakenAt)).Snapshot.Span)!;
        Assert.Equal(3, snapshot["contributions"]!.AsArray().Count);
        Assert.Equal("recent", (string?)snapshot["contributionsAre"]);
    }

    [Fact]
    public void What_stands_on_each_page_of_a_list_beside_it_counts_once()
    {
        static string Html(int page) => $"""<html lang="nl"><i class="raised">€ 10</i><ul class="donors"><li id="g{page}"><i class="amount">€ {page}</i></li></ul><p class="need">Tent <b class="found">gevonden</b></p><p class="need">Bus</p><p class="update">Dag</p><div class="comment" data-id="c"><time>9 mei 2026</time></div>{(page < 3 ? $"<a class='more-donors' href='?d={page + 1}'>meer</a>" : "")}</html>""";
        List<FetchedPage> pages = [Pages.Page(Html(1))];
        while (Pages.Platform.Read(Pages.Found, pages, Pages.TakenAt) is PageReading.More(var next))
            pages.Add(new FetchedPage(Assert.Single(next), "text/html", Encoding.UTF8.GetBytes(Html(pages.Count + 1)), Pages.TakenAt));

        var snapshot = JsonNode.Parse(Assert.IsType<PageReading.Seen>(Pages.Platform.Read(Pages.Found, pages, Pages.TakenAt)).Snapshot.Span)!;
        Assert.Equal(3, snapshot["contributions"]!.AsArray().Count);
        Assert.Equal("all", (string?)snapshot["contributionsAre"]);
        Assert.Equal("""{"asked":2,"filled":1}""", snapshot["needs"]!.ToJsonString());
        Assert.Equal((1, 1), ((int?)snapshot["updates"], (int?)snapshot["comments"]));
    }

    [Fact]
    public void A_page_is_taken_apart_once_however_often_its_visit_is_read()
    {
        static string Html(int page) => $"""<html lang="nl"><i class="raised">€ 10</i>{string.Concat(Enumerable.Repeat("<p class='text'>Elk plein een bank</p>", 2_000))}<ul class="donors"><li id="g{page}"></li></ul><a class="more-donors" href="?d={page + 1}">meer</a></html>""";
        var first = Pages.Page(Html(1));
        var anew = AllocatedBy(first);

        Assert.InRange(AllocatedBy(first), 0, anew / 2);

        static long AllocatedBy(FetchedPage page)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.IsType<PageReading.More>(Pages.Platform.Read(Pages.Found, [page], Pages.TakenAt));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void A_list_that_leads_back_to_itself_ends()
    {
        var page = Pages.Page("""<html lang="nl"><i class="raised">€ 10</i><ul class="donors"><li id="a"></li></ul><a class="more-donors" href="/p/kidical-mass">meer</a></html>""");
        Assert.IsType<PageReading.Seen>(Pages.Platform.Read(Pages.Found, [page], Pages.TakenAt));
    }

    [Fact]
    public void Further_pages_of_a_visit_are_asked_for_and_read()
    {
        var platform = Pages.Of(Pages.Everywhere.Replace("\"gone\":", "\"pages\": { \"donors\": \"{address}/donors\" }, \"gone\":", StringComparison.Ordinal)
            .Replace("\"are\": \"all\",", "\"page\": \"donors\",", StringComparison.Ordinal));
        var main = Pages.Page(Pages.Css);
        var request = Assert.Single(Assert.IsType<PageReading.More>(platform.Read(Pages.Found, [main], Pages.TakenAt)).Next);
        Assert.Equal(new PageRequest(new Uri("https://buurt.example.org/p/kidical-mass/donors"), "donors"), request);

        var donors = Pages.Page(Pages.Donors, "donors", request.Address.AbsoluteUri);
        var snapshot = JsonNode.Parse(Assert.IsType<PageReading.Seen>(platform.Read(Pages.Found, [main, donors], Pages.TakenAt)).Snapshot.Span)!;
        Assert.Equal(3, snapshot["contributions"]!.AsArray().Count);
        Assert.Equal(2310.50m, (decimal?)snapshot["pledged"]);
    }

    [Fact]
    public async Task Every_shape_is_a_row_that_the_reader_of_files_takes()
    {
        var reading = new SnapshotReading { ReceivedAt = Pages.TakenAt, ZoneOf = static _ => TimeZoneInfo.Utc, Pseudonyms = new KeyedPseudonyms(Encoding.UTF8.GetBytes("a key that is long enough for tests"), 1) };
        foreach (var shape in new[] { Pages.LinkedData, Pages.OpenGraph, Pages.State, Pages.Css, Pages.French, Pages.Donors })
        {
            var seen = Assert.IsType<PageReading.Seen>(Pages.Platform.Read(Pages.Found, [Pages.Page(shape)], Pages.TakenAt));
            await foreach (var row in SnapshotFile.ReadAsync(new MemoryStream(seen.Snapshot.ToArray()), reading, CancellationToken.None))
                Assert.Equal(0, Assert.IsType<ReadRow.Taken>(row).UnknownFields);
        }
    }

    private static void Shows(string html, string expected, params string[] complaints)
    {
        var visit = Pages.Platform.Look(Pages.Found, [Pages.Page(html)], Pages.TakenAt);
        var snapshot = JsonNode.Parse(Assert.IsType<PageReading.Seen>(visit.Reading).Snapshot.Span)!.AsObject();
        var full = JsonNode.Parse(expected)!.AsObject();
        foreach (var (name, value) in new (string, string)[]
        {
            ("schema", "succesmeter/snapshot/1"), ("platform", "buurt"), ("campaign", "kidical-mass"), ("takenAt", "2026-05-11T12:00:00.000Z"), ("url", "https://buurt.example.org/p/kidical-mass"), ("currency", "EUR"),
        })
            full[name] = value;
        Assert.Equal(Sorted(full), Sorted(snapshot));
        Assert.Equal(complaints.Length, visit.Complaints.Count);
        Assert.All(complaints, complaint => Assert.Contains(visit.Complaints, said => said.StartsWith(complaint, StringComparison.Ordinal)));
    }

    private static string Sorted(JsonObject value) => string.Join('\n', value.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}: {Text(pair.Value)}"));

    private static string Text(JsonNode? value) => value switch
    {
        JsonObject inner => "{ " + string.Join(", ", inner.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}: {Text(pair.Value)}")) + " }",
        JsonArray list => "[" + string.Join(", ", list.Select(Text)) + "]",
        JsonValue number when number.GetValueKind() == JsonValueKind.Number => number.GetValue<decimal>().ToString("G29", System.Globalization.CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "null",
    };

    private static JsonObject Snapshot(string html) =>
        JsonNode.Parse(Assert.IsType<PageReading.Seen>(Pages.Platform.Read(Pages.Found, [Pages.Page(html)], Pages.TakenAt)).Snapshot.Span)!.AsObject();

    private static string Complaint(string html) =>
        string.Join('\n', Assert.IsType<PageReading.Unreadable>(Pages.Platform.Read(Pages.Found, [Pages.Page(html)], Pages.TakenAt)).Complaints);
}

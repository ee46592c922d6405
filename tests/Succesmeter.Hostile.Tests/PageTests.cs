using System.Text;
using Succesmeter.Platforms.Recipes;
using Succesmeter.Visits;
using Xunit.Abstractions;

namespace Succesmeter.Hostile.Tests;

/// <summary>Pages of platforms that are known by a recipe.</summary>
public sealed class PageTests(ITestOutputHelper output)
{
    private static readonly byte[][] s_words = Mutator.Utf8(
        "<div>", "</div>", "<b>", "<a href=\"", "<table><tr><td>", "<p>", "<script>", "</script>", "<script type=\"application/json\">", "<script type=\"application/ld+json\">{", "<!--", "-->", "<![CDATA[", "<svg>", "<math>", "<template>",
        "<select>", "<form>", "<frameset>", "<li class=\"donors\">", "<meta property=\"project:raised\" content=\"", "<meta charset=\"utf-7\">", "charset=windows-1252", "class=\"raised\"", "€ 2.310,50", "€ 1,234", "1.234", "12 %", "&euro;", "&#8364;", "&amp",
        "30 mei 2026", "31 februari 2026", "il y a 3 jours", "nog 19 dagen", "2026-05-30T22:00:00Z", "opgehaald: ", "{\"props\":{\"pageProps\":{\"project\":{", "\"@graph\":[", "\"raised\":{\"value\":", "supporters", "\u00A0", "\u202F");

    [Fact]
    public void HTML() => Fuzzing.Run(
        new Reader("HTML pages", [.. Regressions.Pages, .. new[] { Pages.LinkedData, Pages.OpenGraph, Pages.State, Pages.Css, Pages.French, Pages.Donors, Pages.Hostile }.Select(Encoding.UTF8.GetBytes)], s_words, Read)
        {
            // A tree of elements and its texts, for each of some twenty fields with their seams.
            Once = Regressions.DeepPages,
            FreeBytes = 4 << 20,
            BytesPerByte = 4_000,
            MillisecondsPerKilobyte = 20,
            MostBytes = 2 << 10,
            MostPumpedBytes = 16 << 10,
        },
        output);

    private static string Read(byte[] body)
    {
        switch (Pages.Platform.Read(Pages.Found, [Pages.Page(body)], Pages.TakenAt))
        {
            case PageReading.Seen(var snapshot) seen:
                var rows = Files.Rows(snapshot.ToArray(), Files.Reading with { ReceivedAt = Pages.TakenAt });
                Law.Holds(rows.Count == 1, "a page is one row");
                ShownTotal.Check(snapshot, body);
                return $"seen {Files.Judged(rows, Files.Reading with { ReceivedAt = Pages.TakenAt })} {string.Join(' ', seen.Complaints.Select(Law.Shape).Order(StringComparer.Ordinal).Take(4))}";
            case PageReading.Unreadable(var complaints):
                Law.Holds(complaints.Count > 0 && complaints.All(static complaint => complaint.Contains(' ', StringComparison.Ordinal)), "an unreadable page names field and rule");
                return $"unreadable {Law.Shape(complaints[0])}";
            case PageReading.More(var next):
                Law.Holds(next.Count > 0 && next.All(static page => page.Address.Host == "buurt.example.org"), "more pages lie on the platform's own host");
                return "more";
            default:
                return "gone";
        }
    }
}

/// <summary>Lists, sitemaps and feeds, in which campaigns are found.</summary>
public sealed class DiscoveryTests(ITestOutputHelper output)
{
    private const string Sitemap = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://buurt.example.org/p/kidical-mass</loc></url><url><loc>https://buurt.example.org/p/tuin?x=1#y</loc></url></urlset>""";
    private const string Index = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://buurt.example.org/more.xml.gz</loc></sitemap></sitemapindex>""";
    private const string Rss = """<rss><channel><item><title>a</title><link>https://buurt.example.org/p/a</link></item><item><link>https://buurt.example.org/p/b</link></item></channel></rss>""";
    private const string Atom = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="alternate" href="https://buurt.example.org/p/c"/></entry></feed>""";
    private const string List = """<html><body><div class="card"><a href="/p/kidical-mass">x</a></div><div class="card"><a href="https://elsewhere.example/p/x">y</a></div><a rel="next" href="/all?page=2">next</a></body></html>""";

    private static readonly byte[][] s_words = Mutator.Utf8(
        "<url>", "<loc>", "</loc>", "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">", "&a;", "&lt;", "&#0;", "<![CDATA[", "]]>", "<?xml version=\"1.1\"?>", "encoding=\"utf-16\"",
        "encoding=\"x-unknown\"", "xmlns:x=\"x\"", "<x:loc>", "<link/>", "<link href=\"", "<entry>", "<item>", "https://buurt.example.org/p/", "//buurt.example.org/p/a", "https://user@buurt.example.org/p/a", "javascript:", "/p/%2e%2e", "/p/é", "/p/A_b~c",
        "class=\"card\"", "<a href=\"/p/b\">", "rel=next", "{\"items\":[{\"url\":\"/p/j\"}]}");

    [Fact]
    public void Sitemaps_and_feeds() => Fuzzing.Run(
        new Reader("sitemaps", [.. new[] { Sitemap, Index, Rss, Atom }.Select(Encoding.UTF8.GetBytes), Files.Gzipped(Files.Utf8(Sitemap)), Files.Gzipped(Files.Utf8(new string(' ', 1 << 20)))], [.. s_words, [0x1F, 0x8B]], static body => Discover(body, 0, 2))
        {
            // A gzipped sitemap may hold 50 MiB, whose bytes are held.
            FreeBytes = 24 << 20,
        },
        output);

    [Fact]
    public void Lists_of_campaigns() => Fuzzing.Run(
        new Reader("lists of campaigns", [.. Regressions.Pages, Files.Utf8(List), Files.Utf8("{\"items\":[{\"url\":\"https://buurt.example.org/p/j\"},{\"url\":\"/p/k\"}]}"), Files.Utf8("<a data-go=\"/p/r\">x</a>")], s_words, static body => Discover(body, 1, 3, 4))
        {
            Once = Regressions.DeepPages,
            FreeBytes = 4 << 20,
            BytesPerByte = 3_000,
            MillisecondsPerKilobyte = 20,
            MostBytes = 2 << 10,
            MostPumpedBytes = 16 << 10,
        },
        output);

    private static string Discover(byte[] body, params int[] entrances)
    {
        var outcome = "";
        foreach (var entrance in entrances)
        {
            var found = Pages.Platform.Discover(new FetchedPage(Pages.Platform.Entrances[entrance], null, body, Pages.TakenAt));
            Law.Holds(found.Found.All(static one => one.Address.Host == "buurt.example.org" && one.Address.UserInfo.Length == 0), "a campaign lies on the platform's own host");
            Law.Holds(found.More.All(static page => page.Address.Host == "buurt.example.org"), "so do further lists");
            Law.Holds(found.Found.Count + found.More.Count + found.Complaints.Count > 0, "what shows nothing is complained of");
            Law.Holds(found.Found.DistinctBy(static one => one.Campaign).Count() == found.Found.Count, "a campaign is found once");
            outcome += $"{Math.Min(found.Found.Count, 3)} {Math.Min(found.More.Count, 2)} {string.Join(' ', found.Complaints.Select(Law.Shape))} ";
        }

        return outcome;
    }
}

/// <summary>Recipes: their JSON, and the small languages in it and on pages.</summary>
public sealed class RecipeTests(ITestOutputHelper output)
{
    private static readonly byte[][] s_words = Mutator.Utf8(
        "\"css\":", "\"regex\":", "\"jsonLd\":", "\"meta\":", "\"state\":", "\"item\":", "\"match\":", "\"from\":[", "\"map\":{", "\"page\":", "\"next\":{", "\"maxPages\":", "\"schema\":", "\"hosts\":[", "\"zone\":", "\"are\":\"all\"", "\"whole\":true", "null", "[]", "{}",
        "\"a > b:nth-child(2n+1)\"", "\"a[b=\"", "\":not(:has(:not(a)))\"", "\"*\"", "\",\"", "\"::before\"", "\"(a+)+$\"", "\"(?<value>\"", "\"(?=a)\"", "\"[\"", "\"..a\"", "\"a[*].b\"", "\"a[99999999999]\"", "\"$\"", "\"a..\"",
        "\"{address}\"", "\"{id}\"", "\"{page}\"", "\"https://\"", "\"https://buurt.example.org:99999/\"", "\"Europe/Nowhere\"", "\"xx\"", "\"attribute\":\"href\"", "\"minorUnits\":true", "\"language\":\"nl\"", "\"first\":true", "\"gone\":[", "\"constants\":{");

    private static readonly NumberStyle[] s_styles = [NumberStyle.Unknown, new('.', SpacesGroup: true), new(',', SpacesGroup: false)];

    [Fact]
    public void Recipes() => Fuzzing.Run(
        new Reader("recipes", [.. Regressions.Recipes, Files.Utf8(Pages.Everywhere), Files.Utf8("""{"schema":"succesmeter/recipe/1","platform":"p","hosts":["a.example"],"campaign":{"address":"^https://a\\.example/(?<id>[^/]+)$"},"fields":{"pledged":[{"css":".x"}]}}""")], s_words, static file =>
        {
            try
            {
                var recipe = Recipe.Parse(file, "fuzzed.json");
                Law.Holds(new RecipePlatform(recipe).Platform == recipe.Platform, "a recipe that is taken makes a platform");
                return $"taken {recipe.Fields.Count} {recipe.Lists.Count} {recipe.Entrances.Count}";
            }
            catch (RecipeException wrong)
            {
                Law.Holds(wrong.Field.Length > 0 && wrong.Rule.Length > 0, "a wrong recipe names field and rule");
                return $"{Law.Shape(wrong.Field)} {Law.Shape(wrong.Rule)}";
            }
        })
        {
            MostBytes = 8 << 10,
            FreeBytes = 8 << 20,
            BytesPerByte = 2_000,
        },
        output);

    /// <summary>Numbers and moments as pages show them.</summary>
    [Fact]
    public void Shown_values() => Fuzzing.Run(
        new Reader(
            "shown values",
            [.. Regressions.Shown, .. Mutator.Utf8("€ 1.234,50", "1 234,50 €", "EUR 1,234.50", "30 mei 2026 om 9:05", "May 30, 2026 10:00 PM", "il y a 3 jours", "nog 19 dagen", "2026-05-30T22:00:00+02:00", "Fri, 05 Oct 2012 00:00:00 +0200", "1778588400", "1778588400000", "30/5/2026", "vandaag", "gisteren om 10:00")],
            Mutator.Utf8("€", "$", ".", ",", " ", "\u00A0", "'", "%", "k", "mln", "-", "+", "~", "½", "²", "٣", "mei", "mai", "May", "jan.", "dagen", "jours", "uur", "geleden", "ago", "om", "AM", "PM", "Z", "+14:00", "2026", "1999", "2101", "31", "24:00", "60"),
            static bytes =>
            {
                var text = Encoding.UTF8.GetString(bytes);
                var (nl, fr) = (ShownLanguage.Find("nl")!, ShownLanguage.Find("fr")!);
                var outcome = "";
                foreach (var style in s_styles)
                {
                    var isRead = ShownNumber.TryRead(text, style, out var number, out var rule);
                    Law.Holds(isRead == (rule.Length == 0) && (!isRead || number >= 0), "a number is read, or the rule that it breaks is told");
                    Law.Holds(!isRead || text.Any(char.IsAsciiDigit), "a number has digits");
                    outcome += rule;
                }

                // One of the three as the input says, since each tries every form of every language.
                foreach (var own in (ShownLanguage?[])[(bytes.Length % 3) switch { 0 => null, 1 => nl, _ => fr }])
                {
                    var isRead = ShownMoment.TryRead(text, own, [nl, fr], TimeZoneInfo.Utc, Pages.TakenAt, out var moment, out var rule);
                    Law.Holds(isRead || rule.Length > 0, "a moment is read, or the rule that it breaks is told");
                    Law.Holds(!isRead || Succesmeter.Snapshots.MomentText.TryParse(moment.Iso, TimeZoneInfo.Utc, out _), "a moment is written as a snapshot writes it");
                    outcome += rule;
                }

                return outcome;
            }) { MostBytes = 400 },
        output);
}

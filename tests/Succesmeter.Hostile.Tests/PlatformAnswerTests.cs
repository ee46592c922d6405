using System.Text;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Platforms;
using Succesmeter.Platforms.Fetching;
using Succesmeter.Platforms.Goteo;
using Succesmeter.Platforms.Ulule;
using Succesmeter.Visits;
using Xunit.Abstractions;

namespace Succesmeter.Hostile.Tests;

/// <summary>What the platforms' interfaces answer, and what their robots.txt says.</summary>
public sealed class PlatformAnswerTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly PlatformZones s_zones = new(Options.Create(new PlatformOptions()));

    private static readonly string[] s_common =
        ["\"id\":", "\"items\":[", "\"meta\":{", "\"total\":", "\"page\":", "\"limit\":", "\"next\":", "null", "true", "{}", "[]", "{\"a\":", "[[", "\"\"", "\"x\"", "\"currency\":\"JPY\"", "\"2012-13-45T99:00:00Z\"", "\"Fri, 31 Feb 2020 00:00:00 +0200\"", "\"9999-12-31T23:59:59-14:00\""];

    private static readonly string[] s_goteo =
    [
        """{"id":"huerto","name":"Huerto","status":"in_campaign","amount":1210.5,"minimum":5200.0,"optimum":9200.0,"currency":"EUR","lang":"es","translations":{"eu":{"name":"Baratza"}},"owner":"person-1","owner-name":"Ana","project-url":"https://goteo.org/project/huerto","date-published":"Thu, 20 Sep 2012 00:00:00 +0200","date-passed":"Tue, 30 Oct 2012 00:00:00 +0100","description":"Un huerto","location":[{"city":"Bilbao","latitude":43.26,"longitude":-2.93}],"categories":[{"id":13,"name":"Ecológico"}],"needs":[{"id":1}],"rewards":[{"type":"individual","name":"Cesta","amount":40,"units":20}]}""",
        """{"items":[{"id":"donor-1","anonymous":false},{"id":null,"anonymous":true}],"meta":{"limit":50,"page":0,"total":2}}""",
        """{"items":[{"id":12,"project":"huerto","amount":20.0,"currency":"EUR","date-created":"Fri, 05 Oct 2012 00:00:00 +0200","region":"Madrid","resign":true,"status":"charged"},{"id":10,"project":"huerto","amount":90.0,"status":"returned"}],"meta":{"limit":50,"page":0,"total":2}}""",
        """{"items":[{"id":"huerto","status":"in_campaign"},{"id":"Otra_Cosa","status":"funded"}],"meta":{"limit":50,"page":0,"total":120}}""",
    ];

    private static readonly string[] s_ulule =
    [
        """{"id":56599,"slug":"le-four","type":"project","name":{"en":null,"nl":"De oven","fr":"Le four"},"description":{"fr":"Un four"},"goal":4000,"amount_raised":1250,"nb_products_sold":31,"supporters_count":3,"fans_count":40,"comments_count":3,"news_count":2,"date_start":"2026-05-01T08:00:00+02:00","date_end":"2026-05-31T23:59:59+02:00","finished":false,"goal_raised":false,"is_cancelled":false,"supporters_disabled":false,"lang":"fr","currency":"EUR","location":{"city":"Liège"},"owner":{"id":7,"name":"Ana"},"main_tag":{"slug":"food"},"absolute_url":"https://www.ulule.com/le-four/"}""",
        """{"supporters":[{"id":101},{"id":102},{"id":101}],"meta":{"limit":20,"next":null}}""",
        """{"comments":[{"id":1,"submit_date":"2026-05-03T10:00:00Z","user":{"id":101},"replies_count":1,"replies":[{"id":2,"submit_date":"2026-05-03T12:00:00+02:00","user":{"id":7}}]}],"meta":{"limit":20,"next":"?limit=20&since=1"}}""",
        """{"news":[{"id":9,"date_publication":"2026-05-05T09:00:00Z","status":"online"}],"meta":{"limit":20,"next":null}}""",
        """{"projects":[{"id":56599},{"id":"7"}],"meta":{"limit":20}}""",
    ];

    [Fact]
    public void Goteo() => Fuzzing.Run(Of(
        "Goteo", new GoteoPlatform(Options.Create(new GoteoOptions { User = "someone", Key = "open sesame" }), s_zones), new FoundCampaign(new CampaignId(new PlatformId("goteo"), "huerto"), new Uri("https://api.goteo.org/v1/projects/huerto"), "huerto"),
        s_goteo, ["project", "donors", "invests"], ["description", "anonymous", "resign"], ["\"status\":\"charged\"", "\"project\":\"other\"", "\"anonymous\":", "\"location\":", "\"rewards\":", "\"date-passed\":"]) with { Once = Regressions.Goteo }, output);

    [Fact]
    public void Ulule() => Fuzzing.Run(Of(
        "Ulule", new UlulePlatform(Options.Create(new UluleOptions()), s_zones), new FoundCampaign(new CampaignId(new PlatformId("ulule"), "56599"), new Uri("https://api.ulule.com/v1/projects/56599"), "56599"),
        s_ulule, ["project", "supporters", "comments", "news"], ["absolute_url", "supporters\"", "submit_date", "date_publication"], ["\"type\":\"presale\"", "\"replies\":[", "\"user\":{", "\"next\":\"https://evil.example/\"", "\"next\":\"?since=\"", "\"supporters\":[", "\"name\":{"]) with { Once = Regressions.Ulule }, output);

    [Fact]
    public void Robots_txt() => Fuzzing.Run(
        new Reader(
            "robots.txt",
            [.. Regressions.Robots, .. Mutator.Utf8("User-agent: *\nDisallow: /private/\nAllow: /private/open$\nCrawl-delay: 2\n\nUser-agent: Succesmeter\nDisallow: /*?session=\nSitemap: https://a.example/sitemap.xml\n", "\uFEFFuser-agent:a\nuser-agent: *\rdisallow: /%c3%a9*x$\r\n# c\nallow:\n")],
            Mutator.Utf8("User-agent: *\n", "User-agent: Succesmeter/1.0\n", "Disallow: /", "Allow: /", "*", "**", "*a", "$", "%2F", "%zz", "%E2%82%AC", "é", "Crawl-delay: 1e9\n", "Crawl-delay: 0.0001\n", "Crawl-delay: -1\n", "Sitemap: ", "#", ":", "\r", "\n", "/*a*a*a*a*a*a*b"),
            static bytes =>
            {
                var robots = Robots.Parse(bytes, "Succesmeter");
                Law.Holds(robots.Sitemaps.Count <= 100, "a file names a bounded number of sitemaps");
                Law.Holds(robots.CrawlDelay is null || (robots.CrawlDelay > TimeSpan.Zero && robots.CrawlDelay <= TimeSpan.FromMinutes(10)), "a pause is one, and not for ever");
                Law.Holds(robots.Allows("/robots.txt"), "robots.txt itself is always allowed");
                var path = "/" + Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 1_000)));
                return $"{robots.Allows(path)} {robots.Allows("/private/open")} {robots.Allows("/" + new string('a', 1_000))} {robots.CrawlDelay} {Math.Min(robots.Sitemaps.Count, 3)}";
            }) { BytesPerByte = 400 },
        output);

    /// <param name="name">Of the platform.</param>
    /// <param name="platform">Its reader.</param>
    /// <param name="found">Whose pages are asked for.</param>
    /// <param name="answers">Valid ones, a kind each, and last a list of campaigns.</param>
    /// <param name="kinds">Of the pages, in the order of the answers.</param>
    /// <param name="fields">One that only the answer of that kind has.</param>
    /// <param name="words">Of its JSON.</param>
    private static Reader Of(string name, ICrawledPlatform platform, FoundCampaign found, string[] answers, string[] kinds, string[] fields, string[] words)
    {
        var marks = Mutator.Utf8(fields);
        var valid = Mutator.Utf8([.. answers.Select(static answer => answer.Replace("\"?limit=20&since=1\"", "null", StringComparison.Ordinal))]);
        var answered = 0L;
        return new Reader(
            name,
            Mutator.Utf8(answers),
            Mutator.Utf8([.. s_common, .. words]),
            bytes =>
            {
                // What its fields look like is asked for, and the other kinds are answered as they should be.
                var bent = Array.FindLastIndex(marks, mark => bytes.AsSpan().IndexOf(mark) >= 0);
                var pages = 0;
                answered = bytes.Length;
                var (reading, _) = JsonTrees.Visit(platform, found, s_now, request =>
                {
                    Law.Holds(++pages <= 450, "a visit ends");
                    Law.Holds(platform.Hosts.Contains(request.Address.Host), "what is asked for lies on the platform's own host");
                    var kind = Math.Max(0, Array.IndexOf(kinds, request.Kind.Split('-')[0]));
                    var answer = kind == Math.Max(0, bent) ? bytes : valid[kind];
                    answered += answer.Length;
                    return answer;
                });
                var outcome = reading switch
                {
                    PageReading.Seen(var snapshot) => Seen(snapshot),
                    PageReading.Unreadable(var complaints) => Law.Shape(complaints[0]),
                    _ => reading.GetType().Name,
                };

                var discovery = platform.Discover(new FetchedPage(platform.Entrances[0], "application/json", bytes, s_now));
                Law.Holds(discovery.Found.All(one => platform.Hosts.Contains(one.Address.Host)) && discovery.More.All(one => platform.Hosts.Contains(one.Address.Host)), "what is found lies on the platform's own host");
                return $"{outcome} {Math.Min(discovery.Found.Count, 2)} {string.Join(' ', discovery.Complaints.Select(Law.Shape).Distinct(StringComparer.Ordinal).Take(3))}";
            })
            {
                BytesRead = _ => answered,
                BytesPerByte = 400,
            };
    }

    private static string Seen(ReadOnlyMemory<byte> snapshot)
    {
        var reading = Files.Reading with { ReceivedAt = s_now };
        var rows = Files.Rows(snapshot.ToArray(), reading);
        Law.Holds(rows is [Succesmeter.Snapshots.ReadRow.Taken], "what was understood is a snapshot that breaks no rule");
        return Files.Judged(rows, reading);
    }
}

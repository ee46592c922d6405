using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Platforms;
using Succesmeter.Platforms.Goteo;
using Succesmeter.Platforms.Recipes;
using Succesmeter.Platforms.Ulule;
using Succesmeter.Visits;

namespace Succesmeter.Benchmarks.Micro;

/// <summary>From a visit's pages to a snapshot, fetching left out.</summary>
public class PageBenchmarks
{
    private static readonly DateTimeOffset TakenAt = MadeSnapshots.AtLook(80);

    private readonly Visit page = Visit.OfPage();
    private readonly Visit goteo = Visit.Of(
        new GoteoPlatform(Options.Create(new GoteoOptions { User = "someone", Key = "something" }), Zones()), "huerto", "https://api.goteo.org/v1/projects/huerto", MadeAnswers.OfGoteo);

    private readonly Visit ulule = Visit.Of(new UlulePlatform(Options.Create(new UluleOptions()), Zones()), "56599", "https://api.ulule.com/v1/projects/56599", MadeAnswers.OfUlule);

    [Benchmark(Description = "recipe on a page of 50 kB, 135 gifts")]
    public PageReading Recipe() => page.Read();

    [Benchmark(Description = "Goteo's JSON, 100 gifts")]
    public PageReading Goteo() => goteo.Read();

    [Benchmark(Description = "Ulule's JSON, 60 supporters")]
    public PageReading Ulule() => ulule.Read();

    private static PlatformZones Zones() => new(Options.Create(new PlatformOptions()));

    internal sealed record Visit(ICrawledPlatform Platform, FoundCampaign Found, IReadOnlyList<FetchedPage> Pages)
    {
        /// <summary>The crawl's own made page, with a story as long as real ones have.</summary>
        public static Visit OfPage()
        {
            var recipe = new RecipePlatform(CrawledPage.Recipe("stad", new Uri("http://127.0.0.1:8080/")));
            var found = new FoundCampaign(new CampaignId(recipe.Platform, "c1"), new Uri("http://127.0.0.1:8080/p/c1"));
            return new Visit(recipe, found, [new FetchedPage(recipe.FirstPage(found), "text/html; charset=utf-8", Encoding.UTF8.GetBytes(CrawledPage.Html(1, MadeSnapshots.Gifts, TakenAt, 110)), TakenAt)]);
        }

        /// <summary>Asks for pages until the platform's reader has all it wants.</summary>
        public static Visit Of(ICrawledPlatform platform, string id, string address, Func<PageRequest, string> answer)
        {
            var found = new FoundCampaign(new CampaignId(platform.Platform, id), new Uri(address), id);
            var pages = new List<FetchedPage> { Fetched(platform.FirstPage(found)) };
            while (platform.Read(found, pages, TakenAt) is var reading && reading is not PageReading.Seen)
                pages.AddRange(reading is PageReading.More(var next) ? next.Select(Fetched) : throw new InvalidOperationException($"{platform.Platform} could not be read: {reading}"));
            return new Visit(platform, found, pages);

            FetchedPage Fetched(PageRequest request) => new(request, "application/json", Encoding.UTF8.GetBytes(answer(request)), TakenAt);
        }

        /// <remarks>A page is taken apart once for as long as it is kept; another page that says the same is taken apart anew.</remarks>
        public PageReading Read() => Platform.Read(Found, [.. Pages.Select(static page => page with { })], TakenAt) switch
        {
            PageReading.Seen seen => seen,
            PageReading.Unreadable(var complaints) => throw new InvalidOperationException($"The page could not be read: {string.Join(", ", complaints)}"),
            var other => throw new InvalidOperationException($"The page was not seen: {other}"),
        };
    }
}

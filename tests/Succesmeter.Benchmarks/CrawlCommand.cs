using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Succesmeter.Campaigns;
using Succesmeter.Functions;
using Succesmeter.LocalHost;
using Succesmeter.LocalHost.Azurite;
using Succesmeter.LocalHost.Http;
using Succesmeter.LocalHost.Settings;
using Succesmeter.Pipeline;
using Succesmeter.Platforms;
using Succesmeter.Platforms.Recipes;
using Succesmeter.Testing;
using Succesmeter.Visits;
using static Succesmeter.Benchmarks.Figure;

namespace Succesmeter.Benchmarks;

/// <summary>Crawls a site of many hosts on this machine: first found, then unchanged, then changed.</summary>
internal static class CrawlCommand
{
    private const string Platform = "stad";

    public static Command Create()
    {
        var campaigns = new Option<int>("--campaigns") { DefaultValueFactory = _ => 2_000, Description = "Live campaigns." };
        var hosts = new Option<int>("--hosts") { DefaultValueFactory = _ => 50, Description = "Each is asked for one page at a time." };
        var budget = new Option<int>("--requests-per-minute") { DefaultValueFactory = _ => 600, Description = "Of one host." };
        var command = new Command("crawl", "Visits and storage transactions a second over a site of many hosts, found, unchanged and changed.") { campaigns, hosts, budget };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(campaigns), parsed.GetValue(hosts), parsed.GetValue(budget), cancellation));
        return command;
    }

    private static async Task RunAsync(int campaigns, int hosts, int budget, CancellationToken cancellation)
    {
        using var requests = new RequestCount();
        await using var azurite = await AzuriteProcess.StartInMemoryAsync(1, Console.Error.WriteLine, cancellation);
        await using var site = await Site.StartAsync(campaigns, hosts);
        var clocks = new ShiftedClocks(TimeProvider.System);
        await using var host = await LocalHostApp.StartAsync(
            new LocalHostOptions
            {
                Assemblies = [typeof(SuccesmeterServices).Assembly],
                Services = (services, configuration) => services.AddSingleton<IPlatformClocks>(clocks).AddSuccesmeter(configuration).AddRecipe(site.Recipe()),
                Storage = azurite.ConnectionString(0),
                Keys = new HostKeys("function", "admin"),
                HostJson = HostJsonFile.Read(Path.Combine(AppContext.BaseDirectory, "host.json")),
                Settings = new Dictionary<string, string?>
                {
                    ["Donors:PseudonymKey"] = Convert.ToBase64String(new byte[32]),
                    ["Crawl:AllowLoopback"] = "true",
                    ["Crawl:RequestsPerMinute"] = budget.ToString(CultureInfo.InvariantCulture),
                    ["Crawl:Stagger"] = "00:00:00",
                    ["AzureWebJobs.PlatformsToPages.Disabled"] = "true",
                },
            },
            cancellation);

        var stage = host.Services.GetRequiredService<PlatformsToPages>();
        var visits = host.Services.GetRequiredService<IVisitStore>();
        var platform = new PlatformId(Platform);
        var scores = new QueueClient(azurite.ConnectionString(0), "campaigns-to-score");

        await RoundAsync("found for the first time", () => stage.SearchAsync(platform, cancellation), scored: true);
        clocks.Shift += TimeSpan.FromHours(7);
        await RoundAsync("unchanged: 304", () => stage.ResumeAsync(platform, cancellation), scored: false);
        clocks.Shift += TimeSpan.FromHours(7);
        site.Round++;
        await RoundAsync("changed", () => stage.ResumeAsync(platform, cancellation), scored: true);

        async Task RoundAsync(string what, Func<Task> begin, bool scored)
        {
            var process = Process.GetCurrentProcess();
            var (sentBefore, askedBefore, pagesBefore, cpuBefore) = (requests.Value, site.Asked, site.Pages, process.TotalProcessorTime);
            var targetsBefore = requests.ByTarget;
            var watch = Stopwatch.StartNew();
            await begin();
            while (site.Pages - pagesBefore < campaigns)
                await Task.Delay(100, cancellation);
            var fetched = watch.Elapsed;
            var quiet = 0;
            while (quiet < 3)
            {
                await Task.Delay(200, cancellation);
                quiet = (await scores.GetPropertiesAsync(cancellation)).Value.ApproximateMessagesCount == 0 ? quiet + 1 : 0;
            }

            var done = watch.Elapsed;
            process.Refresh();
            Console.WriteLine(what);
            Print("  pages of campaigns", site.Pages - pagesBefore);
            Print("  seconds until the last was fetched", fetched.TotalSeconds);
            Print("  visits a second", campaigns / fetched.TotalSeconds);
            Print(scored ? "  seconds until all were scored" : "  seconds until nothing waited", done.TotalSeconds);
            Print("  storage transactions a visit, those of idle polling included", (requests.Value - sentBefore - (site.Asked - askedBefore)) / (double)campaigns);
            foreach (var (target, count) in requests.ByTarget.OrderByDescending(target => target.Value - targetsBefore.GetValueOrDefault(target.Key)))
                if (count - targetsBefore.GetValueOrDefault(target) is var more && more >= campaigns / 10)
                    Print($"    {target}", more / (double)campaigns);
            Print("  CPU milliseconds of the host a visit", (process.TotalProcessorTime - cpuBefore).TotalMilliseconds / campaigns);

            var results = new Dictionary<VisitResult, int>();
            await foreach (var stored in visits.ReadAsync(platform, cancellation))
                if (stored.Visits.Result is { } result)
                    results[result] = results.GetValueOrDefault(result) + 1;
            foreach (var (result, count) in results)
                Print($"  {result.ToString().ToLowerInvariant()}", count);
        }
    }

    /// <summary>So that what lies hours ahead is due now.</summary>
    private sealed class ShiftedClocks(TimeProvider machine) : IPlatformClocks
    {
        public TimeSpan Shift { get; set; }

        public PlatformClock Of(PlatformId platform) => new(machine.GetUtcNow() + Shift, Speed: 1);
    }

    /// <summary>Each host is a port of its own.</summary>
    private sealed class Site(int campaigns) : IAsyncDisposable
    {
        private LoopbackServer server = null!;
        private int asked;
        private int pages;

        public int Asked => asked;

        /// <summary>Answers about campaigns, 304 included.</summary>
        public int Pages => pages;

        public int Round { get; set; }

        public static async Task<Site> StartAsync(int campaigns, int hosts)
        {
            var site = new Site(campaigns);
            site.server = await LoopbackServer.StartAsync(site.AnswerAsync, hosts);
            return site;
        }

        public Recipe Recipe() => CrawledPage.Recipe(Platform, server.Address);

        public ValueTask DisposeAsync() => server.DisposeAsync();

        private async Task AnswerAsync(HttpContext context)
        {
            Interlocked.Increment(ref asked);
            var path = context.Request.Path.Value!;
            if (path == "/sitemap.xml")
            {
                var hosts = server.Addresses;
                var all = string.Concat(Enumerable.Range(0, campaigns).Select(i => $"<url><loc>{new Uri(hosts[i % hosts.Count], $"p/c{i}")}</loc></url>"));
                context.Response.ContentType = "application/xml";
                await context.Response.WriteAsync($"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{all}</urlset>""");
            }
            else if (path.StartsWith("/p/c", StringComparison.Ordinal))
            {
                var tag = $"\"{Round}\"";
                context.Response.Headers.ETag = tag;
                if (context.Request.Headers.IfNoneMatch == tag)
                {
                    context.Response.StatusCode = StatusCodes.Status304NotModified;
                }
                else
                {
                    context.Response.ContentType = "text/html; charset=utf-8";
                    await context.Response.WriteAsync(Page(int.Parse(path[4..], CultureInfo.InvariantCulture)));
                }

                Interlocked.Increment(ref pages);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            }
        }

        /// <summary>As many gifts as a campaign has half-way, and two more each round.</summary>
        private string Page(int campaign) => CrawledPage.Html(campaign, 40 + (campaign % 60) + (2 * Round), TimeProvider.System.GetUtcNow());
    }
}

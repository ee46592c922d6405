using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Succesmeter.Campaigns;
using Succesmeter.Testing.Memory;
using Succesmeter.Visits;

namespace Succesmeter.Pipeline.Tests;

/// <summary>A crawl with all stores in memory, over sites that a test writes: each page is a line of JSON, or whatever it says.</summary>
internal sealed class CrawledTown
{
    public static readonly DateTimeOffset Start = new(2026, 5, 2, 8, 0, 0, TimeSpan.Zero);

    public CrawledTown(double speed = 1, params string[] platforms)
    {
        Time = new FakeTimeProvider(Start);
        Clocks = new FastClocks(Time, speed);
        Queue = new MemoryPageQueue(Time);
        Sites = (platforms.Length == 0 ? ["buurt"] : platforms).ToDictionary(name => new PlatformId(name), name => new Site(new PlatformId(name)));
        Fetcher = new ScriptedFetcher(Sites, Time);
        Stage = AnotherHost();
        Timer = new PlatformsToPages(
            new CrawledPlatforms(Sites.Values), Visits, Queue, Clocks, Town.Announcements, Time, Options.Create(VisitOptions), NullLogger<PlatformsToPages>.Instance);
    }

    public FakeTimeProvider Time { get; }

    public FastClocks Clocks { get; }

    public MemoryTown Town { get; } = new();

    public MemoryVisitStore Visits { get; } = new();

    public MemoryPageQueue Queue { get; }

    public MemoryPageArchive Archive { get; } = new();

    public Dictionary<PlatformId, Site> Sites { get; }

    public Site Only => Sites.Values.Single();

    public ScriptedFetcher Fetcher { get; }

    public VisitOptions VisitOptions { get; } = new() { Stagger = TimeSpan.Zero };

    public PagesToSnapshots Stage { get; }

    public PlatformsToPages Timer { get; }

    public PagesToSnapshots AnotherHost()
    {
        var platforms = new CrawledPlatforms(Sites.Values);
        var options = Options.Create(VisitOptions);
        return new PagesToSnapshots(
            platforms, Visits, Queue, Fetcher, Archive,
            new ListedCampaigns(platforms, Visits, Queue, Fetcher, Clocks, options, NullLogger<ListedCampaigns>.Instance),
            new VisitedSnapshots(Town.Store, Town.Queue, Archive, new UtcZones(), Town.Pseudonyms, Town.Tombstones, Options.Create(new IntakeOptions())),
            Clocks, Time, options, NullLogger<PagesToSnapshots>.Instance);
    }

    /// <summary>Time goes on from message to message; the timer runs each minute that a message is due in.</summary>
    public async Task RunAsync(TimeSpan duration)
    {
        var until = Time.GetUtcNow() + duration;
        await Timer.RunAsync(CancellationToken.None);
        while (true)
        {
            while (Queue.Take() is { } page)
                await Stage.RunAsync(page, CancellationToken.None);

            if (Queue.NextAt is not { } next || next > until)
                break;
            if (next > Time.GetUtcNow())
                Time.SetUtcNow(next);
            await Timer.RunAsync(CancellationToken.None);
        }

        Time.SetUtcNow(until);
    }

    public async Task<CampaignVisits> VisitsOf(string campaign) => (await Visits.FindAsync(Only.Id(campaign), CancellationToken.None))!.Visits;

    /// <summary>Snapshots that wait to be folded in, and those that were.</summary>
    public async Task<int> SnapshotsOf(string campaign) => (await Town.Store.LoadAsync(Only.Id(campaign), [.. Town.Queue.Sent.SelectMany(sent => sent.Request.Parcels)], CancellationToken.None)).Parcels.Count;

    internal sealed class FastClocks(TimeProvider time, double speed) : IPlatformClocks
    {
        public PlatformClock Of(PlatformId platform) => new(Start + ((time.GetUtcNow() - Start) * speed), speed);
    }
}

/// <summary>A site of one list and a page a campaign.</summary>
internal sealed class Site(PlatformId platform) : ICrawledPlatform
{
    private readonly Uri root = new($"https://{platform}.example.org/");

    /// <summary>What stands on each campaign's page: snapshot JSON, or <c>more</c> for one that goes on, or anything else, which cannot be read.</summary>
    public SortedDictionary<string, string> Pages { get; } = new(StringComparer.Ordinal);

    /// <summary>What a request comes to instead of its page.</summary>
    public Func<Uri, Fetch?> Instead { get; set; } = _ => null;

    /// <summary>The list leads back to itself.</summary>
    public bool Loops { get; set; }

    public PlatformId Platform => platform;

    public IReadOnlySet<string> Hosts => new HashSet<string> { root.Host };

    public IReadOnlyDictionary<string, string> Headers { get; } = new Dictionary<string, string>();

    public IReadOnlyList<PageRequest> Entrances => [new(new Uri(root, "list"), "list")];

    public CampaignId Id(string name) => new(platform, name);

    public void Show(string name, int pledged, DateTimeOffset? endsAt = null) => Pages[name] =
        $$"""{ "platform": "{{platform}}", "campaign": "{{name}}", "takenAt": "TAKEN", "pledged": {{pledged}}, "goal": 5000, "currency": "EUR", "launchedAt": "{{CrawledTown.Start.AddDays(-1):yyyy-MM-ddTHH:mm:ssZ}}"{{(endsAt is { } end ? $", \"endsAt\": \"{end:yyyy-MM-ddTHH:mm:ssZ}\"" : "")}} }""";

    public Discovery Discover(FetchedPage page) => new(
        [.. Encoding.UTF8.GetString(page.Body.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => new FoundCampaign(Id(name), new Uri(root, $"p/{name}")))],
        Loops ? [new PageRequest(new Uri(root, "list"), "list")] : [],
        []);

    public PageRequest FirstPage(FoundCampaign found) => new(found.Address, "project");

    public PageReading Read(FoundCampaign found, IReadOnlyList<FetchedPage> pages, DateTimeOffset takenAt)
    {
        var last = Encoding.UTF8.GetString(pages[^1].Body.Span);
        if (last.StartsWith("more", StringComparison.Ordinal) && pages.Count < int.Parse(last[4..], System.Globalization.CultureInfo.InvariantCulture))
            return new PageReading.More([new PageRequest(new Uri($"{found.Address}/{pages.Count}"), $"part-{pages.Count}")]);
        if (last.StartsWith("more", StringComparison.Ordinal))
            last = $$"""{ "platform": "{{platform}}", "campaign": "{{found.Campaign.Name}}", "takenAt": "TAKEN", "pledged": {{pages.Count}} }""";

        return last.StartsWith('{')
            ? new PageReading.Seen(Encoding.UTF8.GetBytes(last.Replace("TAKEN", takenAt.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)))
            : new PageReading.Unreadable(["pledged must be given"]);
    }
}

internal sealed class ScriptedFetcher(Dictionary<PlatformId, Site> sites, TimeProvider time) : IPageFetcher
{
    public List<(Uri Address, DateTimeOffset At)> Fetched { get; } = [];

    public Task<Fetch> FetchAsync(PlatformId platform, PageRequest request, PageValidators known, CancellationToken cancellation)
    {
        var site = sites[platform];
        if (site.Instead(request.Address) is { } instead)
            return Task.FromResult(instead);

        Fetched.Add((request.Address, time.GetUtcNow()));
        var parts = request.Address.AbsolutePath.Split('/');
        if (parts[1] == "list")
            return Came(string.Join('\n', site.Pages.Keys));
        if (!site.Pages.TryGetValue(parts[2], out var page))
            return Task.FromResult<Fetch>(new Fetch.Gone(404));

        var tag = $"\"{page}\"";
        return known.ETag == tag ? Task.FromResult<Fetch>(new Fetch.Unchanged()) : Came(page, tag);

        Task<Fetch> Came(string text, string? etag = null) =>
            Task.FromResult<Fetch>(new Fetch.Came(new FetchedPage(request, "text/plain", Encoding.UTF8.GetBytes(text), time.GetUtcNow()) { Validators = new PageValidators(etag, null) }));
    }
}

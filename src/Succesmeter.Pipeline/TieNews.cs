using System.Collections.Concurrent;
using Succesmeter.Campaigns;
using Succesmeter.Histories;
using Succesmeter.Networks;
using Succesmeter.Scores;
using Succesmeter.Snapshots;

namespace Succesmeter.Pipeline;

/// <summary>The ties of one platform's campaigns in one run: looked at where they may change, kept, and told until the campaigns' own records have them.</summary>
internal sealed class TieNews(PlatformId platform, DateTimeOffset tick, ICampaignList list, ICampaignStore store, INetworkStore network, IScoreQueue queue)
{
    /// <summary>A campaign that was over long before anybody looked is not looked at.</summary>
    private static readonly TimeSpan Recently = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<string, KeptTies> rows = new(StringComparer.Ordinal);

    /// <summary>Rows that this run changed: their records cannot have them yet.</summary>
    private readonly ConcurrentDictionary<string, bool> changed = new(StringComparer.Ordinal);

    /// <summary>Campaigns that were asked to score again.</summary>
    public int Told { get; private set; }

    public static bool HasEnded(CampaignListing? listing) => listing is { Status: not CampaignStatus.Live };

    public async Task LoadAsync(CancellationToken cancellation)
    {
        foreach (var (name, kept) in await network.ReadTiesAsync(platform, cancellation))
            rows[name] = kept;
    }

    /// <summary>Whether a campaign that was live at the last look is over.</summary>
    public async Task<bool> HasNewEndAsync(CancellationToken cancellation)
    {
        foreach (var (name, kept) in rows)
            if (!kept.IsFinal && HasEnded(await list.FindAsync(new CampaignId(platform, name), cancellation)))
                return true;
        return false;
    }

    public async Task LookAsync(DonorGraph graph, CampaignHolders holders, IReadOnlyDictionary<string, CampaignListing> campaigns, CancellationToken cancellation)
    {
        var groups = GroupsOf(graph, campaigns);
        var names = rows.Keys.Union(graph.Numbers.Where(pair => graph.DegreeOfCampaign(pair.Value) >= SmallNumbers.LeastIdentified && IsWanted(campaigns.GetValueOrDefault(pair.Key))).Select(static pair => pair.Key));
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        await Parallel.ForEachAsync(names, atOnce, async (name, stop) =>
        {
            var before = rows.GetValueOrDefault(name, KeptTies.None);
            int? number = graph.Numbers.TryGetValue(name, out var found) ? found : null;
            if (await NextAsync(name, before, graph, holders, number, groups, campaigns.GetValueOrDefault(name), stop) is not { } next || next == before)
                return;

            await network.PutTiesAsync(new CampaignId(platform, name), next, stop);
            rows[name] = next;
            changed[name] = true;
        });
    }

    /// <summary>A message may be lost, and a tick that a newer snapshot overtook says nothing: so each run asks the records of whom it has told, and tells again.</summary>
    public async Task TellAsync(CancellationToken cancellation)
    {
        var requests = new List<ScoreRequest>();
        foreach (var (name, kept) in rows.Where(static row => !row.Value.IsApplied).OrderBy(static row => row.Key, StringComparer.Ordinal))
        {
            var campaign = new CampaignId(platform, name);
            if (!changed.ContainsKey(name) && (await store.FindRecordAsync(campaign, cancellation)).State.Ties is { } applied && applied == kept.Shown)
                await network.PutTiesAsync(campaign, kept with { IsApplied = true }, cancellation);
            else
                requests.Add(new ScoreRequest(campaign, tick));
        }

        await queue.SendAsync(requests, TimeSpan.Zero, cancellation);
        Told = requests.Count;
    }

    private bool IsWanted(CampaignListing? listing) => listing is not null && (!HasEnded(listing) || listing.AsOf >= tick - Recently);

    /// <returns>Null when there is no reason to look.</returns>
    private async Task<KeptTies?> NextAsync(
        string name, KeptTies before, DonorGraph graph, CampaignHolders holders, int? number, int[] groups, CampaignListing? listing, CancellationToken cancellation)
    {
        var hasEnded = HasEnded(listing);
        var identified = number is { } known ? graph.DonorsBefore(known, DonorGraph.MinuteOf(tick) + 1) : 0;
        var due = before.IsDue(identified, hasEnded);
        if (!due && !before.IsShown)
            return null;
        if (number is not { } campaign)
            return before.Next(Ties.None, hasEnded);

        // A single draw tells whether anything may still be shown; what is shown rests on all of them.
        var crowd = due ? TieCrowd.Of((await store.FindRecordAsync(new CampaignId(platform, name), cancellation)).State) : new TieCrowd(0, IdentityQuality.Account);
        var ties = Ties.Of(graph, campaign, groups, crowd, tick, SeedOf(name), due ? Ties.MostDraws : 1);
        return before.Next(ties with { Reciprocity = Reciprocity.Shown(graph, holders, campaign, listing?.LaunchedAt) }, hasEnded);
    }

    /// <summary>Places, or categories where more campaigns declare these.</summary>
    private static int[] GroupsOf(DonorGraph graph, IReadOnlyDictionary<string, CampaignListing> campaigns)
    {
        var listings = graph.Campaigns.Select(campaigns.GetValueOrDefault).ToList();
        var byPlace = listings.Count(static listing => listing?.Place is not null) >= listings.Count(static listing => listing?.Category is not null);
        var numbers = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        return [.. listings.Select(listing =>
        {
            if ((byPlace ? listing?.Place : listing?.Category)?.Trim() is not { Length: > 0 } group)
                return -1;
            numbers.TryAdd(group, numbers.Count);
            return numbers[group];
        })];
    }

    /// <summary>The campaign's own, the same on every run.</summary>
    private static ulong SeedOf(string name) => name.Aggregate(14695981039346656037UL, static (hash, c) => (hash ^ c) * 1099511628211UL);
}

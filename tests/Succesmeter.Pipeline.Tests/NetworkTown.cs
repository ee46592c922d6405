using Microsoft.Extensions.Time.Testing;
using Succesmeter.Campaigns;
using Succesmeter.Networks;
using Succesmeter.Snapshots;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Pipeline.Tests;

/// <summary>A town in which numbered donors give: an old campaign of a year ago, and a live one that some of the old one's donors give to as well.</summary>
internal sealed class NetworkTown
{
    public const string Old = "old";
    public const string Live = "live";

    public static readonly PlatformId Platform = Some.Campaign.Platform;
    public static readonly DateTimeOffset Now = Some.Launch.AddDays(20).AddMinutes(20);

    private int _files;

    public FakeTimeProvider Clock { get; } = new(Now);

    public MemoryTown Town { get; }

    public NetworkTown() => Town = new MemoryTown(clock: Clock);

    public static CampaignId Id(string name) => new(Platform, name);

    public static Pseudonym Donor(int number) => new((ulong)number, 7, 1);

    /// <summary>Sixty donors gave to the old one, thirteen months ago; of the live one's forty, half were among them.</summary>
    public static async Task<NetworkTown> FoundedAsync()
    {
        var town = new NetworkTown();
        await town.GiveAsync(Old, Some.Launch.AddMonths(-13), Some.Launch.AddMonths(-12), Enumerable.Range(0, 60));
        await town.GiveAsync(Live, Some.Launch, Now.AddHours(-2), Enumerable.Range(40, 40));
        return town;
    }

    /// <summary>The campaign's list shows these donors, each with a gift on the day after the launch.</summary>
    public Task GiveAsync(string campaign, DateTimeOffset launch, DateTimeOffset takenAt, IEnumerable<int> donors, Func<Snapshot, Snapshot>? bend = null)
    {
        var snapshot = Shown(campaign, launch, takenAt, donors);
        return DeliverAsync(bend is null ? snapshot : bend(snapshot));
    }

    public async Task DeliverAsync(Snapshot snapshot)
    {
        await Town.DeliverAsync(Some.Received(snapshot, second: _files++));
        await Town.ScoreAsync(snapshot.Campaign);
    }

    public static Snapshot Shown(string campaign, DateTimeOffset launch, DateTimeOffset takenAt, IEnumerable<int> donors)
    {
        var gifts = donors.Select(donor => new Contribution
        {
            Id = $"{campaign}-{donor}",
            Amount = 25,
            At = new Moment(launch.AddDays(1).AddMinutes(donor)),
            Donor = Donor(donor),
            Identity = IdentityQuality.Account,
        }).ToList();
        return Some.Snapshot with
        {
            Campaign = Id(campaign),
            TakenAt = takenAt,
            LaunchedAt = new Moment(launch),
            EndsAt = new Moment(launch.AddDays(40)),
            Pledged = 25 * gifts.Count,
            Backers = gifts.Count,
            ContributionsAre = ContributionsAre.All,
            Contributions = gifts,
        };
    }

    public Task RunAsync(DateTimeOffset? now = null) => Town.NetworkStage(now ?? Now).RunAsync(CancellationToken.None);

    /// <summary>Does what score messages ask for, as the queue would.</summary>
    public async Task<int> ScoreAskedAsync()
    {
        var asked = 0;
        for (; Town.Queue.Sent.TryDequeue(out var sent); asked++)
            await Town.Stage.RunAsync([sent.Request], CancellationToken.None);
        return asked;
    }

    public async Task<PlatformNetwork> ShownAsync() => (await Town.Network.FindShownAsync(Platform, CancellationToken.None))!;

    public async Task<KeptTies> TiesAsync(string campaign = Live) => (await Town.Network.FindTiesAsync(Id(campaign), CancellationToken.None))!;

    public async Task<CampaignState> StateAsync(string campaign = Live) => (await Town.Store.FindRecordAsync(Id(campaign), CancellationToken.None)).State;

    /// <summary>Who is known to have given where, by all files together.</summary>
    public static async Task<List<string>> PairsAsync(MemoryTown town)
    {
        var ledger = new EdgeLedger(Now);
        var donors = new HashSet<Pseudonym>();
        foreach (var block in await town.Edges.BlocksAsync(Platform))
        {
            ledger.Add(block);
            donors.UnionWith(block.Edges.Select(edge => edge.Donor));
        }

        var graph = ledger.Graph();
        return [.. donors
            .SelectMany(donor => graph.CampaignsOf(ledger.DonorOf(donor)!.Value).ToArray().Select(campaign => $"{graph.Campaigns[campaign]} {donor.High}-{donor.Low}"))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The same by the campaign's own state.</summary>
    public static async Task<List<string>> TruthAsync(MemoryTown town, CampaignId campaign)
    {
        var state = (await town.Store.FindRecordAsync(campaign, CancellationToken.None)).State;
        return [.. state.Gifts.Open
            .Where(gift => !gift.ByHolder)
            .Select(gift => gift.Donor)
            .OfType<Pseudonym>()
            .Select(donor => $"{campaign.Name} {donor.High}-{donor.Low}")
            .Distinct()
            .Order(StringComparer.Ordinal)];
    }
}

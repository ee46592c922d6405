using System.Collections.Immutable;

namespace Succesmeter.Networks;

/// <summary>A platform's network as anybody may see it: every figure went through the small-number rules, so that this can be served and stored as it is.</summary>
public sealed record PlatformNetwork
{
    /// <summary>When the figures were last made; links may be newer.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>What it was made of: a hash, for whoever writes it, and of no use to anybody else.</summary>
    public string Edges { get; init; } = "";

    /// <summary>Identified donors with a gift in the last 36 months, rounded down to five; null under twenty.</summary>
    public int? Donors { get; init; }

    /// <summary>Of them, who gave to two or more campaigns, rounded down to five.</summary>
    public int? Returning { get; init; }

    /// <summary>How often two donors who share a campaign share a second one (<see cref="RobinsAlexander"/>), to .05.</summary>
    public double? Clustering { get; init; }

    /// <summary>Of donors and campaigns, in the largest connected part, to .05.</summary>
    public double? LargestPart { get; init; }

    /// <summary>The share of edges under which a random network of these degrees would fall apart, to .05.</summary>
    public double? CriticalShare { get; init; }

    /// <summary>Null where communities are told; otherwise why not.</summary>
    public string? CommunitiesUntold { get; init; }

    public double? Modularity { get; init; }

    /// <summary>What one random network in a hundred exceeds; null where it was not asked.</summary>
    public double? ModularityByChance { get; init; }

    /// <summary>How much runs with other seeds agree.</summary>
    public double? Agreement { get; init; }

    /// <summary>Largest first; empty where they cannot be told.</summary>
    public ImmutableArray<ShownCommunity> Communities { get; init; } = [];

    public ImmutableArray<ShownLink> Links { get; init; } = [];

    public ImmutableArray<CohortReturn> Cohorts { get; init; } = [];

    /// <summary>At the ends of quarters.</summary>
    public ImmutableArray<ShownGrowth> Growth { get; init; } = [];

    /// <summary>Of communities in the last twelve months; null where they cannot be told at both times.</summary>
    public ShownChanges? Changes { get; init; }

    /// <summary>What was stored before these were told has none.</summary>
    public ShownNextGifts NextGifts { get => field ?? ShownNextGifts.None; init; }

    /// <summary>Between the two times at which communities are compared.</summary>
    private const int MonthsOfChange = 12;

    public static PlatformNetwork None(DateTimeOffset asOf) => new() { AsOf = asOf, CommunitiesUntold = Networks.Communities.TooFewEdges };

    /// <summary>All but the links, which live by a rule of their own (<see cref="KeptNetwork"/>).</summary>
    /// <param name="zone">Of the platform, for years and quarters.</param>
    /// <param name="seed">Of communities and percolation.</param>
    /// <param name="spans">When each campaign could be given to; null = of none it is known.</param>
    public static PlatformNetwork Of(DonorGraph graph, DateTimeOffset asOf, TimeZoneInfo zone, ulong seed, IReadOnlyList<CampaignSpan?>? spans = null)
    {
        var (donors, secondGifts) = (DonorsOf(graph), SecondGifts(graph));
        var none = None(asOf) with { Donors = donors < SmallNumbers.LeastIdentified ? null : donors - (donors % SmallNumbers.Step) };
        if (!SmallNumbers.MayShow(secondGifts.Length, donors))
            return none;

        var finding = Networks.Communities.Of(graph, seed);
        var partition = (finding as CommunityFinding.Told)?.Partition;
        var growth = GrowthOf(graph, secondGifts, asOf, zone);
        return none with
        {
            Returning = SmallNumbers.Count(secondGifts.Length, donors),
            Clustering = Stepped(RobinsAlexander.Of(graph)),
            LargestPart = Stepped(ConnectedParts.Over(graph, [asOf])[0].LargestShare),
            CriticalShare = Stepped(Percolation.CriticalShareOf(graph)),
            CommunitiesUntold = (finding as CommunityFinding.CannotTell)?.Reason,
            Modularity = Stepped(finding.Modularity),
            ModularityByChance = Stepped(finding.Null?.Percentile99),
            Agreement = Stepped(finding.Agreement),
            Communities = partition is null ? [] : CommunitiesOf(graph, partition, donors),
            Cohorts = [.. CohortRetention.Of(graph, zone, asOf)],
            Growth = growth,
            Changes = partition is null ? null : ChangesOf(graph, partition, asOf.AddMonths(-MonthsOfChange), seed),
            NextGifts = Networks.NextGifts.Of(graph, spans ?? new CampaignSpan?[graph.CampaignCount], asOf, seed),
        };
    }

    /// <summary>What is left of this when campaigns leave the network or donors become too few, until it is made anew.</summary>
    public PlatformNetwork Without(DonorGraph graph)
    {
        var (donors, returning) = (DonorsOf(graph), SecondGifts(graph).Length);
        if (!SmallNumbers.MayShow(returning, donors))
            return None(AsOf) with { Donors = donors < SmallNumbers.LeastIdentified ? null : Donors };

        var crowds = CrowdsLeft(graph);
        if (crowds.Length != NextGifts.Crowds.Length)
            return (this with { NextGifts = NextGifts with { Crowds = crowds } }).Without(graph);

        var named = Enumerable.Range(0, graph.CampaignCount).Where(campaign => MayName(graph, campaign)).Select(campaign => graph.Campaigns[campaign]).ToHashSet(StringComparer.Ordinal);
        var communities = Communities.Select(community => community with { Campaigns = [.. community.Campaigns.Where(named.Contains)] }).Where(static community => community.Campaigns.Length > 0);
        var left = (ImmutableArray<ShownCommunity>)[.. communities];
        return left.Length == Communities.Length && left.Sum(static c => c.Campaigns.Length) == Communities.Sum(static c => c.Campaigns.Length) ? this : this with { Communities = left };
    }

    /// <summary>Without what became untrue with a campaign's end.</summary>
    internal PlatformNetwork WithoutEnded(Func<string, bool> hasEnded) =>
        NextGifts.Crowds.Any(crowd => hasEnded(crowd.Reached)) ? this with { NextGifts = NextGifts with { Crowds = [.. NextGifts.Crowds.Where(crowd => !hasEnded(crowd.Reached))] } } : this;

    /// <summary>Who has any edge.</summary>
    internal static int DonorsOf(DonorGraph graph)
    {
        var donors = 0;
        for (var donor = 0; donor < graph.DonorCount; donor++)
            donors += graph.DegreeOfDonor(donor) > 0 ? 1 : 0;
        return donors;
    }

    /// <summary>A campaign's place in a community tells of its donors' other gifts: of at least five of at least twenty, and not of all.</summary>
    private static bool MayName(DonorGraph graph, int campaign)
    {
        var elsewhere = 0;
        foreach (var donor in graph.DonorsOf(campaign))
            elsewhere += graph.DegreeOfDonor(donor) > 1 ? 1 : 0;
        return SmallNumbers.MayShow(elsewhere, graph.DegreeOfCampaign(campaign));
    }

    /// <summary>The minute at which each donor who did so gave to a second campaign, rising.</summary>
    private static int[] SecondGifts(DonorGraph graph)
    {
        var minutes = new List<int>();
        for (var donor = 0; donor < graph.DonorCount; donor++)
        {
            var firsts = graph.FirstMinutesOf(donor);
            if (firsts.Length < 2)
                continue;

            var (first, second) = (int.MaxValue, int.MaxValue);
            foreach (var minute in firsts)
                (first, second) = minute < first ? (minute, first) : (first, Math.Min(second, minute));
            minutes.Add(second);
        }

        minutes.Sort();
        return [.. minutes];
    }

    private static ImmutableArray<ShownCommunity> CommunitiesOf(DonorGraph graph, Partition partition, int donors)
    {
        var members = new int[partition.Count];
        for (var donor = 0; donor < graph.DonorCount; donor++)
            if (partition.Labels[donor] is >= 0 and var label)
                members[label]++;

        var campaigns = new List<string>[partition.Count];
        var labels = partition.LabelsOfCampaigns(graph);
        for (var campaign = 0; campaign < graph.CampaignCount; campaign++)
            if (labels[campaign] >= 0 && MayName(graph, campaign))
                (campaigns[labels[campaign]] ??= []).Add(graph.Campaigns[campaign]);

        var shown = ImmutableArray.CreateBuilder<ShownCommunity>();
        for (var label = 0; label < partition.Count; label++)
            if (members[label] >= SmallNumbers.LeastIdentified && campaigns[label] is { } names)
                shown.Add(new ShownCommunity(label + 1, SmallNumbers.Count(members[label], donors), [.. names.Order(StringComparer.Ordinal)]));
        return shown.DrainToImmutable();
    }

    private static ShownChanges? ChangesOf(DonorGraph graph, Partition now, DateTimeOffset since, ulong seed)
    {
        if (Networks.Communities.Of(graph.Within(DateTimeOffset.MinValue, since), seed) is not CommunityFinding.Told before)
            return null;

        var changes = CommunityChanges.Between(before.Partition.Labels, now.Labels);
        return new ShownChanges(since, changes.Continued.Count, changes.Merged.Count, changes.Split.Count, changes.Born.Count, changes.Gone.Count);
    }

    private ImmutableArray<ShownCrowd> CrowdsLeft(DonorGraph graph)
    {
        var donors = Enumerable.Range(0, graph.CampaignCount).ToDictionary(campaign => graph.Campaigns[campaign], graph.DegreeOfCampaign, StringComparer.Ordinal);
        return [.. NextGifts.Crowds.Where(crowd => donors.GetValueOrDefault(crowd.Reached) > 0 && donors.GetValueOrDefault(crowd.Crowd) >= SmallNumbers.LeastIdentified)];
    }

    private static ImmutableArray<ShownGrowth> GrowthOf(DonorGraph graph, int[] secondGifts, DateTimeOffset asOf, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(DonorGraph.InstantOf(graph.FirstMinutes.Min()), zone);
        var quarter = new DateTime(local.Year, (3 * ((local.Month - 1) / 3)) + 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMonths(3);
        var ends = new List<DateTimeOffset>();
        for (; new DateTimeOffset(quarter, zone.GetUtcOffset(quarter)) is var end && end <= asOf; quarter = quarter.AddMonths(3))
            ends.Add(end.ToUniversalTime());

        var shown = ImmutableArray.CreateBuilder<ShownGrowth>();
        foreach (var part in ConnectedParts.Over(graph, ends))
        {
            var returned = Array.BinarySearch(secondGifts, DonorGraph.MinuteOf(part.At));
            returned = returned < 0 ? ~returned : Array.IndexOf(secondGifts, DonorGraph.MinuteOf(part.At));
            if (SmallNumbers.MayShow(returned, part.Donors))
                shown.Add(new ShownGrowth(part.At, part.Donors - (part.Donors % SmallNumbers.Step), SmallNumbers.Stepped(part.LargestShare, SmallNumbers.ShareStep)));
        }

        return shown.DrainToImmutable();
    }

    private static double? Stepped(double? value) => value is { } known && double.IsFinite(known) ? SmallNumbers.Stepped(known, SmallNumbers.ShareStep) : null;
}

using Succesmeter.Campaigns;
using Succesmeter.Networks;

namespace Succesmeter.Functions.Endpoints;

/// <summary>A platform's network, as clients read it. Counts are rounded down to five, shares to .05; what may not be told is null or not there.</summary>
/// <param name="AsOf">When the figures were last made; null while there are none.</param>
/// <param name="Donors">Identified, with a gift in the last 36 months.</param>
/// <param name="Returning">Of them, to two or more campaigns.</param>
/// <param name="Campaigns">Those that links and communities name, with what their platform shows of when and where; in order of their names.</param>
internal sealed record NetworkAnswer(
    string Platform,
    DateTimeOffset? AsOf,
    int? Donors,
    int? Returning,
    double? Clustering,
    double? LargestPart,
    double? CriticalShare,
    CommunitiesAnswer Communities,
    IReadOnlyList<LinkAnswer> Links,
    IReadOnlyList<CohortAnswer> Cohorts,
    IReadOnlyList<GrowthAnswer> Growth,
    NextGiftsAnswer NextGifts,
    IReadOnlyList<MapCampaignAnswer> Campaigns)
{
    /// <param name="listed">All campaigns of the platform; of those that the network does not name nothing is said.</param>
    public static NetworkAnswer Of(PlatformId platform, PlatformNetwork? shown, IReadOnlyList<CampaignListing> listed)
    {
        var known = shown ?? PlatformNetwork.None(DateTimeOffset.UnixEpoch);
        return new NetworkAnswer(
            platform.Value,
            shown?.AsOf,
            known.Donors,
            known.Returning,
            known.Clustering,
            known.LargestPart,
            known.CriticalShare,
            new CommunitiesAnswer(
                known.CommunitiesUntold is null,
                known.CommunitiesUntold,
                known.Modularity,
                known.ModularityByChance,
                known.Agreement,
                known.Changes,
                [.. known.Communities.Select(community => new CommunityAnswer(community.Number, community.Donors, [.. community.Campaigns.Select(name => $"{platform}/{name}")]))]),
            [.. known.Links.Select(link => new LinkAnswer($"{platform}/{link.One}", $"{platform}/{link.Other}", link.Shared))],
            [.. known.Cohorts.Select(static cohort => new CohortAnswer(cohort.Cohort, cohort.YearsLater, cohort.Donors, cohort.Returning))],
            [.. known.Growth.Select(static growth => new GrowthAnswer(growth.At, growth.Donors, growth.LargestPart))],
            new NextGiftsAnswer(known.NextGifts.Untold, known.NextGifts.Returning?.Donors, known.NextGifts.Returning?.Returning),
            MapOf(platform, known, listed));
    }

    private static MapCampaignAnswer[] MapOf(PlatformId platform, PlatformNetwork shown, IReadOnlyList<CampaignListing> listed)
    {
        var known = listed.ToDictionary(static listing => listing.Campaign.Name, StringComparer.Ordinal);
        return
        [
            .. shown.Links.SelectMany(static link => new[] { link.One, link.Other })
                .Concat(shown.Communities.SelectMany(static community => community.Campaigns))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(name => MapCampaignAnswer.Of($"{platform}/{name}", name, known.GetValueOrDefault(name))),
        ];
    }
}

/// <param name="Told">Whether communities can be told.</param>
/// <param name="Reason">Why they cannot: too-few-edges, seeds-disagree, not-above-null.</param>
/// <param name="Changes">In twelve months; null where communities could not be told at both times.</param>
internal sealed record CommunitiesAnswer(
    bool Told, string? Reason, double? Modularity, double? ModularityByChance, double? Agreement, ShownChanges? Changes, IReadOnlyList<CommunityAnswer> Items);

internal sealed record CommunityAnswer(int Number, int? Donors, IReadOnlyList<string> Campaigns);

/// <param name="Shared">Donors of both, in steps of five, at least five.</param>
internal sealed record LinkAnswer(string One, string Other, int Shared);

/// <summary>A campaign on the map: nothing here comes of donors.</summary>
/// <param name="Place">As the platform writes it.</param>
/// <param name="Latitude">In degrees; null where the platform shows no point.</param>
internal sealed record MapCampaignAnswer(string Campaign, string Title, DateTimeOffset? LaunchedAt, string? Place, double? Latitude, double? Longitude)
{
    public static MapCampaignAnswer Of(string campaign, string name, CampaignListing? listing) => new(
        campaign, listing?.Title ?? name, listing?.LaunchedAt, listing?.Place, listing?.Latitude, listing?.Longitude);
}

internal sealed record CohortAnswer(int Cohort, int YearsLater, int Donors, int? Returning);

internal sealed record GrowthAnswer(DateTimeOffset At, int Donors, double LargestPart);

/// <summary>Gifts to come, as sums of many donors' probabilities by a model fitted to the platform's own gifts.</summary>
/// <param name="Reason">Why nothing is told: not-enough-gifts; null where it is.</param>
/// <param name="Donors">Who have given.</param>
/// <param name="Returning">Of them, expected to give to another campaign within twelve months; null also where the small-number rules hide it.</param>
internal sealed record NextGiftsAnswer(string? Reason, int? Donors, int? Returning);

/// <summary>One campaign's place in its platform's network.</summary>
/// <param name="Community">Of the platform's answer; null where none can be told.</param>
/// <param name="Links">Strongest first.</param>
/// <param name="CrowdsUntold">Why nothing is told of crowds to come: not-enough-gifts, too-many-gifts; null where it is.</param>
/// <param name="Crowds">Campaigns whose donors are likely to reach this one, most first; one donor may be in several.</param>
internal sealed record CampaignNetworkAnswer(
    string Campaign,
    DateTimeOffset? AsOf,
    CommunityAnswer? Community,
    string? CommunitiesUntold,
    IReadOnlyList<CampaignLinkAnswer> Links,
    string? CrowdsUntold,
    IReadOnlyList<CrowdAnswer> Crowds)
{
    public static CampaignNetworkAnswer Of(CampaignId campaign, PlatformNetwork? shown)
    {
        var own = shown?.Communities.FirstOrDefault(community => community.Campaigns.Contains(campaign.Name));
        var links = (shown?.Links ?? [])
            .Where(link => link.One == campaign.Name || link.Other == campaign.Name)
            .Select(link => new CampaignLinkAnswer($"{campaign.Platform}/{(link.One == campaign.Name ? link.Other : link.One)}", link.Shared))
            .OrderByDescending(static link => link.Shared)
            .ThenBy(static link => link.Campaign, StringComparer.Ordinal);
        return new CampaignNetworkAnswer(
            campaign.ToString(),
            shown?.AsOf,
            own is null ? null : new CommunityAnswer(own.Number, own.Donors, [.. own.Campaigns.Select(name => $"{campaign.Platform}/{name}")]),
            shown is null ? Networks.Communities.TooFewEdges : shown.CommunitiesUntold,
            [.. links],
            (shown?.NextGifts ?? ShownNextGifts.None).CrowdsUntold,
            [.. (shown?.NextGifts ?? ShownNextGifts.None).Crowds
                .Where(crowd => crowd.Reached == campaign.Name)
                .Select(crowd => new CrowdAnswer($"{campaign.Platform}/{crowd.Crowd}", crowd.Expected))]);
    }
}

/// <param name="Shared">Donors of both, in steps of five, at least five.</param>
internal sealed record CampaignLinkAnswer(string Campaign, int Shared);

/// <param name="Expected">Of its donors, within twelve months: in steps of five, at least five.</param>
internal sealed record CrowdAnswer(string Campaign, int Expected);

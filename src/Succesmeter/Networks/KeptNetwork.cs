using System.Collections.Immutable;

namespace Succesmeter.Networks;

/// <summary>What is remembered of a platform's network from run to run: what is shown, and the exact figures that decide when it may change. Not served.</summary>
public sealed record KeptNetwork
{
    public static readonly KeptNetwork None = new() { Shown = PlatformNetwork.None(DateTimeOffset.UnixEpoch) };

    /// <summary>Of all communities and percolations; any number will do, as long as it stays.</summary>
    private const ulong Seed = 20260523;

    /// <summary>What edges and tombstones were read; the same again brings nothing new.</summary>
    public string Edges { get; init; } = "";

    /// <summary>When edges were last replaced by their sum; what expired is gone from the files only then.</summary>
    public DateTimeOffset SummedAt { get; init; }

    /// <summary>Identified donors when the figures were made; null before the first.</summary>
    public int? Donors { get; init; }

    public ImmutableArray<KeptLink> Links { get; init; } = [];

    /// <summary>Linked campaigns whose end refreshed their links once.</summary>
    public ImmutableArray<string> Ended { get; init; } = [];

    public required PlatformNetwork Shown { get; init; }

    /// <param name="edges">What <paramref name="graph"/> was read from.</param>
    /// <param name="hasEnded">Of a campaign's name.</param>
    /// <param name="spanOf">The same; null = nothing is known of any, and nothing told of crowds to come.</param>
    public KeptNetwork Next(string edges, DonorGraph graph, DateTimeOffset asOf, TimeZoneInfo zone, Func<string, bool> hasEnded, Func<string, CampaignSpan?>? spanOf = null)
    {
        var links = CampaignLinks.Next(CampaignLinks.Restored(graph, Links), CampaignLinks.Of(graph), campaign => hasEnded(graph.Campaigns[campaign]) && !Ended.Contains(graph.Campaigns[campaign]));
        var kept = CampaignLinks.Kept(graph, links);

        // Five donors more or fewer, so that two showings never differ by one person.
        var donors = PlatformNetwork.DonorsOf(graph);
        var isDue = Donors is not { } before || Math.Abs(donors - before) >= SmallNumbers.NewDonorsToRefresh;
        var shown = (isDue ? PlatformNetwork.Of(graph, asOf, zone, Seed, spanOf is null ? null : [.. graph.Campaigns.Select(spanOf)]) : Shown.Without(graph)).WithoutEnded(hasEnded);
        return this with
        {
            Edges = edges,
            Donors = isDue ? donors : Donors,
            Links = kept,
            Ended = [.. kept.SelectMany(static link => new[] { link.One, link.Other }).Distinct(StringComparer.Ordinal).Where(hasEnded).Order(StringComparer.Ordinal)],
            Shown = shown with { Edges = edges, Links = [.. kept.Select(static link => new ShownLink(link.One, link.Other, link.Shared))] },
        };
    }
}

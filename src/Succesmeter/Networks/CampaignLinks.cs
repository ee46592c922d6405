using System.Collections.Immutable;

namespace Succesmeter.Networks;

/// <summary>The links of a platform that may be shown: five shared donors or more, twenty on either side, five on either side who are not shared.</summary>
public static class CampaignLinks
{
    /// <summary>In the order of the campaigns' numbers.</summary>
    public static IReadOnlyList<CampaignLink> Of(DonorGraph graph)
    {
        var links = new List<CampaignLink>();
        var shared = new int[graph.CampaignCount];
        var met = new List<int>();
        for (var one = 0; one < graph.CampaignCount; one++)
        {
            if (graph.DegreeOfCampaign(one) < SmallNumbers.LeastIdentified)
                continue;

            foreach (var donor in graph.DonorsOf(one))
                foreach (var other in graph.CampaignsOf(donor))
                    if (other > one && shared[other]++ == 0)
                        met.Add(other);

            met.Sort();
            foreach (var other in met)
            {
                var (both, left, right) = (shared[other], graph.DegreeOfCampaign(one), graph.DegreeOfCampaign(other));
                if (SmallNumbers.MayShow(both, left) && SmallNumbers.MayShow(both, right))
                    links.Add(new CampaignLink(one, other, both, left + right - both));
                shared[other] = 0;
            }

            met.Clear();
        }

        return links;
    }

    /// <summary>What is shown after what was shown: a link changes only with five new donors on its two sides since it was shown, or at an end; one that may no longer be shown goes at once.</summary>
    /// <param name="before">Links shown so far; both lists are of the same campaigns' numbers.</param>
    /// <param name="now">As they are.</param>
    /// <param name="hasEnded">Whether a campaign ended since.</param>
    public static IReadOnlyList<CampaignLink> Next(IReadOnlyList<CampaignLink> before, IReadOnlyList<CampaignLink> now, Func<int, bool> hasEnded)
    {
        var known = before.ToDictionary(static link => (link.One, link.Other));
        return [.. now.Select(link => known.TryGetValue((link.One, link.Other), out var shown)
            && link.Union < shown.Union + SmallNumbers.NewDonorsToRefresh && !hasEnded(link.One) && !hasEnded(link.Other) ? shown : link)];
    }

    /// <summary>For keeping, by names and in their order; numbers are other ones at the next reading.</summary>
    internal static ImmutableArray<KeptLink> Kept(DonorGraph graph, IReadOnlyList<CampaignLink> links) =>
    [
        .. links
            .Select(link => (One: graph.Campaigns[link.One], Other: graph.Campaigns[link.Other], Link: link))
            .Select(static named => string.CompareOrdinal(named.One, named.Other) < 0 ? named : (One: named.Other, Other: named.One, named.Link))
            .Select(static named => new KeptLink(named.One, named.Other, named.Link.Shared, named.Link.Union))
            .OrderBy(static link => link.One, StringComparer.Ordinal)
            .ThenBy(static link => link.Other, StringComparer.Ordinal),
    ];

    /// <summary>What was kept, under the numbers of this graph. Campaigns that are no longer in it, and what could not have been shown, are left out.</summary>
    internal static IReadOnlyList<CampaignLink> Restored(DonorGraph graph, IEnumerable<KeptLink> kept)
    {
        var links = new List<CampaignLink>();
        foreach (var link in kept)
            if (link.Shared >= SmallNumbers.LeastEachSide && graph.Numbers.TryGetValue(link.One, out var one) && graph.Numbers.TryGetValue(link.Other, out var other))
                links.Add(new CampaignLink(Math.Min(one, other), Math.Max(one, other), link.Shared, link.Union));
        return links;
    }
}

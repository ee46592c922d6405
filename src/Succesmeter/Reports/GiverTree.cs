using System.Collections.Immutable;
using Succesmeter.Outcomes;

namespace Succesmeter.Reports;

/// <summary>Givers by where they live: all → regions → communities of language → municipalities of Brussels or provinces. Every place stands in it, also without a giver.</summary>
internal static class GiverTree
{
    /// <param name="within">Where the whole is hidden for another reason.</param>
    public static CountNode Of(Func<string, ImmutableArray<int>> quartersOf, ShownCells? within = null)
    {
        var regions = BelgianPlaces.All.GroupBy(static place => place.Region).Select(region => CountNode.Of(
            region.Key,
            [.. region.GroupBy(static place => place.Community).Select(community => CountNode.Of(
                community.Key, [.. community.Select(place => new CountNode(place.Code, quartersOf(place.Code)))]))]));
        CountNode[] parts = [.. regions, new CountNode(CampaignYield.UnknownPlace, quartersOf(CampaignYield.UnknownPlace))];
        return new CountNode("", CountNode.Of("", parts).Quarters, parts) { Within = within };
    }

    /// <summary>What is shown under which name. Unknown is a region of its own, and no community and no municipality.</summary>
    public static IEnumerable<(string By, CountNode Node)> Rows(CountNode root)
    {
        foreach (var region in root.Parts)
            yield return ("region", region);
        foreach (var community in root.Parts.SelectMany(static region => region.Parts))
            yield return ("community", community);
        foreach (var place in root.Parts.SelectMany(static region => region.Parts).SelectMany(static community => community.Parts))
            yield return ("municipality", place);
    }
}

using Succesmeter.Campaigns;

namespace Succesmeter.Outcomes;

/// <summary>Of any number of listings the campaigns that ended last, in bounded memory.</summary>
public sealed class NewestFinished
{
    private readonly PriorityQueue<CampaignListing, (DateTimeOffset End, string Name)> newest = new(
        Comparer<(DateTimeOffset End, string Name)>.Create(static (one, other) => one.End.CompareTo(other.End) is var order and not 0 ? order : string.CompareOrdinal(one.Name, other.Name)));

    public IEnumerable<CampaignListing> All => newest.UnorderedItems.Select(static item => item.Element);

    public void Add(CampaignListing listing)
    {
        if (!FinishedCampaign.IsOver(listing))
            return;

        newest.Enqueue(listing, (FinishedCampaign.EndOf(listing), listing.Campaign.Name));
        if (newest.Count > PlatformOutcomes.Most)
            newest.Dequeue();
    }
}

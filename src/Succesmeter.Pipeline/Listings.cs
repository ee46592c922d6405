using Succesmeter.Campaigns;
using Succesmeter.Histories;

namespace Succesmeter.Pipeline;

/// <summary>A campaign's row in lists, derived from its record.</summary>
internal static class Listings
{
    /// <returns>Null while nothing was seen of the campaign, or while a replay is under way: the row from before it stands.</returns>
    public static CampaignListing? Of(CampaignRecord record)
    {
        if (record is not { State.Latest: { } latest, FoldedThrough: { } asOf } || record.IsReplaying)
            return null;

        var facts = record.State.Facts;
        return new CampaignListing
        {
            Campaign = record.State.Campaign,
            Sequence = record.Sequence,
            Title = facts.Title ?? record.State.Campaign.Name,
            Url = facts.Url,
            Status = record.State.StatusAt(asOf),
            AwaitsFacts = !facts.AreEnough,
            AsOf = asOf,
            TakenAt = latest.At,
            Currency = facts.Currency,
            Goal = facts.Goal,
            GoalUnit = facts.GoalUnit,
            Pledged = latest.PledgedMinor is { } pledged ? Money.ToMajor(pledged, facts.Currency) : null,
            Backers = latest.Members?.Active ?? latest.Backers,
            LaunchedAt = facts.LaunchedAt?.At,
            Horizon = facts.Horizon,
            HorizonIsAssumed = facts.HorizonIsAssumed,
            Funding = facts.Funding,
            Category = facts.Category,
            Language = facts.Language,
            Place = facts.Place,
            Latitude = facts.Latitude,
            Longitude = facts.Longitude,
            Score = record.LatestSummary,
        };
    }
}

using System.Text.Json;
using Succesmeter.Campaigns;
using Succesmeter.Histories;

namespace Succesmeter.Functions.Endpoints;

/// <summary>What is stored, as clients read it.</summary>
internal static class CampaignAnswers
{
    public static CampaignAnswer Row(CampaignListing listing, bool withScore) => new()
    {
        Campaign = listing.Campaign.ToString(),
        Title = listing.Title,
        Url = listing.Url,
        State = Text(listing.Status),
        AwaitsFacts = listing.AwaitsFacts,
        AsOf = listing.AsOf,
        TakenAt = listing.TakenAt,
        Currency = listing.Currency,
        Goal = listing.Goal,
        GoalUnit = listing.GoalUnit == GoalUnit.Orders ? "orders" : "money",
        Pledged = listing.Pledged,
        Backers = listing.Backers,
        LaunchedAt = listing.LaunchedAt,
        EndsAt = listing.Horizon,
        Horizon = listing.HorizonIsAssumed ? "assumed" : "declared",
        Probability = withScore ? Figures.Rounded(listing.Score?.Probability) : null,
        Confidence = withScore ? listing.Score?.Confidence : null,
        Status = withScore ? listing.Score?.Status : null,
        Meter = withScore ? listing.Score?.Meter : null,
    };

    public static CampaignDetail Detail(CampaignListing listing, CampaignRecord record, bool withScore, bool toCoach)
    {
        var facts = record.State.Facts;
        var row = Row(listing, withScore);
        return new CampaignDetail
        {
            Campaign = row.Campaign,
            Title = row.Title,
            Url = row.Url,
            State = row.State,
            AwaitsFacts = row.AwaitsFacts,
            AsOf = row.AsOf,
            TakenAt = row.TakenAt,
            Currency = row.Currency,
            Goal = row.Goal,
            GoalUnit = row.GoalUnit,
            Pledged = row.Pledged,
            Backers = row.Backers,
            LaunchedAt = row.LaunchedAt,
            EndsAt = row.EndsAt,
            Horizon = row.Horizon,
            Probability = row.Probability,
            Confidence = row.Confidence,
            Status = row.Status,
            Meter = row.Meter,
            Holder = facts.Holder,
            Language = facts.Language,
            Category = facts.Category,
            Place = facts.Place,
            Funding = facts.Funding switch
            {
                FundingModel.AllOrNothing => "all-or-nothing",
                FundingModel.KeepItAll => "keep-it-all",
                FundingModel.Recurring => "recurring",
                _ => null,
            },
            Comments = record.State.Latest?.Comments,
            Updates = record.State.Latest?.Updates,
            Snapshots = record.State.Snapshots,
            Unconfirmed = toCoach ? UnconfirmedAnswer.Of(record.State) : null,
            Score = withScore && record.LatestScore is { } score ? JsonSerializer.Deserialize(score.Span, ApiJson.Default.JsonElement) : null,
        };
    }

    public static HistoryAnswer History(HistoryEntry entry, bool withScore) => new()
    {
        At = entry.At,
        Kind = entry.IsTick ? "tick" : entry.Note is null ? "snapshot" : "note",
        Pledged = entry.Snapshot?.Snapshot.Pledged,
        Backers = entry.Snapshot?.Snapshot.Backers,
        Elapsed = Figures.Rounded(entry.Score?.Elapsed),
        Probability = withScore ? Figures.Rounded(entry.Score?.Probability) : null,
        Confidence = withScore ? entry.Score?.Confidence : null,
        Status = withScore ? entry.Score?.Status : null,
        FinalRatioP10 = withScore ? Figures.Rounded(entry.Score?.FinalRatioP10) : null,
        FinalRatioP50 = withScore ? Figures.Rounded(entry.Score?.FinalRatioP50) : null,
        FinalRatioP90 = withScore ? Figures.Rounded(entry.Score?.FinalRatioP90) : null,
        Meter = withScore ? entry.Score?.Meter : null,
        SetAside = entry.SetAside,
    };

    private static string Text(CampaignStatus status) => status switch
    {
        CampaignStatus.Succeeded => "succeeded",
        CampaignStatus.Failed => "failed",
        CampaignStatus.Cancelled => "cancelled",
        _ => "live",
    };
}

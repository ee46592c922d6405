using Succesmeter.Campaigns;
using Succesmeter.Outcomes;

namespace Succesmeter.Reports;

/// <summary>What the report counts of one campaign: its row in the list, and what its history taught once it was over.</summary>
public sealed record ReportCampaign
{
    public DateTimeOffset? LaunchedAt { get; init; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public bool IsCancelled { get; init; }

    /// <summary>Null while it runs, was cancelled, or nobody knows.</summary>
    public bool? Reached { get; init; }

    public string? Category { get; init; }

    public string? Place { get; init; }

    /// <summary>Places that are the same have the same key: a code of <see cref="BelgianPlaces"/>, or the lower-cased text; null where none is given.</summary>
    public string? PlaceKey => BelgianPlaces.Of(Place)?.Code ?? (Place?.Trim() is { Length: > 0 } named ? named.ToLowerInvariant() : null);

    public FundingModel? Funding { get; init; }

    public string? Currency { get; init; }

    /// <summary>What its holder received: of all-or-nothing that failed, nothing. Null where the goal is no money, or nobody knows.</summary>
    public decimal? Paid { get; init; }

    public CampaignYield? Yield { get; init; }

    /// <param name="finished">Null while it runs, and for what ended before the newest that are kept.</param>
    public static ReportCampaign Of(CampaignListing listing, FinishedCampaign? finished)
    {
        var isOver = FinishedCampaign.IsOver(listing);
        var reached = !isOver || finished is { IsKnown: false } ? (bool?)null
            : finished?.Reached ?? (listing.Pledged >= listing.Goal || (listing is { Status: CampaignStatus.Succeeded, Funding: FundingModel.AllOrNothing }));
        return new ReportCampaign
        {
            LaunchedAt = listing.LaunchedAt,
            EndedAt = isOver || listing.Status == CampaignStatus.Cancelled ? FinishedCampaign.EndOf(listing) : null,
            IsCancelled = listing.Status == CampaignStatus.Cancelled,
            Reached = reached,
            Category = listing.Category,
            Place = listing.Place,
            Funding = listing.Funding,
            Currency = listing.Currency,
            Paid = reached is { } known && listing is { GoalUnit: GoalUnit.Money, Pledged: { } pledged } && (known || listing.Funding != FundingModel.AllOrNothing) ? pledged : null,
            Yield = finished?.Yield,
        };
    }
}

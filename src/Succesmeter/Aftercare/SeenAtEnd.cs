using System.Collections.Immutable;
using Succesmeter.Campaigns;
using Succesmeter.Features;
using Succesmeter.Histories;
using Succesmeter.Social;

namespace Succesmeter.Aftercare;

/// <summary>What a finished campaign had come to: its indicators and its size. What was derived from donors' other gifts is here as it is shown, in steps.</summary>
/// <param name="Indicators">By <see cref="IndicatorNames"/>; one without a value is not here.</param>
/// <param name="Money">Decimal logarithm of 1 + euros given; null where the currency cannot be sized.</param>
/// <param name="Goal">Decimal logarithm of the goal in euros.</param>
/// <param name="Backers">At the end.</param>
public sealed record SeenAtEnd(ImmutableSortedDictionary<string, SeenIndicator> Indicators, double? Money, double? Goal, int? Backers)
{
    public static readonly SeenAtEnd Nothing = new(ImmutableSortedDictionary<string, SeenIndicator>.Empty, null, null, null);

    /// <param name="listing">Of a campaign that is over.</param>
    /// <param name="record">Its record, as of the newest entry.</param>
    public static SeenAtEnd Of(CampaignListing listing, CampaignRecord record)
    {
        if (record.FoldedThrough is not { } asOf)
            return Nothing;

        var measures = SocialMeasures.Of(Crowd.Of(record.State, asOf), CampaignContext.Of(record.State, asOf), asOf);
        var indicators = ImmutableSortedDictionary.CreateBuilder<string, SeenIndicator>(StringComparer.Ordinal);
        foreach (var name in IndicatorNames.All)
            if (measures[name] is { Value: { } value, Observability: not Observability.Unobservable } measure && double.IsFinite(value))
                indicators[name] = new SeenIndicator(value, measure.Observability == Observability.Bounded);

        return new SeenAtEnd(indicators.ToImmutable(), Size(1 + listing.Pledged), Size(listing.Goal), listing.Backers);

        double? Size(decimal? amount) =>
            listing.GoalUnit == GoalUnit.Money && amount is > 0 && EuroSize.Log10Of((double)amount.Value, listing.Currency) is var size && double.IsFinite(size) ? size : null;
    }
}

/// <param name="Value">In the indicator's unit.</param>
/// <param name="IsBounded">It is the lower bound of what may be.</param>
public sealed record SeenIndicator(double Value, bool IsBounded);

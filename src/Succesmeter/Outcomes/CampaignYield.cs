using System.Collections.Immutable;
using Succesmeter.Campaigns;
using Succesmeter.Reports;
using Succesmeter.Snapshots;

namespace Succesmeter.Outcomes;

/// <summary>What the platform report counts of a finished campaign. Sums alone: nobody in it can be told from anybody else.</summary>
public sealed record CampaignYield
{
    /// <summary>Code of givers who gave a place that is no Belgian postcode.</summary>
    public const string UnknownPlace = "unknown";

    /// <summary>The main language as declared.</summary>
    public string? Language { get; init; }

    /// <summary>The most that was ever asked in kind; null where the page never showed needs.</summary>
    public int? NeedsAsked { get; init; }

    public int? NeedsFilled { get; init; }

    /// <summary>Collaborators, by the last count shown.</summary>
    public int? Helpers { get; init; }

    /// <summary>People who gave, the holder left out; a gift without a name is a giver of its own. Null where no gifts are listed.</summary>
    public int? Givers { get; init; }

    /// <summary>Of them by place, in order of codes; who gave none is in none.</summary>
    public ImmutableArray<PlaceCount> Places { get; init; } = [];

    /// <param name="state">As of the end.</param>
    public static CampaignYield Of(CampaignState state)
    {
        var givers = new Dictionary<Pseudonym, (long Sum, string? Place)>();
        var (unnamed, places) = (0, new SortedDictionary<string, int>(StringComparer.Ordinal));
        foreach (var gift in state.Gifts.Open)
        {
            if (gift.ByHolder)
                continue;
            if (gift.Donor is { } donor)
            {
                // A hidden amount is a gift; who is left with nothing after refunds did not give.
                var known = givers.GetValueOrDefault(donor);
                givers[donor] = (known.Sum + (gift.AmountMinor ?? 1), gift.Place ?? known.Place);
            }
            else if (gift.AmountMinor is null or > 0)
            {
                unnamed++;
                Count(gift.Place);
            }
        }

        foreach (var (sum, place) in givers.Values)
            if (sum > 0)
                Count(place);

        var lists = state.Gifts.Open.Length > 0 || state.Gifts.Sealed.Count > 0;
        var needs = state.LastShown.Needs;
        var asked = Math.Max(needs?.Asked ?? 0, state.LastShown.MostAsked);
        return new CampaignYield
        {
            Language = state.Facts.Language,
            NeedsAsked = needs is null ? null : asked,
            NeedsFilled = needs is null ? null : Math.Clamp(needs.Filled, 0, asked),
            Helpers = state.LastShown.Collaborators,
            Givers = lists ? givers.Values.Count(static giver => giver.Sum > 0) + unnamed + state.Gifts.Sealed.Donors + state.Gifts.Sealed.Anonymous : null,
            Places = [.. places.Select(static place => new PlaceCount(place.Key, place.Value))],
        };

        void Count(string? place)
        {
            if (string.IsNullOrWhiteSpace(place))
                return;
            var code = BelgianPlaces.OfPostcode(place)?.Code ?? UnknownPlace;
            places[code] = places.GetValueOrDefault(code) + 1;
        }
    }
}

/// <param name="Place">A code of <see cref="BelgianPlaces"/>, or <see cref="CampaignYield.UnknownPlace"/>.</param>
public sealed record PlaceCount(string Place, int Givers);

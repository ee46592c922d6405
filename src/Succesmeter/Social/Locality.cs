using System.Globalization;
using System.Text;
using Succesmeter.Snapshots;

namespace Succesmeter.Social;

/// <summary>
/// How many donors name the campaign's own place, as a share of those who name any. It stands in for the share within five kilometres, which needs coordinates of postcodes that nobody gives us
/// (the construct: Agrawal, Catalini and Goldfarb 2015); a neighbour across a municipal border is missed, so it bounds that share from below.
/// </summary>
internal static class Locality
{
    public const string Unit = "share of donors from the campaign's own place";

    private const int Fewest = 20;

    private const double ShareWithPlaceNeeded = 0.6;

    /// <summary>A group of fewer is not shown.</summary>
    private const int FewestThere = 5;

    public static Measure Of(Crowd crowd, Givers givers)
    {
        var places = new Dictionary<string, Place?>(StringComparer.Ordinal);
        if (Place.Of(crowd.Place) is not { } here)
            return Measure.Unobservable(Reasons.CampaignPlaceUnknown);

        long all = crowd.Sealed?.Donors ?? 0;
        int placed = 0, there = 0, named = 0;
        foreach (var text in givers.Places())
        {
            all++;
            if (text is null)
                continue;
            if (!places.TryGetValue(text, out var known))
                places.Add(text, known = Place.Of(text));
            if (known is not { } place)
                continue;

            named++;
            if (here.IsSame(place) is not { } same)
                continue;

            placed++;
            there += same ? 1 : 0;
        }

        if (named > 0 && placed == 0)
            return Measure.Unobservable(Reasons.PlaceKindsDiffer);
        if (placed < Fewest || placed < ShareWithPlaceNeeded * all)
            return Measure.Unobservable(Reasons.FewPlaces);
        if (there < FewestThere)
            return Measure.Unobservable(Reasons.FewerThanFiveThere);

        return Measure.Share(there, there, placed, Observability.Bounded, Reasons.PlaceStandsInForDistance, isComparable: false);
    }

    /// <summary>A place as a postcode, a name, or both: <c>1080 Molenbeek</c>.</summary>
    private readonly record struct Place(string Postcode, string Name)
    {
        public static Place? Of(string? text)
        {
            var (digits, letters) = (new StringBuilder(), new StringBuilder());

            // By runes first: half of a surrogate pair cannot be normalized.
            foreach (var c in NormalText.Of(text ?? "", NormalizationForm.FormD))
                if (char.IsAsciiDigit(c))
                    digits.Append(c);
                else if (char.IsLetter(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                    letters.Append(char.ToLowerInvariant(c));

            return digits.Length + letters.Length == 0 ? null : new Place(digits.ToString(), letters.ToString());
        }

        /// <returns>Null where one gives a postcode and the other a name: nothing here knows which belongs to which.</returns>
        public bool? IsSame(Place other) =>
            Postcode.Length > 0 && other.Postcode.Length > 0 ? Postcode == other.Postcode
            : Name.Length > 0 && other.Name.Length > 0 ? Name == other.Name
            : null;
    }
}

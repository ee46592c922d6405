using System.Globalization;
using System.Text;
using Succesmeter.Snapshots;

namespace Succesmeter.Reports;

/// <summary>
/// Belgian postcodes by their ranges (docs/report.md). Facilities for speakers of another language do not change the community of a municipality; Brussels is bilingual.
/// Ranges follow provinces; the postcodes of the nine German-speaking municipalities are listed one by one.
/// </summary>
public static class BelgianPlaces
{
    public const string Brussels = "brussels", Flanders = "flanders", Wallonia = "wallonia";

    public const string Bilingual = "bilingual", InDutch = "dutch", InFrench = "french", InGerman = "german";

    private static readonly BelgianPlace s_otherBrussels = new("brussels-other", "Brussel, andere postcodes", "Bruxelles, autres codes", Brussels, Bilingual);

    private static readonly BelgianPlace s_german = new("german-speaking", "Duitstalige gemeenten", "Communes germanophones", Wallonia, InGerman);

    private static readonly (int[] Postcodes, BelgianPlace Place)[] s_municipalities =
    [
        ([1000, 1020, 1120, 1130], Municipality("brussels-city", "Brussel", "Bruxelles")),
        ([1030], Municipality("schaerbeek", "Schaarbeek", "Schaerbeek")),
        ([1040], Municipality("etterbeek", "Etterbeek", "Etterbeek")),
        ([1050], Municipality("ixelles", "Elsene", "Ixelles")),
        ([1060], Municipality("saint-gilles", "Sint-Gillis", "Saint-Gilles")),
        ([1070], Municipality("anderlecht", "Anderlecht", "Anderlecht")),
        ([1080], Municipality("molenbeek", "Sint-Jans-Molenbeek", "Molenbeek-Saint-Jean")),
        ([1081], Municipality("koekelberg", "Koekelberg", "Koekelberg")),
        ([1082], Municipality("berchem-sainte-agathe", "Sint-Agatha-Berchem", "Berchem-Sainte-Agathe")),
        ([1083], Municipality("ganshoren", "Ganshoren", "Ganshoren")),
        ([1090], Municipality("jette", "Jette", "Jette")),
        ([1140], Municipality("evere", "Evere", "Evere")),
        ([1150], Municipality("woluwe-saint-pierre", "Sint-Pieters-Woluwe", "Woluwe-Saint-Pierre")),
        ([1160], Municipality("auderghem", "Oudergem", "Auderghem")),
        ([1170], Municipality("watermael-boitsfort", "Watermaal-Bosvoorde", "Watermael-Boitsfort")),
        ([1180], Municipality("uccle", "Ukkel", "Uccle")),
        ([1190], Municipality("forest", "Vorst", "Forest")),
        ([1200], Municipality("woluwe-saint-lambert", "Sint-Lambrechts-Woluwe", "Woluwe-Saint-Lambert")),
        ([1210], Municipality("saint-josse", "Sint-Joost-ten-Node", "Saint-Josse-ten-Noode")),
    ];

    /// <summary>First and last postcode.</summary>
    private static readonly (int First, int Last, BelgianPlace Place)[] s_provinces =
    [
        (1300, 1499, new("walloon-brabant", "Waals-Brabant", "Brabant wallon", Wallonia, InFrench)),
        (1500, 1999, new("flemish-brabant", "Vlaams-Brabant", "Brabant flamand", Flanders, InDutch)),
        (2000, 2999, new("antwerp", "Antwerpen", "Anvers", Flanders, InDutch)),
        (3000, 3499, new("flemish-brabant", "Vlaams-Brabant", "Brabant flamand", Flanders, InDutch)),
        (3500, 3999, new("limburg", "Limburg", "Limbourg", Flanders, InDutch)),
        (4000, 4999, new("liege", "Luik", "Liège", Wallonia, InFrench)),
        (5000, 5999, new("namur", "Namen", "Namur", Wallonia, InFrench)),
        (6000, 6599, new("hainaut", "Henegouwen", "Hainaut", Wallonia, InFrench)),
        (6600, 6999, new("luxembourg", "Luxemburg", "Luxembourg", Wallonia, InFrench)),
        (7000, 7999, new("hainaut", "Henegouwen", "Hainaut", Wallonia, InFrench)),
        (8000, 8999, new("west-flanders", "West-Vlaanderen", "Flandre-Occidentale", Flanders, InDutch)),
        (9000, 9999, new("east-flanders", "Oost-Vlaanderen", "Flandre-Orientale", Flanders, InDutch)),
    ];

    /// <summary>Eupen, Lontzen, Kelmis, Raeren, Bütgenbach, Büllingen, Amel, Sankt Vith, Burg-Reuland and their parts; Malmedy (4960) and Waimes (4950) are French-speaking.</summary>
    private static readonly int[] s_germanPostcodes =
        [4700, 4701, 4710, 4711, 4720, 4721, 4728, 4730, 4731, 4750, 4760, 4761, 4770, 4771, 4780, 4782, 4783, 4784, 4790, 4791];

    private static readonly Dictionary<string, BelgianPlace> s_byName = NamesOf();

    /// <summary>Each place once: the municipalities of Brussels, then the provinces from north to south.</summary>
    public static IReadOnlyList<BelgianPlace> All { get; } =
        [.. s_municipalities.Select(static one => one.Place), s_otherBrussels, .. s_provinces.Select(static range => range.Place).DistinctBy(static place => place.Code), s_german];

    /// <summary>Where a text with a Belgian postcode (<c>1080</c>, <c>B-1080 Molenbeek</c>) lies; null for any other text.</summary>
    public static BelgianPlace? OfPostcode(string? text)
    {
        if (text is null || PostcodeIn(text) is not { } code)
            return null;
        if (Array.Find(s_municipalities, one => one.Postcodes.Contains(code)).Place is { } municipality)
            return municipality;
        if (code is >= 1000 and <= 1299)
            return s_otherBrussels;

        // Between the German-speaking municipalities' postcodes lie none that are known to belong to anybody else.
        if (code is >= 4700 and <= 4799)
            return s_germanPostcodes.Contains(code) ? s_german : null;
        return Array.Find(s_provinces, range => code >= range.First && code <= range.Last).Place;
    }

    /// <summary>The same, and also a municipality of Brussels by its Dutch or French name.</summary>
    public static BelgianPlace? Of(string? text) => OfPostcode(text) ?? (text is null ? null : s_byName.GetValueOrDefault(Plain(text)));

    /// <summary>Four digits alone or before a name. Another country's prefix, and the two letters behind a Dutch postcode, say that it is not Belgian.</summary>
    private static int? PostcodeIn(string text)
    {
        var rest = text.AsSpan().Trim();
        foreach (var prefix in (ReadOnlySpan<string>)["BE-", "B-", "BE ", "B "])
            if (rest.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                rest = rest[prefix.Length..].TrimStart();
                break;
            }

        if (rest.Length < 4 || rest[..4].ContainsAnyExceptInRange('0', '9') || rest[0] == '0')
            return null;

        var behind = rest[4..].TrimStart(" ,-");
        if (!behind.IsEmpty && (behind.Length == rest.Length - 4 || behind.Length == 2 || !char.IsLetter(behind[0])))
            return null;
        return int.Parse(rest[..4], NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, BelgianPlace> NamesOf()
    {
        var names = new Dictionary<string, BelgianPlace>(StringComparer.Ordinal);
        foreach (var (_, place) in s_municipalities)
            foreach (var name in (string[])[place.Code, place.Dutch, place.French])
                names[Plain(name)] = place;
        return names;
    }

    /// <summary>Letters alone, lower-cased and without accents.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var c in NormalText.Of(text, NormalizationForm.FormD))
            if (char.IsLetter(c))
                plain.Append(char.ToLowerInvariant(c));
        return plain.ToString();
    }

    private static BelgianPlace Municipality(string code, string dutch, string french) => new(code, dutch, french, Brussels, Bilingual);
}

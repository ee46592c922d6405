using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Succesmeter.Platforms.Apis;

namespace Succesmeter.Platforms.Recipes;

/// <summary>What became of one field.</summary>
/// <param name="Field">As the snapshot names it.</param>
/// <param name="Source">As the recipe names the source that was believed; null where none was.</param>
/// <param name="Raw">What stood there.</param>
/// <param name="Value">As the snapshot holds it; null where nothing was read.</param>
/// <param name="Complaints">Of the sources that showed something that could not be read.</param>
internal sealed record FieldFinding(string Field, string? Source, string? Raw, JsonNode? Value, IReadOnlyList<string> Complaints)
{
    /// <summary>A moment that was told from the visit.</summary>
    public bool IsRelative { get; init; }
}

/// <summary>Reads fields of one page by a recipe: the first source in the order of trust that shows a value which can be read. A value is read whole or not at all.</summary>
internal sealed class FieldReading(Recipe recipe, PageContent page, DateTimeOffset takenAt)
{
    private const int MostCandidates = 50;
    private const int MostRaw = 200;

    private static readonly (string Mark, string[] Currencies)[] CurrencyMarks =
        [("€", ["EUR"]), ("£", ["GBP"]), ("$", ["USD", "CAD", "AUD", "NZD", "MXN", "SGD", "HKD"]), ("EUR", ["EUR"]), ("GBP", ["GBP"]), ("USD", ["USD"]), ("CHF", ["CHF"])];

    private readonly ShownLanguage? own = OwnLanguage(recipe, page.Language);

    /// <param name="field">What is looked for.</param>
    /// <param name="element">The item of a list that it belongs to.</param>
    /// <param name="json">The same, of JSON.</param>
    public FieldFinding Read(RecipeField field, IElement? element = null, JsonElement? json = null)
    {
        if (field.Constant is { } constant)
            return new FieldFinding(field.Field.Name, "constant", constant, Value(field.Field, constant), []);

        var complaints = new List<string>();
        foreach (var source in field.From)
        {
            var candidates = Candidates(source, element, json);
            if (candidates.Count == 0)
                continue;

            var read = Read(field, source, candidates, out var complaint);
            if (read is { } found)
                return new FieldFinding(field.Field.Name, source.Text, Cut(found.Raw), found.Value, complaints) { IsRelative = found.IsRelative };
            complaints.Add($"{field.Field.Name} {complaint} ({source.Text}: '{Cut(candidates[0].Text)}')");
        }

        return new FieldFinding(field.Field.Name, null, null, null, complaints);
    }

    /// <summary>Whether a page shows a thing at all.</summary>
    public bool Shows(FieldSource source) => Candidates(source, null, null).Count > 0;

    public static JsonNode Value(SnapshotField field, string constant) => field.Kind == FieldKind.Flag ? JsonValue.Create(constant == "true") : JsonValue.Create(constant);

    /// <summary>The items of a list.</summary>
    public List<(IElement? Element, JsonElement? Json)> Items(FieldSource source, int most) => source.Kind switch
    {
        SourceKind.Css => [.. page.Select(source.Selector, null, most).Select(static element => ((IElement?)element, (JsonElement?)null))],
        _ => [.. Json(source, null).SelectMany(Spread).Take(most).Select(static value => ((IElement?)null, (JsonElement?)value))],
    };

    /// <summary>Addresses that a source shows, as they are written.</summary>
    public IEnumerable<string> Links(FieldSource source, int most) => Candidates(source, null, null, most).Select(static candidate => candidate.Text.Trim());

    private List<Candidate> Candidates(FieldSource source, IElement? element, JsonElement? json, int most = MostCandidates)
    {
        IEnumerable<Candidate> all = source.Kind switch
        {
            SourceKind.JsonLd or SourceKind.State or SourceKind.Item => Json(source, json).SelectMany(Scalars),
            SourceKind.Meta => page.Meta(source.Name!).Select(static content => new Candidate(content, CandidateKind.Machine)),
            SourceKind.Css when source.Attribute is { } attribute => page.Select(source.Selector, element, most * 4)
                .Select(found => found.GetAttribute(attribute)).OfType<string>().Select(static text => new Candidate(text, CandidateKind.Machine)),
            SourceKind.Css => page.Select(source.Selector, element, most).Select(static found => new Candidate(PageContent.Shown(found), CandidateKind.Shown)),
            _ => element is null ? Matches(source.Pattern!, page.Text, most) : Matches(source.Pattern!, ShownText.Figures(PageContent.Shown(element)), most),
        };
        if (source.Match is { } match)
            all = all.SelectMany(candidate => Matches(match, candidate.Kind == CandidateKind.Shown ? ShownText.Figures(candidate.Text) : candidate.Text, 1).Select(part => part with { Kind = candidate.Kind }));

        return [.. all.Take(most)];
    }

    private IEnumerable<JsonElement> Json(FieldSource source, JsonElement? item)
    {
        IEnumerable<JsonElement> roots = source.Kind switch
        {
            SourceKind.JsonLd => page.LinkedData.Where(node => source.Type is null || IsType(node, source.Type)),
            SourceKind.State => page.States(source.Selector, source.After),
            _ => item is { } one ? [one] : [],
        };
        return roots.SelectMany(source.Path!.Find);
    }

    private static bool IsType(JsonElement node, string type) =>
        node.TryGetProperty("@type", out var value) && Spread(value).Any(one => one.ValueKind == JsonValueKind.String && ApiAnswer.Decoded(one) == type);

    private static IEnumerable<JsonElement> Spread(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];

    private static IEnumerable<Candidate> Scalars(JsonElement value)
    {
        foreach (var one in Spread(value))
        {
            switch (one.ValueKind)
            {
                case JsonValueKind.String when ApiAnswer.Decoded(one) is { } text:
                    yield return new Candidate(text, CandidateKind.Machine);
                    break;
                case JsonValueKind.Number:
                    yield return new Candidate(one.GetRawText(), CandidateKind.Number);
                    break;
                case JsonValueKind.True or JsonValueKind.False:
                    yield return new Candidate(one.GetRawText(), CandidateKind.Machine);
                    break;
                default:
                    break;
            }
        }
    }

    private static IEnumerable<Candidate> Matches(Regex pattern, string text, int most)
    {
        var count = 0;
        for (var match = pattern.Match(text); match.Success && count < most; match = match.NextMatch(), count++)
        {
            var group = match.Groups["value"] is { Success: true } named ? named : match.Groups.Count > 1 && match.Groups[1].Success ? match.Groups[1] : match;
            yield return new Candidate(WebUtility.HtmlDecode(group.Value), CandidateKind.Shown, ShownText.CutsNumber(text, group.Index, group.Length));
        }
    }

    private (JsonNode Value, string Raw, bool IsRelative)? Read(RecipeField field, FieldSource source, List<Candidate> candidates, out string complaint)
    {
        complaint = "must not be empty";
        (JsonNode Value, string Raw, bool IsRelative)? found = null;
        var isPlural = field.Field.Kind is FieldKind.Amount or FieldKind.Count or FieldKind.Moment or FieldKind.Degrees;
        if (field.Field.Kind == FieldKind.Languages)
            return Languages(candidates, out complaint);

        var broken = default(string);
        foreach (var candidate in candidates)
        {
            if (Value(field, source, candidate, out var relative, out var rule) is not { } value)
            {
                broken ??= rule;
                continue;
            }

            if (!isPlural || source.First)
                return (value, candidate.Text, relative);
            if (found is { } earlier && earlier.Value.ToJsonString() != value.ToJsonString())
            {
                complaint = "must not stand there with several values: narrow the source, or say first";
                return null;
            }

            found ??= (value, candidate.Text, relative);
        }

        complaint = broken ?? complaint;
        return found;
    }

    private JsonValue? Value(RecipeField field, FieldSource source, Candidate candidate, out bool relative, out string rule)
    {
        relative = false;
        rule = "must not be empty";
        switch (field.Field.Kind)
        {
            case FieldKind.Amount or FieldKind.Count or FieldKind.Degrees:
                return Number(field, source, candidate, out rule) is { } number ? JsonValue.Create(number) : null;
            case FieldKind.Moment:
                return Moment(source, candidate, out relative, out rule);
            case FieldKind.Choice:
                var word = ShownText.Clean(candidate.Text, MostRaw);
                var meant = field.Map.GetValueOrDefault(word) ?? field.Field.Choices.FirstOrDefault(choice => choice.Equals(word, StringComparison.OrdinalIgnoreCase));
                rule = $"must be one of {string.Join(", ", field.Field.Choices)}, or in the map";
                return meant is null ? null : JsonValue.Create(meant);
            case FieldKind.Flag:
                return Flag(field, source, candidate, out rule) is { } flag ? JsonValue.Create(flag) : null;
            default:
                var text = ShownText.Clean(candidate.Kind == CandidateKind.Shown ? candidate.Text : WithoutSeams(candidate.Text), field.Field.Limit);
                if (field.Field.Name == "currency")
                    return Currency(text, out rule) is { } currency ? JsonValue.Create(currency) : null;
                return text.Length == 0 ? null : JsonValue.Create(text);
        }
    }

    private decimal? Number(RecipeField field, FieldSource source, Candidate candidate, out string rule)
    {
        rule = "must not be cut out of a longer number";
        if (candidate.CutsNumber)
            return null;

        var text = ShownText.Figures(candidate.Text);
        decimal value;
        if (field.Field.Kind == FieldKind.Degrees)
        {
            rule = "must be a number of degrees";
            var most = field.Field.Name == "latitude" ? 90 : 180;
            return decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && Math.Abs(value) <= most ? value : null;
        }

        var style = source.Language?.Numbers ?? (candidate.Kind == CandidateKind.Shown ? Style() : NumberStyle.Unknown);
        if (candidate.Kind == CandidateKind.Number ? !ShownNumber.TryReadMachine(text, out value, out rule) : !ShownNumber.TryRead(text, style, out value, out rule))
            return null;

        if (field.Field.Kind == FieldKind.Count)
        {
            rule = "must be a whole number up to 1,000,000,000";
            return value == decimal.Truncate(value) && value <= 1_000_000_000 ? decimal.Truncate(value) : null;
        }

        if (candidate.Kind != CandidateKind.Number && recipe.Constants.TryGetValue("currency", out var currency) && OtherCurrency(text, currency) is { } other)
        {
            rule = $"must be in {currency}, not {other}";
            return null;
        }

        rule = field.InMinorUnits ? "must be a whole number of minor units" : "must not be more than 1,000,000,000,000";
        if (field.InMinorUnits && value != decimal.Truncate(value))
            return null;
        value = field.InMinorUnits ? value / 100 : value;
        return value <= Snapshots.SnapshotLimits.MostAmount ? value : null;
    }

    private static string? OtherCurrency(string text, string currency)
    {
        string? other = null;
        foreach (var (mark, currencies) in CurrencyMarks)
        {
            if (!text.Contains(mark, StringComparison.OrdinalIgnoreCase))
                continue;
            if (currencies.Contains(currency))
                return null;
            other = mark;
        }

        return other;
    }

    private JsonValue? Moment(FieldSource source, Candidate candidate, out bool relative, out string rule)
    {
        relative = false;
        rule = ShownMoment.NoDate;
        if (candidate.Kind == CandidateKind.Number)
            return ShownMoment.TryReadEpoch(candidate.Text, out var epoch) ? JsonValue.Create(epoch.Iso) : null;

        var mine = source.Language ?? own;
        IReadOnlyList<ShownLanguage> all = mine is null ? recipe.Languages : [mine, .. recipe.Languages.Where(language => language != mine)];
        if (!ShownMoment.TryRead(ShownText.Figures(candidate.Text), mine, all, recipe.Zone, takenAt, out var moment, out rule))
            return null;

        relative = moment.IsRelative;
        return JsonValue.Create(moment.Iso);
    }

    /// <summary>Without a map an element that is there says yes, and so does an attribute that is empty.</summary>
    private static bool? Flag(RecipeField field, FieldSource source, Candidate candidate, out string rule)
    {
        var word = ShownText.Clean(candidate.Text, MostRaw);
        rule = "must be true or false, or in the map";
        if (field.Map.TryGetValue(word, out var meant))
            return meant == "true";
        if (bool.TryParse(word, out var flag))
            return flag;

        var isPresence = field.Map.Count == 0 && source.Kind is SourceKind.Css or SourceKind.Regex && (source.Attribute is null || word.Length == 0);
        return isPresence ? true : null;
    }

    private static string? Currency(string text, out string rule)
    {
        rule = "must be a currency of ISO 4217, € or £";
        return text switch
        {
            "€" => "EUR",
            "£" => "GBP",
            _ => text.Length == 3 && text.All(char.IsAsciiLetter) ? text.ToUpperInvariant() : null,
        };
    }

    private static (JsonNode, string, bool)? Languages(List<Candidate> candidates, out string complaint)
    {
        complaint = "must be codes of ISO 639";
        var codes = candidates.Select(static candidate => ShownLanguage.Primary(candidate.Text)).Where(static code => code.Length is 2 or 3 && code.All(char.IsAsciiLetterLower)).Distinct(StringComparer.Ordinal).Take(20).ToArray();
        return codes.Length == 0 ? null : (new JsonArray([.. codes.Select(static code => (JsonNode)code)]), string.Join(", ", codes), false);
    }

    private NumberStyle Style() =>
        own?.Numbers ?? (recipe.Languages.Select(static language => language.Numbers).Distinct().Count() == 1 ? recipe.Languages[0].Numbers : NumberStyle.Unknown);

    /// <summary>The page's own word, where the recipe knows the language; else the recipe's, where it names one alone.</summary>
    private static ShownLanguage? OwnLanguage(Recipe recipe, string? tag)
    {
        if (tag is not null)
            for (var i = 0; i < recipe.Tags.Count; i++)
                if (ShownLanguage.Primary(recipe.Tags[i]) == ShownLanguage.Primary(tag))
                    return recipe.Tags[i].Contains('-', StringComparison.Ordinal) ? recipe.Languages[i] : ShownLanguage.Find(tag);

        return recipe.Languages.Count == 1 ? recipe.Languages[0] : null;
    }

    private static string WithoutSeams(string text) => text.Replace(PageContent.Seam, ' ');

    private static string Cut(string text) => ShownText.Clean(text, MostRaw);

    private enum CandidateKind
    {
        /// <summary>Written for people, by their language.</summary>
        Shown,

        /// <summary>Written for machines, so the page's language says nothing of it.</summary>
        Machine,

        /// <summary>A number of JSON.</summary>
        Number,
    }

    private readonly record struct Candidate(string Text, CandidateKind Kind, bool CutsNumber = false);
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;
using Succesmeter.Addresses;
using Succesmeter.Snapshots;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Apis;

/// <summary>Reads JSON that an API answered, forgiving what is missing, null or of another type: that is null here. Nothing throws on what came from outside.</summary>
internal static class ApiAnswer
{
    /// <summary>Of whole numbers; what a snapshot takes.</summary>
    private const int MostCount = 1_000_000_000;

    private const int MostDecimals = 4;

    /// <summary>What adding floats leaves behind, as snapshots forgive it.</summary>
    private const decimal FloatNoise = 0.000001m;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 32 };

    /// <summary>A visit is read anew after each of its pages: each is parsed once, for as long as it is kept.</summary>
    private static readonly ConditionalWeakTable<FetchedPage, StrongBox<JsonElement?>> s_parsed = [];

    /// <returns>Null where it is no JSON object in UTF-8.</returns>
    public static JsonElement? Of(FetchedPage page) => s_parsed.GetValue(page, static page => new(Parse(page.Body))).Value;

    private static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Span is [0xEF, 0xBB, 0xBF, ..])
            body = body[3..];

        if (!Utf8.IsValid(body.Span))
            return null;

        try
        {
            if (!NamesAreText(body.Span, new JsonReaderOptions { MaxDepth = s_options.MaxDepth }))
                return null;

            using var document = JsonDocument.Parse(body, s_options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The value of a field, or null where there is none.</summary>
    public static JsonElement? Field(this JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static JsonElement? ObjectIn(this JsonElement owner, string name) =>
        owner.Field(name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    public static JsonElement? ListIn(this JsonElement owner, string name) =>
        owner.Field(name) is { ValueKind: JsonValueKind.Array } value ? value : null;

    /// <returns>Null where it is no list.</returns>
    public static IReadOnlyList<JsonElement>? ItemsIn(this JsonElement owner, string name) =>
        owner.ListIn(name) is { } list ? [.. list.EnumerateArray()] : null;

    public static bool? FlagIn(this JsonElement owner, string name) => owner.Field(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>A text to read: trimmed, without control characters, cut where it is longer.</summary>
    public static string? TextIn(this JsonElement owner, string name, int most) => owner.Field(name) is { } value ? Shown(value, most) : null;

    /// <inheritdoc cref="TextIn"/>
    public static string? Shown(JsonElement value, int most)
    {
        if (Decoded(value) is not { } text)
            return null;

        if (text.AsSpan().ContainsAny(s_controls))
            text = string.Concat(text.Where(static c => !s_controls.Contains(c)));

        text = text.Trim();
        if (text.Length > most)
            text = text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)].TrimEnd();

        return text.Length == 0 ? null : text;
    }

    /// <summary>A text that names something, or the whole number that does. Never cut: part of an id is another id.</summary>
    public static string? IdIn(this JsonElement owner, string name)
    {
        if (owner.Field(name) is not { } value)
            return null;

        if (value.ValueKind == JsonValueKind.Number)
            return value.TryGetInt64(out var number) && number >= 0 ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;

        var text = Decoded(value)?.Trim();
        return text is { Length: > 0 } && text.Length <= SnapshotLimits.Default.MaxName && !text.AsSpan().ContainsAny(s_controls) ? text : null;
    }

    /// <summary>An http or https address.</summary>
    public static string? AddressIn(this JsonElement owner, string name)
    {
        var text = owner.Field(name) is { } value ? Decoded(value)?.Trim() : null;
        return text is not null && text.Length <= SnapshotLimits.Default.MaxUrl && !text.AsSpan().ContainsAny(s_controls)
            && AddressText.TryParse(text, out var address) && address.Scheme is "http" or "https" ? text : null;
    }

    /// <summary>An amount that a snapshot takes, just as it stands; a number in a text is none.</summary>
    public static decimal? AmountIn(this JsonElement owner, string name)
    {
        if (owner.Field(name) is not { ValueKind: JsonValueKind.Number } value || !value.TryGetDecimal(out var amount) || amount is < 0 or > SnapshotLimits.MostAmount)
            return null;

        return amount.Scale <= MostDecimals || Math.Abs(amount - decimal.Round(amount, MostDecimals)) <= FloatNoise ? amount : null;
    }

    public static int? CountIn(this JsonElement owner, string name) =>
        owner.Field(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out var number)
        && number is >= 0 and <= MostCount && decimal.IsInteger(number) ? (int)number : null;

    public static double? DegreesIn(this JsonElement owner, string name, double most) =>
        owner.Field(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var degrees) && Math.Abs(degrees) <= most ? degrees : null;

    public static string? CurrencyIn(this JsonElement owner, string name) =>
        owner.IdIn(name) is { Length: 3 } text && !text.AsSpan().ContainsAnyExceptInRange('A', 'Z') ? text : null;

    /// <summary>The names of an object's fields.</summary>
    public static IEnumerable<string> NamesIn(this JsonElement owner, string name) =>
        owner.ObjectIn(name) is { } named ? named.EnumerateObject().Select(static field => field.Name) : [];

    /// <summary>Those that are ISO 639 codes, each once, in lower case and without a region.</summary>
    public static string[] Languages(IEnumerable<string?> tags) =>
        [.. tags.OfType<string>()
            .Select(static tag => tag.Split('-', '_')[0].ToLowerInvariant())
            .Where(static tag => tag is { Length: 2 or 3 } && !tag.AsSpan().ContainsAnyExceptInRange('a', 'z'))
            .Distinct(StringComparer.Ordinal)
            .Take(SnapshotLimits.Default.MaxLanguages)];

    private static readonly System.Buffers.SearchValues<char> s_controls = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(static c => (char)c).Except(['\t', '\n', '\r']), '\x7F', '\uFFFE', '\uFFFF']);

    /// <returns>Null for what is no text, half of a surrogate pair such as \ud800 alone included.</returns>
    internal static string? Decoded(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <remarks>Looking for a field compares it with every name, and a name with half of a surrogate pair throws there: such an answer is refused as a whole.</remarks>
    internal static bool NamesAreText(ReadOnlySpan<byte> body, JsonReaderOptions options)
    {
        var json = new Utf8JsonReader(body, options);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName || !json.ValueIsEscaped)
                continue;

            try
            {
                _ = json.GetString();
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }

        return true;
    }
}

using System.Buffers;
using System.Text.Json;
using Succesmeter.Addresses;
using Succesmeter.Campaigns;

namespace Succesmeter.Snapshots;

/// <content>The values of single fields. Each gives null for JSON's null, and for what it refused.</content>
internal sealed partial class RowReader
{
    internal const int MostCount = 1_000_000_000;

    internal const int MostPeople = 100_000;

    /// <summary>No currency has more than four decimals.</summary>
    private const int MostDecimals = 4;

    /// <summary>What adding floats leaves behind: 0.1 + 0.2 is written 0.30000000000000004, and means 0.3.</summary>
    private const decimal FloatNoise = 0.000001m;

    /// <summary>In bytes, all of them escaped.</summary>
    private const int LongestId = 128 * 6;

    /// <summary>Bytes that hold every date and every choice.</summary>
    private const int ShortText = 96;

    private static readonly SearchValues<char> s_controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c).Except(['\t', '\n', '\r']), '\x7F', '\uFFFE', '\uFFFF']);

    private CampaignId? Campaign(ref Utf8JsonReader json)
    {
        // However long it is, the rule for ids says what is wrong.
        var isTooLong = json.TokenType == JsonTokenType.String && json.ValueSpan.Length > LongestId;
        var name = isTooLong ? "" : Text(ref json, LongestId);
        if (name is null)
            return null;

        if (!CampaignId.TryParse((_platform ?? s_anyPlatform).Value, name, out var campaign))
            Refuse(IdRule.Text);

        return campaign;
    }

    private string? Text(ref Utf8JsonReader json, int mostCharacters)
    {
        if (json.TokenType == JsonTokenType.Null)
            return null;

        if (json.TokenType != JsonTokenType.String)
        {
            Refuse("must be a text");
            return null;
        }

        // A character takes twelve bytes at most, as two escapes: longer texts need not be decoded to be refused.
        var text = json.ValueSpan.Length <= mostCharacters * 12L ? Decoded(ref json)?.Trim() : null;
        if (_rule is not null)
            return null;

        if (text is null || (text.Length > mostCharacters && text.EnumerateRunes().Count() > mostCharacters))
        {
            Refuse($"must be at most {mostCharacters} characters long");
            return null;
        }

        if (text.AsSpan().ContainsAny(s_controls))
        {
            Refuse("must hold no control characters");
            return null;
        }

        return text.Length == 0 ? null : text;
    }

    private string? Decoded(ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
            return json.GetString();

        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, such as \ud800 alone.
            Refuse("must be valid Unicode");
            return null;
        }
    }

    private string? Url(ref Utf8JsonReader json)
    {
        var url = Text(ref json, _limits.MaxUrl);
        if (url is not null && !(AddressText.TryParse(url, out var address) && address.Scheme is "http" or "https"))
            Refuse("must be an http or https address");

        return url;
    }

    private string? Currency(ref Utf8JsonReader json)
    {
        var currency = Text(ref json, _limits.MaxName);
        if (currency is not null && (currency.Length != 3 || currency.AsSpan().ContainsAnyExceptInRange('A', 'Z')))
            Refuse("must be an ISO 4217 code, three capital letters");

        return currency;
    }

    private decimal? Amount(ref Utf8JsonReader json)
    {
        if (!IsNumber(ref json))
            return null;

        if (!json.TryGetDecimal(out var amount) || amount is < 0 or > SnapshotLimits.MostAmount)
        {
            Refuse("must be a number from 0 to 1000000000000");
            return null;
        }

        if (amount.Scale > MostDecimals)
        {
            var rounded = decimal.Round(amount, MostDecimals, MidpointRounding.ToEven);
            if (Math.Abs(amount - rounded) > FloatNoise)
                Refuse("must have at most 4 decimals");

            amount = rounded;
        }

        return amount;
    }

    private decimal? Goal(ref Utf8JsonReader json) => Amount(ref json) is > 0 and var goal ? goal : null;

    private int? Count(ref Utf8JsonReader json, int least = 0, int most = MostCount)
    {
        if (!IsNumber(ref json))
            return null;

        // 64.0 is a whole number too.
        if (json.TryGetInt32(out var count)
            || (json.TryGetDecimal(out var number) && number >= least && number <= most && decimal.IsInteger(number) && (count = (int)number) >= 0))
        {
            if (count >= least && count <= most)
                return count;
        }

        Refuse($"must be a whole number from {least} to {most}");
        return null;
    }

    private int? People(ref Utf8JsonReader json) => Count(ref json, 1, MostPeople);

    private double? Degrees(ref Utf8JsonReader json, double most)
    {
        if (!IsNumber(ref json))
            return null;

        if (!json.TryGetDouble(out var degrees) || !(Math.Abs(degrees) <= most))
        {
            Refuse($"must be a number from -{most} to {most}");
            return null;
        }

        return degrees;
    }

    private bool IsNumber(ref Utf8JsonReader json)
    {
        if (json.TokenType is not (JsonTokenType.Number or JsonTokenType.Null))
            Refuse("must be a number");

        return json.TokenType == JsonTokenType.Number;
    }

    private bool? Flag(ref Utf8JsonReader json)
    {
        if (json.TokenType is JsonTokenType.True or JsonTokenType.False)
            return json.GetBoolean();

        if (json.TokenType != JsonTokenType.Null)
            Refuse("must be true or false");

        return null;
    }

    private int? Choice(ref Utf8JsonReader json, FieldNames choices)
    {
        if (json.TokenType == JsonTokenType.Null)
            return null;

        if (json.TokenType != JsonTokenType.String)
        {
            Refuse("must be a text");
            return null;
        }

        Span<byte> unescaped = stackalloc byte[ShortText];
        var found = choices.FindIgnoringCase(ShortSpan(in json, unescaped));
        if (found >= 0)
            return found;

        Refuse($"must be one of {choices}");
        return null;
    }

    private Moment? When(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null)
            return null;

        if (json.TokenType != JsonTokenType.String)
        {
            Refuse("must be a text");
            return null;
        }

        Span<byte> unescaped = stackalloc byte[ShortText];
        var text = ShortSpan(in json, unescaped);
        Moment moment;
        if (MomentText.TryParse(text, out var day))
        {
            moment = new Moment(_cache.StartOf(day, _zone), IsWholeDay: true);
        }
        else if (!MomentText.TryParse(text, _zone, out moment))
        {
            Refuse("must be a date or time of ISO 8601");
            return null;
        }

        if (!MomentText.IsInRange(moment))
        {
            Refuse("must lie in the years 2000 to 2100");
            return null;
        }

        return moment;
    }

    /// <returns>Empty for what is too long or cannot be decoded, which no choice and no date is.</returns>
    private static ReadOnlySpan<byte> ShortSpan(in Utf8JsonReader json, Span<byte> unescaped)
    {
        if (!json.ValueIsEscaped)
            return json.ValueSpan;

        if (json.ValueSpan.Length > unescaped.Length)
            return default;

        try
        {
            return unescaped[..json.CopyString(unescaped)];
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }
}

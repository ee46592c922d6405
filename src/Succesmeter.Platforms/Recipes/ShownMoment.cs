using System.Globalization;
using System.Text.RegularExpressions;
using Succesmeter.Campaigns;
using Succesmeter.Platforms.Apis;
using Succesmeter.Snapshots;

namespace Succesmeter.Platforms.Recipes;

/// <summary>A date or time as a page shows it.</summary>
/// <param name="Iso">As a snapshot writes it: a day, or an instant in UTC.</param>
/// <param name="IsRelative">It was told from the visit (<c>il y a 3 jours</c>), so the next visit may tell it a little differently.</param>
internal readonly partial record struct ShownMoment(string Iso, bool IsRelative)
{
    internal const string NoDate = "must hold a date or time with its year";
    internal const string Several = "must hold one date, not several";
    internal const string Ambiguous = "must not be readable in two ways (day or month first)";
    internal const string Coarse = "must be told to the day: weeks, months and years are too coarse";
    internal const string OutOfRange = "must lie in the years 2000 to 2100";

    private const int MostCharacters = 300;

    private static readonly string[] MailForms = ["ddd, d MMM yyyy HH:mm:ss 'GMT'", "ddd, d MMM yyyy HH:mm:ss zzz", "d MMM yyyy HH:mm:ss zzz"];

    /// <param name="text">What the page shows.</param>
    /// <param name="own">The page's language where it is known; it decides whether day or month comes first.</param>
    /// <param name="all">Whose words may stand in the text, the likeliest first.</param>
    /// <param name="zone">Of days and of times without a zone.</param>
    /// <param name="takenAt">From which relative dates count.</param>
    /// <param name="moment">What was read.</param>
    /// <param name="rule">Which rule the text broke, when it did.</param>
    public static bool TryRead(string text, ShownLanguage? own, IReadOnlyList<ShownLanguage> all, TimeZoneInfo zone, DateTimeOffset takenAt, out ShownMoment moment, out string rule)
    {
        moment = default;
        text = text.Trim();
        if (text.Length is 0 or > MostCharacters)
        {
            rule = NoDate;
            return false;
        }

        if (MomentText.TryParse(text, zone, out var exact))
            return InRange(exact, relative: false, zone, out moment, out rule);
        if (DateTimeOffset.TryParseExact(text, MailForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var mail))
            return InRange(new Moment(mail), relative: false, zone, out moment, out rule);

        try
        {
            if (Dated(text, own, all) is { } dated)
                return Join(dated.Day, dated.Rule, text, dated.Others, zone, out moment, out rule);

            return Relative(text, all, zone, takenAt, out moment, out rule);
        }
        catch (RegexMatchTimeoutException)
        {
            rule = NoDate;
            return false;
        }
    }

    /// <summary>Seconds or milliseconds since 1970, as machines keep them.</summary>
    public static bool TryReadEpoch(string digits, out ShownMoment moment)
    {
        moment = default;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;

        // From 2000 to 2100 seconds have nine or ten digits and milliseconds twelve or thirteen.
        var milliseconds = number switch
        {
            >= 946_684_800L and < 4_133_980_800L => number * 1000,
            >= 946_684_800_000L and < 4_133_980_800_000L => number,
            _ => 0,
        };
        if (milliseconds > 0)
            moment = new ShownMoment(SnapshotDraft.TextOf(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)), IsRelative: false);
        return milliseconds > 0;
    }

    private static (DateOnly? Day, string Rule, string Others)? Dated(string text, ShownLanguage? own, IReadOnlyList<ShownLanguage> all)
    {
        foreach (var language in all)
        {
            var matches = language.NamedDates.SelectMany(pattern => pattern.Matches(text)).DistinctBy(static match => match.Groups["y"].Index).ToList();
            if (matches.Count == 0)
                continue;
            if (matches.Count > 1)
                return (null, Several, "");

            var match = matches[0];
            return (Day(match.Groups["y"].Value, language.Month(match.Groups["m"].Value), int.Parse(match.Groups["d"].Value, CultureInfo.InvariantCulture)), NoDate, Without(text, match));
        }

        var numeric = NumericDate().Matches(text);
        if (numeric.Count == 0)
            return null;
        if (numeric.Count > 1)
            return (null, Several, "");

        var (first, second) = (int.Parse(numeric[0].Groups["a"].Value, CultureInfo.InvariantCulture), int.Parse(numeric[0].Groups["b"].Value, CultureInfo.InvariantCulture));
        var order = own?.Order ?? (all.Select(static language => language.Order).Distinct().Count() == 1 ? all[0].Order : DayOrder.Unknown);
        if (order == DayOrder.Unknown && first != second)
        {
            if (first <= 12 && second <= 12)
                return (null, Ambiguous, "");
            order = second > 12 ? DayOrder.MonthFirst : DayOrder.DayFirst;
        }

        var (day, month) = order == DayOrder.MonthFirst ? (second, first) : (first, second);
        return (Day(numeric[0].Groups["y"].Value, month, day), NoDate, Without(text, numeric[0]));
    }

    private static string Without(string text, Match match) => string.Concat(text.AsSpan(0, match.Index), " ", text.AsSpan(match.Index + match.Length));

    private static DateOnly? Day(string year, int month, int day)
    {
        var y = int.Parse(year, CultureInfo.InvariantCulture);
        return y is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(y, month) ? new DateOnly(y, month, day) : null;
    }

    private static bool Join(DateOnly? day, string broken, string text, string rest, TimeZoneInfo zone, out ShownMoment moment, out string rule, bool relative = false)
    {
        moment = default;
        rule = broken;
        if (day is null)
            return false;

        var iso = day.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var times = ClockTime().Matches(rest);
        if (times.Count == 1 && TimeOf(times[0]) is { } time)
        {
            // A zone that is only named (CET, UTC) could mean another than the platform's: better the day alone.
            if (!NamedZone().IsMatch(text))
                iso = $"{iso}T{time:HH\\:mm}";
        }

        return MomentText.TryParse(iso, zone, out var read) ? InRange(read, relative, zone, out moment, out rule) : throw new InvalidOperationException($"'{iso}' was written here and is no date.");
    }

    private static TimeOnly? TimeOf(Match match)
    {
        var hour = int.Parse(match.Groups["h"].Value, CultureInfo.InvariantCulture);
        var minute = match.Groups["min"].Success ? int.Parse(match.Groups["min"].Value, CultureInfo.InvariantCulture) : 0;
        if (match.Groups["half"] is { Success: true, Value: var half })
        {
            if (hour is < 1 or > 12)
                return null;
            hour = (hour % 12) + (half[0] is 'p' or 'P' ? 12 : 0);
        }

        return hour <= 23 && minute <= 59 ? new TimeOnly(hour, minute) : null;
    }

    private static bool Relative(string text, IReadOnlyList<ShownLanguage> all, TimeZoneInfo zone, DateTimeOffset takenAt, out ShownMoment moment, out string rule)
    {
        foreach (var language in all)
        {
            for (var word = 0; word < language.DayWords.Count; word++)
                if (language.DayWords[word].Match(text) is { Success: true } match)
                    return Join(DayOf(takenAt, word - 1, zone), NoDate, text, Without(text, match), zone, out moment, out rule, relative: true);

            foreach (var (patterns, sign) in new[] { (language.Past, -1), (language.Ahead, 1) })
            {
                var matches = patterns.SelectMany(pattern => pattern.Matches(text)).DistinctBy(static match => match.Groups["n"].Index).ToList();
                if (matches.Count > 0)
                    return Distance(matches, sign, zone, takenAt, out moment, out rule);
            }
        }

        moment = default;
        rule = NoDate;
        return false;
    }

    private static bool Distance(List<Match> matches, int sign, TimeZoneInfo zone, DateTimeOffset takenAt, out ShownMoment moment, out string rule)
    {
        moment = default;
        rule = Several;
        if (matches.Count > 1)
            return false;

        var match = matches[0];
        rule = Coarse;
        if (match.Groups["coarse"].Success)
            return false;

        var number = int.TryParse(match.Groups["n"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var counted) ? counted : 1;
        if (match.Groups["d"].Success)
        {
            rule = OutOfRange;
            return DayOf(takenAt, sign * number, zone) is { } day && Join(day, OutOfRange, "", "", zone, out moment, out rule, relative: true);
        }

        var distance = match.Groups["h"].Success ? TimeSpan.FromHours(number) : match.Groups["min"].Success ? TimeSpan.FromMinutes(number) : TimeSpan.FromSeconds(number);
        return InRange(new Moment(takenAt + (sign * distance)), relative: true, zone, out moment, out rule);
    }

    private static DateOnly? DayOf(DateTimeOffset takenAt, int days, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(takenAt, zone).DateTime).AddDays(days);

    private static bool InRange(Moment read, bool relative, TimeZoneInfo zone, out ShownMoment moment, out string rule)
    {
        rule = OutOfRange;
        moment = default;
        if (read.At.Year is < MomentText.FirstYear or > MomentText.LastYear)
            return false;

        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(read.At, zone).DateTime);
        moment = new ShownMoment(read.IsWholeDay ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : SnapshotDraft.TextOf(read.At), relative);
        return true;
    }

    [GeneratedRegex(@"\b(?<a>[0-9]{1,2})[/.-](?<b>[0-9]{1,2})[/.-](?<y>[0-9]{4})\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumericDate();

    [GeneratedRegex(@"\b(?<h>[0-9]{1,2})(?:\s*(?:[:hu])\s*(?<min>[0-9]{2})(?:\s*(?<half>[apAP])\.?[mM]\b)?|\s*(?<half>[apAP])\.?[mM]\b)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ClockTime();

    [GeneratedRegex(@"\b(?:UTC|GMT|CES?T|WES?T|EES?T|BST|[ECMP][SD]T)\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedZone();
}

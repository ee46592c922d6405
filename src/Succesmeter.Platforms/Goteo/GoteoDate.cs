using System.Globalization;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Platforms.Goteo;

/// <summary>Dates as Goteo writes them, after RFC 1123 but with an offset: <c>Fri, 10 Apr 2020 00:00:00 +0200</c>, <c>Wed, 28 Mar 2012 17:26:10 GMT</c>.</summary>
internal static class GoteoDate
{
    private static readonly string[] s_forms = ["ddd, d MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ss 'GMT'"];

    /// <returns>Null where it is none. Midnight in the platform's own zone is a day of which no more is known: most dates are kept that way.</returns>
    public static Moment? Read(string? text, TimeZoneInfo zone)
    {
        if (text is null || text.Length > 40 || !DateTimeOffset.TryParseExact(text, s_forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return null;

        if (at.UtcDateTime.Year is < MomentText.FirstYear or > MomentText.LastYear)
            return null;

        var utc = at.ToUniversalTime();
        return new Moment(utc, IsWholeDay: utc == MomentText.StartOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(utc, zone).DateTime), zone));
    }
}

using System.Globalization;

namespace Succesmeter.Reports;

/// <summary>A calendar year or quarter in a platform's zone.</summary>
/// <param name="Quarter">1 to 4; null = the whole year.</param>
public readonly record struct ReportPeriod(int Year, int? Quarter)
{
    /// <summary><c>2026</c> or <c>2026-Q1</c>.</summary>
    public string Name => Quarter is { } quarter ? string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-Q{quarter}") : Year.ToString("D4", CultureInfo.InvariantCulture);

    /// <summary>The quarter of an instant.</summary>
    public static ReportPeriod QuarterOf(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        return new ReportPeriod(local.Year, ((local.Month - 1) / 3) + 1);
    }

    public DateTimeOffset From(TimeZoneInfo zone) => Begin(Year, ((Quarter ?? 1) * 3) - 2, zone);

    /// <summary>The first instant that is no longer in it.</summary>
    public DateTimeOffset Until(TimeZoneInfo zone) => Quarter is { } quarter and < 4 ? Begin(Year, (quarter * 3) + 1, zone) : Begin(Year + 1, 1, zone);

    /// <summary>The quarters, each followed by nothing, and the years behind their quarters, that began at or after the quarter of <paramref name="first"/> and are over.</summary>
    public static IEnumerable<ReportPeriod> Over(DateTimeOffset first, DateTimeOffset asOf, TimeZoneInfo zone)
    {
        for (var quarter = QuarterOf(first, zone); quarter.Until(zone) <= asOf;)
        {
            yield return quarter;
            if (quarter.Quarter == 4)
                yield return new ReportPeriod(quarter.Year, null);
            quarter = quarter.Quarter == 4 ? new ReportPeriod(quarter.Year + 1, 1) : quarter with { Quarter = quarter.Quarter + 1 };
        }
    }

    /// <remarks>Midnight may be skipped by a zone's summer time; then the day begins with the first instant that there is.</remarks>
    private static DateTimeOffset Begin(int year, int month, TimeZoneInfo zone)
    {
        var midnight = new DateTime(year, month, 1, 0, 0, 0, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(15);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}

using Succesmeter.Campaigns;

namespace Succesmeter.Snapshots;

/// <summary>Reads dates and times as sources write them: ISO 8601, with or without a zone, with or without a time.</summary>
/// <remarks>
/// A time without a zone is read in the platform's. Where the clock is put forward, a time that does not exist is read as if the clock had not moved yet
/// (02:30 becomes 03:30); where it is put back, the first of the two is meant. A date alone is the start of that local day: where midnight does not exist, the first
/// instant that does.
/// </remarks>
public static class MomentText
{
    /// <summary>Dates before and after are taken for mistakes (0001-01-01, 9999-12-31).</summary>
    public const int FirstYear = 2000;

    public const int LastYear = 2100;

    /// <param name="utf8">As in <c>2026-05-02</c>, <c>2026-05-02T14:00</c>, <c>2026-05-02 14:00:00.123+02:00</c>; parts of a millisecond are cut off.</param>
    /// <param name="zone">Of a time without one.</param>
    /// <param name="moment">In UTC.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8, TimeZoneInfo zone, out Moment moment)
    {
        moment = default;
        if (!TryDate(utf8, out var day))
            return false;

        if (utf8.Length == 10)
        {
            moment = new Moment(StartOf(day, zone), IsWholeDay: true);
            return true;
        }

        if (utf8[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || !TryTime(utf8[11..], out var time, out var rest))
            return false;

        var local = day.ToDateTime(TimeOnly.MinValue) + time;
        if (rest.IsEmpty)
        {
            moment = new Moment(AtLocal(local, zone));
            return true;
        }

        if (!TryOffset(rest, out var offset))
            return false;

        // A zone can carry the very first or last day of the calendar over its edge.
        var ticks = local.Ticks - offset.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return false;

        moment = new Moment(new DateTimeOffset(ticks, TimeSpan.Zero));
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, TimeZoneInfo, out Moment)"/>
    public static bool TryParse(string? text, TimeZoneInfo zone, out Moment moment)
    {
        moment = default;
        if (text is null || text.Length > MaxLength)
            return false;

        Span<byte> utf8 = stackalloc byte[MaxLength];
        return System.Text.Ascii.FromUtf16(text, utf8, out var length) == System.Buffers.OperationStatus.Done
            && TryParse(utf8[..length], zone, out moment);
    }

    /// <summary>The first instant of a day in a zone, in UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone) => AtLocal(day.ToDateTime(TimeOnly.MinValue), zone);

    /// <summary>Reads a date without a time.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> utf8, out DateOnly day)
    {
        day = default;
        return utf8.Length == 10 && TryDate(utf8, out day);
    }

    internal const int MaxLength = 64;

    internal static bool IsInRange(Moment moment) => moment.At.Year is >= FirstYear and <= LastYear;

    private static DateTimeOffset AtLocal(DateTime local, TimeZoneInfo zone)
    {
        if (local.Year is <= 1 or >= 9999)
            return new DateTimeOffset(local, TimeSpan.Zero);

        TimeSpan offset;
        if (zone.IsInvalidTime(local))
        {
            offset = zone.GetUtcOffset(local.AddDays(-1));
        }
        else if (zone.IsAmbiguousTime(local))
        {
            offset = TimeSpan.MinValue;
            foreach (var possible in zone.GetAmbiguousTimeOffsets(local))
                offset = possible > offset ? possible : offset;
        }
        else
        {
            offset = zone.GetUtcOffset(local);
        }

        return new DateTimeOffset(local - offset, TimeSpan.Zero);
    }

    private static bool TryDate(ReadOnlySpan<byte> utf8, out DateOnly day)
    {
        day = default;
        if (utf8.Length is < 10 or > MaxLength || utf8[4] != '-' || utf8[7] != '-'
            || !TryDigits(utf8[..4], out var year) || !TryDigits(utf8[5..7], out var month) || !TryDigits(utf8[8..10], out var date)
            || year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateOnly(year, month, date);
        return true;
    }

    /// <summary>Reads <c>HH:mm[:ss[.f…]]</c>; what follows it is the zone.</summary>
    private static bool TryTime(ReadOnlySpan<byte> utf8, out TimeSpan time, out ReadOnlySpan<byte> rest)
    {
        time = default;
        rest = default;
        if (utf8.Length < 5 || utf8[2] != ':' || !TryDigits(utf8[..2], out var hour) || !TryDigits(utf8[3..5], out var minute) || hour > 23 || minute > 59)
            return false;

        rest = utf8[5..];
        var second = 0;
        var millisecond = 0;
        if (!rest.IsEmpty && rest[0] == ':')
        {
            if (rest.Length < 3 || !TryDigits(rest[1..3], out second) || second > 59)
                return false;

            rest = rest[3..];
            if (rest.Length > 1 && rest[0] is (byte)'.' or (byte)',')
            {
                var digits = 1;
                for (var worth = 100; digits < rest.Length && rest[digits] is >= (byte)'0' and <= (byte)'9'; digits++, worth /= 10)
                    millisecond += worth * (rest[digits] - '0');

                if (digits == 1)
                    return false;

                rest = rest[digits..];
            }
        }

        time = new TimeSpan(0, hour, minute, second, millisecond);
        return true;
    }

    /// <summary>Reads <c>Z</c>, <c>+HH:mm</c>, <c>+HHmm</c> or <c>+HH</c>.</summary>
    private static bool TryOffset(ReadOnlySpan<byte> utf8, out TimeSpan offset)
    {
        offset = default;
        if (utf8.Length == 1)
            return utf8[0] is (byte)'Z' or (byte)'z';

        if (utf8.Length < 3 || utf8[0] is not ((byte)'+' or (byte)'-') || !TryDigits(utf8[1..3], out var hours))
            return false;

        var minutes = 0;
        var rest = utf8[3..];
        if (!rest.IsEmpty)
        {
            rest = rest[0] == ':' ? rest[1..] : rest;
            if (rest.Length != 2 || !TryDigits(rest, out minutes))
                return false;
        }

        if (hours > 14 || minutes > 59)
            return false;

        offset = new TimeSpan(hours, minutes, 0);
        if (utf8[0] == '-')
            offset = -offset;

        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> utf8, out int value)
    {
        value = 0;
        foreach (var digit in utf8)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;

            value = value * 10 + (digit - '0');
        }

        return true;
    }
}

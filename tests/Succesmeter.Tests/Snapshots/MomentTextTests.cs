using System.Globalization;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Snapshots;

public sealed class MomentTextTests
{
    [Theory]
    [InlineData("2026-05-02T12:00:00Z", "2026-05-02T12:00:00.000", false)]
    [InlineData("2026-05-02t12:00:00z", "2026-05-02T12:00:00.000", false)]
    [InlineData("2026-05-02T12:00:00.123987Z", "2026-05-02T12:00:00.123", false)]
    [InlineData("2026-05-02T12:00:00,5Z", "2026-05-02T12:00:00.500", false)]
    [InlineData("2026-05-02T12:00+02:00", "2026-05-02T10:00:00.000", false)]
    [InlineData("2026-05-02 12:00:00-0530", "2026-05-02T17:30:00.000", false)]
    [InlineData("2026-05-02T12:00:00+14", "2026-05-01T22:00:00.000", false)]
    [InlineData("2026-05-02T12:00:00", "2026-05-02T10:00:00.000", false)]
    [InlineData("2026-01-02T12:00", "2026-01-02T11:00:00.000", false)]
    [InlineData("2026-05-02", "2026-05-01T22:00:00.000", true)]
    [InlineData("2026-01-02", "2026-01-01T23:00:00.000", true)]
    public void Times_of_ISO_8601_become_UTC(string text, string utc, bool isWholeDay) =>
        Assert.Equal(new Moment(Utc(utc), isWholeDay), Some.At(text));

    [Theory]
    [InlineData("")]
    [InlineData("2026")]
    [InlineData("2026-05")]
    [InlineData("20260502")]
    [InlineData("2026-5-2")]
    [InlineData("2026-02-29")]
    [InlineData("2026-13-01")]
    [InlineData("0000-01-01")]
    [InlineData("2026-05-02T")]
    [InlineData("2026-05-02T12")]
    [InlineData("2026-05-02T24:00")]
    [InlineData("2026-05-02T12:60")]
    [InlineData("2026-05-02T12:00:60Z")]
    [InlineData("2026-05-02T12:00:00.Z")]
    [InlineData("2026-05-02T12:00:00+15:00")]
    [InlineData("2026-05-02T12:00:00+02:60")]
    [InlineData("2026-05-02T12:00:00 Europe/Brussels")]
    [InlineData("2026-05-02T12:00:00+2")]
    [InlineData("2026-05-02X12:00:00")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("02/05/2026")]
    public void Everything_else_is_no_time(string text) => Assert.False(MomentText.TryParse(text, Some.Brussels, out _));

    [Fact]
    public void A_time_that_the_clock_skipped_is_read_as_if_it_had_not() =>
        Assert.Equal(Utc("2026-03-29T01:30:00"), Some.At("2026-03-29T02:30").At);

    [Fact]
    public void Of_a_time_that_came_twice_the_first_is_meant()
    {
        Assert.Equal(Utc("2026-10-25T00:30:00"), Some.At("2026-10-25T02:30").At);
        Assert.Equal(Utc("2026-10-25T02:00:00"), Some.At("2026-10-25T03:00").At);
    }

    [Theory]
    [InlineData("Africa/Cairo", "2023-04-28", "2023-04-27T22:00:00")]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00")]
    [InlineData("America/Havana", "2024-11-03", "2024-11-03T04:00:00")]
    [InlineData("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00")]
    public void A_day_begins_with_the_first_instant_that_it_has(string zone, string day, string utc) =>
        Assert.Equal(Utc(utc), MomentText.StartOf(DateOnly.Parse(day, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Fact]
    public void Days_follow_each_other_without_gap_or_overlap() =>
        Gen.Select(Gen.Int[2000 * 366, 2100 * 365], Gen.OneOf("Europe/Brussels", "America/New_York", "Australia/Lord_Howe", "UTC", "Asia/Kathmandu")).Sample((number, name) =>
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
            var length = MomentText.StartOf(DateOnly.FromDayNumber(number + 1), zone) - MomentText.StartOf(DateOnly.FromDayNumber(number), zone);

            return length.TotalHours is >= 23 and <= 25;
        });

    [Fact]
    public void What_is_written_with_an_offset_is_read_as_the_same_instant() =>
        Gen.Select(Gen.Long[Utc("2000-01-02T00:00:00").ToUnixTimeMilliseconds(), Utc("2100-12-30T00:00:00").ToUnixTimeMilliseconds()], Gen.Int[-14 * 60, 14 * 60]).Sample((ms, minutes) =>
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(ms);
            var text = at.ToOffset(TimeSpan.FromMinutes(minutes)).ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

            return Some.At(text) == new Moment(at);
        });

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}

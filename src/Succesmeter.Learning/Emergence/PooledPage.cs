using Succesmeter.Emergence;
using Succesmeter.Learning.Datasets;

namespace Succesmeter.Learning.Emergence;

/// <summary>Past campaigns with the times of their gifts, as far as each was watched: from the launch where all gifts are listed, else from the oldest one that is.</summary>
internal static class PooledPage
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public static IReadOnlyList<GiftTimeline> OfJustGiving(string directory)
    {
        var folder = Path.Combine(directory, JustGivingPages.Name);
        var gifts = CsvFile.Read(Path.Combine(folder, "donations.csv.gz")).ToLookup(static row => row.Whole("page"), static row => row.Instant("timestamp"));
        return [.. CsvFile.Read(Path.Combine(folder, "pages.csv.gz"))
            .Select(row => Timeline(row.Instant("created"), row.Instant("last_pull"), row["list_complete"] == "1", gifts[row.Whole("page")]))
            .OfType<GiftTimeline>()];
    }

    /// <summary>Only days are known there: each gift stands at its day's midnight.</summary>
    public static IReadOnlyList<GiftTimeline> OfUk(string directory)
    {
        var folder = Path.Combine(directory, UkFundraisers.Name);
        var gifts = CsvFile.Read(Path.Combine(folder, "donations.csv.gz")).ToLookup(static row => row.Whole("campaign"), static row => row.Day("date"));
        return [.. CsvFile.Read(Path.Combine(folder, "campaigns.csv.gz"))
            .Select(row => Timeline(row.Day("created"), row.Day("last_scrape"), row["list_complete"] == "1", gifts[row.Whole("campaign")]))
            .OfType<GiftTimeline>()];
    }

    /// <summary>The part of a timeline up to so many days after its launch.</summary>
    public static GiftTimeline Until(this GiftTimeline timeline, int days)
    {
        var end = timeline.LaunchedAt.AddDays(days);
        return timeline.AsOf <= end ? timeline : timeline with { AsOf = end, Gifts = [.. timeline.Gifts.Where(gift => gift.Earliest < end)] };
    }

    private static GiftTimeline? Timeline(DateTime? created, DateTime? last, bool isComplete, IEnumerable<DateTime?> gifts)
    {
        if (created is null || last is null || last <= created)
            return null;

        var (launch, end) = (new DateTimeOffset(created.Value, TimeSpan.Zero), new DateTimeOffset(last.Value, TimeSpan.Zero));
        var times = gifts.Where(static at => at is not null).Select(static at => new GiftTime(new DateTimeOffset(at!.Value, TimeSpan.Zero))).Where(gift => gift.Earliest >= launch && gift.Earliest <= end).ToList();
        return times.Count == 0 ? null : new GiftTimeline
        {
            Gifts = times,
            WatchedFrom = isComplete ? launch : times.Min(static gift => gift.Earliest),
            AsOf = end,
            LaunchedAt = launch,
            ListIsComplete = isComplete,
            Zone = Zone,
        };
    }
}

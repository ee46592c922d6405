namespace Succesmeter.Emergence;

/// <summary>The instants of a campaign's gifts as numbers: hours since the watch began, in order.</summary>
internal sealed class Arrivals
{
    /// <summary>Of the gifts, this share must be known as exactly as the resolution says: one outage does not spoil a campaign's record.</summary>
    private const double ShareWithinResolution = 0.95;

    /// <summary>A source that rounds does it to all but a few.</summary>
    private const double ShareRounded = 0.98;

    public Arrivals(double[] instants, int onlyExciting, double hours)
    {
        (Instants, OnlyExciting, Hours) = (instants, onlyExciting, hours);
    }

    /// <summary>Those that only excite come first.</summary>
    public double[] Instants { get; }

    /// <summary>The oldest gift of a list that is cut off begins the watch: it may have followers, but is no evidence of when gifts come.</summary>
    public int OnlyExciting { get; }

    public int Count => Instants.Length - OnlyExciting;

    public double Hours { get; }

    public double ResolutionHours { get; private init; }

    /// <summary>Gifts of one instant tell no more about who follows whom than one of them.</summary>
    public int DistinctInstants { get; private init; }

    /// <summary>Local days with a gift.</summary>
    public int DistinctDays { get; private init; }

    public static Arrivals Of(GiftTimeline timeline)
    {
        var (start, end) = (timeline.WatchedFrom, timeline.AsOf);
        var gifts = new List<GiftTime>(timeline.Gifts.Count);
        foreach (var gift in timeline.Gifts)
            if (gift.Latest >= gift.Earliest && gift.Latest >= start && gift.Earliest >= timeline.LaunchedAt && gift.Earliest <= end)
                gifts.Add(new GiftTime(gift.Earliest > start ? gift.Earliest : start, gift.Latest < end ? gift.Latest : end));

        var rounding = Rounding(gifts, timeline.Zone);
        if (rounding > TimeSpan.Zero)
            for (var i = 0; i < gifts.Count; i++)
                if (gifts[i] is var (earliest, latest) && earliest == latest)
                    gifts[i] = new GiftTime(earliest, earliest + rounding < end ? earliest + rounding : end);

        gifts.Sort(static (left, right) => left.Earliest != right.Earliest ? left.Earliest.CompareTo(right.Earliest) : left.Latest.CompareTo(right.Latest));
        var instants = Spread(gifts, start);
        Array.Sort(instants);
        return new Arrivals(instants, timeline.ListIsComplete || instants.Length == 0 ? 0 : 1, Math.Max((end - start).TotalHours, 1e-3))
        {
            ResolutionHours = Resolution(gifts),
            DistinctInstants = gifts.Distinct().Count(),
            DistinctDays = gifts.Select(gift => TimeZoneInfo.ConvertTime(gift.Earliest, timeline.Zone).Date).Distinct().Count(),
        };
    }

    /// <summary>Gifts known to lie in one stretch are laid evenly over it: where they bunched within it is not known, and no bunching is assumed.</summary>
    private static double[] Spread(List<GiftTime> gifts, DateTimeOffset start)
    {
        var instants = new double[gifts.Count];
        for (var first = 0; first < gifts.Count;)
        {
            var next = first + 1;
            while (next < gifts.Count && gifts[next] == gifts[first])
                next++;
            var from = (gifts[first].Earliest - start).TotalHours;
            var length = (gifts[first].Latest - gifts[first].Earliest).TotalHours;
            for (var i = first; i < next; i++)
                instants[i] = from + (length * (i - first + 0.5) / (next - first));
            first = next;
        }

        return instants;
    }

    private static double Resolution(List<GiftTime> gifts)
    {
        if (gifts.Count == 0)
            return 0;

        var lengths = gifts.Select(static gift => (gift.Latest - gift.Earliest).TotalHours).Order().ToList();
        return lengths[Math.Min(lengths.Count - 1, (int)(ShareWithinResolution * lengths.Count))];
    }

    /// <summary>What exact instants turn out to be whole of: a source that says midnight, or the full hour, of every gift does not know better.</summary>
    private static TimeSpan Rounding(List<GiftTime> gifts, TimeZoneInfo zone)
    {
        var (exact, days, hours, minutes, seconds) = (0, 0, 0, 0, 0);
        foreach (var (earliest, latest) in gifts)
        {
            if (earliest != latest)
                continue;

            exact++;
            minutes += earliest.Ticks % TimeSpan.TicksPerMinute == 0 ? 1 : 0;
            seconds += earliest.Ticks % TimeSpan.TicksPerSecond == 0 ? 1 : 0;
            hours += earliest.Ticks % TimeSpan.TicksPerHour == 0 ? 1 : 0;
            days += earliest.UtcTicks % TimeSpan.TicksPerDay == 0 || TimeZoneInfo.ConvertTime(earliest, zone).TimeOfDay == TimeSpan.Zero ? 1 : 0;
        }

        // A single gift at a full hour proves nothing about the source.
        if (exact < 2)
            return TimeSpan.Zero;

        var most = ShareRounded * exact;
        return days >= most ? TimeSpan.FromDays(1)
            : hours >= most ? TimeSpan.FromHours(1)
            : minutes >= most ? TimeSpan.FromMinutes(1)
            : seconds >= most ? TimeSpan.FromSeconds(1)
            : TimeSpan.Zero;
    }
}

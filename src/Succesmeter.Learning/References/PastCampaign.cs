using Succesmeter.Campaigns;
using Succesmeter.Social;

namespace Succesmeter.Learning.References;

/// <summary>A finished campaign of a data set that gives days and amounts of gifts, but no donors.</summary>
internal sealed class PastCampaign(string id, DateOnly launched, DateOnly seenUntil, double launchGoal, string currency, IReadOnlyList<(DateOnly Day, long Minor)> gifts)
{
    /// <summary>Open-ended: no reference ends before its last reading.</summary>
    public const double NoEnd = 100_000;

    private readonly Gift[] _gifts = [.. gifts.OrderBy(g => g.Day).Select((g, i) => new Gift
    {
        Key = (ulong)i,
        At = new Moment(Midnight(g.Day), IsWholeDay: true),
        FirstSeenAt = Midnight(g.Day.AddDays(1)),
        AmountMinor = g.Minor,
        Anonymous = true,
    })];

    private readonly Dictionary<int, SocialMeasures> _measures = [];

    public string Id => id;

    public DateOnly Launched => launched;

    public double LaunchGoal => launchGoal;

    public bool WasSeenOn(int day) => launched.AddDays(day) <= seenUntil;

    public int GiftsCountBy(int day) => GiftsBy(day).Count;

    /// <summary>Everything given by the end of a day, in major units.</summary>
    public double MoneyBy(int day) => GiftsBy(day).Sum(g => g.AmountMinor!.Value) / 100.0;

    /// <summary>
    /// As of the end of a day after the launch, 0 being the launch day itself. A launch that is only known by its day is taken to be at noon, so the campaign is then half a day older.
    /// </summary>
    public SocialMeasures MeasuresBy(int day)
    {
        // Every fold of a cross-fit asks for the same days.
        if (!_measures.TryGetValue(day, out var measures))
            _measures.Add(day, measures = SocialMeasures.Of(CrowdBy(day), ContextOn(day), EndOf(day)));
        return measures;
    }

    public SocialProfile ProfileBy(int day, Social.References references) =>
        SocialProfile.Of(CrowdBy(day), ContextOn(day), references, EndOf(day));

    private CampaignContext ContextOn(int day) =>
        new() { Goal = launchGoal, Currency = currency, PlannedDays = NoEnd, DaysSinceLaunch = day + 0.5 };

    private Crowd CrowdBy(int day) => new() { Gifts = GiftsBy(day), ListIsComplete = true, Bursts = BurstsBy(day) };

    /// <summary>Gifts of a day that look like one person's are marked here as they are in a live campaign.</summary>
    public IReadOnlyList<GiftBurst> BurstsBy(int day) => GiftBursts.In(GiftsBy(day), []);

    private DateTimeOffset EndOf(int day) => Midnight(launched.AddDays(day + 1));

    private ArraySegment<Gift> GiftsBy(int day)
    {
        var end = EndOf(day);
        var count = 0;
        while (count < _gifts.Length && _gifts[count].FirstSeenAt <= end)
            count++;
        return new ArraySegment<Gift>(_gifts, 0, count);
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}

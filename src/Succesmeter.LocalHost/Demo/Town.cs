using System.Collections.Concurrent;
using System.Globalization;

namespace Succesmeter.LocalHost.Demo;

/// <summary>
/// The town's campaigns: a pure function of seed, founding and instant. Campaigns are counted from some months before the founding and follow one another for ever; each is computed when
/// it is first asked for, and kept while it may be asked for often.
/// </summary>
internal sealed class Town
{
    /// <summary>The platform that the town is.</summary>
    public const string Platform = "demostad";

    /// <summary>No campaign runs longer.</summary>
    private const int LongestDays = 121;

    /// <summary>Computed again when they are asked for after that: about a quarter of a megabyte each.</summary>
    private const int MostKept = 150;

    /// <summary>Of each generation of plots one; the others are ordinary.</summary>
    private static readonly TownKind[] Special =
    [
        TownKind.Hit, TownKind.SlowBurner, TownKind.Ignites, TownKind.Newspaper, TownKind.Stalls, TownKind.Recurring, TownKind.Endless, TownKind.Orders, TownKind.Sensitive, TownKind.Cancelled,
    ];

    private readonly ConcurrentDictionary<int, TownCampaign> _kept = new();
    private readonly int _seed;
    private readonly TownPeople _people;
    private readonly TownSimulation _simulation;
    private readonly DateTimeOffset _begin;

    /// <param name="seed">Another seed, another town.</param>
    /// <param name="founded">By then more than thirty campaigns have finished.</param>
    public Town(int seed, DateTimeOffset founded)
    {
        _seed = seed;
        _begin = new DateTimeOffset(founded.UtcDateTime.Date, TimeSpan.Zero).AddDays(-TownFigures.DaysBeforeFounding);
        _people = new(seed);
        _simulation = new(_people, Zone);
    }

    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels");

    /// <summary>Those that have launched and have not been closed for longer than so many days, the newest first.</summary>
    public IEnumerable<TownView> At(DateTimeOffset instant, double daysAfterEnd)
    {
        var oldest = (int)Math.Floor((instant - _begin).TotalDays - LongestDays - daysAfterEnd) / TownFigures.DaysBetweenLaunches - 1;
        for (var number = Newest(instant); number >= Math.Max(0, oldest); number--)
            if (Numbered(number) is var campaign && campaign.LaunchedAt <= instant && campaign.ClosedAt.AddDays(daysAfterEnd) > instant)
                yield return campaign.At(instant);
    }

    /// <returns>Null for one that is not there, or not yet.</returns>
    public TownView? Find(string id, DateTimeOffset instant)
    {
        var dash = id.LastIndexOf('-');
        if (dash < 0 || !int.TryParse(id.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var round) || round is < 1 or > 1_000_000)
            return null;

        for (var theme = 0; theme < TownThemes.All.Count; theme++)
        {
            if (!id.AsSpan(0, dash).SequenceEqual(TownThemes.All[theme].Slug))
                continue;

            var number = ((round - 1) * TownThemes.All.Count) + theme;
            // Far behind the newest there may be no such date.
            return number > Newest(instant) || LaunchOf(number) > instant || Numbered(number) is not { } campaign || campaign.Id != id ? null : campaign.At(instant);
        }

        return null;
    }

    public TownCampaign Numbered(int number)
    {
        if (_kept.TryGetValue(number, out var known))
            return known;

        var campaign = Happened(number);
        if (_kept.Count >= MostKept && _kept.Keys.Order().Cast<int?>().FirstOrDefault() is { } oldest)
            _kept.TryRemove(oldest, out _);
        _kept[number] = campaign;
        return campaign;
    }

    private TownCampaign Happened(int number)
    {
        var dice = new TownDice(_seed, number, 2);
        var kind = KindOf(number);
        var theme = TownThemes.All[number % TownThemes.All.Count];
        var language = dice.Share() switch { < 0.5 => "nl", < 0.85 => "fr", _ => "en" };
        var holder = _people.Holder(dice);
        var launched = LaunchOf(number);
        var days = kind switch
        {
            TownKind.Recurring => 110,
            TownKind.Endless => 70,
            TownKind.Ignites => TownFigures.MiddleDays,
            _ => Math.Clamp((int)Math.Round(TownFigures.MiddleDays * Math.Exp(0.2 * dice.Normal())), TownFigures.LeastDays, TownFigures.MostDays),
        };
        var ends = new DateTimeOffset(launched.UtcDateTime.Date, TimeSpan.Zero).AddDays(days).AddHours(21);
        return _simulation.Happens(
            new()
            {
                Number = number,
                Id = string.Create(CultureInfo.InvariantCulture, $"{theme.Slug}-{(number / TownThemes.All.Count) + 1}"),
                Kind = kind,
                Language = language,
                Title = theme.Title(language),
                Description = TownThemes.Told(language, TownDistricts.Name(holder.District), dice.Below(3)),
                Category = kind == TownKind.Sensitive ? "support" : theme.Category,
                Holder = holder,
                District = holder.District,
                Goal = kind switch { TownKind.Recurring => null, TownKind.Orders => 60 + (10 * dice.Below(10)), _ => Goal(dice) },
                LaunchedAt = launched,
                EndsAt = kind is TownKind.Endless or TownKind.Recurring ? null : ends,
                ClosedAt = kind == TownKind.Cancelled ? launched.AddDays(days * 0.5) : ends,
                KeepsAll = kind == TownKind.Endless || (kind == TownKind.Ordinary && dice.Is(0.2)),
            },
            dice);
    }

    private int Newest(DateTimeOffset instant) => (int)Math.Floor((instant - _begin).TotalDays / TownFigures.DaysBetweenLaunches) + 1;

    private DateTimeOffset LaunchOf(int number)
    {
        var dice = new TownDice(_seed, number, 3);
        return _begin.AddDays((number * TownFigures.DaysBetweenLaunches) + dice.Below(2)).AddHours(7).AddMinutes(dice.Below(240));
    }

    /// <summary>Each kind once in a generation, on another plot each time; a cancelled one in every second.</summary>
    private static TownKind KindOf(int number)
    {
        var generation = number / TownFigures.Plots;
        var place = ((number % TownFigures.Plots * 7) + (generation * 5)) % TownFigures.Plots;
        return place >= Special.Length || (Special[place] == TownKind.Cancelled && generation % 2 == 1) ? TownKind.Ordinary : Special[place];
    }

    private static int Goal(TownDice dice)
    {
        var goal = TownFigures.MiddleGoal * Math.Exp(0.42 * dice.Normal());
        return Math.Clamp((int)Math.Round(goal / 250) * 250, TownFigures.LeastGoal, TownFigures.MostGoal);
    }
}

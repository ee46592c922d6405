using Succesmeter.Social;

namespace Succesmeter.Emergence;

/// <summary>Whether a crowd carries itself, with what the answer rests on: a pure function of when gifts came.</summary>
public sealed record EmergenceEstimate
{
    /// <summary>Fewer gifts than this leave nothing to estimate.</summary>
    private const int FewestToEstimate = 10;

    /// <summary>With four snapshots a day gifts are known to six hours; with fewer, followers cannot be told from company.</summary>
    private const double CoarsestHours = 6.05;

    /// <summary>A crowd whose gifts bring less than this is pushed from outside.</summary>
    private const double PushedBelow = 0.3;

    /// <summary>
    /// Where gifts are only counted their kernel cannot be seen. The first is the pooled one of JustGiving's pages (`emergence-pooled`, docs/emergence.md); slower followers would spread over more counts, so the larger
    /// of two bounds is given.
    /// </summary>
    private static readonly double[] HalfLivesOfCounts = [1, 9];

    /// <summary>Direct followers per gift, 0 to 1; null where only a bound is known.</summary>
    public double? BranchingRatio { get; init; }

    /// <summary>95 %; its lower end stops at zero. Null where nothing is known.</summary>
    public RatioInterval? Interval { get; init; }

    /// <summary>Half of a gift's followers come within so many hours of it.</summary>
    public double? HalfLifeHours { get; init; }

    /// <summary>Gifts that the estimate rests on.</summary>
    public int Contributions { get; init; }

    /// <summary>How exactly 95 % of the gifts' times are known.</summary>
    public double? TimeResolutionHours { get; init; }

    /// <summary>Of the gifts, the share expected to have followed others.</summary>
    public double? ShareThatFollowed { get; init; }

    /// <summary>Twice the log-likelihood ratio against no following; an alarm above the threshold for so many gifts.</summary>
    public double? LikelihoodRatio { get; init; }

    public EmergenceVerdict Verdict { get; init; }

    public Observability Observability { get; init; }

    /// <summary>Why it is not known better; a code of <see cref="EmergenceReasons"/>.</summary>
    public string? Reason { get; init; }

    public static EmergenceEstimate Of(GiftTimeline timeline)
    {
        if (timeline.AsOf <= timeline.LaunchedAt || timeline.AsOf <= timeline.WatchedFrom)
            return Unobservable(EmergenceReasons.BeforeLaunch);

        var arrivals = Arrivals.Of(timeline);
        if (arrivals.Instants.Length == 0)
            return Unobservable(EmergenceReasons.NoGifts);

        var known = new EmergenceEstimate { Contributions = arrivals.Instants.Length, TimeResolutionHours = arrivals.ResolutionHours };
        if (arrivals.ResolutionHours > CoarsestHours)
            return known with { Observability = Observability.Unobservable, Reason = EmergenceReasons.TimesTooCoarse };
        if (arrivals.DistinctInstants < FewestToEstimate)
            return known with { Observability = Observability.Unobservable, Reason = EmergenceReasons.FewGifts };

        return arrivals.ResolutionHours > EmergenceTest.FinestNeededHours ? Bounded(known, timeline, arrivals) : Estimated(known, timeline, arrivals);
    }

    private static EmergenceEstimate Unobservable(string reason) => new() { Observability = Observability.Unobservable, Reason = reason };

    private static EmergenceEstimate Bounded(EmergenceEstimate known, GiftTimeline timeline, Arrivals arrivals)
    {
        var background = Background.InSpansOf(arrivals.ResolutionHours, timeline, arrivals.Count);
        var upper = HalfLivesOfCounts.Max(halfLife => new CountedGifts(arrivals, background, halfLife).UpperBound());
        return known with
        {
            Interval = new RatioInterval(0, upper),
            Verdict = upper < PushedBelow && arrivals.Count >= EmergenceTest.FewestGifts ? EmergenceVerdict.Pushed : EmergenceVerdict.CannotTell,
            Observability = Observability.Bounded,
            Reason = EmergenceReasons.TimesCoarse,
        };
    }

    private static EmergenceEstimate Estimated(EmergenceEstimate known, GiftTimeline timeline, Arrivals arrivals)
    {
        var excitation = new SelfExcitation(arrivals, Background.Of(timeline, arrivals.Count));
        var optimum = excitation.Search();
        var (low, high) = excitation.Interval(optimum);
        var ratio = EmergenceTest.CanDecide(arrivals) ? Math.Min(excitation.RatioIfDaysAreEven(), optimum.LikelihoodRatio) : (double?)null;
        var isAlarm = ratio > EmergenceTest.Threshold(arrivals.Count);
        var weakness = arrivals.DistinctInstants < EmergenceTest.FewestGifts ? EmergenceReasons.FewGifts
            : arrivals.DistinctDays < EmergenceTest.FewestDays ? EmergenceReasons.FewDays
            : !timeline.ListIsComplete ? EmergenceReasons.ListIncomplete
            : !timeline.ActionLogKept ? EmergenceReasons.NoActionLog
            : null;
        var verdict = isAlarm
            ? timeline is { ActionLogKept: true, ListIsComplete: true } ? EmergenceVerdict.SelfSustaining : EmergenceVerdict.Waves
            : high < PushedBelow && ratio is not null ? EmergenceVerdict.Pushed : EmergenceVerdict.CannotTell;
        return known with
        {
            BranchingRatio = optimum.Ratio,
            Interval = new RatioInterval(low, high),
            HalfLifeHours = optimum.Ratio > 0 ? optimum.HalfLifeHours : null,
            ShareThatFollowed = excitation.ShareThatFollowed(optimum),
            LikelihoodRatio = ratio,
            Verdict = verdict,
            Observability = weakness is null ? Observability.Observed : Observability.Bounded,
            Reason = weakness ?? (verdict == EmergenceVerdict.CannotTell ? EmergenceReasons.NotClear : null),
        };
    }
}

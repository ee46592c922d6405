using Succesmeter.Campaigns;

namespace Succesmeter.Social;

/// <summary>A crowd's indicators before they are compared with anything; what reference tables are made of.</summary>
public sealed record SocialMeasures
{
    private const int TrendDays = 7;

    private static readonly Measure NotReckoned = Measure.Unobservable(Reasons.NotReckoned);

    public required Measure Reach { get; init; }

    public required Measure Breadth { get; init; }

    public required Measure Dialogue { get; init; }

    public Measure InKind { get; init; } = NotReckoned;

    public Measure Loyalty { get; init; } = NotReckoned;

    public Measure Reciprocity { get; init; } = NotReckoned;

    public Measure Bridging { get; init; } = NotReckoned;

    public Measure Bonding { get; init; } = NotReckoned;

    public Measure Locality { get; init; } = NotReckoned;

    public Measure Emergence { get; init; } = NotReckoned;

    /// <summary>By name; those of <see cref="IndicatorNames.InMeter"/> may stand in references.</summary>
    public Measure this[string indicator] => indicator switch
    {
        IndicatorNames.Reach => Reach,
        IndicatorNames.Breadth => Breadth,
        IndicatorNames.Loyalty => Loyalty,
        IndicatorNames.Reciprocity => Reciprocity,
        IndicatorNames.Bridging => Bridging,
        IndicatorNames.Bonding => Bonding,
        IndicatorNames.Dialogue => Dialogue,
        IndicatorNames.Locality => Locality,
        IndicatorNames.InKind => InKind,
        IndicatorNames.Emergence => Emergence,
        _ => throw new ArgumentOutOfRangeException(nameof(indicator), indicator, "There is no indicator of that name."),
    };

    /// <param name="crowd">Gifts first seen after <paramref name="asOf"/> are ignored.</param>
    /// <param name="context">As of then.</param>
    /// <param name="asOf">The instant of scoring.</param>
    public static SocialMeasures Of(Crowd crowd, CampaignContext context, DateTimeOffset asOf)
    {
        var (measures, givers) = Ranked(crowd, context, asOf, asOf);
        return measures with
        {
            InKind = Social.InKind.Of(crowd, measures.Reach),
            Loyalty = TieMeasures.Loyalty(crowd, givers),
            Reciprocity = TieMeasures.Reciprocity(crowd),
            Bridging = TieMeasures.Bridging(crowd, givers),
            Bonding = TieMeasures.Bonding(crowd, givers),
            Locality = Social.Locality.Of(crowd, givers),
            Emergence = crowd.Emergence ?? NotReckoned,
        };
    }

    /// <summary>What is known now of how it was a week earlier: reach, breadth and dialogue, whose gifts and comments carry times. Null where that cannot be told.</summary>
    internal static SocialMeasures? AWeekBefore(Crowd crowd, CampaignContext context, DateTimeOffset asOf)
    {
        // On a first day there is hardly a percentile to change from; after the end there is nothing to follow.
        if (!(context.DaysSinceLaunch >= TrendDays + 1) || context.DaysSinceLaunch > context.PlannedDays || crowd.Sealed is not null)
            return null;

        var then = asOf.AddDays(-TrendDays);
        var known = !crowd.ListIsComplete || crowd.ObservedSince <= then || crowd.Gifts.All(g => g.At is not null || g.FirstSeenAt > asOf);
        return known
            ? Ranked(
                crowd with { Pledged = null, Backers = crowd.BackersAWeekAgo, BackersAWeekAgo = null },
                context with { DaysSinceLaunch = context.DaysSinceLaunch - TrendDays },
                then,
                asOf).Measures
            : null;
    }

    internal static double EffectiveDays(CampaignContext context) =>
        Math.Clamp(context.DaysSinceLaunch ?? 0, 0, Math.Max(0, context.PlannedDays));

    private static (SocialMeasures Measures, Givers Givers) Ranked(Crowd crowd, CampaignContext context, DateTimeOffset until, DateTimeOffset asOf)
    {
        var (givers, reach, breadth) = Given(crowd, context, until, asOf, crowd.Bursts);
        if (givers.BurstGifts > 0)
        {
            var (_, reachWith, breadthWith) = Given(crowd, context, until, asOf, []);
            (reach, breadth) = (LeftOut(reach, reachWith), LeftOut(breadth, breadthWith));
        }

        return (new SocialMeasures { Reach = reach, Breadth = breadth, Dialogue = Social.Dialogue.Of(crowd, reach, until) }, givers);
    }

    private static (Givers Givers, Measure Reach, Measure Breadth) Given(
        Crowd crowd, CampaignContext context, DateTimeOffset until, DateTimeOffset asOf, IReadOnlyList<GiftBurst> bursts)
    {
        var fiveEurosMinor = 5 * context.MinorPerMajor / EuroValue.Of(context.Currency);
        var givers = Givers.Until(crowd.Gifts, until, asOf, fiveEurosMinor, bursts);
        return (givers, Social.Reach.Of(crowd, givers), Social.Breadth.Of(crowd, givers, context.MinorPerMajor));
    }

    /// <summary>The value is the one without the burst; the interval reaches to the one with it, since it may be real.</summary>
    private static Measure LeftOut(Measure without, Measure with) => without.Value is null || with.Value is null
        ? without
        : without with
        {
            Low = Math.Min(without.Low, with.Low),
            High = Math.Max(without.High, with.High),
            Observability = Observability.Bounded,
            Reason = without.IsComparable ? Reasons.BurstLeftOut : without.Reason,
        };
}

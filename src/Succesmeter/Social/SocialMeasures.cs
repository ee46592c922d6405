namespace Succesmeter.Social;

/// <summary>A crowd's indicators before they are compared with anything; what reference tables are made of.</summary>
public sealed record SocialMeasures(Measure Reach, Measure Breadth, Measure Pace)
{
    private const int TrendDays = 7;

    /// <param name="crowd">Gifts first seen after <paramref name="asOf"/> are ignored.</param>
    /// <param name="context">As of then.</param>
    /// <param name="asOf">The instant of scoring.</param>
    public static SocialMeasures Of(Crowd crowd, CampaignContext context, DateTimeOffset asOf) => Of(crowd, context, asOf, asOf);

    /// <summary>The same a week earlier, from what is known now; null where that cannot be told.</summary>
    internal static SocialMeasures? AWeekBefore(Crowd crowd, CampaignContext context, DateTimeOffset asOf)
    {
        // On a first day there is hardly a percentile to change from; after the end there is nothing to follow.
        if (!(context.DaysSinceLaunch >= TrendDays + 1) || context.DaysSinceLaunch > context.PlannedDays || crowd.Sealed is not null)
            return null;

        var then = asOf.AddDays(-TrendDays);
        var known = !crowd.ListIsComplete || crowd.ObservedSince <= then || crowd.Gifts.All(g => g.At is not null || g.FirstSeenAt > asOf);
        return known
            ? Of(
                crowd with { Pledged = null, Backers = crowd.BackersAWeekAgo, BackersAWeekAgo = null },
                context with { DaysSinceLaunch = context.DaysSinceLaunch - TrendDays },
                then,
                asOf)
            : null;
    }

    internal static double EffectiveDays(CampaignContext context) =>
        Math.Clamp(context.DaysSinceLaunch ?? 0, 0, Math.Max(0, context.PlannedDays));

    private static SocialMeasures Of(Crowd crowd, CampaignContext context, DateTimeOffset until, DateTimeOffset asOf)
    {
        var fiveEurosMinor = 5 * context.MinorPerMajor / EuroValue.Of(context.Currency);
        var givers = Givers.Until(crowd.Gifts, until, asOf, fiveEurosMinor);
        return new SocialMeasures(
            Social.Reach.Of(crowd, givers),
            Social.Breadth.Of(crowd, givers, context.MinorPerMajor),
            Social.Pace.Of(crowd, givers, context, until));
    }
}

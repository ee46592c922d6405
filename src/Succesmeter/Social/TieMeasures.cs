using Succesmeter.Networks;

namespace Succesmeter.Social;

/// <summary>Loyalty, reciprocity, bridging and bonding as they are shown: in steps, refreshed seldom. The exact figures never come here (docs/network.md).</summary>
internal static class TieMeasures
{
    public const string LoyaltyUnit = "share of donors";
    public const string ReciprocityUnit = "campaigns of others backed by the holder";
    public const string BridgingUnit = "spread above the expected";
    public const string BondingUnit = "log2 of pairs above the expected";

    /// <summary>At half a step a figure would have been shown as the next one.</summary>
    private const double HalfShare = SmallNumbers.ShareStep / 2, HalfDoubling = SmallNumbers.DoublingStep / 2;

    /// <summary>Of a normal distribution, 90 % lie within so many standard errors.</summary>
    private const double Within90 = 1.645;

    public static Measure Loyalty(Crowd crowd, Givers givers)
    {
        if (WhyNot(crowd, crowd.Ties?.Loyalty) is { } why)
            return Measure.Unobservable(why);

        var (value, donors) = (crowd.Ties!.Loyalty.Value!.Value, crowd.Ties.Loyalty.ShownAt!.Value);
        double anonymous = givers.CountedAnonymous, returning = value * donors, all = donors + anonymous;
        var (observability, reason) = anonymous > 0 ? (Observability.Bounded, Reasons.AnonymousDonors) : Known(givers);
        return new Measure(
            value,
            Math.Round(Math.Max(0, JeffreysInterval.Of(returning, all).Low - HalfShare), 2),
            Math.Round(Math.Min(1, JeffreysInterval.Of(returning + anonymous, all).High + HalfShare), 2),
            Stepped(donors), observability, IsComparable: false, reason);
    }

    public static Measure Reciprocity(Crowd crowd) => crowd switch
    {
        { IsSensitive: true } => Measure.Unobservable(Reasons.SensitiveCampaign),
        { Ties: null } => Measure.Unobservable(Reasons.NetworkNotBuilt),
        { Ties.Reciprocity: 0 } => Measure.Unobservable(Reasons.TooFewToShow),
        { Ties.Reciprocity: { } backed } => new Measure(backed, backed, backed + SmallNumbers.Step - 1, 1, Observability.Observed, IsComparable: false),
        _ => Measure.Unobservable(Reasons.HolderNotInAccountSpace),
    };

    /// <remarks>How many donors the figure rests on is not shown, so the interval is that of the fewest with whom it may be: a share of twenty has a standard error of at most ½/√20.</remarks>
    public static Measure Bridging(Crowd crowd, Givers givers) =>
        Shown(crowd, crowd.Ties?.Bridging, givers, HalfShare + (Within90 * 0.5 / Math.Sqrt(SmallNumbers.LeastIdentified)));

    /// <remarks>Five donors who share make three pairs at the fewest; log₂ of a count of three has a standard error of 1/(√3·ln 2).</remarks>
    public static Measure Bonding(Crowd crowd, Givers givers) =>
        Shown(crowd, crowd.Ties?.Bonding, givers, HalfDoubling + (Within90 / (Math.Sqrt(3) * Math.Log(2))));

    private static Measure Shown(Crowd crowd, ShownFigure? figure, Givers givers, double margin)
    {
        if (WhyNot(crowd, figure) is { } why)
            return Measure.Unobservable(why);

        var value = figure!.Value!.Value;
        var (observability, reason) = Known(givers);
        return new Measure(value, Math.Round(value - margin, 2), Math.Round(value + margin, 2), Stepped(figure.ShownAt!.Value), observability, IsComparable: false, reason);
    }

    private static string? WhyNot(Crowd crowd, ShownFigure? figure) =>
        crowd.IsSensitive ? Reasons.SensitiveCampaign
        : figure is null ? Reasons.NetworkNotBuilt
        : figure is not { Value: not null, ShownAt: > 0 } ? Reasons.TooFewToShow
        : null;

    private static (Observability, string?) Known(Givers givers) =>
        givers.HasNamesOnly ? (Observability.Bounded, Reasons.NamesNotAccounts) : (Observability.Observed, null);

    private static int Stepped(int donors) => donors - (donors % SmallNumbers.Step);
}

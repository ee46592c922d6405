namespace Succesmeter.Emergence;

/// <summary>Whether gifts bring gifts: the question behind an alarm, without the interval that a reader is shown.</summary>
public static class EmergenceTest
{
    /// <summary>
    /// A likelihood ratio above this is an alarm. Found by simulation (`emergence-study --seed` of the tuning, docs/emergence.md) so that a campaign without followers that is looked at daily has at most one chance in
    /// twenty of an alarm in its whole life. It grows with the gifts: the more there are, the better they show that no simple background is quite right.
    /// </summary>
    public static double Threshold(int gifts) => 9.5 + (3.2 * Math.Log(Math.Max(gifts, FewestGifts) / (double)FewestGifts));

    /// <summary>Fewer gifts at distinct instants than this decide nothing.</summary>
    public const int FewestGifts = 50;

    /// <summary>On fewer days than this a launch cannot be told from a cascade.</summary>
    public const int FewestDays = 5;

    /// <summary>Times known less exactly than this show no order among gifts.</summary>
    public const double FinestNeededHours = 1;

    /// <summary>Twice the log-likelihood ratio of gifts that bring gifts against gifts that do not: the smaller of two, one for even and one for uneven days. Zero where the gifts decide nothing.</summary>
    /// <param name="timeline">What is known.</param>
    /// <param name="unlessBelow">A value below which it need not be exact: then some larger number below this may be returned.</param>
    public static double LikelihoodRatio(GiftTimeline timeline, double unlessBelow = 0)
    {
        var arrivals = Arrivals.Of(timeline);
        return CanDecide(arrivals) ? LikelihoodRatio(new SelfExcitation(arrivals, Background.Of(timeline, arrivals.Count)), unlessBelow) : 0;
    }

    internal static bool CanDecide(Arrivals arrivals) =>
        arrivals.DistinctInstants >= FewestGifts && arrivals.DistinctDays >= FewestDays && arrivals.ResolutionHours <= FinestNeededHours;

    internal static double LikelihoodRatio(SelfExcitation excitation, double unlessBelow)
    {
        var even = excitation.RatioIfDaysAreEven();
        return even <= unlessBelow ? even : Math.Min(even, excitation.Search().LikelihoodRatio);
    }
}

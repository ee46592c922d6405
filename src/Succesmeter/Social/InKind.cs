namespace Succesmeter.Social;

/// <summary>Needs filled as a share of the most that were asked, with helpers beside it. A reward that a giver waives is money, not help in kind.</summary>
internal static class InKind
{
    public const string Unit = "share of needs filled";

    public static Measure Of(Crowd crowd, Measure reach)
    {
        var beside = SideFigure.PerHundredBackers("helpers", crowd.Collaborators, reach);
        if (crowd.Needs is not { } needs)
            return Measure.Unobservable(Reasons.NeedsNotShown) with { Beside = beside };

        var asked = Math.Max(needs.Asked, crowd.MostAsked);
        if (asked == 0)
            return Measure.Nothing(Reasons.NothingAsked) with { Beside = beside };

        var filled = Math.Clamp(needs.Filled, 0, asked);
        var measure = crowd.LatestAt - crowd.NeedsAt > Campaigns.LastShown.UntilHidden
            ? Measure.Share(filled, asked, asked, Observability.Bounded, Reasons.Hidden)
            : needs.Declared
                ? Measure.Share(filled, filled, asked, Observability.Declared, Reasons.NeedsDeclared)
                : Measure.Share(filled, filled, asked, Observability.Observed, null);
        return measure with { Beside = beside };
    }
}

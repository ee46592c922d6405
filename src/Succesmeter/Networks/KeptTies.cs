namespace Succesmeter.Networks;

/// <summary>A campaign's shown ties, and what decides when they are looked at again.</summary>
/// <param name="LookedAt">Identified donors at the last look, whatever it showed; null before the first.</param>
/// <param name="IsFinal">Looked at after the campaign's end.</param>
/// <param name="IsApplied">The campaign's own record has them; until then the campaign is asked to score again.</param>
public sealed record KeptTies(ShownTies Shown, int? LookedAt, bool IsFinal, bool IsApplied)
{
    public static readonly KeptTies None = new(ShownTies.None, null, IsFinal: false, IsApplied: true);

    public bool IsShown => Shown.Loyalty.Value is not null || Shown.Bridging.Value is not null || Shown.Bonding.Value is not null || Shown.Reciprocity > 0;

    /// <summary>Whether figures may change: five new donors since the last look, or the end. So that what appears does not tell of one donor either.</summary>
    public bool IsDue(int identified, bool hasEnded) =>
        !IsFinal && (hasEnded || identified >= (LookedAt ?? SmallNumbers.LeastIdentified - SmallNumbers.NewDonorsToRefresh) + SmallNumbers.NewDonorsToRefresh);

    /// <param name="ties">As they are now. Where <see cref="IsDue"/> was not the case they only tell what must disappear.</param>
    public KeptTies Next(Ties ties, bool hasEnded)
    {
        var due = IsDue(ties.Identified, hasEnded);
        var next = Shown.Next(ties, hasEnded && due);
        var shown = due ? next : Shown with
        {
            Loyalty = Left(Shown.Loyalty, next.Loyalty),
            Bridging = Left(Shown.Bridging, next.Bridging),
            Bonding = Left(Shown.Bonding, next.Bonding),
            Reciprocity = next.Reciprocity > 0 ? Shown.Reciprocity : next.Reciprocity,
        };
        return new KeptTies(shown, due ? ties.Identified : LookedAt, IsFinal || (hasEnded && due), IsApplied && shown == Shown);
    }

    private static ShownFigure Left(ShownFigure before, ShownFigure next) => next.Value is null ? before with { Value = null } : before;
}

namespace Succesmeter.Networks;

/// <summary>What is shown of a campaign's <see cref="Ties"/>, by the small-number rules; kept in the state from one refresh to the next.</summary>
public sealed record ShownTies(ShownFigure Loyalty, ShownFigure Bridging, ShownFigure Bonding)
{
    /// <summary>
    /// Other holders' campaigns that the holder backed in the 24 months before the launch, rounded down to five; 0 = under five, which is not told; null where holders
    /// and donors share no account space. A figure of one person in a public role, but of that person's other gifts (<see cref="Networks.Reciprocity.Shown"/>).
    /// </summary>
    public int? Reciprocity { get; init; }

    public static readonly ShownTies None = new(ShownFigure.None, ShownFigure.None, ShownFigure.None);

    /// <param name="ties">As they are now.</param>
    /// <param name="atEnd">The campaign has ended.</param>
    public ShownTies Next(Ties ties, bool atEnd)
    {
        // Each figure speaks of some of the donors; those and the rest must be five.
        var mayPrior = SmallNumbers.MayShow(ties.WithPrior, ties.Identified);
        var mayShare = SmallNumbers.MayShow(ties.Sharing, ties.Identified);
        return new ShownTies(
            Loyalty.Next(mayPrior && ties.Loyalty.Value is not null ? SmallNumbers.Share(ties.WithPrior, ties.Identified) : null, ties.Identified, atEnd),
            Bridging.Next(mayPrior && ties.Bridging.Value is { } bridging ? SmallNumbers.Stepped(bridging, SmallNumbers.ShareStep) : null, ties.Identified, atEnd),
            Bonding.Next(mayShare && ties.Bonding.Value is { } bonding ? SmallNumbers.Stepped(bonding, SmallNumbers.DoublingStep) : null, ties.Identified, atEnd)) { Reciprocity = ties.Reciprocity };
    }
}

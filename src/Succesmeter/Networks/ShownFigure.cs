namespace Succesmeter.Networks;

/// <summary>A figure as it is shown, and what must be remembered so that no two showings tell one donor's gifts by their difference. Kept in the state, replaced by <see cref="Next"/>.</summary>
/// <param name="Value">In steps; null = not shown.</param>
/// <param name="ShownAt">Identified donors when a value was last shown; null = never.</param>
/// <param name="IsFinal">Shown at the campaign's end; it never changes again.</param>
public sealed record ShownFigure(double? Value, int? ShownAt, bool IsFinal)
{
    public static readonly ShownFigure None = new(null, null, false);

    /// <param name="value">Null where <see cref="SmallNumbers.MayShow"/> says so; otherwise in its steps.</param>
    /// <param name="identified">Identified donors now.</param>
    /// <param name="atEnd">The campaign has ended: shown anew once more.</param>
    public ShownFigure Next(double? value, int identified, bool atEnd)
    {
        // What may no longer be shown (donors were erased) goes at once; when it was shown is not forgotten.
        if (value is null)
            return this with { Value = null, IsFinal = IsFinal || atEnd };
        if (IsFinal)
            return this;

        return atEnd || ShownAt is not { } before || identified >= before + SmallNumbers.NewDonorsToRefresh
            ? new ShownFigure(value, identified, atEnd)
            : this;
    }
}

namespace Succesmeter.Networks;

/// <summary>Y1 and Y2 of a finished campaign as they may be shown: shares of its identified donors, in steps, by the small-number rules, each said once.</summary>
/// <param name="Returned">Gave to another campaign within twelve months after their first gift here; known twelve months after the end.</param>
/// <param name="New">Gave nowhere else in the 24 months before; known at the end.</param>
public sealed record DonorOutcome(ShownFigure Returned, ShownFigure New)
{
    /// <summary>A donor's gifts are known for so long; older campaigns keep what was said of them.</summary>
    private const int MonthsKnown = 36;

    /// <summary>So long a platform must have been watched before anybody can be called new.</summary>
    private const int MonthsOfHistory = 12;

    public static readonly DonorOutcome None = new(ShownFigure.None, ShownFigure.None);

    /// <param name="graph">Of the platform.</param>
    /// <param name="campaign">Its number; null where nobody is known to have given to it any more.</param>
    /// <param name="launchedAt">Of the campaign.</param>
    /// <param name="endedAt">Of the campaign, before <paramref name="asOf"/>.</param>
    /// <param name="asOf">The instant of looking.</param>
    public DonorOutcome Next(DonorGraph graph, int? campaign, DateTimeOffset launchedAt, DateTimeOffset endedAt, DateTimeOffset asOf)
    {
        // From here on gifts expire one by one: the counts would shrink for no reason that is the campaign's.
        if (launchedAt.AddMonths(MonthsKnown) <= asOf || endedAt > asOf || graph.EdgeCount == 0)
            return this;

        var counts = campaign is { } number ? DonorCounts.Of(graph, number) : default;
        var isWatched = DonorGraph.InstantOf(graph.FirstMinutes.Min()).AddMonths(MonthsOfHistory) <= launchedAt;
        return new DonorOutcome(
            endedAt.AddMonths(DonorCounts.MonthsToReturn) <= asOf ? Said(Returned, counts.Returned, counts.Identified) : Returned,
            isWatched ? Said(New, counts.New, counts.Identified) : New);
    }

    /// <remarks>Said once and never changed; gone when donors were erased until too few are left.</remarks>
    private static ShownFigure Said(ShownFigure before, int part, int whole) => before.Next(SmallNumbers.Share(part, whole), whole, atEnd: true);
}

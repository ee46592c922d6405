namespace Succesmeter.Social;

/// <summary>One indicator before it is compared with anything.</summary>
/// <param name="Value">Null when nothing can be said.</param>
/// <param name="Low">The lowest value that what was seen allows, of a share the lower end of its 90 % interval; equals <paramref name="Value"/> when all was seen.</param>
/// <param name="High">The highest one; infinite when there is no upper bound.</param>
/// <param name="N">What the value rests on.</param>
/// <param name="Observability">How well it is known.</param>
/// <param name="IsComparable">False for a value on another scale than the references' (breadth of fewer than twenty), or one that is never ranked.</param>
/// <param name="Reason">A code, where the measure is bounded, unobservable or without value.</param>
public sealed record Measure(
    double? Value, double Low, double High, int N, Observability Observability, bool IsComparable = true, string? Reason = null)
{
    public SideFigure? Beside { get; init; }

    internal static Measure Unobservable(string reason) => new(null, double.NaN, double.NaN, 0, Observability.Unobservable, false, reason);

    /// <summary>It was looked at, and there is nothing of which a share could be taken.</summary>
    internal static Measure Nothing(string reason) => new(null, double.NaN, double.NaN, 0, Observability.Observed, false, reason);

    /// <summary>A share of which no more is known than that it is one.</summary>
    internal static Measure AnyShare(int n, string reason) => new(null, 0, 1, n, Observability.Bounded, false, reason);

    /// <summary>Between two counts of a whole, with Jeffreys' 90 % interval around both.</summary>
    internal static Measure Share(int least, int most, int of, Observability observability, string? reason, bool isComparable = true) => new(
        Math.Round((double)least / of, 4),
        Math.Round(JeffreysInterval.Of(least, of).Low, 4),
        Math.Round(JeffreysInterval.Of(most, of).High, 4),
        of,
        observability,
        isComparable,
        reason);
}

namespace Succesmeter.Social;

/// <summary>One indicator before it is compared with anything.</summary>
/// <param name="Value">Null when nothing can be said.</param>
/// <param name="Low">The lowest value that what was seen allows; equals <paramref name="Value"/> when all was seen.</param>
/// <param name="High">The highest one; infinite when there is no upper bound.</param>
/// <param name="N">What the value rests on.</param>
/// <param name="Observability">How well it is known.</param>
/// <param name="IsComparable">False for a value on another scale than the references' (breadth of fewer than twenty).</param>
/// <param name="Reason">A code, where the measure is bounded or unobservable.</param>
public sealed record Measure(
    double? Value, double Low, double High, int N, Observability Observability, bool IsComparable = true, string? Reason = null)
{
    internal static Measure Unobservable(string reason) => new(null, double.NaN, double.NaN, 0, Observability.Unobservable, false, reason);
}

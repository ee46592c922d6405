using Succesmeter.Emergence;

namespace Succesmeter.Social;

/// <summary>The tenth indicator: the branching ratio as a measure. It is never ranked, and its bounds are those of the estimate, at 95 %.</summary>
internal static class CarriedBySelf
{
    public static Measure Of(EmergenceEstimate estimate) => new(
        estimate.BranchingRatio,
        estimate.Interval?.Low ?? double.NaN,
        estimate.Interval?.High ?? double.NaN,
        estimate.Contributions,
        estimate.Observability,
        IsComparable: false,
        estimate.Reason);
}

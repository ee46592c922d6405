namespace Succesmeter.Social;

/// <summary>How one quantity is spread among the references of one goal and age.</summary>
/// <param name="N">Effective number of references, (Σw)²/Σw² over their weights.</param>
/// <param name="Quantiles">In rising order, at the probabilities (j + ½) / count; empty where there are no references.</param>
public sealed record ReferenceCell(double N, IReadOnlyList<double> Quantiles)
{
    /// <summary>Where a value stands among the references, as a share: those below plus half of those equal, a straight line between quantiles.</summary>
    /// <param name="value">On the scale of the quantiles.</param>
    /// <param name="scale">Makes equal steps of the line equal in meaning.</param>
    internal double ShareBelow(double value, Func<double, double> scale)
    {
        var count = Quantiles.Count;
        var below = FirstNotBelow(value);
        var above = below;
        while (above < count && Quantiles[above] == value)
            above++;

        // Equal to a run of quantiles: the middle of the run.
        if (above > below)
            return (below + above) / (2.0 * count);
        if (below == 0)
            return 0.25 / count;
        if (below == count)
            return 1 - (0.25 / count);

        // Each end of the line is the middle of its own run of equals, so that the share never falls as the value rises.
        double left = Quantiles[below - 1], right = Quantiles[below];
        var leftShare = (FirstNotBelow(left) + below) / (2.0 * count);
        var end = below;
        while (end < count && Quantiles[end] == right)
            end++;
        var rightShare = (below + end) / (2.0 * count);
        var part = (scale(value) - scale(left)) / (scale(right) - scale(left));
        return leftShare + ((rightShare - leftShare) * Math.Clamp(part, 0, 1));
    }

    private int FirstNotBelow(double value)
    {
        int low = 0, high = Quantiles.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Quantiles[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

namespace Succesmeter.Aftercare;

/// <summary>Holm 1979 (Scandinavian Journal of Statistics 6(2)), as adjusted p-values: for the few questions that were registered, where even one false answer is too many.</summary>
public static class FamilyError
{
    /// <returns>For each p-value the lowest chance of any false finding among all of them at which it would be one: p·(m − rank + 1), made to grow with p; at most 1.</returns>
    public static double[] Of(double[] pValues)
    {
        var order = new int[pValues.Length];
        for (var at = 0; at < order.Length; at++)
            order[at] = at;
        Array.Sort([.. pValues], order);

        var errors = new double[pValues.Length];
        var most = 0.0;
        for (var rank = 1; rank <= order.Length; rank++)
        {
            most = Math.Max(most, Math.Min(1, pValues[order[rank - 1]] * (order.Length - rank + 1)));
            errors[order[rank - 1]] = most;
        }

        return errors;
    }
}

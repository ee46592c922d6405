namespace Succesmeter.Ratings;

/// <summary>
/// Krippendorff's α with the interval metric, (c − k)²: 1 − observed ÷ expected disagreement (Krippendorff 2011, <i>Computing Krippendorff's alpha-reliability</i>, section D; Hayes and Krippendorff 2007). 1 is agreement, 0 what chance brings,
/// below 0 is worse than chance.
/// </summary>
internal readonly record struct KrippendorffAlpha
{
    /// <summary>Of all values that stand beside another one.</summary>
    private readonly double count, sum, squares;

    /// <summary>Σ over units of the squared differences within, each ordered pair of values, divided by the unit's number of values less one.</summary>
    private readonly double within;

    private KrippendorffAlpha(double count, double sum, double squares, double within) => (this.count, this.sum, this.squares, this.within) = (count, sum, squares, within);

    /// <summary>Null where there are no two values for one unit, or where nothing varies: agreement cannot be told from having no choice.</summary>
    public double? Value => count < 2 || Expected <= 0 ? null : 1 - (within / count / Expected);

    private double Expected => 2 * ((count * squares) - (sum * sum)) / (count * (count - 1));

    /// <summary>One unit's part; parts are added.</summary>
    public static KrippendorffAlpha OfUnit(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
            return default;

        double all = values.Sum(), squared = values.Sum(static value => value * value);
        return new KrippendorffAlpha(values.Count, all, squared, 2 * ((values.Count * squared) - (all * all)) / (values.Count - 1));
    }

    public static KrippendorffAlpha operator +(KrippendorffAlpha one, KrippendorffAlpha other) =>
        new(one.count + other.count, one.sum + other.sum, one.squares + other.squares, one.within + other.within);
}

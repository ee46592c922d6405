namespace Succesmeter.Forecasts;

/// <summary>A measure of one forecast minus that of another on the same rows.</summary>
/// <param name="Value">Above zero where the first is better.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
public sealed record PairedDifference(double Value, double Low, double High)
{
    private const double Normal95 = 1.959963984540054;

    public static PairedDifference Normal(double value, double standardError) =>
        new(value, value - (Normal95 * standardError), value + (Normal95 * standardError));

    /// <summary>The mean of a difference that each row has its own share in, over a fixed scale.</summary>
    public static PairedDifference OfMean(ReadOnlySpan<double> differences, double scale)
    {
        var mean = 0.0;
        foreach (var difference in differences)
            mean += difference / differences.Length;

        var squares = 0.0;
        foreach (var difference in differences)
            squares += (difference - mean) * (difference - mean);

        return Normal(mean / scale, Math.Sqrt(squares / Math.Max(differences.Length - 1, 1) / differences.Length) / scale);
    }
}

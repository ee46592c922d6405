namespace Succesmeter.Emergence;

/// <summary>
/// That some days are livelier than others for reasons nobody logged: the background's logarithm wanders by a stationary Ornstein–Uhlenbeck process. Given as the precision matrix of its values in the
/// middles of the spans, which is tridiagonal.
/// </summary>
internal sealed class UnevenDays
{
    /// <summary>Hours after which a lively spell is down to 1/e: about a day, since slower changes are the trend's and faster ones are what is being tested.</summary>
    public const double SpellHours = 24;

    public UnevenDays(Background background, double spread)
    {
        var edges = background.Edges;
        Diagonal = new double[background.Spans];
        OffDiagonal = new double[background.Spans];
        var variance = spread * spread;
        Diagonal[0] = 1 / variance;
        LogDeterminant = -Math.Log(variance);
        for (var span = 1; span < background.Spans; span++)
        {
            var correlation = Math.Exp(-(edges[span + 1] - edges[span - 1]) / 2 / SpellHours);
            var left = variance * (1 - (correlation * correlation));
            Diagonal[span - 1] += correlation * correlation / left;
            Diagonal[span] += 1 / left;
            OffDiagonal[span - 1] = -correlation / left;
            LogDeterminant -= Math.Log(left);
        }
    }

    public double[] Diagonal { get; }

    /// <summary>Between a span and the next.</summary>
    public double[] OffDiagonal { get; }

    public double LogDeterminant { get; }

    /// <summary>Writes the precision matrix times a vector and returns the quadratic form.</summary>
    public double Multiply(ReadOnlySpan<double> values, Span<double> product)
    {
        var form = 0.0;
        for (var span = 0; span < values.Length; span++)
        {
            var sum = Diagonal[span] * values[span];
            if (span > 0)
                sum += OffDiagonal[span - 1] * values[span - 1];
            if (span < values.Length - 1)
                sum += OffDiagonal[span] * values[span + 1];
            product[span] = sum;
            form += sum * values[span];
        }

        return form;
    }
}

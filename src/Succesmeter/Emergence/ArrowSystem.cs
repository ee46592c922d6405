using System.Numerics;
using System.Runtime.InteropServices;

namespace Succesmeter.Emergence;

/// <summary>
/// Linear systems of a tridiagonal block (one unknown a span) bordered by a few dense ones (the terms), solved by elimination of the block: the cost grows with spans × terms², not with spans³.
/// </summary>
/// <param name="background">Gives the border: a term's column is its features, weighted.</param>
internal sealed class ArrowSystem(Background background)
{
    private const int AtOnce = 4;

    private readonly int spans = background.Spans;
    private readonly int terms = background.Terms;
    private readonly int stride = background.Stride;
    private readonly double[] pivots = new double[background.Spans];
    private readonly double[] ratios = new double[background.Spans];
    private readonly double[] columns = new double[background.Spans * background.Stride];
    private readonly double[] leftovers = new double[AtOnce * background.Stride];
    private readonly double[] dense = new double[background.Terms * background.Stride];
    private readonly double[] factor = new double[background.Terms * background.Terms];
    private readonly double[] right = new double[background.Terms];

    /// <summary>What the gifts of the last solution tell about each term once the terms before it and the days are known, as a logarithm; the prior included.</summary>
    public double[] TermInformation { get; } = new double[background.Terms];

    /// <summary>Solves for the step; false where the matrix is not positive definite.</summary>
    /// <param name="curvature">Of each span's logarithm.</param>
    /// <param name="prior">Of the uneven days, or null where days are even: then only the border is solved.</param>
    /// <param name="spanGradient">One a span: without the prior of the terms, with that of the days.</param>
    /// <param name="termGradient">One a term.</param>
    /// <param name="spanStep">Receives the step of the days.</param>
    /// <param name="termStep">Receives the step of the terms.</param>
    /// <param name="logDeterminant">Of the block alone.</param>
    public bool Solve(
        ReadOnlySpan<double> curvature, UnevenDays? prior, ReadOnlySpan<double> spanGradient, ReadOnlySpan<double> termGradient,
        Span<double> spanStep, Span<double> termStep, out double logDeterminant)
    {
        logDeterminant = 0;
        if (prior is not null && !Factorise(curvature, prior, ref logDeterminant))
            return false;

        Border(curvature, prior is not null, spanGradient);
        Schur(curvature, prior is not null);

        for (var term = 0; term < terms; term++)
            right[term] = termGradient[term] - (prior is null ? 0 : dense[(term * stride) + terms]);
        if (!Cholesky())
            return false;

        right.CopyTo(termStep);
        if (prior is null)
            return true;

        for (var span = 0; span < spans; span++)
        {
            var row = columns.AsSpan(span * stride, stride);
            var step = row[terms];
            for (var term = 0; term < terms; term++)
                step -= row[term] * termStep[term];
            spanStep[span] = step;
        }

        return true;
    }

    /// <summary>LDLᵀ of the tridiagonal block.</summary>
    private bool Factorise(ReadOnlySpan<double> curvature, UnevenDays prior, ref double logDeterminant)
    {
        for (var span = 0; span < spans; span++)
        {
            var pivot = prior.Diagonal[span] + curvature[span];
            if (span > 0)
            {
                ratios[span] = prior.OffDiagonal[span - 1] / pivots[span - 1];
                pivot -= ratios[span] * prior.OffDiagonal[span - 1];
            }

            if (!(pivot > 1e-9))
                return false;

            pivots[span] = pivot;
            logDeterminant += Math.Log(pivot);
        }

        return true;
    }

    /// <summary>Solves the block for every column of the border and, in the column after the last term, for the gradient.</summary>
    private void Border(ReadOnlySpan<double> curvature, bool unevenDays, ReadOnlySpan<double> spanGradient)
    {
        if (!unevenDays)
            return;

        ref var features = ref MemoryMarshal.GetArrayDataReference(background.Features);
        ref var solved = ref MemoryMarshal.GetArrayDataReference(columns);
        var width = (nuint)stride;
        for (var span = 0; span < spans; span++)
        {
            var from = (nuint)span * width;
            var own = new Vector<double>(curvature[span]);
            for (nuint at = 0; at < width; at += (nuint)Vector<double>.Count)
                (Vector.LoadUnsafe(ref features, from + at) * own).StoreUnsafe(ref solved, from + at);
            columns[(span * stride) + terms] = spanGradient[span];
            if (span == 0)
                continue;

            var by = new Vector<double>(ratios[span]);
            for (nuint at = 0; at < width; at += (nuint)Vector<double>.Count)
                (Vector.LoadUnsafe(ref solved, from + at) - (Vector.LoadUnsafe(ref solved, from - width + at) * by)).StoreUnsafe(ref solved, from + at);
        }

        for (var span = spans - 1; span >= 0; span--)
        {
            var from = (nuint)span * width;
            var inverse = new Vector<double>(1 / pivots[span]);
            var by = new Vector<double>(span < spans - 1 ? ratios[span + 1] : 0);
            var next = span < spans - 1 ? from + width : from;
            for (nuint at = 0; at < width; at += (nuint)Vector<double>.Count)
                ((Vector.LoadUnsafe(ref solved, from + at) * inverse) - (Vector.LoadUnsafe(ref solved, next + at) * by)).StoreUnsafe(ref solved, from + at);
        }
    }

    /// <summary>
    /// What the block leaves of the border: Σ xᵀ(c − d·z) over spans, with x the features, d the curvature, c the border's row and z its solution. The column after the last term gathers what the gradient loses.
    /// </summary>
    private void Schur(ReadOnlySpan<double> curvature, bool unevenDays)
    {
        dense.AsSpan().Clear();
        for (var from = 0; from < spans; from += AtOnce)
        {
            var rows = Math.Min(AtOnce, spans - from);
            for (var row = 0; row < rows; row++)
                Leftover(from + row, leftovers.AsSpan(row * stride, stride), curvature[from + row], unevenDays);
            if (rows == AtOnce)
                GatherAll(from);
            else
                for (var row = 0; row < rows; row++)
                    Gather(from + row, row);
        }

        for (var term = 0; term < terms; term++)
            dense[(term * stride) + term] += background.PriorPrecision[term];
    }

    /// <summary>One span's c − d·z.</summary>
    private void Leftover(int span, Span<double> left, double weight, bool unevenDays)
    {
        ref var features = ref MemoryMarshal.GetArrayDataReference(background.Features);
        ref var solved = ref MemoryMarshal.GetArrayDataReference(columns);
        ref var to = ref MemoryMarshal.GetReference(left);
        var (from, own, row) = ((nuint)(span * stride), new Vector<double>(weight), span * stride);
        for (nuint at = 0; at < (nuint)stride; at += (nuint)Vector<double>.Count)
        {
            var x = Vector.LoadUnsafe(ref features, from + at);
            (unevenDays ? (x - Vector.LoadUnsafe(ref solved, from + at)) * own : x * own).StoreUnsafe(ref to, at);
        }

        if (unevenDays)
            left[terms] = weight * columns[row + terms];
    }

    /// <summary>Adds xᵀ(c − d·z) of four spans: most of the time of a fit is spent here, so the sums stay in registers as long as they can.</summary>
    private void GatherAll(int span)
    {
        ref var gathered = ref MemoryMarshal.GetArrayDataReference(dense);
        ref var left = ref MemoryMarshal.GetArrayDataReference(leftovers);
        var (features, width) = (background.Features, (nuint)stride);
        var (row0, row1, row2, row3) = (span * stride, (span + 1) * stride, (span + 2) * stride, (span + 3) * stride);
        for (var term = 0; term < terms; term++)
        {
            var (x0, x1, x2, x3) = (features[row0 + term], features[row1 + term], features[row2 + term], features[row3 + term]);
            if (x0 == 0 && x1 == 0 && x2 == 0 && x3 == 0)
                continue;

            var (by0, by1, by2, by3) = (new Vector<double>(x0), new Vector<double>(x1), new Vector<double>(x2), new Vector<double>(x3));
            var to = (nuint)term * width;

            // Only the upper triangle is needed, in whole vectors.
            for (var at = (nuint)(term / Vector<double>.Count * Vector<double>.Count); at < width; at += (nuint)Vector<double>.Count)
            {
                var first = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref left, at), by0, Vector.LoadUnsafe(ref gathered, to + at));
                var second = Vector.LoadUnsafe(ref left, at + width) * by1;
                first = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref left, at + (2 * width)), by2, first);
                second = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref left, at + (3 * width)), by3, second);
                (first + second).StoreUnsafe(ref gathered, to + at);
            }
        }
    }

    private void Gather(int span, int row)
    {
        for (var term = 0; term < terms; term++)
            for (var at = term; at <= terms; at++)
                dense[(term * stride) + at] += background.Features[(span * stride) + term] * leftovers[(row * stride) + at];
    }

    /// <summary>Factorises the border's matrix (its upper triangle is filled) and solves for <see cref="right"/> in place.</summary>
    private bool Cholesky()
    {
        for (var row = 0; row < terms; row++)
            for (var column = 0; column <= row; column++)
            {
                var sum = dense[(column * stride) + row];
                for (var inner = 0; inner < column; inner++)
                    sum -= factor[(row * terms) + inner] * factor[(column * terms) + inner];
                if (row != column)
                {
                    factor[(row * terms) + column] = sum / factor[(column * terms) + column];
                    continue;
                }

                if (!(sum > 1e-12))
                    return false;

                factor[(row * terms) + row] = Math.Sqrt(sum);
                TermInformation[row] = Math.Log(sum);
            }

        for (var row = 0; row < terms; row++)
        {
            for (var column = 0; column < row; column++)
                right[row] -= factor[(row * terms) + column] * right[column];
            right[row] /= factor[(row * terms) + row];
        }

        for (var row = terms - 1; row >= 0; row--)
        {
            for (var below = row + 1; below < terms; below++)
                right[row] -= factor[(below * terms) + row] * right[below];
            right[row] /= factor[(row * terms) + row];
        }

        return true;
    }
}

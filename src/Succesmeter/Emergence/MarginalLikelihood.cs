using System.Numerics;

namespace Succesmeter.Emergence;

/// <summary>
/// How well a branching ratio and a half-life explain when gifts came, whatever the background was: the likelihood of the Hawkes process λ = μ + n·Σ β e^(−β(t − tᵢ)), exact and in one pass,
/// with the background's terms and uneven days integrated out by Laplace's method. It keeps the last background found, so that nearby questions are answered in a step or two.
/// </summary>
internal sealed class MarginalLikelihood
{
    private const int MostSteps = 40;

    /// <summary>A Newton step that promises less than this ends the search; a likelihood ratio is read to a tenth.</summary>
    private const double Enough = 5e-3;

    /// <summary>After a step that promised less than this, the next would change next to nothing.</summary>
    private const double AlmostThere = 0.02;

    /// <summary>No rate is e³⁰ times another: the exponential stays finite wherever a step leads.</summary>
    private const double MostExponent = 30;

    private readonly Arrivals arrivals;
    private readonly Background background;
    private readonly UnevenDays?[] unevenDays;
    private readonly double[]?[] informationWithout;
    private readonly double[] withoutFollowers;
    private readonly ArrowSystem system;
    private readonly int[] spanOf;
    private readonly double[] terms;
    private readonly double[] days;
    private readonly double[] rates;
    private readonly double[] intensity;
    private readonly double[] curvature;
    private readonly double[] spanGradient;
    private readonly double[] termGradient;
    private readonly double[] daysTimesPrior;
    private readonly double[] spanStep;
    private readonly double[] termStep;
    private readonly double[] triedTerms;
    private readonly double[] triedDays;
    private double followersPerRatio;
    private double ratioGradient;

    public MarginalLikelihood(Arrivals arrivals, Background background, params UnevenDays?[] unevenDays)
    {
        this.unevenDays = unevenDays;
        informationWithout = new double[unevenDays.Length][];
        withoutFollowers = new double[unevenDays.Length];
        this.arrivals = arrivals;
        this.background = background;
        system = new ArrowSystem(background);
        spanOf = background.SpansOf(arrivals.Instants);
        terms = [.. background.PriorMean];
        triedTerms = new double[terms.Length];
        days = new double[background.Spans];
        triedDays = new double[background.Spans];
        rates = new double[arrivals.Instants.Length];
        intensity = new double[background.Spans];
        curvature = new double[background.Spans];
        spanGradient = new double[background.Spans];
        termGradient = new double[terms.Length];
        daysTimesPrior = new double[background.Spans];
        spanStep = new double[background.Spans];
        termStep = new double[terms.Length];
    }

    public double HalfLifeHours { get; private set; }

    /// <summary>Sets the kernel.</summary>
    public void Use(double halfLifeHours)
    {
        if (halfLifeHours == HalfLifeHours)
            return;

        HalfLifeHours = halfLifeHours;
        followersPerRatio = Excitation.Write(arrivals.Instants, 0, arrivals.Hours, Math.Log(2) / halfLifeHours, rates);
    }

    /// <summary>How well a branching ratio explains the gifts, whatever the background; never infinite. Without followers it does not depend on the half-life.</summary>
    /// <param name="ratio">The branching ratio.</param>
    /// <param name="spread">Which unevenness of days.</param>
    public double At(double ratio, int spread)
    {
        if (informationWithout[spread] is not { } without)
        {
            withoutFollowers[spread] = Climb(0, unevenDays[spread]) - (system.TermInformation.Sum() / 2);
            informationWithout[spread] = without = [.. system.TermInformation];
        }

        if (ratio == 0)
            return withoutFollowers[spread];

        var value = Climb(ratio, unevenDays[spread]);
        var decay = Math.Log(2) / HalfLifeHours;
        for (var term = 0; term < terms.Length; term++)
            value += ((background.RepeatedShare(term, decay) * (without[term] - system.TermInformation[term])) - without[term]) / 2;
        return value;
    }

    /// <summary>Of the gifts, the share expected to have followed others, under the background last found.</summary>
    public double ShareThatFollowed(double ratio)
    {
        Joint(terms, days, ratio, null, withGradient: false);
        var followed = 0.0;
        for (var i = arrivals.OnlyExciting; i < rates.Length; i++)
            followed += 1 - (intensity[spanOf[i]] / (intensity[spanOf[i]] + (ratio * rates[i])));
        return arrivals.Count == 0 ? 0 : followed / arrivals.Count;
    }

    /// <summary>∫λ between consecutive gifts: independent standard exponentials if the model is right (time-rescaling, Ogata 1988).</summary>
    internal double[] RescaledGaps(double ratio)
    {
        Joint(terms, days, ratio, null, withGradient: false);
        var decay = Math.Log(2) / HalfLifeHours;
        var gaps = new double[arrivals.Count];
        var (at, span, sum) = (0.0, 0, 0.0);
        for (var i = 0; i < gaps.Length; i++)
        {
            var until = arrivals.Instants[i + arrivals.OnlyExciting];
            gaps[i] = ratio * sum * (1 - Math.Exp(-decay * (until - at)));
            sum *= Math.Exp(-decay * (until - at));
            for (; span < background.Spans - 1 && background.Edges[span + 1] <= until; span++)
            {
                gaps[i] += intensity[span] * (background.Edges[span + 1] - at);
                at = background.Edges[span + 1];
            }

            gaps[i] += intensity[span] * (until - at);
            at = until;
            sum++;
        }

        return gaps;
    }

    /// <summary>Log-likelihood of gifts given everything, plus the log-densities of terms and days up to a constant. For tests, and for every step of the search.</summary>
    internal double Joint(ReadOnlySpan<double> terms, ReadOnlySpan<double> days, double ratio, UnevenDays? unevenDays, bool withGradient)
    {
        var value = -Spans(terms, days);
        value += Gifts(ratio) - (ratio * followersPerRatio);
        ratioGradient -= followersPerRatio;
        for (var term = 0; term < terms.Length; term++)
        {
            var away = terms[term] - background.PriorMean[term];
            value -= background.PriorPrecision[term] * away * away / 2;
        }

        if (unevenDays is not null)
            value -= unevenDays.Multiply(days, daysTimesPrior) / 2;
        if (withGradient)
            Gradients(terms, unevenDays);
        return double.IsFinite(value) ? value : double.MinValue;
    }

    internal ReadOnlySpan<double> TermGradient => termGradient;

    internal ReadOnlySpan<double> DayGradient => spanGradient;

    internal double RatioGradient => ratioGradient;

    /// <summary>Newton's method with step halving, then Laplace's determinant.</summary>
    private double Climb(double ratio, UnevenDays? unevenDays)
    {
        if (unevenDays is null)
            days.AsSpan().Clear();
        var value = Joint(terms, days, ratio, unevenDays, withGradient: true);
        var determinant = 0.0;
        for (var steps = 0; steps < MostSteps; steps++)
        {
            if (!Step(unevenDays, out determinant))
                break;

            var promise = Promise(unevenDays is not null);
            if (!(promise > Enough))
                break;

            var next = double.MinValue;
            for (var (length, halvings) = (1.0, 0); halvings < 12 && !(next > value); length /= 2, halvings++)
            {
                Move(terms, termStep, length, triedTerms);
                Move(days, spanStep, unevenDays is null ? 0 : length, triedDays);
                next = Joint(triedTerms, triedDays, ratio, unevenDays, withGradient: false);
            }

            if (!(next > value))
                break;

            triedTerms.CopyTo(terms, 0);
            triedDays.CopyTo(days, 0);
            value = next;
            if (promise < AlmostThere)
                break;

            Gradients(terms, unevenDays);
        }

        return value + (((unevenDays?.LogDeterminant ?? 0) - determinant) / 2);
    }

    /// <summary>The observed curvature first; where that is not positive definite, its positive part.</summary>
    private bool Step(UnevenDays? unevenDays, out double determinant)
    {
        if (system.Solve(curvature, unevenDays, spanGradient, termGradient, spanStep, termStep, out determinant))
            return true;

        for (var span = 0; span < curvature.Length; span++)
            curvature[span] = Math.Max(curvature[span], 0);
        return system.Solve(curvature, unevenDays, spanGradient, termGradient, spanStep, termStep, out determinant);
    }

    private double Promise(bool daysMove)
    {
        var promise = 0.0;
        for (var term = 0; term < terms.Length; term++)
            promise += termStep[term] * termGradient[term];
        if (daysMove)
            for (var span = 0; span < spanStep.Length; span++)
                promise += spanStep[span] * spanGradient[span];
        return promise;
    }

    private static void Move(double[] from, double[] step, double length, double[] to)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = from[i] + (length * step[i]);
    }

    /// <summary>Writes each span's intensity and returns its sum over time.</summary>
    private double Spans(ReadOnlySpan<double> terms, ReadOnlySpan<double> days)
    {
        var sum = 0.0;
        for (var span = 0; span < intensity.Length; span++)
        {
            var exponent = days[span];
            exponent += Dot(background.Features.AsSpan(span * background.Stride, terms.Length), terms);
            intensity[span] = Math.Exp(Math.Clamp(exponent, -MostExponent, MostExponent));
            sum += intensity[span] * (background.Edges[span + 1] - background.Edges[span]);
        }

        return sum;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var (sum, at) = (Vector<double>.Zero, 0);
        for (; at <= left.Length - Vector<double>.Count; at += Vector<double>.Count)
            sum += new Vector<double>(left[at..]) * new Vector<double>(right[at..]);
        var total = Vector.Sum(sum);
        for (; at < left.Length; at++)
            total += left[at] * right[at];
        return total;
    }

    /// <summary>Σ log λ over the gifts, and what each span's curvature and gradient gather from them.</summary>
    /// <remarks>λ's are multiplied before the logarithm is taken, which is most of the cost.</remarks>
    private double Gifts(double ratio)
    {
        for (var span = 0; span < intensity.Length; span++)
        {
            curvature[span] = intensity[span] * (background.Edges[span + 1] - background.Edges[span]);
            spanGradient[span] = -curvature[span];
        }

        ratioGradient = 0;
        var (logarithm, product) = (0.0, 1.0);
        for (var i = arrivals.OnlyExciting; i < rates.Length; i++)
        {
            var span = spanOf[i];
            var rate = intensity[span] + (ratio * rates[i]);
            var own = intensity[span] / rate;
            product *= rate;
            if (product is > 1e150 or < 1e-150)
            {
                logarithm += Math.Log(product);
                product = 1;
            }

            spanGradient[span] += own;
            curvature[span] -= own * (1 - own);
            ratioGradient += rates[i] / rate;
        }

        return logarithm + Math.Log(product);
    }

    private void Gradients(ReadOnlySpan<double> terms, UnevenDays? unevenDays)
    {
        for (var term = 0; term < terms.Length; term++)
            termGradient[term] = -background.PriorPrecision[term] * (terms[term] - background.PriorMean[term]);
        for (var span = 0; span < spanGradient.Length; span++)
        {
            AddMultiple(termGradient, background.Features.AsSpan(span * background.Stride, terms.Length), spanGradient[span]);
            if (unevenDays is not null)
                spanGradient[span] -= daysTimesPrior[span];
        }
    }

    private static void AddMultiple(Span<double> to, ReadOnlySpan<double> of, double factor)
    {
        var (by, at) = (new Vector<double>(factor), 0);
        for (; at <= to.Length - Vector<double>.Count; at += Vector<double>.Count)
            (new Vector<double>(to[at..]) + (by * new Vector<double>(of[at..]))).CopyTo(to[at..]);
        for (; at < to.Length; at++)
            to[at] += factor * of[at];
    }
}

using System.Numerics;

namespace Succesmeter.Emergence;

/// <summary>
/// How well a branching ratio and a half-life explain when gifts came, whatever the background was: the likelihood of the Hawkes process λ = μ + n·Σ β e^(−β(t − tᵢ)), exact and in one pass,
/// with the background's terms and uneven days integrated out by Laplace's method. It keeps the last background found, so that nearby questions are answered in a step or two.
/// </summary>
internal sealed class MarginalLikelihood
{
    private const int MostSteps = 40;

    /// <summary>A Newton step that promises less than this ends the search: what it promises is added, and the rest is of a higher order. A likelihood ratio is read to a tenth.</summary>
    private const double Enough = 0.005;

    /// <summary>No rate is e³⁰ times another: the exponential stays finite wherever a step leads.</summary>
    private const double MostExponent = 30;

    private readonly Arrivals arrivals;
    private readonly Background background;
    private readonly UnevenDays?[] unevenDays;
    private readonly double[]?[] informationWithout;
    private readonly double[] withoutFollowers;
    private readonly Modes[] modes;
    private readonly ArrowSystem system;
    private readonly int[] spanOf;
    private readonly double[] terms;
    private readonly double[] days;
    private readonly double[] rates;
    private readonly double[] widths;
    private readonly double[] intensity;
    private readonly double[] curvature;
    private readonly double[] spanGradient;
    private readonly double[] spanCross;
    private readonly double[] termGradient;
    private readonly double[] daysTimesPrior;
    private readonly double[] spanStep;
    private readonly double[] termStep;
    private readonly double[] triedTerms;
    private readonly double[] triedDays;
    private readonly double[] repeated;
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
        widths = new double[background.Spans];
        for (var span = 0; span < widths.Length; span++)
            widths[span] = background.Edges[span + 1] - background.Edges[span];
        intensity = new double[background.Spans];
        curvature = new double[background.Spans];
        spanGradient = new double[background.Spans];
        spanCross = new double[background.Spans];
        termGradient = new double[terms.Length];
        daysTimesPrior = new double[background.Spans];
        spanStep = new double[background.Spans];
        termStep = new double[terms.Length];
        repeated = new double[terms.Length];
        modes = [.. unevenDays.Select(_ => new Modes(terms.Length, background.Spans))];
    }

    public double HalfLifeHours { get; private set; }

    /// <summary>Sets the kernel.</summary>
    public void Use(double halfLifeHours)
    {
        if (halfLifeHours == HalfLifeHours)
            return;

        HalfLifeHours = halfLifeHours;
        var decay = Math.Log(2) / halfLifeHours;
        followersPerRatio = Excitation.Write(arrivals.Instants, 0, arrivals.Hours, decay, rates);
        for (var term = 0; term < repeated.Length; term++)
            repeated[term] = background.RepeatedShare(term, decay);
    }

    /// <summary>How well a branching ratio explains the gifts, whatever the background; never infinite. Without followers it does not depend on the half-life.</summary>
    /// <param name="ratio">The branching ratio.</param>
    /// <param name="spread">Which unevenness of days.</param>
    public double At(double ratio, int spread) => Read(ratio, spread).Value;

    /// <summary>The same with how it changes with the ratio.</summary>
    public Reading Read(double ratio, int spread)
    {
        var without = informationWithout[spread];
        if (without is null)
        {
            var none = Climb(0, spread);
            withoutFollowers[spread] = none.Value - (system.TermInformation.Sum() / 2);
            informationWithout[spread] = without = [.. system.TermInformation];
        }

        if (ratio == 0)
            return new Reading(0, withoutFollowers[spread], 0, 0);

        var reading = Climb(ratio, spread);
        var freedom = reading.Freedom;
        for (var term = 0; term < repeated.Length; term++)
            freedom += ((repeated[term] * (without[term] - system.TermInformation[term])) - without[term]) / 2;
        return reading with { Freedom = freedom };
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

    /// <summary>Newton's method with step halving, then Laplace's determinant. It begins where the backgrounds found for the nearest ratios point to.</summary>
    private Reading Climb(double ratio, int spread)
    {
        var (uneven, found) = (unevenDays[spread], modes[spread]);
        found.Guess(ratio, HalfLifeHours, terms, days);
        if (uneven is null)
            days.AsSpan().Clear();
        var value = Joint(terms, days, ratio, uneven, withGradient: true);
        var (determinant, slope) = (0.0, ratioGradient);
        for (var steps = 0; steps < MostSteps; steps++)
        {
            if (!Step(uneven, out determinant))
                break;

            var promise = Promise(uneven is not null);
            if (promise is >= 0 and < Enough)
            {
                // The step is right to second order, so it needs no evaluation of its own.
                slope = ratioGradient + Cross(uneven is not null);
                value += promise / 2;
                Move(terms, termStep, 1, terms);
                if (uneven is not null)
                    Move(days, spanStep, 1, days);
                break;
            }

            var next = double.MinValue;
            for (var (length, halvings) = (1.0, 0); halvings < 12 && !(next > value); length /= 2, halvings++)
            {
                Move(terms, termStep, length, triedTerms);
                Move(days, spanStep, uneven is null ? 0 : length, triedDays);
                next = Joint(triedTerms, triedDays, ratio, uneven, withGradient: false);
            }

            if (!(next > value))
                break;

            triedTerms.CopyTo(terms, 0);
            triedDays.CopyTo(days, 0);
            value = next;
            slope = ratioGradient;
            Gradients(terms, uneven);
        }

        found.Keep(ratio, HalfLifeHours, terms, days);
        return new Reading(ratio, value, slope, ((uneven?.LogDeterminant ?? 0) - determinant) / 2);
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
        return daysMove ? promise + Dot(spanStep, spanGradient) : promise;
    }

    /// <summary>How much the step that is left changes the slope over the ratio.</summary>
    private double Cross(bool daysMove)
    {
        var change = daysMove ? Dot(spanStep, spanCross) : 0;
        for (var term = 0; term < terms.Length; term++)
            if (termStep[term] != 0)
                change += termStep[term] * Dot(background.FeaturesOf(term), spanCross);
        return change;
    }

    private static void Move(double[] from, double[] step, double length, double[] to)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = from[i] + (length * step[i]);
    }

    /// <summary>Writes each span's intensity and returns its sum over time.</summary>
    private double Spans(ReadOnlySpan<double> terms, ReadOnlySpan<double> days)
    {
        days.CopyTo(intensity);
        for (var term = 0; term < terms.Length; term++)
            AddMultiple(intensity, background.FeaturesOf(term), terms[term]);

        var (low, high, at) = (new Vector<double>(-MostExponent), new Vector<double>(MostExponent), 0);
        for (; at <= intensity.Length - Vector<double>.Count; at += Vector<double>.Count)
            Vector.Exp(Vector.Min(Vector.Max(new Vector<double>(intensity, at), low), high)).CopyTo(intensity, at);
        for (; at < intensity.Length; at++)
            intensity[at] = Math.Exp(Math.Clamp(intensity[at], -MostExponent, MostExponent));
        return Dot(intensity, widths);
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var (sum, other, at) = (Vector<double>.Zero, Vector<double>.Zero, 0);
        for (; at <= left.Length - (2 * Vector<double>.Count); at += 2 * Vector<double>.Count)
        {
            sum = Vector.FusedMultiplyAdd(new Vector<double>(left[at..]), new Vector<double>(right[at..]), sum);
            other = Vector.FusedMultiplyAdd(new Vector<double>(left[(at + Vector<double>.Count)..]), new Vector<double>(right[(at + Vector<double>.Count)..]), other);
        }

        var total = Vector.Sum(sum + other);
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
            curvature[span] = intensity[span] * widths[span];
            spanGradient[span] = -curvature[span];
        }

        spanCross.AsSpan().Clear();
        ratioGradient = 0;
        var (logarithm, product) = (0.0, 1.0);
        for (var i = arrivals.OnlyExciting; i < rates.Length;)
        {
            // Gifts of one span stand together.
            var span = spanOf[i];
            var (level, gathered, bent, crossed) = (intensity[span], 0.0, 0.0, 0.0);
            for (; i < rates.Length && spanOf[i] == span; i++)
            {
                var rate = level + (ratio * rates[i]);
                var inverse = 1 / rate;
                var (own, excited) = (level * inverse, rates[i] * inverse);
                product *= rate;
                if (product is > 1e150 or < 1e-150)
                {
                    logarithm += Math.Log(product);
                    product = 1;
                }

                gathered += own;
                bent += own * (1 - own);
                crossed -= own * excited;
                ratioGradient += excited;
            }

            spanGradient[span] += gathered;
            curvature[span] -= bent;
            spanCross[span] = crossed;
        }

        return logarithm + Math.Log(product);
    }

    private void Gradients(ReadOnlySpan<double> terms, UnevenDays? unevenDays)
    {
        for (var term = 0; term < terms.Length; term++)
            termGradient[term] = Dot(background.FeaturesOf(term), spanGradient) - (background.PriorPrecision[term] * (terms[term] - background.PriorMean[term]));
        if (unevenDays is not null)
            for (var span = 0; span < spanGradient.Length; span++)
                spanGradient[span] -= daysTimesPrior[span];
    }

    private static void AddMultiple(Span<double> to, ReadOnlySpan<double> of, double factor)
    {
        var (by, at) = (new Vector<double>(factor), 0);
        for (; at <= to.Length - Vector<double>.Count; at += Vector<double>.Count)
            Vector.FusedMultiplyAdd(by, new Vector<double>(of[at..]), new Vector<double>(to[at..])).CopyTo(to[at..]);
        for (; at < to.Length; at++)
            to[at] += factor * of[at];
    }

    /// <summary>The likeliest backgrounds found so far, from which that of another ratio is guessed: on the straight line through two of the same half-life, else the nearest as it is.</summary>
    private sealed class Modes(int terms, int spans)
    {
        private const int Most = 8;

        /// <summary>Backgrounds of ratios further apart than this say little of a third one's.</summary>
        private const double FurthestGuess = 0.4;

        /// <summary>How far apart in ratio a doubling of the half-life sets two backgrounds.</summary>
        private const double PerDoubling = 0.1;

        private readonly List<(double Ratio, double HalfLife, double[] Terms, double[] Days)> kept = [];
        private int next;

        /// <summary>Leaves what is given where nothing is known.</summary>
        public void Guess(double ratio, double halfLife, double[] terms, double[] days)
        {
            var (nearest, second) = (-1, -1);
            for (var at = 0; at < kept.Count; at++)
                if (nearest < 0 || Distance(at) < Distance(nearest))
                    nearest = at;
            if (nearest < 0)
                return;

            var (from, known, fromTerms, fromDays) = kept[nearest];
            fromTerms.CopyTo(terms, 0);
            fromDays.CopyTo(days, 0);
            if (known != halfLife || Math.Abs(from - ratio) > FurthestGuess)
                return;

            for (var at = 0; at < kept.Count; at++)
                if (kept[at].HalfLife == halfLife && Math.Abs(kept[at].Ratio - from) is > 0.01 and < FurthestGuess && (second < 0 || Distance(at) < Distance(second)))
                    second = at;
            if (second < 0)
                return;

            var (other, _, otherTerms, otherDays) = kept[second];
            var length = Math.Clamp((ratio - from) / (from - other), -2, 2);
            for (var term = 0; term < terms.Length; term++)
                terms[term] += length * (fromTerms[term] - otherTerms[term]);
            for (var span = 0; span < days.Length; span++)
                days[span] += length * (fromDays[span] - otherDays[span]);

            double Distance(int at) => Math.Abs(kept[at].Ratio - ratio) + (PerDoubling * Math.Abs(Math.Log2(kept[at].HalfLife / halfLife)));
        }

        public void Keep(double ratio, double halfLife, double[] found, double[] days)
        {
            if (kept.Count < Most)
            {
                kept.Add((ratio, halfLife, new double[terms], new double[spans]));
                next = kept.Count - 1;
            }

            var (_, _, keptTerms, keptDays) = kept[next];
            found.CopyTo(keptTerms, 0);
            days.CopyTo(keptDays, 0);
            kept[next] = (ratio, halfLife, keptTerms, keptDays);
            next = (next + 1) % Most;
        }
    }
}

/// <summary>What <see cref="MarginalLikelihood"/> says of one branching ratio.</summary>
/// <param name="Joint">Log-likelihood at the likeliest background, with the priors.</param>
/// <param name="Slope">How that changes with the ratio, the background following.</param>
/// <param name="Freedom">What integrating the background out adds: Laplace's determinants.</param>
internal readonly record struct Reading(double Ratio, double Joint, double Slope, double Freedom)
{
    public double Value => Joint + Freedom;
}

namespace Succesmeter.Emergence;

/// <summary>
/// What counts a few hours apart still say of the branching ratio: an upper bound, for a kernel known from elsewhere. Gifts within a span are not put in any order (that is what makes a naive fit find three
/// followers a gift); instead the number expected in a span and its variance, followers within the span included, are those of the Hawkes process itself.
/// </summary>
internal sealed class CountedGifts
{
    /// <summary>At one a process never dies out and its moments have another form; this is as good.</summary>
    private const double MostRatio = 0.98;

    private const int MostSteps = 40;

    /// <summary>As for gifts known to the minute; the moments are approximate on top, so some more.</summary>
    private const double Fall = 6;

    private readonly Background background;
    private readonly ArrowSystem system;
    private readonly double[] counts;
    private readonly double[] carried;
    private readonly double[] amplified;
    private readonly double[] passed;
    private readonly double[] curvature;
    private readonly double[] spanGradient;
    private readonly double[] terms;
    private readonly double[] gradient;
    private readonly double[] step;
    private readonly double decay;

    public CountedGifts(Arrivals arrivals, Background background, double halfLifeHours)
    {
        this.background = background;
        system = new ArrowSystem(background);
        decay = Math.Log(2) / halfLifeHours;
        counts = new double[background.Spans];
        foreach (var span in background.SpansOf(arrivals.Instants))
            counts[span]++;
        carried = new double[counts.Length];
        amplified = new double[counts.Length];
        passed = new double[counts.Length];
        curvature = new double[counts.Length];
        spanGradient = new double[counts.Length];
        terms = [.. background.PriorMean];
        gradient = new double[terms.Length];
        step = new double[terms.Length];
    }

    /// <summary>The largest ratio that is not excluded at 95 %.</summary>
    public double UpperBound()
    {
        const int Points = 25;
        var values = new double[Points];
        for (var at = 0; at < Points; at++)
            values[at] = At(Ratio(at));
        var peak = Array.IndexOf(values, values.Max());
        for (var at = peak + 1; at < Points; at++)
            if (2 * (values[peak] - values[at]) is var depth && depth > Fall)
            {
                var before = 2 * (values[peak] - values[at - 1]);
                return Ratio(at - 1) + ((Ratio(at) - Ratio(at - 1)) * (Fall - before) / (depth - before));
            }

        return 1;

        static double Ratio(int at) => MostRatio * at / (Points - 1);
    }

    /// <summary>The log-likelihood of the counts for a branching ratio, at the likeliest background.</summary>
    internal double At(double ratio)
    {
        Carry(ratio);
        Fit();
        var value = 0.0;
        for (var span = 0; span < counts.Length; span++)
        {
            var rate = Rate(terms, span);
            var own = amplified[span] * rate;
            var mean = Math.Max(own + (passed[span] * carried[span]), 1e-12);
            var variance = Variance(ratio, rate, carried[span], Width(span));
            value += NegativeBinomial((int)counts[span], mean, variance);
            curvature[span] = own * own / Math.Max(variance, mean);
        }

        // As for single gifts: the background's freedom to follow the crowd is taken back where followers repeat it.
        if (system.Solve(curvature, null, spanGradient, gradient, [], step, out _))
            for (var term = 0; term < terms.Length; term++)
                value -= background.RepeatedShare(term, decay) * system.TermInformation[term] / 2;

        for (var term = 0; term < terms.Length; term++)
            value -= background.PriorPrecision[term] * Squared(terms[term] - background.PriorMean[term]) / 2;
        return double.IsFinite(value) ? value : double.MinValue;
    }

    /// <summary>Mean and variance of the number of gifts in a span that begins with a given excess rate, by the moments' differential equations (the process is affine, so they close).</summary>
    /// <remarks>d m = nβμ − κm, d v = −2κv + (nβ)²(μ+m), d c = −κc + v + nβ(μ+m), d V = μ+m + 2c, with κ = β(1−n) and m, v, c, V the rate's mean and variance, its covariance with the count, the count's variance.</remarks>
    internal double Variance(double ratio, double background, double excess, double hours)
    {
        // At least four steps a mean delay, or the rule would not be stable.
        var steps = (int)Math.Clamp(4 * decay * hours, 12, 10_000);
        var (kappa, jump, h) = (decay * (1 - ratio), ratio * decay, hours / steps);
        var (m, v, c, total) = (excess, 0.0, 0.0, 0.0);
        for (var i = 0; i < steps; i++)
        {
            // Midpoint rule: a tenth of a per cent at six hours, and the bound is not that exact.
            var rate = background + m;
            var (m2, v2, c2) = (m + (h / 2 * ((jump * background) - (kappa * m))), v + (h / 2 * ((jump * jump * rate) - (2 * kappa * v))), c + (h / 2 * (v + (jump * rate) - (kappa * c))));
            var rate2 = background + m2;
            total += h * (rate2 + (2 * c2));
            m += h * ((jump * background) - (kappa * m2));
            v += h * ((jump * jump * rate2) - (2 * kappa * v2));
            c += h * (v2 + (jump * rate2) - (kappa * c2));
        }

        return total;
    }

    /// <summary>What a span begins with from the gifts before it, and how much of the background a span's mean holds. Neither depends on the background.</summary>
    private void Carry(double ratio)
    {
        var kappa = decay * (1 - ratio);
        var excess = 0.0;
        for (var span = 0; span < counts.Length; span++)
        {
            var hours = Width(span);
            carried[span] = excess;
            passed[span] = (1 - Math.Exp(-kappa * hours)) / kappa;
            amplified[span] = (hours - (ratio * passed[span])) / (1 - ratio);
            var kept = Math.Exp(-decay * hours);
            excess = (excess * kept) + (ratio * counts[span] * (1 - kept) / hours);
        }
    }

    private void Fit()
    {
        var tried = new double[terms.Length];
        var value = Poisson(terms, withGradient: true);
        for (var steps = 0; steps < MostSteps; steps++)
        {
            if (!system.Solve(curvature, null, spanGradient, gradient, [], step, out _))
            {
                for (var span = 0; span < curvature.Length; span++)
                    curvature[span] = Math.Max(curvature[span], 0);
                if (!system.Solve(curvature, null, spanGradient, gradient, [], step, out _))
                    return;
            }

            var promise = 0.0;
            for (var term = 0; term < terms.Length; term++)
                promise += step[term] * gradient[term];
            if (!(promise > 1e-3))
                return;

            var next = double.MinValue;
            for (var (length, halvings) = (1.0, 0); halvings < 12 && !(next > value); length /= 2, halvings++)
            {
                for (var term = 0; term < terms.Length; term++)
                    tried[term] = terms[term] + (length * step[term]);
                next = Poisson(tried, withGradient: false);
            }

            if (!(next > value))
                return;

            tried.CopyTo(terms, 0);
            value = Poisson(terms, withGradient: true);
        }
    }

    private double Poisson(double[] at, bool withGradient)
    {
        var value = 0.0;
        for (var span = 0; span < counts.Length; span++)
        {
            var own = amplified[span] * Rate(at, span);
            var mean = Math.Max(own + (passed[span] * carried[span]), 1e-12);
            value += (counts[span] * Math.Log(mean)) - mean;
            var share = own / mean;
            spanGradient[span] = (counts[span] * share) - own;
            curvature[span] = own - (counts[span] * share * (1 - share));
        }

        for (var term = 0; term < at.Length; term++)
        {
            var away = at[term] - background.PriorMean[term];
            value -= background.PriorPrecision[term] * away * away / 2;
            if (!withGradient)
                continue;

            gradient[term] = -background.PriorPrecision[term] * away;
            for (var span = 0; span < counts.Length; span++)
                gradient[term] += spanGradient[span] * background.Features[(span * background.Stride) + term];
        }

        return double.IsFinite(value) ? value : double.MinValue;
    }

    private double Rate(double[] at, int span)
    {
        var exponent = 0.0;
        for (var term = 0; term < at.Length; term++)
            exponent += at[term] * background.Features[(span * background.Stride) + term];
        return Math.Exp(Math.Clamp(exponent, -30, 30));
    }

    private double Width(int span) => background.Edges[span + 1] - background.Edges[span];

    private static double Squared(double value) => value * value;

    /// <summary>Log-probability of a count with a given mean and variance; Poisson's where the variance is no larger than the mean.</summary>
    internal static double NegativeBinomial(int count, double mean, double variance)
    {
        var value = 0.0;
        var size = mean * mean / (variance - mean);
        if (!(variance > mean * (1 + 1e-9)) || !(size < 1e9))
        {
            for (var i = 1; i <= count; i++)
                value += Math.Log(mean / i);
            return value - mean;
        }

        for (var i = 0; i < count; i++)
            value += Math.Log((size + i) / (i + 1));
        return value + (size * Math.Log(size / (size + mean))) + (count * Math.Log(mean / (size + mean)));
    }
}

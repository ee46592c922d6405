namespace Succesmeter.Emergence;

/// <summary>
/// The search over branching ratio, half-life and unevenness of days: the likeliest values, how much likelier they are than a ratio of zero, and which ratios cannot be excluded.
/// </summary>
internal sealed class SelfExcitation
{
    /// <summary>Spreads of the background's logarithm from day to day that are considered; the last is more than an unlogged world of coefficient of variation .5 brings.</summary>
    private static readonly double[] Spreads = [0, 0.25, 0.5];

    /// <summary>Half-lives at which the search begins, hours.</summary>
    private static readonly double[] HalfLives = [1, 4, 16];

    /// <summary>Longer than this, followers pass for a trend.</summary>
    private const double LongestHalfLife = 36;

    private const double ShortestHalfLife = 0.5;

    /// <summary>Half-lives that are usual, as a normal law of their logarithm: it decides where gifts do not. Wide enough for the hour that JustGiving's pages show and the nine of the simulations in the literature.</summary>
    private const double UsualHalfLife = 3;

    private const double UsualSpread = 1.2;

    /// <summary>
    /// How far twice the log-likelihood may fall within the 95 % interval. Chi-square's 3.84 holds for endless data; at 50 to 500 gifts it covers 90 to 95 % (docs/emergence.md), and this covers what it promises.
    /// </summary>
    private const double Fall = 5;

    /// <summary>Ratios at which the profile is read; between them its signed root is nearly straight.</summary>
    private static readonly double[] Ratios = [0, 0.08, 0.2, 0.35, 0.5, 0.65, 0.82, 1];

    /// <summary>Factors around the likeliest half-life at which the profile is read.</summary>
    private static readonly double[] HalfLifeFactors = [0.4, 1, 2.5];

    private readonly MarginalLikelihood likelihood;
    private readonly double shortest;
    private Optimum? even;

    public SelfExcitation(Arrivals arrivals, Background background)
    {
        likelihood = new MarginalLikelihood(arrivals, background, [.. Spreads.Select(spread => spread == 0 ? null : new UnevenDays(background, spread))]);
        shortest = Math.Max(ShortestHalfLife, 2 * arrivals.ResolutionHours);
    }

    /// <summary>Twice the log-likelihood ratio against a ratio of zero, if days are even.</summary>
    public double RatioIfDaysAreEven() => 2 * Math.Max(0, IfDaysAreEven.Value - None(0));

    /// <summary>The likeliest values with days as uneven as gifts suggest, on either side of the comparison.</summary>
    public Optimum Search()
    {
        var best = IfDaysAreEven;
        var none = None(0);
        for (var spread = 1; spread < Spreads.Length; spread++)
        {
            none = Math.Max(none, None(spread));
            var found = Best(spread);
            if (found.Value > best.Value)
                best = found;
        }

        return best with { LikelihoodRatio = 2 * Math.Max(0, best.Value - none) };
    }

    /// <summary>The ratios whose likelihood, maximised over all else, is not significantly below the largest.</summary>
    public (double Low, double High) Interval(Optimum optimum)
    {
        var profile = new double[Ratios.Length];
        Array.Fill(profile, double.MinValue);
        Span<double> values = stackalloc double[HalfLifeFactors.Length];
        for (var spread = 0; spread < Spreads.Length; spread++)
        {
            // The middle one lies between its neighbours, and days of an evenness that the gifts refute with followers and without are no part of the profile.
            if (spread != optimum.Spread && (spread == 1 || Math.Max(None(spread), Near(optimum, spread)) < optimum.Value - Fall))
                continue;

            var table = new double[HalfLifeFactors.Length][];
            for (var at = 0; at < HalfLifeFactors.Length; at++)
            {
                var halfLife = Math.Clamp(optimum.HalfLifeHours * HalfLifeFactors[at], shortest, Math.Max(shortest, LongestHalfLife));
                likelihood.Use(halfLife);
                table[at] = [.. Ratios.Select(ratio => likelihood.At(ratio, spread) + LogPrior(halfLife))];
            }

            for (var ratio = 0; ratio < Ratios.Length; ratio++)
            {
                for (var at = 0; at < values.Length; at++)
                    values[at] = table[at][ratio];
                profile[ratio] = Math.Max(profile[ratio], Highest(values));
            }
        }

        return Crossings(profile, optimum);
    }

    public double ShareThatFollowed(Optimum optimum)
    {
        likelihood.Use(optimum.HalfLifeHours);
        likelihood.At(optimum.Ratio, optimum.Spread);
        return likelihood.ShareThatFollowed(optimum.Ratio);
    }

    private double Near(Optimum optimum, int spread)
    {
        likelihood.Use(optimum.HalfLifeHours);
        return likelihood.At(optimum.Ratio, spread) + LogPrior(optimum.HalfLifeHours);
    }

    private Optimum IfDaysAreEven => even ??= Best(0);

    private double None(int spread) => likelihood.At(0, spread);

    private Optimum Best(int spread)
    {
        var tried = new List<Optimum>();
        foreach (var halfLife in HalfLives.Select(halfLife => Math.Max(halfLife, shortest)).Distinct())
            tried.Add(At(halfLife, spread, tried.Count == 0 ? 0.3 : tried[^1].Ratio));

        // The lattice is coarse for many gifts: close in on the peak between its neighbours.
        for (var closing = 0; closing < 2; closing++)
        {
            tried.Sort(static (left, right) => left.HalfLifeHours.CompareTo(right.HalfLifeHours));
            var peak = tried.IndexOf(tried.MaxBy(static optimum => optimum.Value)!);
            if (tried.Count < 3)
                break;

            var middle = Math.Clamp(peak, 1, tried.Count - 2);
            var (left, centre, right) = (tried[middle - 1], tried[middle], tried[middle + 1]);
            var next = Vertex(
                (Math.Log(left.HalfLifeHours), left.Value), (Math.Log(centre.HalfLifeHours), centre.Value), (Math.Log(right.HalfLifeHours), right.Value));
            var halfLife = Math.Exp(Math.Clamp(next, Math.Log(left.HalfLifeHours), Math.Log(Math.Max(LongestHalfLife, right.HalfLifeHours))));
            if (tried.Exists(optimum => Math.Abs(Math.Log(optimum.HalfLifeHours / halfLife)) < 0.05))
                break;

            tried.Add(At(halfLife, spread, centre.Ratio));
        }

        return tried.MaxBy(static optimum => optimum.Value)!;
    }

    /// <summary>The likeliest ratio for one half-life: the top of a parabola through three values, moved until the top lies between them.</summary>
    private Optimum At(double halfLife, int spread, double guess)
    {
        const double Around = 0.12;
        const int MostMoves = 4;
        likelihood.Use(halfLife);
        var prior = LogPrior(halfLife);
        var centre = Math.Clamp(guess, Around, 1 - Around);
        for (var moves = 0; ; moves++)
        {
            var low = likelihood.At(centre - Around, spread);
            var middle = likelihood.At(centre, spread);
            var high = likelihood.At(centre + Around, spread);
            var ratio = Math.Clamp(Vertex((centre - Around, low), (centre, middle), (centre + Around, high)), 0, 1);
            if (Math.Abs(ratio - centre) <= Around || moves == MostMoves)
            {
                var steps = Math.Clamp((ratio - centre) / Around, -1, 1);
                return new Optimum(centre + (steps * Around), halfLife, spread, prior + middle + (steps * (high - low) / 2) + (steps * steps * (low - (2 * middle) + high) / 2), 0);
            }

            centre = Math.Clamp(ratio, Around, 1 - Around);
        }
    }

    private static double LogPrior(double halfLife)
    {
        var away = Math.Log(halfLife / UsualHalfLife) / UsualSpread;
        return -away * away / 2;
    }

    /// <summary>Where the parabola through three points is highest; the highest point itself where it opens upwards. At most as far again as the points reach.</summary>
    private static double Vertex((double X, double Y) left, (double X, double Y) centre, (double X, double Y) right)
    {
        var before = (centre.Y - left.Y) / (centre.X - left.X);
        var after = (right.Y - centre.Y) / (right.X - centre.X);
        var bend = (after - before) / (right.X - left.X);
        var highest = left.Y > centre.Y && left.Y > right.Y ? left.X : right.Y > centre.Y ? right.X : centre.X;
        if (!(bend < 0))
            return highest;

        var vertex = ((left.X + centre.X) / 2) - (before / (2 * bend));
        return Math.Clamp(vertex, left.X - (right.X - left.X), right.X + (right.X - left.X));
    }

    /// <summary>The highest of values at half-lives in even steps, read between them from a parabola.</summary>
    private static double Highest(ReadOnlySpan<double> values)
    {
        var peak = 0;
        for (var at = 1; at < values.Length; at++)
            if (values[at] > values[peak])
                peak = at;
        if (peak == 0 || peak == values.Length - 1)
            return values[peak];

        var (left, centre, right) = (values[peak - 1], values[peak], values[peak + 1]);
        var bend = left - (2 * centre) + right;
        return bend < 0 ? centre - ((right - left) * (right - left) / (8 * bend)) : centre;
    }

    private static (double Low, double High) Crossings(double[] profile, Optimum optimum)
    {
        var top = Math.Max(profile.Max(), optimum.Value);
        var peak = Array.IndexOf(profile, profile.Max());
        var estimate = optimum.Ratio;
        var (low, high) = (0.0, 1.0);
        for (var at = peak; at > 0; at--)
            if (Depth(at - 1) > Fall)
            {
                low = Between(at, at - 1);
                break;
            }

        for (var at = peak; at < profile.Length - 1; at++)
            if (Depth(at + 1) > Fall)
            {
                high = Between(at, at + 1);
                break;
            }

        return (Math.Min(low, estimate), Math.Max(high, estimate));

        double Depth(int at) => 2 * Math.Max(0, top - profile[at]);

        // The root of the depth is nearly straight on either side of the peak.
        double Between(int inside, int outside)
        {
            var (near, far) = (Math.Sqrt(Depth(inside)), Math.Sqrt(Depth(outside)));
            var (from, to) = (Ratios[inside], Ratios[outside]);
            if (inside == peak)
                (from, near) = (to > from) == (estimate > from) ? (Math.Clamp(estimate, Math.Min(from, to), Math.Max(from, to)), 0) : (from, near);
            var target = Math.Sqrt(Fall);
            return far > near ? from + ((to - from) * Math.Clamp((target - near) / (far - near), 0, 1)) : to;
        }
    }
}

/// <summary>The likeliest values.</summary>
/// <param name="Ratio">The branching ratio, 0 to 1.</param>
/// <param name="Spread">Index of the unevenness of days.</param>
/// <param name="Value">Log-likelihood with the half-life's prior.</param>
/// <param name="LikelihoodRatio">Twice the difference to the likeliest without any following.</param>
internal sealed record Optimum(double Ratio, double HalfLifeHours, int Spread, double Value, double LikelihoodRatio);

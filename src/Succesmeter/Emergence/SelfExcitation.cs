namespace Succesmeter.Emergence;

/// <summary>
/// The search over branching ratio, half-life and unevenness of days: the likeliest values, how much likelier they are than a ratio of zero, and which ratios cannot be excluded.
/// </summary>
internal sealed class SelfExcitation
{
    /// <summary>Spreads of the background's logarithm from day to day that are considered; the last is more than an unlogged world of coefficient of variation .5 brings.</summary>
    private static readonly double[] Spreads = [0, 0.25, 0.5];

    /// <summary>Half-lives at which the search begins, hours.</summary>
    private static readonly double[] HalfLives = [4, 1, 16];

    /// <summary>Longer than this, followers pass for a trend.</summary>
    private const double LongestHalfLife = 36;

    private const double ShortestHalfLife = 0.5;

    private const int MostClosings = 3;

    /// <summary>Of the half-life's logarithm: between neighbours closer than this nothing hides.</summary>
    private const double WideGap = 0.7;

    /// <summary>Half-lives that are usual, as a normal law of their logarithm: it decides where gifts do not. Wide enough for the hour that JustGiving's pages show and the nine of the simulations in the literature.</summary>
    private const double UsualHalfLife = 3;

    private const double UsualSpread = 1.2;

    /// <summary>Chi-square with one degree of freedom at 95 %: how far twice the log-likelihood may fall within the interval of endless data from a right model.</summary>
    private const double ChiSquare95 = 3.841458820694124;

    /// <summary>Ratios at which the profile is read; between them its signed root is nearly straight.</summary>
    private static readonly double[] Ratios = [0, 0.08, 0.2, 0.35, 0.5, 0.65, 0.82, 1];

    /// <summary>Factors around the likeliest half-life at which the profile is read.</summary>
    private static readonly double[] HalfLifeFactors = [0.4, 1, 2.5];

    /// <summary>The smallest ratio whose slope is read; zero itself is known without a half-life.</summary>
    private const double Least = 0.02;

    /// <summary>No fewer gifts than ten are looked at; a profile flatter than this is followed in steps.</summary>
    private const double SmallestBend = 4;

    private readonly MarginalLikelihood likelihood;
    private readonly double shortest;
    private readonly (double Below, double Above) cuts;

    /// <summary>A fall that takes a ratio out of the interval whatever the half-life.</summary>
    private readonly double farBelow;
    private Optimum? even;

    /// <summary>What the last search saw of the profile's shape: how its slope falls, and how the determinants rise, with the ratio.</summary>
    private double lastBend;
    private double freedomSlope;

    public SelfExcitation(Arrivals arrivals, Background background)
    {
        likelihood = new MarginalLikelihood(arrivals, background, [.. Spreads.Select(spread => spread == 0 ? null : new UnevenDays(background, spread))]);
        cuts = Cuts(arrivals.Count);
        farBelow = Math.Max(cuts.Below, cuts.Above) + 6;
        lastBend = Math.Max(arrivals.Count / 3.0, SmallestBend);
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
    public (double Low, double High) Interval(Optimum optimum) => Crossings(Profile(optimum), optimum, cuts);

    /// <summary>
    /// How far twice the log-likelihood may fall on either side of the estimate. Few gifts leave the background room to take followers for a trend, so that estimates lie too low and the upper cut is corrected as Bartlett (1937)
    /// corrects a likelihood ratio, by a factor 1 + b/gifts; many gifts show that no simple background is quite right, which passes for following, so the lower cut grows as the alarm's threshold does.
    /// Both constants were chosen on seed 7 of `emergence-study` (docs/emergence.md).
    /// </summary>
    internal static (double Below, double Above) Cuts(int gifts)
    {
        var counted = Math.Max(gifts, 10);
        return (ChiSquare95 + (0.95 * Math.Log(Math.Max(counted, EmergenceTest.FewestGifts) / (double)EmergenceTest.FewestGifts)), ChiSquare95 * (1 + (90.0 / counted)));
    }

    /// <summary>The likelihood at each of <see cref="Ratios"/>, maximised over half-life and unevenness of days.</summary>
    internal double[] Profile(Optimum optimum)
    {
        var profile = new double[Ratios.Length];
        Array.Fill(profile, double.MinValue);
        Span<double> values = stackalloc double[HalfLifeFactors.Length];
        for (var spread = 0; spread < Spreads.Length; spread++)
        {
            // The middle one lies between its neighbours, and days of an evenness that the gifts refute with followers and without are no part of the profile.
            if (spread != optimum.Spread && (spread == 1 || Math.Max(None(spread), Near(optimum, spread)) < optimum.Value - (farBelow / 2)))
                continue;

            var table = new double[HalfLifeFactors.Length][];
            for (var at = 0; at < HalfLifeFactors.Length; at++)
            {
                var halfLife = Math.Clamp(optimum.HalfLifeHours * HalfLifeFactors[at], shortest, Math.Max(shortest, LongestHalfLife));
                table[at] = Profile(halfLife, spread, optimum);
            }

            for (var ratio = 0; ratio < Ratios.Length; ratio++)
            {
                for (var at = 0; at < values.Length; at++)
                    values[at] = table[at][ratio];
                profile[ratio] = Math.Max(profile[ratio], Highest(values));
            }
        }

        return profile;
    }

    /// <summary>From the likeliest ratio outwards, as far as the interval may reach; beyond, the last value stands.</summary>
    private double[] Profile(double halfLife, int spread, Optimum optimum)
    {
        likelihood.Use(halfLife);
        var values = new double[Ratios.Length];
        var start = 1;
        while (start < Ratios.Length - 1 && Ratios[start] < optimum.Ratio)
            start++;
        for (var at = start; at < Ratios.Length; at++)
            values[at] = at > start && IsFar(values[at - 1]) ? values[at - 1] : Value(at);
        for (var at = start - 1; at >= 0; at--)
            values[at] = at > 0 && at < start - 1 && IsFar(values[at + 1]) ? values[at + 1] : Value(at);
        return values;

        double Value(int at) => likelihood.At(Ratios[at], spread) + LogPrior(halfLife);

        bool IsFar(double value) => 2 * (optimum.Value - value) > farBelow;
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

    private static bool IsNear(double one, double other) => Math.Abs(Math.Log(one / other)) < 0.1;

    private Optimum IfDaysAreEven => even ??= Best(0);

    private double None(int spread) => likelihood.At(0, spread);

    private Optimum Best(int spread)
    {
        var tried = new List<Optimum>();
        foreach (var halfLife in HalfLives.Select(halfLife => Math.Max(halfLife, shortest)).Distinct())
            tried.Add(At(halfLife, spread, tried.Count == 0 ? 0.4 : tried[0].Ratio));

        // The lattice is coarse for many gifts: close in on the peak between its neighbours.
        for (var closing = 0; closing < MostClosings && tried.Count >= 3; closing++)
        {
            tried.Sort(static (left, right) => left.HalfLifeHours.CompareTo(right.HalfLifeHours));
            var peak = tried.IndexOf(tried.MaxBy(static optimum => optimum.Value)!);
            var middle = Math.Clamp(peak, 1, tried.Count - 2);
            var (left, centre, right) = (tried[middle - 1], tried[middle], tried[middle + 1]);
            var next = Vertex(
                (Math.Log(left.HalfLifeHours), left.Value), (Math.Log(centre.HalfLifeHours), centre.Value), (Math.Log(right.HalfLifeHours), right.Value));
            var halfLife = Math.Exp(Math.Clamp(next, Math.Log(left.HalfLifeHours), Math.Log(Math.Max(LongestHalfLife, right.HalfLifeHours))));
            if (tried.Exists(optimum => IsNear(optimum.HalfLifeHours, halfLife)))
            {
                // Where the parabola finds nothing new, a peak may still hide in the wider gap beside the highest.
                var beside = peak == 0 ? 1 : peak == tried.Count - 1 || tried[peak - 1].Value > tried[peak + 1].Value ? peak - 1 : peak + 1;
                halfLife = Math.Sqrt(tried[peak].HalfLifeHours * tried[beside].HalfLifeHours);
                if (Math.Abs(Math.Log(tried[beside].HalfLifeHours / tried[peak].HalfLifeHours)) < WideGap)
                    break;
            }

            tried.Add(At(halfLife, spread, tried[peak].Ratio));
        }

        return tried.MaxBy(static optimum => optimum.Value)!;
    }

    /// <summary>The likeliest ratio for one half-life: where the slope, read at two ratios, crosses zero, moved until that lies beside them.</summary>
    private Optimum At(double halfLife, int spread, double guess)
    {
        const double Nearly = 0.06;
        const double Furthest = 0.3;
        const int MostMoves = 6;
        likelihood.Use(halfLife);
        var first = likelihood.Read(Math.Clamp(guess, Least, 1), spread);
        var ahead = Math.Clamp((first.Slope + freedomSlope) / lastBend, -Furthest, Furthest);
        ahead = Math.CopySign(Math.Max(Math.Abs(ahead), Nearly), ahead);
        var second = likelihood.Read(Math.Clamp(first.Ratio + ahead is < Least or > 1 ? first.Ratio - ahead : first.Ratio + ahead, Least, 1), spread);
        for (var moves = 0; ; moves++)
        {
            var apart = second.Ratio - first.Ratio;
            freedomSlope = (second.Freedom - first.Freedom) / apart;
            var (from, to) = (first.Slope + freedomSlope, second.Slope + freedomSlope);
            var bent = (from - to) / apart;
            lastBend = Math.Max(bent, SmallestBend);
            var near = Math.Abs(from) < Math.Abs(to) ? first : second;
            var next = Math.Clamp(near.Ratio + Math.Clamp((near.Slope + freedomSlope) / lastBend, -Furthest, Furthest), 0, 1);

            // At an end of the scale the slope points outwards.
            var (low, high) = apart > 0 ? (first, second) : (second, first);
            if (next < Least && low.Ratio <= Nearly)
                return new Optimum(0, halfLife, spread, LogPrior(halfLife) + likelihood.At(0, spread), 0);
            if (next == 1 && high.Ratio == 1)
                return new Optimum(1, halfLife, spread, LogPrior(halfLife) + high.Value, 0);
            if (next > low.Ratio - (Nearly / 2) && next < high.Ratio + (Nearly / 2))
                return new Optimum(next, halfLife, spread, LogPrior(halfLife) + Between(low, high, freedomSlope, next), 0);

            // A cubic says nothing far from where it was read: the higher of the two then stands.
            if (moves == MostMoves)
                return new Optimum(low.Value > high.Value ? low.Ratio : high.Ratio, halfLife, spread, LogPrior(halfLife) + Math.Max(low.Value, high.Value), 0);

            (first, second) = (Math.Abs(first.Ratio - next) < Math.Abs(second.Ratio - next) ? first : second, likelihood.Read(Math.Max(next, Least), spread));
        }
    }

    /// <summary>The cubic through two values with their slopes.</summary>
    private static double Between(Reading low, Reading high, double freedomSlope, double ratio)
    {
        var apart = high.Ratio - low.Ratio;
        var t = (ratio - low.Ratio) / apart;
        return ((1 + (2 * t)) * (1 - t) * (1 - t) * low.Value) + (t * t * (3 - (2 * t)) * high.Value)
            + (t * (1 - t) * apart * (((1 - t) * (low.Slope + freedomSlope)) - (t * (high.Slope + freedomSlope))));
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

    internal static (double Low, double High) Crossings(double[] profile, Optimum optimum, (double Below, double Above) fall)
    {
        var top = Math.Max(profile.Max(), optimum.Value);
        var peak = Array.IndexOf(profile, profile.Max());
        var estimate = optimum.Ratio;
        var (low, high) = (0.0, 1.0);
        for (var at = peak; at > 0; at--)
            if (Depth(at - 1) > fall.Below)
            {
                low = Between(at, at - 1, fall.Below);
                break;
            }

        for (var at = peak; at < profile.Length - 1; at++)
            if (Depth(at + 1) > fall.Above)
            {
                high = Between(at, at + 1, fall.Above);
                break;
            }

        return (Math.Min(low, estimate), Math.Max(high, estimate));

        double Depth(int at) => 2 * Math.Max(0, top - profile[at]);

        // The root of the depth is nearly straight on either side of the peak.
        double Between(int inside, int outside, double depth)
        {
            var (near, far) = (Math.Sqrt(Depth(inside)), Math.Sqrt(Depth(outside)));
            var (from, to) = (Ratios[inside], Ratios[outside]);
            if (inside == peak)
                (from, near) = (to > from) == (estimate > from) ? (Math.Clamp(estimate, Math.Min(from, to), Math.Max(from, to)), 0) : (from, near);
            var target = Math.Sqrt(depth);
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

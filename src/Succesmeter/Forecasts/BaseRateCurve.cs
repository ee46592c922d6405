using System.Collections.Immutable;

namespace Succesmeter.Forecasts;

/// <summary>The share of successes among campaigns that were still open, at each share of their time.</summary>
public sealed class BaseRateCurve
{
    /// <summary>Steps of a twentieth of the time: a curve of some hundred outcomes bears no finer ones.</summary>
    public const int Steps = 20;

    /// <param name="points">One for each twentieth of the time, from 0 to 1.</param>
    public BaseRateCurve(IEnumerable<BaseRate> points)
    {
        Points = [.. points];
        if (Points.Length != Steps + 1)
            throw new ArgumentException($"A curve has {Steps + 1} points, not {Points.Length}.", nameof(points));
    }

    public ImmutableArray<BaseRate> Points { get; }

    /// <summary>Counted from finished campaigns.</summary>
    /// <param name="outcomes">When each reached its goal, as a share of its time; null where it did not.</param>
    /// <remarks>Where nobody was open any more the last known share stays, with a count of 0.</remarks>
    public static BaseRateCurve Of(IReadOnlyCollection<double?> outcomes)
    {
        var points = new BaseRate[Steps + 1];
        var last = 0.5;
        for (var step = 0; step <= Steps; step++)
        {
            var elapsed = (double)step / Steps;
            var open = outcomes.Count(reached => reached is null || reached > elapsed);
            var successes = outcomes.Count(reached => reached > elapsed);
            if (open > 0)
                last = (double)successes / open;
            points[step] = new BaseRate(last, open);
        }

        return new BaseRateCurve(points);
    }

    /// <param name="elapsedShare">0 at launch, 1 at the end; beyond them the nearest point.</param>
    public BaseRate At(double elapsedShare)
    {
        // No time at all (0 of 0 days) is all of it.
        var at = double.IsNaN(elapsedShare) ? Steps : Math.Clamp(elapsedShare, 0, 1) * Steps;
        var before = Math.Min((int)at, Steps - 1);
        var (low, high) = (Points[before], Points[before + 1]);
        return new BaseRate(low.Share + ((high.Share - low.Share) * (at - before)), at - before < 0.5 ? low.N : high.N);
    }
}

/// <param name="Share">Successes among those still open.</param>
/// <param name="N">How many campaigns were still open.</param>
public readonly record struct BaseRate(double Share, int N);

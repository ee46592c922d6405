using System.Diagnostics;
using Succesmeter.Emergence;
using Succesmeter.Social;

namespace Succesmeter.Learning.Emergence;

/// <summary>Simulates campaigns whose truth is known and asks of each what the software would have said.</summary>
internal static class EmergenceStudy
{
    /// <param name="cell">The question.</param>
    /// <param name="replicates">How many campaigns; for an extra cell a fifth of them.</param>
    /// <param name="seed">The same seed, the same campaigns.</param>
    /// <param name="threads">Do not change the result.</param>
    public static StudyLine Of(StudyCell cell, int replicates, int seed, int threads, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        replicates = ReplicatesOf(cell, replicates);
        var line = cell.Kind is "coverage" or "bound" ? Coverage(cell, replicates, seed, threads, cancellation) : Alarms(cell, replicates, seed, threads, cancellation);
        var share = line.Coverage ?? line.Alarms;
        var of = replicates - (line.Without ?? 0);
        if (share is not null && of > 0)
        {
            var (low, high) = JeffreysInterval.Of(Math.Round(share.Value * of), of);
            line = line with { ShareLow = Round(low), ShareHigh = Round(high) };
        }

        return line with { Seconds = Math.Round(watch.Elapsed.TotalSeconds, 1) };
    }

    /// <summary>An extra cell has a fifth of them.</summary>
    public static int ReplicatesOf(StudyCell cell, int replicates) => cell.IsExtra ? (replicates + 4) / 5 : replicates;

    private static StudyLine Coverage(StudyCell cell, int replicates, int seed, int threads, CancellationToken cancellation)
    {
        var truth = cell.Campaign.Ratio;
        var estimates = Each(replicates, threads, replicate => EmergenceEstimate.Of(cell.Draw(seed, replicate)), cancellation);
        var known = estimates.Where(static estimate => estimate.Interval is not null).ToList();
        return Line(cell, replicates, seed) with
        {
            Coverage = Share(known, estimate => estimate.Interval!.Value.Low <= truth && estimate.Interval.Value.High >= truth),
            TooHigh = Share(known, estimate => estimate.Interval!.Value.Low > truth),
            TooLow = Share(known, estimate => estimate.Interval!.Value.High < truth),
            Without = replicates - known.Count,
            MeanEstimate = known.Exists(static estimate => estimate.BranchingRatio is not null) ? Round(known.Average(static estimate => estimate.BranchingRatio ?? 0)) : null,
            MedianWidth = Median(known.Select(static estimate => estimate.Interval!.Value.High - estimate.Interval.Value.Low)),
            MedianHalfLifeHours = Median(known.Where(static estimate => estimate.HalfLifeHours is not null).Select(static estimate => estimate.HalfLifeHours!.Value)),
        };
    }

    private static StudyLine Alarms(StudyCell cell, int replicates, int seed, int threads, CancellationToken cancellation)
    {
        var lives = Each(replicates, threads, replicate => Life(cell.Draw(seed, replicate)), cancellation);
        var factors = lives.Select(static life => life.Highest).Order().ToList();
        return Line(cell, replicates, seed) with
        {
            Alarms = Share(lives, static life => life.Highest > 1),
            AlarmsOfThoseWith50 = Share([.. lives.Where(static life => life.Gifts >= EmergenceTest.FewestGifts)], static life => life.Highest > 1),
            AlarmsAtEnd = Share(lives, static life => life.AtEnd > 1),
            ThresholdFactor95 = Round(factors[Math.Min(factors.Count - 1, (int)(0.95 * factors.Count))]),
        };
    }

    /// <summary>The highest likelihood ratio of daily looks, and that of the last, each relative to the threshold of its day.</summary>
    private static (double Highest, double AtEnd, int Gifts) Life(GiftTimeline whole)
    {
        var (highest, atEnd) = (0.0, 0.0);
        for (var asOf = whole.LaunchedAt.AddDays(1); asOf <= whole.AsOf; asOf = asOf.AddDays(1))
        {
            var look = whole with { AsOf = asOf, Gifts = [.. whole.Gifts.Where(gift => gift.Latest <= asOf)] };
            if (look.Gifts.Count < EmergenceTest.FewestGifts)
                continue;

            // What cannot become the highest needs no second model; at the end only an alarm matters.
            var threshold = EmergenceTest.Threshold(look.Gifts.Count);
            atEnd = EmergenceTest.LikelihoodRatio(look, Math.Min(highest, 1) * threshold) / threshold;
            highest = Math.Max(highest, atEnd);
        }

        return (highest, atEnd, whole.Gifts.Count);
    }

    private static StudyLine Line(StudyCell cell, int replicates, int seed) => new()
    {
        Kind = cell.Kind,
        Cell = cell.Name,
        Gifts = cell.Campaign.Gifts,
        Replicates = replicates,
        Seed = seed,
        Seconds = 0,
    };

    private static T[] Each<T>(int replicates, int threads, Func<int, T> work, CancellationToken cancellation)
    {
        var results = new T[replicates];
        Parallel.For(0, replicates, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, replicate => results[replicate] = work(replicate));
        return results;
    }

    private static double? Share<T>(IReadOnlyCollection<T> all, Func<T, bool> holds) => all.Count == 0 ? null : Round((double)all.Count(holds) / all.Count);

    private static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : Round(sorted[sorted.Count / 2]);
    }

    private static double Round(double value) => Math.Round(value, 3);
}

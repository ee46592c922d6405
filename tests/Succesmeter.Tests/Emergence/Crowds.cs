using Succesmeter.Emergence;

namespace Succesmeter.Tests.Emergence;

/// <summary>Timelines to bend with <c>with</c>.</summary>
internal static class Crowds
{
    public static readonly DateTimeOffset Launch = new(2026, 4, 20, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Forty watched days with gifts at given hours after the launch, everything known.</summary>
    public static GiftTimeline At(params IEnumerable<double> hours) => new()
    {
        Gifts = [.. hours.Select(static hour => new GiftTime(Launch.AddHours(hour)))],
        WatchedFrom = Launch,
        LaunchedAt = Launch,
        AsOf = Launch.AddDays(40),
        EndsAt = Launch.AddDays(40),
        ListIsComplete = true,
        ActionLogKept = true,
    };

    /// <summary>Hours of a process with an even background, which the estimator knows least: each gift brings others with an exponential delay.</summary>
    public static List<double> Hours(int seed, double perDay, double ratio, double halfLifeHours = 2, double days = 40)
    {
        var random = new Random(seed);
        var hours = new List<double>();
        for (var at = Gap(perDay / 24); at < 24 * days; at += Gap(perDay / 24))
            hours.Add(at);
        for (var parent = 0; parent < hours.Count; parent++)
            for (var left = Gap(1); left < ratio; left += Gap(1))
                if (hours[parent] + Gap(Math.Log(2) / halfLifeHours) is var at && at < 24 * days)
                    hours.Add(at);
        hours.Sort();
        return hours;

        double Gap(double rate) => -Math.Log(1 - random.NextDouble()) / rate;
    }

    public static void AreNumbers(EmergenceEstimate estimate)
    {
        foreach (var value in new[] { estimate.BranchingRatio, estimate.Interval?.Low, estimate.Interval?.High, estimate.ShareThatFollowed })
            if (value is { } share)
                Assert.InRange(share, 0, 1);
        foreach (var value in new[] { estimate.HalfLifeHours, estimate.TimeResolutionHours, estimate.LikelihoodRatio })
            if (value is { } number)
                Assert.InRange(number, 0, 1e9);
        Assert.True(estimate.BranchingRatio is not { } ratio || (estimate.Interval!.Value.Low <= ratio && ratio <= estimate.Interval.Value.High));
    }
}

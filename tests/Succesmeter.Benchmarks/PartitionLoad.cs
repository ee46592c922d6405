namespace Succesmeter.Benchmarks;

/// <summary>
/// Which partition meets its limit first when all campaigns of one size are looked at every hour. Arithmetic says the mean; what counts is the busiest second, and that depends on when visits come: at the full hour all
/// at once, or spread over it as planned visits are.
/// </summary>
internal static class PartitionLoad
{
    private const int SecondsPerHour = 3600;
    private const double PartitionLimit = 2_000, AccountLimit = 20_000;

    /// <summary>The largest platform's share of all live campaigns: platforms' sizes fall off like 1/rank.</summary>
    private const int Platforms = 1_000;

    public static IEnumerable<(string What, double Value)> Of(Size size, Spent snapshot)
    {
        var perSnapshot = snapshot.Transactions.Values.Sum();
        var harmonic = Enumerable.Range(1, Platforms).Sum(static rank => 1.0 / rank);
        var largest = (int)(size.Live / harmonic);
        foreach (var (name, spread) in ((string, double)[])[("all within a minute of the full hour", 60), ("spread over the hour", SecondsPerHour)])
        {
            // One row of the platform's partition of Campaigns a snapshot: the list. All else lies in the campaign's own partition.
            var seconds = Seconds(largest, spread, new Random(5));
            var all = Seconds(size.Live, spread, new Random(6));
            yield return ($"{size.Name}, {name}: busiest second of the largest platform's list, writes", seconds);
            yield return ($"{size.Name}, {name}: share of what a partition takes", seconds / PartitionLimit);
            yield return ($"{size.Name}, {name}: busiest second of the account, transactions", all * perSnapshot);
            yield return ($"{size.Name}, {name}: accounts that takes", Math.Ceiling(all * perSnapshot / AccountLimit));
        }
    }

    /// <returns>Snapshots in the busiest second.</returns>
    private static int Seconds(int campaigns, double spread, Random dice)
    {
        var seconds = new int[SecondsPerHour];
        for (var campaign = 0; campaign < campaigns; campaign++)
            seconds[(int)(dice.NextDouble() * spread)]++;
        return seconds.Max();
    }
}

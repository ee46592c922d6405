namespace Succesmeter.Benchmarks;

/// <summary>How much is looked at, and what that costs.</summary>
/// <param name="Name">As it is printed.</param>
/// <param name="Live">Live campaigns.</param>
/// <param name="SnapshotsPerDay">Of each that show something new: one that answers 304 is no snapshot.</param>
/// <param name="DeliveriesPerDay">Of each.</param>
internal sealed record Size(string Name, int Live, double SnapshotsPerDay, double DeliveriesPerDay)
{
    private const double DaysPerMonth = 365.25 / 12;
    private const double SecondsPerDay = 86_400;

    public static IReadOnlyList<Size> All { get; } = [new("Growfunding", 4, 24, 0.5), new("Kickstarter-size", 4_000, 24, 0.5), new("the world", 300_000, 24, 0.5)];

    public double SnapshotsPerSecond => Live * SnapshotsPerDay / SecondsPerDay;

    public MonthlyCost Cost(Spent snapshot, Spent delivery)
    {
        var (snapshots, deliveries) = (Live * SnapshotsPerDay * DaysPerMonth, Live * DeliveriesPerDay * DaysPerMonth);

        // Each trigger asks for its messages and takes them away: receive and delete, beside what our own clients do.
        var (table, blob, queue) = (Of("table"), Of("blob"), Of("queue") + (2 * (snapshots + deliveries)));
        var processor = (snapshots * snapshot.Processor) + (deliveries * delivery.Processor);
        var gigabytes = 12 * ((snapshots * snapshot.Kept) + (deliveries * delivery.Kept)) / 1e9;

        // An instance is paid while anything runs on it; half of the time it waits for storage.
        var gigabyteSeconds = Math.Max(0, (2 * processor * Prices.InstanceGigabytes) - Prices.FreeGigabyteSeconds);
        var executions = Math.Max(0, (3 * snapshots) + deliveries - Prices.FreeExecutions);
        return new MonthlyCost(
            (table + blob + queue) / (DaysPerMonth * SecondsPerDay),
            processor / (DaysPerMonth * SecondsPerDay),
            Prices.Euros(((table * Prices.TableTransaction) + (blob * Prices.BlobTransaction) + (queue * Prices.QueueTransaction)) / 10_000),
            Prices.Euros((gigabyteSeconds * Prices.GigabyteSecond) + (executions * Prices.MillionExecutions / 1e6)),
            Prices.Euros(Math.Max(0, snapshots - Prices.FreeEvents) * Prices.MillionEvents / 1e6),
            gigabytes,
            Prices.Euros(gigabytes * Prices.TableGigabyte));

        double Of(string service) => (snapshots * snapshot.Transactions.GetValueOrDefault(service)) + (deliveries * delivery.Transactions.GetValueOrDefault(service));
    }

    /// <summary>
    /// US dollars, West Europe, locally redundant, without tax, as remembered from the price pages of 2025: look them up before a decision, and change them here. Not in it: Log Analytics (a daily cap says what it
    /// may cost), Key Vault, outgoing traffic, a virtual network.
    /// </summary>
    private static class Prices
    {
        public const double TableTransaction = 0.00036, QueueTransaction = 0.004, BlobTransaction = 0.03;
        public const double TableGigabyte = 0.045;
        public const double GigabyteSecond = 0.000026, FreeGigabyteSeconds = 100_000, InstanceGigabytes = 2;
        public const double MillionExecutions = 0.40, FreeExecutions = 250_000;
        public const double MillionEvents = 0.60, FreeEvents = 100_000;

        public static double Euros(double dollars) => 0.92 * dollars;
    }
}

/// <summary>A month of one size; money in euros.</summary>
internal sealed record MonthlyCost(double TransactionsPerSecond, double Processors, double Transactions, double Functions, double Events, double Gigabytes, double Data)
{
    public double All => Transactions + Functions + Events + Data;
}

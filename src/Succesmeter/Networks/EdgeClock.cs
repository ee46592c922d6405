namespace Succesmeter.Networks;

/// <summary>
/// The order in which words about one campaign count: that of its commits, and not of any clock. A file of history brings many snapshots in one second, and two
/// tries of one commit may have seen different parcels; the record's sequence tells them apart. Written as seconds since 2000.
/// </summary>
public static class EdgeClock
{
    /// <summary>What is appended before the commit that gives the record this sequence. A try that is killed or loses may have said something else.</summary>
    public static DateTimeOffset Before(long sequence) => EdgeFile.InstantOf(checked((int)(2 * sequence)));

    /// <summary>What was read from the committed record itself: over all tries up to its commit, under all that later ones say.</summary>
    public static DateTimeOffset Verified(long sequence) => EdgeFile.InstantOf(checked((int)((2 * sequence) + 1)));
}

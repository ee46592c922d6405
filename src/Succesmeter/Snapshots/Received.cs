namespace Succesmeter.Snapshots;

/// <summary>
/// Where in the order of arrival a snapshot stands. Of two snapshots of one instant the later received wins, whichever is processed first;
/// blob clocks tick in whole seconds, so the source's name and the line break ties.
/// </summary>
/// <param name="At">The creation time of the blob that brought it, the same over retries.</param>
/// <param name="Source">The blob's name.</param>
/// <param name="Line">The row within it, from 1.</param>
public readonly record struct Received(DateTimeOffset At, string Source, long Line) : IComparable<Received>
{
    public int CompareTo(Received other)
    {
        var byTime = At.CompareTo(other.At);
        if (byTime != 0)
            return byTime;

        var bySource = string.CompareOrdinal(Source, other.Source);
        return bySource != 0 ? bySource : Line.CompareTo(other.Line);
    }

    public static bool operator <(Received left, Received right) => left.CompareTo(right) < 0;

    public static bool operator >(Received left, Received right) => left.CompareTo(right) > 0;

    public static bool operator <=(Received left, Received right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Received left, Received right) => left.CompareTo(right) >= 0;
}

using System.Collections.Concurrent;

namespace Succesmeter.LocalHost.Blobs;

/// <summary>
/// What this run of the host knows of the blobs in a container, so that a scan asks storage only about new ones. It may forget or not know:
/// the receipts decide.
/// </summary>
internal sealed class SeenBlobs(TimeProvider time)
{
    private const long Never = long.MaxValue;

    private readonly ConcurrentDictionary<string, Sighting> _seen = new(StringComparer.Ordinal);
    private int _scan;

    /// <summary>It was done in an earlier run or by another host.</summary>
    public void AddDone(string receipt) => _seen[receipt] = new(Never, IsRunning: false, _scan);

    public void BeginScan() => _scan++;

    /// <returns>Whether it is worth trying now; then it counts as running until <see cref="Tried"/>.</returns>
    public bool TryBegin(string receipt)
    {
        var now = time.GetTimestamp();

        if (_seen.TryGetValue(receipt, out var known) && (known.IsRunning || known.NotBefore > now))
        {
            // Unless it was tried in this very moment, which says more.
            _seen.TryUpdate(receipt, known with { Scan = _scan }, known);
            return false;
        }

        _seen[receipt] = new(Never, IsRunning: true, _scan);
        return true;
    }

    /// <param name="again">After how long to try again; null when it is done.</param>
    /// <param name="receipt">What was tried.</param>
    public void Tried(string receipt, TimeSpan? again) => _seen[receipt] = new(
        again is { } pause ? time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency) : Never, IsRunning: false, _scan);

    /// <summary>Forgets what the scan that just ended did not see.</summary>
    /// <returns>What it forgot.</returns>
    public IReadOnlyList<string> ForgetUnseen()
    {
        var gone = _seen.Where(known => known.Value is { IsRunning: false } sighting && sighting.Scan < _scan).ToList();

        foreach (var known in gone)
            _seen.TryRemove(known);

        return [.. gone.Select(known => known.Key)];
    }

    private sealed record Sighting(long NotBefore, bool IsRunning, int Scan);
}

using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Succesmeter.Benchmarks;

/// <summary>Counts every HTTP request that this process sends: the functions' and the host's own calls to storage alike.</summary>
internal sealed class RequestCount : EventListener
{
    private readonly ConcurrentDictionary<string, long> _byTarget = new(StringComparer.Ordinal);
    private long _count;

    public long Value => Interlocked.Read(ref _count);

    /// <summary>By the second part of the path behind the account: a table, a queue, a container.</summary>
    public IReadOnlyDictionary<string, long> ByTarget => new Dictionary<string, long>(_byTarget, StringComparer.Ordinal);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Net.Http")
            EnableEvents(eventSource, EventLevel.Informational);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName != "RequestStart")
            return;

        Interlocked.Increment(ref _count);
        _byTarget.AddOrUpdate(TargetOf(eventData.Payload?[3] as string ?? ""), 1, static (_, count) => count + 1);
    }

    private static string TargetOf(string path)
    {
        var parts = path.Split('/', '?', '(');
        return parts.Length > 2 ? parts[2] : path;
    }
}

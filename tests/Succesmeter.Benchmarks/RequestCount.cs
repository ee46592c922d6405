using System.Diagnostics.Tracing;

namespace Succesmeter.Benchmarks;

/// <summary>Counts every HTTP request that this process sends: the functions' and the host's own calls to storage alike.</summary>
internal sealed class RequestCount : EventListener
{
    private long _count;

    public long Value => Interlocked.Read(ref _count);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Net.Http")
            EnableEvents(eventSource, EventLevel.Informational);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName == "RequestStart")
            Interlocked.Increment(ref _count);
    }
}

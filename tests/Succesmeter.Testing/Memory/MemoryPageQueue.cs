using Succesmeter.Visits;

namespace Succesmeter.Testing.Memory;

/// <summary>Messages in the order in which they show.</summary>
public sealed class MemoryPageQueue(TimeProvider time) : IPageQueue
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<PageToFetch, (DateTimeOffset At, int Order)> _messages = new();
    private int _sent;

    public int Count
    {
        get
        {
            lock (_lock)
                return _messages.Count;
        }
    }

    /// <summary>When the first shows; null when there is none.</summary>
    public DateTimeOffset? NextAt
    {
        get
        {
            lock (_lock)
                return _messages.TryPeek(out _, out var place) ? place.At : null;
        }
    }

    public IReadOnlyList<(PageToFetch Page, DateTimeOffset At)> All
    {
        get
        {
            lock (_lock)
                return [.. _messages.UnorderedItems.OrderBy(item => item.Priority).Select(item => (item.Element, item.Priority.At))];
        }
    }

    public Task SendAsync(PageToFetch page, TimeSpan wait, CancellationToken cancellation)
    {
        lock (_lock)
            _messages.Enqueue(page, (time.GetUtcNow() + (wait > TimeSpan.Zero ? wait : TimeSpan.Zero), _sent++));
        return Task.CompletedTask;
    }

    /// <summary>The first that shows now.</summary>
    public PageToFetch? Take()
    {
        lock (_lock)
            return _messages.TryPeek(out _, out var place) && place.At <= time.GetUtcNow() ? _messages.Dequeue() : null;
    }

    public void Lose()
    {
        lock (_lock)
            _messages.Clear();
    }
}

using Succesmeter.Webhooks;

namespace Succesmeter.Testing.Memory;

/// <summary>Messages in the order in which they show.</summary>
public sealed class MemoryDeliveryQueue(TimeProvider time) : IDeliveryQueue
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<DeliveryMessage, (DateTimeOffset At, int Order)> _messages = new();
    private int _sent;

    /// <summary>When the first shows; null when there is none.</summary>
    public DateTimeOffset? NextAt
    {
        get
        {
            lock (_lock)
                return _messages.TryPeek(out _, out var place) ? place.At : null;
        }
    }

    /// <summary>How many were ever sent.</summary>
    public int Sent => Volatile.Read(ref _sent);

    /// <summary>What happens before a message is sent; by default nothing.</summary>
    public Func<Task> BeforeSend { get; set; } = static () => Task.CompletedTask;

    public async Task SendAsync(DeliveryMessage message, TimeSpan wait, CancellationToken cancellation)
    {
        await BeforeSend();
        lock (_lock)
            _messages.Enqueue(message, (time.GetUtcNow() + (wait > TimeSpan.Zero ? wait : TimeSpan.Zero), _sent++));
    }

    /// <summary>The first that shows now.</summary>
    public DeliveryMessage? Take()
    {
        lock (_lock)
            return _messages.TryPeek(out _, out var place) && place.At <= time.GetUtcNow() ? _messages.Dequeue() : null;
    }
}

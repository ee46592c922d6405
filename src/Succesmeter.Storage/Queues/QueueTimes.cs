namespace Succesmeter.Storage.Queues;

internal static class QueueTimes
{
    /// <summary>A message does not expire: accepted means durable. By default it would after seven days.</summary>
    public static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);
}

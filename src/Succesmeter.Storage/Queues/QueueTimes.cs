namespace Succesmeter.Storage.Queues;

internal static class QueueTimes
{
    /// <summary>A message does not expire: accepted means durable. By default it would after seven days.</summary>
    public static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    /// <summary>A queue hides a message for seven days at most.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(6);

    /// <summary>The queue counts in whole seconds, and one too many is better than one too few.</summary>
    public static TimeSpan Hidden(TimeSpan wait) => TimeSpan.FromSeconds(Math.Ceiling(Math.Clamp(wait.TotalSeconds, 0, Longest.TotalSeconds)));
}

namespace Succesmeter.LocalHost.Demo;

/// <summary>A stage that looks at the town more often than the hourly timers do, because the town's clock is fast.</summary>
/// <param name="Name">For the log.</param>
/// <param name="Period">In real time, from start to start; one that takes longer begins again at once, never twice at a time.</param>
/// <param name="RunAsync">One look.</param>
internal sealed record TownTimer(string Name, TimeSpan Period, Func<CancellationToken, Task> RunAsync);

namespace Succesmeter.LocalHost.Demo;

/// <summary>Where the town's clock is kept: with the data that it dates.</summary>
internal interface ITownClockFile
{
    /// <returns>Null where the town has not been founded.</returns>
    Task<TownTime?> ReadAsync(CancellationToken cancellation);

    Task WriteAsync(TownTime time, CancellationToken cancellation);
}

/// <param name="Founded">When the clock was first started; the town's campaigns are counted from it.</param>
/// <param name="Until">No later instant of the town was ever shown.</param>
internal sealed record TownTime(DateTimeOffset Founded, DateTimeOffset Until);

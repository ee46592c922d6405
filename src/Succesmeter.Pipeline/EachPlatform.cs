using Succesmeter.Campaigns;

namespace Succesmeter.Pipeline;

/// <summary>What a timer does for every platform.</summary>
internal static class EachPlatform
{
    /// <summary>Those that have campaigns, as <see cref="RunForEachAsync"/> does it.</summary>
    /// <exception cref="AggregateException">Some platforms failed.</exception>
    public static async Task RunForEachPlatformAsync(this ICampaignList list, Func<PlatformId, Task> run, CancellationToken cancellation) =>
        await (await list.PlatformsAsync(cancellation)).RunForEachAsync(run, cancellation);

    /// <summary>One platform does not hold up the others; what failed is thrown together at the end.</summary>
    /// <exception cref="AggregateException">Some platforms failed.</exception>
    public static async Task RunForEachAsync<T>(this IEnumerable<T> platforms, Func<T, Task> run, CancellationToken cancellation)
    {
        var failures = new List<Exception>();
        foreach (var platform in platforms)
        {
            try
            {
                await run(platform);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
            throw new AggregateException(failures);
    }
}

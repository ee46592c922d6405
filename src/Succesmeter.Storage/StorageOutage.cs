using Azure;

namespace Succesmeter.Storage;

/// <summary>Tells storage that cannot answer now from storage that refused.</summary>
public static class StorageOutage
{
    private static readonly TimeSpan s_untilAgain = TimeSpan.FromSeconds(5);

    /// <summary>For work that nobody can put off: begins it again until storage answers.</summary>
    /// <param name="run">May run again from the beginning.</param>
    /// <param name="longest">An outage that is longer ends in the failure; within the time that a function has.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public static async Task OutlastAsync(Func<Task> run, TimeSpan longest, TimeProvider clock, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await run();
                return;
            }
            catch (Exception failure) when (Is(failure) && clock.GetElapsedTime(began) < longest)
            {
                await Task.Delay(s_untilAgain, clock, cancellation);
            }
        }
    }

    public static bool Is(Exception failure) => failure switch
    {
        RequestFailedException refused => refused.Status is 0 or 408 or 429 or >= 500,
        AggregateException several => several.InnerExceptions.Count > 0 && several.InnerExceptions.All(Is),
        _ => false,
    };
}

using Azure;

namespace Succesmeter.LocalHost.Storage;

/// <summary>What is had for a while alone, had anew until it is let go: the lease of a blob, a hidden message.</summary>
internal static class Renewal
{
    /// <summary>Renews after a third of the time, and gives up a sixth before its end, so that whoever worked under it has a moment to stop before another may have it.</summary>
    /// <param name="duration">How long it is had, from when it was asked for.</param>
    /// <param name="renewed">A timestamp from just before it was asked for.</param>
    /// <param name="time">The storage's clock decides, so this is the machine's, whatever clock the host was given.</param>
    /// <param name="renew">False where another has it. It is cancelled when no answer could come in time.</param>
    /// <param name="lost">Cancelled when another may have it.</param>
    /// <param name="released">Ends this.</param>
    public static async Task KeepAsync(TimeSpan duration, long renewed, TimeProvider time, Func<CancellationToken, Task<bool>> renew, CancellationTokenSource lost, CancellationToken released)
    {
        var untilLost = duration * 5 / 6;
        var pause = duration / 3;

        try
        {
            do
            {
                await Task.Delay(pause, time, released);
                var asked = time.GetTimestamp();
                if (untilLost - time.GetElapsedTime(renewed) is not { Ticks: > 0 } left)
                    break;

                try
                {
                    using var patience = new CancellationTokenSource(left, time);
                    if (!await renew(patience.Token))
                        break;
                    renewed = asked;
                    pause = duration / 3;
                }
                catch (Exception e) when (e is RequestFailedException or OperationCanceledException or AggregateException)
                {
                    // The storage is away: it may be back in time.
                    pause = duration / 30;
                }
            }
            while (time.GetElapsedTime(renewed) < untilLost);

            released.ThrowIfCancellationRequested();
            await lost.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // Released.
        }
    }
}

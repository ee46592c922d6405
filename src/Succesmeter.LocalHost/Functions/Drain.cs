namespace Succesmeter.LocalHost.Functions;

/// <summary>How the host ends: first nothing new begins, and after a grace time what still runs is asked to stop.</summary>
internal sealed class Drain(TimeSpan grace) : IDisposable
{
    private readonly CancellationTokenSource _noNewWork = new();
    private readonly CancellationTokenSource _hurry = new();

    /// <summary>Cancelled when nothing new may begin.</summary>
    public CancellationToken NoNewWork => _noNewWork.Token;

    /// <summary>Cancelled when running invocations should stop.</summary>
    public CancellationToken Hurry => _hurry.Token;

    /// <summary>Waits on the machine's clock, which no test stops, but not longer than until nothing new may begin.</summary>
    public async Task PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, NoNewWork);
        }
        catch (OperationCanceledException)
        {
            // The caller's loop sees it.
        }
    }

    public async Task BeginAsync()
    {
        _hurry.CancelAfter(grace);
        await _noNewWork.CancelAsync();
    }

    public void Dispose()
    {
        _noNewWork.Dispose();
        _hurry.Dispose();
    }
}

using System.Runtime.CompilerServices;

namespace Succesmeter.Testing;

/// <summary>Waits for a state rather than for a time: returns as soon as it is reached, and fails when it is not in time.</summary>
public static class Eventually
{
    /// <summary>Long enough for a busy machine; a passing test does not wait for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    public static Task IsAsync(Func<bool> state, [CallerArgumentExpression(nameof(state))] string? what = null) =>
        IsAsync(() => Task.FromResult(state()), what);

    public static async Task IsAsync(Func<Task<bool>> state, [CallerArgumentExpression(nameof(state))] string? what = null)
    {
        var began = TimeProvider.System.GetTimestamp();

        while (!await state())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"Not within {Patience.TotalSeconds:0} s: {what}");

            await Task.Delay(Poll);
        }
    }
}

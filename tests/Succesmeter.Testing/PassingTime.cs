using Microsoft.Extensions.Time.Testing;

namespace Succesmeter.Testing;

/// <summary>Stands still but for waits of up to ten seconds, which pass at once.</summary>
public sealed class PassingTime() : FakeTimeProvider(new DateTimeOffset(2026, 5, 2, 12, 0, 0, TimeSpan.Zero))
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime <= TimeSpan.FromSeconds(10))
            _ = Task.Run(() => Advance(dueTime));
        return timer;
    }
}

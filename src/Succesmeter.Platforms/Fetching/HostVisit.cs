using Succesmeter.Visits;

namespace Succesmeter.Platforms.Fetching;

/// <summary>A host in hand: counts what is sent to it, and gives it back with what was learnt. Not for two threads.</summary>
internal sealed class HostVisit(IHostGates gates, HostTurn.Mine turn, int requestsPerMinute, TimeProvider time) : IAsyncDisposable
{
    /// <summary>A Crawl-delay is waited for within the visit up to here, before a redirect or a retry; the rest is owed, and the next visit waits for it.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private TimeSpan? crawlDelay;

    public HostState State { get; set; } = turn.State;

    /// <summary>A retry would keep the budget and the host's Crawl-delay.</summary>
    public bool MayRetry => (crawlDelay ?? TimeSpan.Zero) <= LongestPause && State.WaitForBudget(time.GetUtcNow(), requestsPerMinute) is null;

    /// <summary>From here on its pages keep the delay.</summary>
    public void Keep(Robots robots) => crawlDelay = robots.CrawlDelay;

    /// <summary>Before each request.</summary>
    /// <exception cref="OverBudgetException">The budget of the minute is used up.</exception>
    public async Task SpendAsync(CancellationToken cancellation)
    {
        if (State.NextAt - time.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
            await Task.Delay(wait < LongestPause ? wait : LongestPause, time, cancellation);

        var now = time.GetUtcNow();
        State = State.Spend(now, requestsPerMinute) ?? throw new OverBudgetException(State.WaitForBudget(now, requestsPerMinute) ?? TimeSpan.FromSeconds(1));
        if (crawlDelay is { } delay)
            State = State with { NextAt = (State.NextAt > now ? State.NextAt.Value : now) + delay };
    }

    /// <summary>Also when the visit was cancelled: otherwise the host would be blocked for the rest of the claim.</summary>
    public async ValueTask DisposeAsync() => await gates.LeaveAsync(turn, State.Free(), CancellationToken.None);
}

/// <summary>The minute's budget of a host ended in the midst of a visit.</summary>
internal sealed class OverBudgetException(TimeSpan wait) : Exception("the budget of the minute is used up")
{
    public TimeSpan Wait { get; } = wait;
}

namespace Succesmeter.Visits;

/// <summary>What is kept of a host between two requests. Pure: a store only loads it, asks <see cref="Enter"/>, and saves what that says.</summary>
public sealed record HostState
{
    /// <summary>How long one visit may hold a host; whoever dies with it in hand blocks the host for no longer.</summary>
    public static readonly TimeSpan LongestClaim = TimeSpan.FromMinutes(1);

    /// <summary>RFC 9309 section 2.5 asks for at least 500 KiB of robots.txt.</summary>
    public const int MostRobotsBytes = 512 * 1024;

    /// <summary>Most claims are given back within a second or two, so waiting for the end of one would be too long.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private const int MostWhy = 500;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static readonly HostState Unknown = new();

    /// <summary>Until when a visit holds the host; null: nobody does.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }

    /// <summary>When the counted minute began: with the first request after an earlier minute was over.</summary>
    public DateTimeOffset? MinuteFrom { get; init; }

    /// <summary>Sent since <see cref="MinuteFrom"/>.</summary>
    public int RequestsInMinute { get; init; }

    /// <summary>The next page may be asked for from then on (Crawl-delay).</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The host asked to be left alone until then (429, 503, robots.txt out of reach).</summary>
    public DateTimeOffset? PatienceUntil { get; init; }

    /// <summary>Why <see cref="PatienceUntil"/> is set, for logs and people; at most <see cref="MostWhy"/> characters, since a stranger's answer may be in it.</summary>
    public string? PatienceWhy { get; init => field = value is { Length: > MostWhy } longer ? longer[..(char.IsHighSurrogate(longer[MostWhy - 1]) ? MostWhy - 1 : MostWhy)] : value; }

    /// <summary>How often in a row the host has asked for patience; what it does not time itself is waited for twice as long each time.</summary>
    public int Refusals { get; init; }

    /// <summary>robots.txt as it came, at most <see cref="MostRobotsBytes"/>, since nobody reads what lies behind; empty where there is none (4xx); null when it was never read.</summary>
    public ReadOnlyMemory<byte>? Robots { get; init => field = value is { Length: > MostRobotsBytes } longer ? longer[..MostRobotsBytes] : value; }

    /// <summary>From then on <see cref="Robots"/> is to be read anew.</summary>
    public DateTimeOffset? RobotsUntil { get; init; }

    /// <summary>A visit asks for the host.</summary>
    /// <param name="now">On the machine's clock.</param>
    /// <param name="requestsPerMinute">The budget, positive.</param>
    /// <returns>The state to save with the claim in it, or how long to wait.</returns>
    public HostEntry Enter(DateTimeOffset now, int requestsPerMinute)
    {
        if (PatienceUntil > now)
            return new HostEntry.Later(PatienceUntil.Value - now, PatienceWhy ?? "the host asked for patience", ByHost: true);
        if (NextAt > now)
            return new HostEntry.Later(NextAt.Value - now, "the host's Crawl-delay", ByHost: false);
        if (WaitForBudget(now, requestsPerMinute) is { } wait)
            return new HostEntry.Later(wait, "the budget of the minute is used up", ByHost: false);
        if (ClaimedUntil > now)
            return new HostEntry.Later(Least(ClaimedUntil.Value - now, LookAgain), "the host is being asked by another visit", ByHost: false);

        return new HostEntry.Claim(this with { ClaimedUntil = now + LongestClaim });
    }

    /// <summary>One request goes out.</summary>
    /// <returns>Null when the minute's budget is used up.</returns>
    public HostState? Spend(DateTimeOffset now, int requestsPerMinute)
    {
        if (WaitForBudget(now, requestsPerMinute) is not null)
            return null;

        return IsCounting(now) ? this with { RequestsInMinute = RequestsInMinute + 1 } : this with { MinuteFrom = now, RequestsInMinute = 1 };
    }

    /// <summary>How long until the budget has room; null when it has now.</summary>
    public TimeSpan? WaitForBudget(DateTimeOffset now, int requestsPerMinute) =>
        IsCounting(now) && RequestsInMinute >= requestsPerMinute ? MinuteFrom!.Value + Minute - now : null;

    /// <summary>The visit is over.</summary>
    public HostState Free() => this with { ClaimedUntil = null };

    /// <summary>A minute that begins in the future is a clock that was set back, and counts as none.</summary>
    private bool IsCounting(DateTimeOffset now) => MinuteFrom <= now && now < MinuteFrom + Minute;

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;
}

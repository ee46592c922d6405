namespace Succesmeter.Visits;

/// <summary>
/// One gate a host, shared by all instances: behind it is one visit at a time. A gate keeps a <see cref="HostState"/> a host, all of it (claim, counted minute, next allowed instant,
/// patience, robots.txt and its expiry), under the key that it is given, and decides nothing itself.
/// </summary>
/// <remarks>
/// An implementation keeps a version with each state that changes at every save (an ETag) and saves under the condition that the version is still the one that was loaded
/// (If-Match; If-None-Match: * for a host that was never seen). So of two that enter at once one saves, and the other is told to come later. A claim that was never given back ends by
/// <see cref="HostState.ClaimedUntil"/>, at most <see cref="HostState.LongestClaim"/> after it was made. Entering costs one read and one write, being sent away one read, leaving one write.
/// </remarks>
public interface IHostGates
{
    /// <summary>Loads the host's state (<see cref="HostState.Unknown"/> when there is none), asks <see cref="HostState.Enter"/> at the machine's present instant, and saves the claim if that says so.</summary>
    /// <param name="host">Name in lower case, <c>:port</c> behind it where that is not 443; no path. At most 262 characters, none of them a control character or <c>/ \ # ?</c>.</param>
    /// <param name="requestsPerMinute">The budget, positive.</param>
    /// <param name="cancellation">Ends the attempt; nothing is claimed then, or the claim runs out.</param>
    /// <returns>A turn; or how long to wait: what <see cref="HostState.Enter"/> says, and a second when another was faster (the condition failed).</returns>
    Task<HostTurn> TryEnterAsync(string host, int requestsPerMinute, CancellationToken cancellation);

    /// <summary>Saves what the visit learnt, <see cref="HostState.ClaimedUntil"/> taken out, on condition that <see cref="HostTurn.Mine.Version"/> is still the one that is kept.</summary>
    /// <param name="turn">As it was given; leaving twice changes nothing the second time.</param>
    /// <param name="learnt">The state as the visit changed it.</param>
    /// <param name="cancellation">Ends the attempt; the claim runs out by itself.</param>
    /// <returns>False when the claim had run out and another visit entered since: nothing is saved then, and that visit's state stands.</returns>
    Task<bool> LeaveAsync(HostTurn.Mine turn, HostState learnt, CancellationToken cancellation);
}

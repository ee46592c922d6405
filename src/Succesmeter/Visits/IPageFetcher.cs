using Succesmeter.Campaigns;

namespace Succesmeter.Visits;

/// <summary>Fetches pages with the manners that a guest owes: robots.txt, one request at a time a host, budgets, limits, guarded addresses.</summary>
public interface IPageFetcher
{
    /// <param name="platform">Whose page it is; its settings and hosts bind the request.</param>
    /// <param name="request">Its host must be one of the platform's.</param>
    /// <param name="known">Of the version that was read last, or none.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    Task<Fetch> FetchAsync(PlatformId platform, PageRequest request, PageValidators known, CancellationToken cancellation);
}

/// <summary>What became of one request.</summary>
public abstract record Fetch
{
    private Fetch()
    {
    }

    public sealed record Came(FetchedPage Page) : Fetch;

    /// <summary>304: nothing changed since.</summary>
    public sealed record Unchanged : Fetch;

    /// <summary>404 or 410.</summary>
    public sealed record Gone(int Status) : Fetch;

    /// <summary>Not now: the host is being asked by somebody else, its budget is used up, or it said so itself (429, 503, Retry-After, robots.txt out of reach). No failure of the page.</summary>
    /// <param name="Wait">Real time until it may be asked again, positive.</param>
    /// <param name="Why">For logs and people.</param>
    /// <param name="ByHost">The host itself asked for patience, so that its other pages wait as well.</param>
    public sealed record Later(TimeSpan Wait, string Why, bool ByHost) : Fetch;

    /// <summary>A rule of ours forbids it: robots.txt, an address that is not public, a redirect that leaves the platform, no contact configured.</summary>
    public sealed record Forbidden(string Rule) : Fetch;

    /// <summary>It failed: no connection, an answer cut off, too slow, too large, another status.</summary>
    public sealed record Failed(string Why) : Fetch;
}

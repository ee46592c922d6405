using System.Net;
using Microsoft.Extensions.Options;
using Succesmeter.Addresses;
using Succesmeter.Campaigns;
using Succesmeter.Outbound;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Fetching;

/// <summary>
/// Fetches pages as a guest who wants to be let in again: it says who it is, reads robots.txt first (RFC 9309), asks a host one thing at a time and little in a minute, waits as long as it is
/// told to, follows redirects within the platform alone, and connects to public addresses alone.
/// </summary>
/// <remarks>Keeps nothing of a host itself: that is behind the <see cref="IHostGates"/>. For many threads at once.</remarks>
public sealed class PolitePageFetcher : IPageFetcher, IDisposable
{
    /// <summary>The product token by which robots.txt knows us.</summary>
    public const string Robot = "Succesmeter";

    private const int MostRedirects = 5;

    /// <summary>A longer ETag is not worth a place in storage.</summary>
    private const int LongestValidator = 1024;

    /// <summary>Ends before the claim on the host does, the pauses of retries included.</summary>
    private static readonly TimeSpan LongestVisit = HostState.LongestClaim - TimeSpan.FromSeconds(10);

    /// <summary>RFC 9309 section 2.4: a kept robots.txt should not be used for longer.</summary>
    private static readonly TimeSpan RobotsLife = TimeSpan.FromHours(24);

    /// <summary>Where robots.txt is out of reach everything is disallowed (section 2.3.1.4); it is looked for again after that.</summary>
    private static readonly TimeSpan AwayWithoutRobots = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostPatience = TimeSpan.FromHours(24);

    /// <summary>For a host that asks for patience without a time: doubled each time in a row.</summary>
    private static readonly TimeSpan FirstPatience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan MostGuessedPatience = TimeSpan.FromHours(1);

    private readonly IHostGates gates;
    private readonly CrawledPlatforms platforms;
    private readonly CrawlOptions options;
    private readonly TimeProvider time;
    private readonly Func<double> jitter;
    private readonly PageClient client;
    private const string ContactRule = $"{CrawlOptions.Section}:{nameof(CrawlOptions.Contact)} must be set: nobody is visited without saying who asks";

    private readonly string userAgent;

    /// <param name="gates">Shared by all instances.</param>
    /// <param name="platforms">Whose pages may be fetched.</param>
    /// <param name="names">Asked once a connection.</param>
    /// <param name="options">Valid.</param>
    /// <param name="time">For every wait and limit.</param>
    /// <param name="jitter">Draws from [0, 1); safe for many threads.</param>
    public PolitePageFetcher(IHostGates gates, CrawledPlatforms platforms, INameResolver names, IOptions<CrawlOptions> options, TimeProvider time, Func<double> jitter)
    {
        this.gates = gates;
        this.platforms = platforms;
        this.options = options.Value;
        this.time = time;
        this.jitter = jitter;
        client = new PageClient(this.options, names, time, jitter);
        userAgent = $"{Robot}/{typeof(PolitePageFetcher).Assembly.GetName().Version?.ToString(3) ?? "0"} ({(string.IsNullOrEmpty(this.options.Contact) ? "this machine" : $"+{this.options.Contact}")})";
    }

    public async Task<Fetch> FetchAsync(PlatformId platform, PageRequest request, PageValidators known, CancellationToken cancellation)
    {
        if (LacksContact(request.Address))
            return new Fetch.Forbidden(ContactRule);
        if (platforms.Find(platform) is not { } crawled)
            return new Fetch.Forbidden($"the platform '{platform}' is not crawled here");

        using var limit = new CancellationTokenSource(LongestVisit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await FollowAsync(crawled, request, known, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new Fetch.Failed($"the visit took longer than {LongestVisit.TotalSeconds:0} s");
        }
        catch (OverBudgetException over)
        {
            return new Fetch.Later(Spread(over.Wait), over.Message, ByHost: false);
        }
        catch (ForbiddenAddressException forbidden)
        {
            return new Fetch.Forbidden(forbidden.Message);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            return new Fetch.Failed(failure.Message);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<Fetch> FollowAsync(ICrawledPlatform platform, PageRequest request, PageValidators known, CancellationToken cancellation)
    {
        var address = WithoutFragment(request.Address);
        var seen = new HashSet<Uri>();
        HostVisit? visit = null;
        var host = "";
        try
        {
            while (true)
            {
                if (WhyNot(address, platform) is { } rule)
                    return new Fetch.Forbidden(rule);
                if (!seen.Add(address))
                    return new Fetch.Failed("its redirects go in a circle");
                if (seen.Count > MostRedirects + 1)
                    return new Fetch.Failed($"it redirects more than {MostRedirects} times");

                if (visit is null || host != HostOf(address))
                {
                    // Never two in hand: that way no two visits can wait for each other.
                    if (visit is not null)
                        await visit.DisposeAsync();
                    visit = null;
                    host = HostOf(address);
                    var (entered, later) = await EnterAsync(host, cancellation);
                    if (later is not null)
                        return later;
                    visit = entered!;
                }

                var (robots, away) = await RobotsAsync(visit, address, platform, cancellation);
                if (away is not null)
                    return away;
                if (!robots.Allows(address.PathAndQuery))
                    return new Fetch.Forbidden($"robots.txt of {host} disallows {address.AbsolutePath}");

                visit.Keep(robots);
                var asked = address;
                using var answer = await client.AskAsync(visit, () => Ask(asked, platform, known), options.MostBytes, cut: false, cancellation);
                if (Patience(visit, answer) is { } patience)
                    return patience;

                var status = (int)answer.StatusCode;
                if (Target(answer, address) is { } target)
                {
                    address = target;
                    continue;
                }

                return status switch
                {
                    >= 200 and < 300 => await PageAsync(request, address, answer, cancellation),
                    304 when known.ETag is not null || known.LastModified is not null => new Fetch.Unchanged(),
                    404 or 410 => new Fetch.Gone(status),
                    _ => new Fetch.Failed($"answered {status}"),
                };
            }
        }
        finally
        {
            if (visit is not null)
                await visit.DisposeAsync();
        }
    }

    private async Task<Fetch> PageAsync(PageRequest request, Uri address, HttpResponseMessage answer, CancellationToken cancellation)
    {
        var (headers, ofBody) = (answer.Headers.NonValidated, answer.Content.Headers.NonValidated);
        return new Fetch.Came(new FetchedPage(request, Raw(ofBody, "Content-Type"), await answer.Content.ReadAsByteArrayAsync(cancellation), time.GetUtcNow())
        {
            FinalAddress = address,
            Validators = new PageValidators(Short(Raw(headers, "ETag")), Short(Raw(ofBody, "Last-Modified"))),
        });
    }

    private async Task<(HostVisit? Visit, Fetch.Later? Later)> EnterAsync(string host, CancellationToken cancellation) =>
        await gates.TryEnterAsync(host, options.RequestsPerMinute, cancellation) switch
        {
            HostTurn.Mine mine => (new HostVisit(gates, mine, options.RequestsPerMinute, time), null),
            HostTurn.Later(var wait, var why, var byHost) => (null, new Fetch.Later(byHost ? wait : Spread(wait), $"{host}: {why}", byHost)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The kept robots.txt, or a new one. Where it is out of reach the host is left alone for a while.</summary>
    private async Task<(Robots Robots, Fetch? Away)> RobotsAsync(HostVisit visit, Uri page, ICrawledPlatform platform, CancellationToken cancellation)
    {
        if (visit.State.Robots is { } kept && visit.State.RobotsUntil > time.GetUtcNow())
            return (Robots.Parse(kept.Span, Robot), null);

        var address = new Uri(page, "/robots.txt");
        try
        {
            for (var redirects = 0; redirects <= MostRedirects; redirects++)
            {
                if (WhyNot(address, platform) is { } rule)
                {
                    StayAway(visit, $"robots.txt: {rule}");
                    return (Robots.AllowAll, new Fetch.Forbidden($"robots.txt: {rule}"));
                }

                // Another host of the platform is asked through its own gate; nobody waits at a gate, so holding two cannot lock.
                HostVisit? other = null;
                if (HostOf(address) != HostOf(page))
                {
                    var (entered, later) = await EnterAsync(HostOf(address), cancellation);
                    if (later is not null)
                        return (Robots.AllowAll, later);
                    other = entered;
                }

                await using var _ = other;
                var asked = address;
                using var answer = await client.AskAsync(other ?? visit, () => Ask(asked, platform: null, PageValidators.None), Robots.MostBytes, cut: true, cancellation);
                if (Patience(other ?? visit, answer) is { } patience)
                    return (Robots.AllowAll, patience);
                if (Target(answer, address) is { } target)
                {
                    address = target;
                    continue;
                }

                var status = (int)answer.StatusCode;
                if (status is < 200 or >= 500 or (>= 300 and < 400))
                    return (Robots.AllowAll, StayAway(visit, $"robots.txt answered {status}"));

                var text = status < 300 ? await answer.Content.ReadAsByteArrayAsync(cancellation) : [];
                visit.State = visit.State with { Robots = text, RobotsUntil = time.GetUtcNow() + RobotsLife };
                return (Robots.Parse(text, Robot), null);
            }

            // Section 2.3.1.2 would let us take it for missing.
            return (Robots.AllowAll, StayAway(visit, $"robots.txt redirects more than {MostRedirects} times"));
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            return (Robots.AllowAll, StayAway(visit, $"robots.txt: {failure.Message}"));
        }
    }

    private Fetch.Later StayAway(HostVisit visit, string why)
    {
        visit.State = visit.State with { PatienceUntil = time.GetUtcNow() + AwayWithoutRobots, PatienceWhy = why };
        return new Fetch.Later(AwayWithoutRobots, why, ByHost: true);
    }

    /// <summary>429 and 503 bind the whole host; any other answer ends what they began.</summary>
    private Fetch.Later? Patience(HostVisit visit, HttpResponseMessage answer)
    {
        if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
        {
            visit.State = visit.State with { PatienceUntil = null, PatienceWhy = null, Refusals = 0 };
            return null;
        }

        var now = time.GetUtcNow();
        var wait = RetryAfter(answer, now) ?? GuessedPatience(visit.State.Refusals);
        var why = $"answered {(int)answer.StatusCode}";
        visit.State = visit.State with { PatienceUntil = now + wait, PatienceWhy = why, Refusals = visit.State.Refusals + 1 };
        return new Fetch.Later(wait, why, ByHost: true);
    }

    private TimeSpan GuessedPatience(int refusals)
    {
        var wait = FirstPatience * Math.Pow(2, Math.Min(refusals, 10));
        return (wait < MostGuessedPatience ? wait : MostGuessedPatience) * (0.75 + (0.5 * jitter()));
    }

    /// <summary>Seconds or a date (RFC 9110 section 10.2.3), bounded both ways: a host cannot send us away for ever by a slip of the pen.</summary>
    private static TimeSpan? RetryAfter(HttpResponseMessage answer, DateTimeOffset now)
    {
        var asked = answer.Headers.RetryAfter is { } header ? header.Delta ?? (header.Date - now) : null;
        return asked is { } wait ? TimeSpan.FromTicks(Math.Clamp(wait.Ticks, LeastPatience.Ticks, MostPatience.Ticks)) : null;
    }

    /// <summary>Those who were sent away together should not come back together.</summary>
    private TimeSpan Spread(TimeSpan wait) => wait * (1 + (0.5 * jitter()));

    /// <param name="address">Checked.</param>
    /// <param name="platform">Whose headers go with it; null: none.</param>
    /// <param name="known">What the page is asked by.</param>
    private HttpRequestMessage Ask(Uri address, ICrawledPlatform? platform, PageValidators known)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        if (known.ETag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", known.ETag);
        if (known.LastModified is not null)
            request.Headers.TryAddWithoutValidation("If-Modified-Since", known.LastModified);
        foreach (var (name, value) in platform?.Headers ?? new Dictionary<string, string>(StringComparer.Ordinal))
            if (!request.Headers.Contains(name))
                request.Headers.TryAddWithoutValidation(name, value);
        if (!request.Headers.Contains("Accept"))
            request.Headers.TryAddWithoutValidation("Accept", "*/*");

        return request;
    }

    /// <summary>Whoever crawls this very machine knows whom to ask.</summary>
    private bool LacksContact(Uri address) => string.IsNullOrEmpty(options.Contact) && !(options.AllowLoopback && address is { IsAbsoluteUri: true, IsLoopback: true });

    private string? WhyNot(Uri address, ICrawledPlatform platform)
    {
        if (LacksContact(address))
            return ContactRule;
        if (AddressRules.WhyNot(address, options.AllowLoopback) is { } rule)
            return $"the address {(address.IsAbsoluteUri ? address.GetLeftPart(UriPartial.Path) : address)} {rule}";

        return platform.Hosts.Contains(address.IdnHost, StringComparer.OrdinalIgnoreCase) || platform.Hosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase)
            ? null
            : $"the host {address.IdnHost} is none of the platform's";
    }

    private static Uri? Target(HttpResponseMessage answer, Uri from) =>
        (int)answer.StatusCode is 301 or 302 or 303 or 307 or 308 && Raw(answer.Headers.NonValidated, "Location") is { } location && AddressText.TryParse(from, location, out var target)
            ? WithoutFragment(target)
            : null;

    private static Uri WithoutFragment(Uri address) => address is { IsAbsoluteUri: true, Fragment.Length: > 0 } ? new Uri(address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped)) : address;

    private static string HostOf(Uri address) => address.Port == 443 ? address.IdnHost.ToLowerInvariant() : $"{address.IdnHost.ToLowerInvariant()}:{address.Port}";

    private static string? Raw(System.Net.Http.Headers.HttpHeadersNonValidated headers, string name) => headers.TryGetValues(name, out var values) && values.Count > 0 ? values.First() : null;

    private static string? Short(string? validator) => validator?.Length <= LongestValidator ? validator : null;

    private static bool IsFailure(Exception failure) => failure is HttpRequestException or IOException or TooSlowException or UnusableBodyException;
}

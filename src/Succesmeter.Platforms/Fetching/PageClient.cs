using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Succesmeter.Outbound;

namespace Succesmeter.Platforms.Fetching;

/// <summary>Sends one request within limits of time and size, and twice more where that may help; each counts against the host's budget.</summary>
internal sealed class PageClient : IDisposable
{
    private const int MostRetries = 2;

    private static readonly ResiliencePropertyKey<HostVisit> Visit = new(nameof(Visit));

    private readonly CrawlOptions options;
    private readonly TimeProvider time;
    private readonly HttpMessageInvoker http;
    private readonly ResiliencePipeline<HttpResponseMessage> retries;

    public PageClient(CrawlOptions options, INameResolver names, TimeProvider time, Func<double> jitter)
    {
        this.options = options;
        this.time = time;
        http = new HttpMessageInvoker(new GuardedConnections(names, options.ConnectWithin, options.AllowLoopback, time).Handler());
        retries = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = MostRetries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(1),
                MaxDelay = HostVisit.LongestPause,
                UseJitter = true,
                Randomizer = jitter,
                // Who names a time is not asked again before it: that is the gate's business, not this visit's.
                ShouldRetryAfterHeader = false,
                ShouldHandle = args => ValueTask.FromResult(
                    IsTransient(args.Outcome) && args.Context.Properties.TryGetValue(Visit, out var visit) && visit.MayRetry),
            })
            .Build();
    }

    /// <param name="visit">The host of the request, in hand.</param>
    /// <param name="make">A request a try.</param>
    /// <param name="mostBytes">Of the body, before and after decompression.</param>
    /// <param name="cut">A larger body is cut instead of refused.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The answer; the body, read and decompressed, of a 2xx alone.</returns>
    /// <exception cref="HttpRequestException">No connection, or no answer.</exception>
    /// <exception cref="IOException">The body was cut off.</exception>
    /// <exception cref="TooSlowException">A limit in time was passed.</exception>
    /// <exception cref="UnusableBodyException">The body is too large, or not in its encoding.</exception>
    /// <exception cref="ForbiddenAddressException">The connection would have gone to an address that is not public.</exception>
    /// <exception cref="OverBudgetException">There was no room for the first try.</exception>
    public async Task<HttpResponseMessage> AskAsync(HostVisit visit, Func<HttpRequestMessage> make, int mostBytes, bool cut, CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(Visit, visit);
        try
        {
            return await retries.ExecuteAsync(
                async attempt =>
                {
                    await visit.SpendAsync(attempt.CancellationToken);
                    using var request = make();
                    return await AskOnceAsync(request, mostBytes, cut, attempt.CancellationToken);
                },
                context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>Slow ones, too large ones and forbidden ones would be so again; 429 and 503 ask for patience.</summary>
    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: IOException } => true,
        { Result.StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable } => false,
        _ => HttpClientResiliencePredicates.IsTransient(outcome),
    };

    private async Task<HttpResponseMessage> AskOnceAsync(HttpRequestMessage request, int mostBytes, bool cut, CancellationToken cancellation)
    {
        using var first = new CancellationTokenSource(options.FirstByteWithin, time);
        using var whole = new CancellationTokenSource(options.WholeWithin, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(first.Token, whole.Token, cancellation);
        HttpResponseMessage? answer = null;
        try
        {
            answer = await http.SendAsync(request, any.Token);
            first.CancelAfter(Timeout.InfiniteTimeSpan);
            var body = answer.IsSuccessStatusCode ? await BoundedBody.ReadAsync(answer.Content, mostBytes, cut, any.Token) : [];

            var read = new ByteArrayContent(body);
            foreach (var (name, values) in answer.Content.Headers.NonValidated)
                if (name is not ("Content-Length" or "Content-Encoding"))
                    read.Headers.TryAddWithoutValidation(name, values);
            answer.Content.Dispose();
            answer.Content = read;
            return answer;
        }
        catch (Exception failure)
        {
            answer?.Dispose();
            if (failure is OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                throw first.IsCancellationRequested
                    ? new TooSlowException($"no answer within {options.FirstByteWithin.TotalSeconds:0.###} s")
                    : new TooSlowException($"not whole within {options.WholeWithin.TotalSeconds:0.###} s");
            }

            if (GuardedConnections.RefusalIn(failure) is { } refusal && refusal != failure)
                throw refusal;

            throw;
        }
    }
}

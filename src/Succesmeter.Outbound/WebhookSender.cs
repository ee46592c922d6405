using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Succesmeter.Addresses;
using Succesmeter.Webhooks;

namespace Succesmeter.Outbound;

/// <summary>
/// Calls endpoints that other people named: public addresses alone, no redirects, certificates verified, within limits of time and size. Of an answer a kilobyte is read, and kept where it is text.
/// </summary>
public sealed class WebhookSender : IWebhookSender, IDisposable
{
    private const int MostAnswer = 1024;

    /// <summary>Decompressed, so that a small answer cannot grow without end; what lies behind is left out.</summary>
    private const int MostRead = 4096;

    private static readonly ProductInfoHeaderValue Agent = new("Succesmeter-Webhooks", typeof(WebhookSender).Assembly.GetName().Version?.ToString(3) ?? "0");

    private readonly WebhookLimits limits;
    private readonly TimeProvider time;
    private readonly HttpMessageInvoker http;

    public WebhookSender(WebhookLimits limits, INameResolver names, TimeProvider time)
    {
        this.limits = limits;
        this.time = time;
        http = new HttpMessageInvoker(new GuardedConnections(names, limits.ConnectWithin, limits.AllowLoopback, time).Handler());
    }

    public async Task<EndpointAnswer> SendAsync(SignedWebhook webhook, CancellationToken cancellation)
    {
        var (at, began) = (time.GetUtcNow(), time.GetTimestamp());
        if (AddressRules.WhyNot(webhook.Address, limits.AllowLoopback) is { } rule)
            return Answer(null, $"the address {rule}", null, null);

        using var first = new CancellationTokenSource(limits.FirstByteWithin, time);
        using var whole = new CancellationTokenSource(limits.WholeWithin, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(first.Token, whole.Token, cancellation);
        try
        {
            using var request = RequestOf(webhook);
            using var answer = await http.SendAsync(request, any.Token);
            first.CancelAfter(Timeout.InfiniteTimeSpan);
            return Answer((int)answer.StatusCode, null, await TextOfAsync(answer, any.Token), PatienceOf(answer));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return Answer(null, first.IsCancellationRequested && !whole.IsCancellationRequested ? Slow("no answer", limits.FirstByteWithin) : Slow("not whole", limits.WholeWithin), null, null);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or UnusableBodyException or TooSlowException or ForbiddenAddressException)
        {
            return Answer(null, ReasonOf(failure), null, null);
        }

        EndpointAnswer Answer(int? status, string? error, string? text, TimeSpan? patience) =>
            new(new DeliveryTry(at, time.GetElapsedTime(began).TotalMilliseconds, status, error, text), patience);

        static string Slow(string what, TimeSpan within) => string.Create(CultureInfo.InvariantCulture, $"{what} within {within.TotalSeconds:0.###} s");
    }

    public void Dispose() => http.Dispose();

    private static HttpRequestMessage RequestOf(SignedWebhook webhook)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Address) { Content = new ReadOnlyMemoryContent(webhook.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(webhook.ContentType, "utf-8");
        request.Headers.UserAgent.Add(Agent);
        request.Headers.TryAddWithoutValidation("webhook-id", webhook.Id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", webhook.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", webhook.Signature);
        return request;
    }

    /// <summary>An answer that cannot be read is as good as one without words: its status says what counts.</summary>
    private static async Task<string?> TextOfAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        byte[] bytes;
        try
        {
            bytes = await BoundedBody.ReadAsync(answer.Content, MostRead, cut: true, cancellation);
        }
        catch (Exception broken) when (broken is UnusableBodyException or IOException or HttpRequestException)
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var rune in Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, MostAnswer))).EnumerateRunes())
            if (!Rune.IsControl(rune) || rune.Value is '\n' or '\t')
                text.Append(rune.ToString());
        return text.Length == 0 ? null : text.ToString();
    }

    private TimeSpan? PatienceOf(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };

    /// <summary>What the machine's network says is for its admin, but it names the endpoint alone.</summary>
    private static string ReasonOf(Exception failure)
    {
        if (GuardedConnections.RefusalIn(failure) is { } refusal)
            return refusal.Message;

        return failure is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error } ? TextOf(error) : failure.Message;
    }

    [SuppressMessage("Style", "IDE0072:Add missing cases", Justification = "The rest is named as the library names it.")]
    private static string TextOf(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "the host's name could not be resolved",
        HttpRequestError.ConnectionError => "no connection could be made",
        HttpRequestError.SecureConnectionError => "its certificate is not to be trusted, or it does not speak TLS",
        HttpRequestError.ResponseEnded => "the connection ended before the answer did",
        HttpRequestError.ConfigurationLimitExceeded => "the headers of its answer are too large",
        _ => error.ToString(),
    };
}

namespace Succesmeter.Webhooks;

/// <summary>Calls an endpoint once.</summary>
public interface IWebhookSender
{
    /// <returns>What came of it: an endpoint that cannot be reached is no exception.</returns>
    Task<EndpointAnswer> SendAsync(SignedWebhook webhook, CancellationToken cancellation);
}

/// <param name="Address">Checked again at the connection.</param>
/// <param name="Id">The <c>webhook-id</c>.</param>
/// <param name="At">The <c>webhook-timestamp</c>, and what was signed.</param>
/// <param name="Signature">One or two, parted by a space.</param>
/// <param name="Body">As it was signed.</param>
/// <param name="ContentType">Of the body.</param>
public sealed record SignedWebhook(Uri Address, string Id, DateTimeOffset At, string Signature, ReadOnlyMemory<byte> Body, string ContentType);

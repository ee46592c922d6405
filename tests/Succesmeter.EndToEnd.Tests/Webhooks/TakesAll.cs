using Succesmeter.Webhooks;

namespace Succesmeter.EndToEnd.Tests.Webhooks;

/// <summary>Every endpoint there is, and it takes everything: for examples whose addresses belong to nobody.</summary>
internal sealed class TakesAll : IWebhookSender
{
    public Task<EndpointAnswer> SendAsync(SignedWebhook webhook, CancellationToken cancellation) =>
        Task.FromResult(new EndpointAnswer(new DeliveryTry(webhook.At, 1, 204, null, null), null));
}

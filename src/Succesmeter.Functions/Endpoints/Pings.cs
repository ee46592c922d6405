using Microsoft.AspNetCore.Http;
using Succesmeter.Pipeline;
using Succesmeter.Webhooks;

namespace Succesmeter.Functions.Endpoints;

/// <summary>Asks an endpoint whether it wants to be called: who can have it answer a signed ping owns it, or has its owner's word.</summary>
public sealed class Pings(IWebhookSender sender, WebhookSeals seals, TimeProvider clock)
{
    internal async Task<EndpointAnswer> SendAsync(Subscription to, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var seal = seals.Seal ?? throw new InvalidOperationException("Nobody can be subscribed without a key for secrets.");
        var id = Delivery.IdOf(FormattableString.Invariant($"{to.Id} test.ping {now.UtcTicks}"));
        return await sender.SendAsync(WebhookSigning.Sign(seal, to, id, WebhookBody.OfPing(to, now), now), cancellation);
    }

    /// <returns>The answer to who named an address that did not take the ping; null when it did.</returns>
    internal async Task<IResult?> RefuseAsync(Subscription to, CancellationToken cancellation) => await SendAsync(to, cancellation) switch
    {
        { IsTaken: true } => null,
        { Try: { Status: { } status } } => Refused($"it answered {status}"),
        { Try: { Error: var error } } => Refused(error ?? "it did not answer"),
    };

    private static IResult Refused(string why) =>
        Answers.Problem(StatusCodes.Status422UnprocessableEntity, "The address did not take the ping.", "url", $"must answer a signed test.ping with 2xx: {why}");
}

namespace Succesmeter.Webhooks;

/// <summary>Makes what is sent of what is to be said.</summary>
public static class WebhookSigning
{
    /// <summary>Signed with the secret, and for <see cref="Subscription.Overlap"/> after a rotation with the one of before too.</summary>
    /// <param name="seal">Opens the secrets.</param>
    /// <param name="to">Whose address and secrets.</param>
    /// <param name="id">Of the message.</param>
    /// <param name="content">To be sent.</param>
    /// <param name="now">The time of this attempt.</param>
    public static SignedWebhook Sign(SecretSeal seal, Subscription to, string id, (byte[] Body, string ContentType) content, DateTimeOffset now)
    {
        var signature = seal.Open(to.Id, to.Secret).Sign(id, now, content.Body);
        if (!to.SecretBefore.IsEmpty && now < to.SecretBeforeUntil)
            signature = $"{signature} {seal.Open(to.Id, to.SecretBefore).Sign(id, now, content.Body)}";
        return new SignedWebhook(to.Address, id, now, signature, content.Body, content.ContentType);
    }
}

using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Succesmeter.Webhooks;

namespace Succesmeter.Pipeline;

/// <summary>The seal that is configured.</summary>
public sealed class WebhookSeals(IOptions<WebhookOptions> options, RandomNumberGenerator dice)
{
    /// <summary>Null where no key is configured.</summary>
    public SecretSeal? Seal { get; } = options.Value.Keys.Count == 0
        ? null
        : new SecretSeal(options.Value.Keys.ToDictionary(static key => byte.Parse(key.Key, CultureInfo.InvariantCulture), static key => Convert.FromBase64String(key.Value)), options.Value.KeyVersion, dice);
}

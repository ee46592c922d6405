using System.Collections.Immutable;

namespace Succesmeter.Webhooks;

/// <summary>In what form an endpoint wants its body.</summary>
public static class WebhookFormats
{
    /// <summary>Standard Webhooks: type, timestamp and data.</summary>
    public const string Standard = "standard";

    /// <summary>One line of text, as the incoming webhooks of Slack and Mattermost take it.</summary>
    public const string Slack = "slack";

    public static ImmutableArray<string> All { get; } = [Standard, Slack];
}

namespace Succesmeter.Outbound;

/// <summary>How long an endpoint may take, and whether it may be this machine.</summary>
public sealed record WebhookLimits
{
    public TimeSpan ConnectWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From asking, the connection included, until the first byte of the answer.</summary>
    public TimeSpan FirstByteWithin { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>From asking until as much of the answer as is read.</summary>
    public TimeSpan WholeWithin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>This machine may be called, and without TLS: for development alone.</summary>
    public bool AllowLoopback { get; init; }
}

namespace Succesmeter.Webhooks;

/// <summary>What came of a try.</summary>
/// <param name="Try">As it is remembered.</param>
/// <param name="RetryAfter">How long the endpoint asks to be left alone; null when it does not say.</param>
public sealed record EndpointAnswer(DeliveryTry Try, TimeSpan? RetryAfter)
{
    private const int Gone = 410;
    private const int TooMany = 429;
    private const int BadGateway = 502;
    private const int GatewayTimeout = 504;

    /// <summary>Only 2xx is success: a redirect is a failure too, for what it points to was never checked.</summary>
    public bool IsTaken => Try.Status is >= 200 and < 300;

    public bool IsGone => Try.Status == Gone;

    /// <summary>The endpoint is too slow or too busy, or not there: others for it had better wait.</summary>
    public bool IsSlow => Try.Status is null or TooMany or BadGateway or GatewayTimeout;
}

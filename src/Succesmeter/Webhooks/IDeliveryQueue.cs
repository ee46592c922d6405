namespace Succesmeter.Webhooks;

/// <summary>What is to be tried, each when its time comes.</summary>
public interface IDeliveryQueue
{
    /// <param name="message">Comes at least once.</param>
    /// <param name="wait">Until it shows; up to six days.</param>
    /// <param name="cancellation">Ends the sending.</param>
    Task SendAsync(DeliveryMessage message, TimeSpan wait, CancellationToken cancellation);
}

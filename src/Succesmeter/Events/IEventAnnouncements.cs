namespace Succesmeter.Events;

/// <summary>Makes delivery messages of events.</summary>
public interface IEventAnnouncements
{
    /// <summary>Returns when a message for every subscriber is durable. May be called twice for one event.</summary>
    Task AnnounceAsync(IReadOnlyList<CampaignEvent> events, CancellationToken cancellation);
}

using Succesmeter.Campaigns;

namespace Succesmeter.Events;

/// <summary>Makes delivery messages of events.</summary>
public interface IEventAnnouncements
{
    /// <summary>Whether anybody is to be told of a campaign's events. Who subscribes later hears of what happens later.</summary>
    ValueTask<bool> HasSubscribersAsync(CampaignId campaign, CancellationToken cancellation);

    /// <summary>Returns when a message for every subscriber is durable. May be called twice for one event.</summary>
    Task AnnounceAsync(IReadOnlyList<CampaignEvent> events, CancellationToken cancellation);

    /// <inheritdoc cref="AnnounceAsync(IReadOnlyList{CampaignEvent}, CancellationToken)"/>
    Task AnnounceAsync(PlatformEvent happened, CancellationToken cancellation);
}

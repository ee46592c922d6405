using Succesmeter.Campaigns;

namespace Succesmeter.Events;

/// <summary>Where nobody can subscribe, nobody is told; what happened stays in the campaign's history.</summary>
public sealed class NoSubscribers : IEventAnnouncements
{
    public ValueTask<bool> HasSubscribersAsync(CampaignId campaign, CancellationToken cancellation) => new(false);

    public Task AnnounceAsync(IReadOnlyList<CampaignEvent> events, CancellationToken cancellation) => Task.CompletedTask;

    public Task AnnounceAsync(PlatformEvent happened, CancellationToken cancellation) => Task.CompletedTask;
}

namespace Succesmeter.Events;

/// <summary>Where nobody can subscribe, nobody is told: every event is announced to all none of its subscribers. It stays in the campaign's history.</summary>
public sealed class NoSubscribers : IEventAnnouncements
{
    public Task AnnounceAsync(IReadOnlyList<CampaignEvent> events, CancellationToken cancellation) => Task.CompletedTask;
}

using Succesmeter.Campaigns;
using Succesmeter.Events;
using Succesmeter.Histories;
using Succesmeter.Snapshots;

namespace Succesmeter.Pipeline.Tests;

/// <summary>A store around another, which a test bends in one place.</summary>
internal abstract class ForwardingStore(ICampaignStore inner) : ICampaignStore
{
    public virtual Task AddParcelAsync(CampaignId campaign, Parcel parcel, CancellationToken cancellation) => inner.AddParcelAsync(campaign, parcel, cancellation);

    public Task<bool> HasParcelAsync(CampaignId campaign, Intake.Receipt receipt, CancellationToken cancellation) => inner.HasParcelAsync(campaign, receipt, cancellation);

    public virtual Task<LoadedCampaign> LoadAsync(CampaignId campaign, IReadOnlyList<string> parcels, CancellationToken cancellation) => inner.LoadAsync(campaign, parcels, cancellation);

    public Task<CampaignRecord> FindRecordAsync(CampaignId campaign, CancellationToken cancellation) => inner.FindRecordAsync(campaign, cancellation);

    public IAsyncEnumerable<HistoryEntry> ReadEntriesAsync(CampaignId campaign, DateTimeOffset? after, DateTimeOffset through, CancellationToken cancellation) =>
        inner.ReadEntriesAsync(campaign, after, through, cancellation);

    public Task<Checkpoint?> NewestCheckpointAsync(CampaignId campaign, DateTimeOffset before, CancellationToken cancellation) =>
        inner.NewestCheckpointAsync(campaign, before, cancellation);

    public Task<IReadOnlyList<DateTimeOffset>> CheckpointsAfterAsync(CampaignId campaign, DateTimeOffset? after, CancellationToken cancellation) =>
        inner.CheckpointsAfterAsync(campaign, after, cancellation);

    public Task<IReadOnlyList<int>> SegmentsAsync(CampaignId campaign, CancellationToken cancellation) => inner.SegmentsAsync(campaign, cancellation);

    public IAsyncEnumerable<Parcel> ReadParcelsAsync(CampaignId campaign, CancellationToken cancellation) => inner.ReadParcelsAsync(campaign, cancellation);

    public IAsyncEnumerable<(CampaignId Campaign, bool Has)> ReadHavingAsync(PlatformId platform, string? after, Func<Snapshot, bool> isSuch, CancellationToken cancellation) =>
        inner.ReadHavingAsync(platform, after, isSuch, cancellation);

    public virtual Task<LoadedCampaign?> CommitAsync(LoadedCampaign loaded, CampaignCommit commit, CancellationToken cancellation) =>
        inner.CommitAsync(loaded, commit, cancellation);

    public IAsyncEnumerable<CampaignEvent> ReadEventsAsync(CampaignId campaign, CancellationToken cancellation) => inner.ReadEventsAsync(campaign, cancellation);
}

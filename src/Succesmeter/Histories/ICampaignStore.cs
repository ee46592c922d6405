using Succesmeter.Campaigns;
using Succesmeter.Intake;
using Succesmeter.Snapshots;

namespace Succesmeter.Histories;

/// <summary>The histories of campaigns, one partition each. Every write may be repeated.</summary>
public interface ICampaignStore
{
    /// <summary>Makes snapshots and notes durable that are not folded in yet.</summary>
    /// <exception cref="ParcelTooLargeException">A single snapshot does not fit in a row.</exception>
    Task AddParcelAsync(CampaignId campaign, Parcel parcel, CancellationToken cancellation);

    /// <summary>Whether snapshots of a file still wait to be folded in.</summary>
    Task<bool> HasParcelAsync(CampaignId campaign, Receipt receipt, CancellationToken cancellation);

    /// <summary>The record and its waiting parcels. Where parcels are named, and wait, it may be as this instance knew them last: a commit then tells.</summary>
    /// <param name="parcels">The keys of the parcels wanted, those that are gone left out of the answer; empty for whatever waits.</param>
    Task<LoadedCampaign> LoadAsync(CampaignId campaign, IReadOnlyList<string> parcels, CancellationToken cancellation);

    /// <summary>The record alone; new and empty for a campaign that was never seen.</summary>
    Task<CampaignRecord> FindRecordAsync(CampaignId campaign, CancellationToken cancellation);

    /// <summary>Entries after one instant and up to another, in order of time; at one instant in order of their <see cref="HistoryEntry.Place"/>.</summary>
    IAsyncEnumerable<HistoryEntry> ReadEntriesAsync(CampaignId campaign, DateTimeOffset? after, DateTimeOffset through, CancellationToken cancellation);

    /// <summary>The newest checkpoint before an instant, of the current version of the state; null if there is none.</summary>
    Task<Checkpoint?> NewestCheckpointAsync(CampaignId campaign, DateTimeOffset before, CancellationToken cancellation);

    /// <summary>The instants of all checkpoints after an instant, of whatever version, in any order.</summary>
    Task<IReadOnlyList<DateTimeOffset>> CheckpointsAfterAsync(CampaignId campaign, DateTimeOffset? after, CancellationToken cancellation);

    /// <summary>The numbers of all sealed segments.</summary>
    Task<IReadOnlyList<int>> SegmentsAsync(CampaignId campaign, CancellationToken cancellation);

    /// <summary>All parcels that wait, however many.</summary>
    IAsyncEnumerable<Parcel> ReadParcelsAsync(CampaignId campaign, CancellationToken cancellation);

    /// <summary>Every campaign of a platform that has a history or a parcel, in the order of names, with whether some snapshot in either is such a one. Reads all of them.</summary>
    /// <param name="platform">Whose.</param>
    /// <param name="after">Campaigns up to this name are left out; null for none.</param>
    /// <param name="isSuch">Asked until it says yes.</param>
    /// <param name="cancellation">Ends it.</param>
    IAsyncEnumerable<(CampaignId Campaign, bool Has)> ReadHavingAsync(PlatformId platform, string? after, Func<Snapshot, bool> isSuch, CancellationToken cancellation);

    /// <returns>The campaign as it now is, or null when someone else changed it, or a parcel that is put away, since it was loaded: load again.</returns>
    Task<LoadedCampaign?> CommitAsync(LoadedCampaign loaded, CampaignCommit commit, CancellationToken cancellation);

    /// <summary>The events told so far, newest first.</summary>
    IAsyncEnumerable<Events.CampaignEvent> ReadEventsAsync(CampaignId campaign, CancellationToken cancellation);
}

/// <param name="Record">New and empty for a campaign that was never seen.</param>
/// <param name="Parcels">In the order of arrival; at most a page of them, the rest comes at the next load.</param>
/// <param name="Version">What the store compares at the commit; null for a campaign that is not stored.</param>
public sealed record LoadedCampaign(CampaignRecord Record, IReadOnlyList<Parcel> Parcels, string? Version)
{
    /// <summary>There are more parcels than were loaded.</summary>
    public bool HasMoreParcels { get; init; }
}

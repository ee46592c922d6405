using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Erasures;
using Succesmeter.Histories;
using Succesmeter.Intake;
using Succesmeter.Scores;
using Succesmeter.Snapshots;
using Succesmeter.Visits;
using Succesmeter.Watching;

namespace Succesmeter.Pipeline;

/// <summary>What a visit showed goes the way of a file that was dropped: the same reader, limits, pseudonyms and tombstones, then a parcel and a score message.</summary>
public sealed class VisitedSnapshots(
    ICampaignStore store,
    IScoreQueue queue,
    IPageArchive archive,
    IPlatformZones zones,
    IPseudonyms pseudonyms,
    ITombstones tombstones,
    IOptions<IntakeOptions> options)
{
    /// <param name="before">As the last visit left it.</param>
    /// <param name="seen">One JSON object.</param>
    /// <param name="takenAt">On the campaign clock.</param>
    /// <param name="pages">Not empty; as they came.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    internal async Task<VisitOutcome> TakeAsync(
        CampaignVisits before, PageReading.Seen seen, DateTimeOffset takenAt, IReadOnlyList<FetchedPage> pages, CancellationToken cancellation)
    {
        var campaign = before.Campaign;
        switch (await ReadAsync(campaign.Platform, seen.Snapshot, takenAt, cancellation))
        {
            case ReadRow.Taken { Snapshot: var snapshot } when snapshot.Campaign == campaign:
                var erased = snapshot.Donors.Any() ? await tombstones.ReadAsync(campaign.Platform, cancellation) : ErasedDonors.None;

                // What a page says of them stays in it, so the page does not stay.
                if (snapshot.Names(erased))
                    await archive.ForgetAsync(campaign, takenAt, cancellation);

                var shown = ShownIn(snapshot with { TakenAt = DateTimeOffset.UnixEpoch });

                // A page that came again as it was is no news, whether or not its server can say so.
                if (shown != before.Shown && await KeepAsync(snapshot.Kept(erased), pages[0].FetchedAt, cancellation) is { } rule)
                    return await RefuseAsync(rule);

                Instruments.Read(campaign.Platform, "visit");
                return new VisitOutcome.Seen(
                    takenAt,
                    shown,
                    pages[0].Validators,
                    snapshot.LaunchedAt?.At,
                    snapshot.EndsAt?.At,
                    snapshot.Status is CampaignStatus.Succeeded or CampaignStatus.Failed or CampaignStatus.Cancelled,
                    seen.Complaints.Count == 0 ? null : string.Join("; ", seen.Complaints));
            case ReadRow.Taken other:
                return await RefuseAsync($"campaign must be {campaign}, not {other.Snapshot.Campaign}");
            case ReadRow.Refused refused:
                return await RefuseAsync($"{refused.Why.Field} {refused.Why.Rule}");
            default:
                throw new UnreachableException();
        }

        async Task<VisitOutcome> RefuseAsync(string rule)
        {
            Instruments.Refused("visit");
            await archive.QuarantineAsync(campaign, takenAt, pages, [rule], cancellation);
            return new VisitOutcome.Unreadable([rule]);
        }
    }

    private async Task<ReadRow> ReadAsync(PlatformId platform, ReadOnlyMemory<byte> json, DateTimeOffset takenAt, CancellationToken cancellation)
    {
        using var content = new MemoryStream(json.ToArray(), writable: false);
        var reading = new SnapshotReading
        {
            // Of the same clock as the snapshot's own instant: a fast one would seem to speak of the future.
            ReceivedAt = takenAt,
            Platform = platform,
            Pseudonyms = pseudonyms,
            ZoneOf = zones.Of,
            FileName = "visit.json",
            Limits = options.Value.Limits,
        };
        await foreach (var row in SnapshotFile.ReadAsync(content, reading, cancellation))
            return row;
        throw new UnreachableException();
    }

    /// <returns>Null once it is durable and to be scored; else the rule that it broke.</returns>
    private async Task<string?> KeepAsync(Snapshot kept, DateTimeOffset receivedAt, CancellationToken cancellation)
    {
        var source = FormattableString.Invariant($"visits/{kept.TakenAt.UtcDateTime:yyyyMMddTHHmmssfffZ}");
        var key = Parcel.KeyOf(receivedAt, Receipt.IdOf(source, kept.Campaign.ToString()), firstLine: 1);
        try
        {
            await store.AddParcelAsync(kept.Campaign, new Parcel(key, [new ReceivedSnapshot(kept, new Received(receivedAt, source, Line: 1))]), cancellation);
        }
        catch (ParcelTooLargeException)
        {
            return "$ must fit in 960 KiB when stored";
        }

        await queue.SendAsync([new ScoreRequest(kept.Campaign) { Parcels = [key] }], TimeSpan.Zero, cancellation);
        return null;
    }

    private static string ShownIn(Snapshot snapshot) => SnapshotJson.ContentHash(snapshot).ToString("x32", CultureInfo.InvariantCulture);
}

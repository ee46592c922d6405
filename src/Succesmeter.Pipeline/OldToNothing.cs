using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Erasures;
using Succesmeter.Histories;
using Succesmeter.Networks;
using Succesmeter.Ratings;
using Succesmeter.Snapshots;

namespace Succesmeter.Pipeline;

/// <summary>
/// Once a day: raw files that are older than they are kept go, and what names a donor who was erased is taken out of the younger ones; in the histories of campaigns that were last seen 36 months
/// ago pseudonyms become numbers; coaches' ratings go after 36 months, for a coach's pseudonym lives no longer. (Edges expire where they are summed.) It may run twice and on two hosts.
/// </summary>
public sealed partial class OldToNothing(
    ICampaignList list,
    ICampaignStore store,
    RewrittenHistories histories,
    IRatingStore ratings,
    IRawFiles files,
    CleanedFiles cleaned,
    ITombstones tombstones,
    IPseudonyms pseudonyms,
    IPlatformClocks clocks,
    TimeProvider time,
    IOptions<ErasureOptions> options,
    ILogger<OldToNothing> logger)
{
    /// <exception cref="AggregateException">Some platforms failed; the others are done.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await TidyAsync(cancellation);
        await list.RunForEachPlatformAsync(platform => ExpireAsync(platform, cancellation), cancellation);
    }

    private async Task TidyAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var names = new ErasedNames(pseudonyms, await tombstones.ReadAllAsync(cancellation));
        var (deleted, changed) = (0, 0);
        await foreach (var file in files.ReadAsync(cancellation))
        {
            if (file.CreatedAt <= now - options.Value.RawKept)
            {
                await files.DeleteAsync(file, cancellation);
                deleted++;
            }
            else if (!names.IsEmpty && (!file.IsWaiting || file.CreatedAt < now - options.Value.Settles) && await cleaned.CleanAsync(file, names, cancellation))
            {
                changed++;
            }
        }

        LogTidied(deleted, changed);
    }

    /// <summary>On the campaign clock, as edges expire: a gift is dated on it.</summary>
    private async Task ExpireAsync(PlatformId platform, CancellationToken cancellation)
    {
        var before = clocks.Of(platform).Now.AddMonths(-EdgeLedger.MonthsKept);
        var expired = 0;
        await foreach (var campaign in list.ReadAsync(platform, after: null, cancellation))
        {
            // No gift is younger than the snapshot that showed it.
            if (campaign.TakenAt > before || !(await store.FindRecordAsync(campaign.Campaign, cancellation)).NamesDonors)
                continue;

            // Where an earlier run was broken off its numbers stand in some entries. Going on from there nobody gets another's.
            var taken = await MostAsync(campaign.Campaign, cancellation);
            var numbers = new Dictionary<Pseudonym, Pseudonym>();
            await histories.RewriteAsync(campaign.Campaign, snapshot => snapshot.Donors.Any(static donor => !donor.IsExpired) ? snapshot.WithDonors(NumberOf) : snapshot, cancellation);
            expired++;

            Pseudonym NumberOf(Pseudonym donor) => donor.IsExpired ? donor : numbers.TryGetValue(donor, out var known) ? known : numbers[donor] = Pseudonym.Expired(taken + numbers.Count + 1);
        }

        // A coach speaks on the machine's clock.
        var forgotten = await ratings.DeleteAsync(platform, time.GetUtcNow().AddMonths(-EdgeLedger.MonthsKept), cancellation);
        if (expired > 0 || forgotten > 0)
            LogExpired(platform, expired, forgotten);
    }

    /// <returns>0 where no pseudonym has become a number.</returns>
    private async Task<int> MostAsync(CampaignId campaign, CancellationToken cancellation)
    {
        var most = 0;
        await foreach (var entry in store.ReadEntriesAsync(campaign, after: null, DateTimeOffset.MaxValue, cancellation))
            foreach (var donor in entry.Snapshot?.Snapshot.Donors ?? [])
                if (donor.IsExpired)
                    most = Math.Max(most, (int)donor.High);
        return most;
    }

    [LoggerMessage(LogLevel.Information, "{Deleted} raw files were old and are deleted, {Changed} named somebody who was erased")]
    private partial void LogTidied(int deleted, int changed);

    [LoggerMessage(LogLevel.Information, "{Platform}: pseudonyms of {Campaigns} campaigns became numbers, and {Ratings} ratings were old and are deleted")]
    private partial void LogExpired(PlatformId platform, int campaigns, int ratings);
}

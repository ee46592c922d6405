using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Erasures;
using Succesmeter.Histories;
using Succesmeter.Intake;
using Succesmeter.Scores;
using Succesmeter.Snapshots;
using Succesmeter.Watching;

namespace Succesmeter.Pipeline;

/// <summary>
/// Reads one file that was dropped or pushed: good rows become parcels of their campaigns, bad rows go to the quarantine, and one score message
/// goes out for each campaign touched. Memory is bounded however large the file. A reader that starts again skips what is durable already.
/// </summary>
public sealed partial class FilesToSnapshots(
    IIncomingFiles files,
    IReceiptStore receipts,
    IQuarantine quarantine,
    ICampaignStore store,
    IScoreQueue queue,
    IPlatformZones zones,
    IPlatformClocks clocks,
    IPseudonyms pseudonyms,
    ITombstones tombstones,
    TimeProvider clock,
    IOptions<IntakeOptions> options,
    ILogger<FilesToSnapshots> logger)
{
    public async Task RunAsync(string name, CancellationToken cancellation)
    {
        // The trace goes on from the push that sent the file.
        if (await files.FindAsync(name, cancellation) is { } file)
            await Spans.RunAsync(nameof(FilesToSnapshots), ActivityKind.Consumer, file.Traceparent, () => RunAsync(file, cancellation));
    }

    private async Task RunAsync(IncomingFile file, CancellationToken cancellation)
    {
        Spans.Tag("receipt", file.ReceiptId);
        var receipt = await receipts.FindAsync(file.ReceiptId, cancellation)
            ?? new Receipt { Id = file.ReceiptId, Source = file.Name, ReceivedAt = file.ReceivedAt };
        if (!receipt.IsRead)
            await ReadAsync(file, receipt, cancellation);

        // Asked anew: it may be long since the file was begun.
        await files.ArchiveAsync(file, await ErasedAsync(cancellation), cancellation);
    }

    private async Task<ErasedNames> ErasedAsync(CancellationToken cancellation) => new(pseudonyms, await tombstones.ReadAllAsync(cancellation));

    private async Task ReadAsync(IncomingFile file, Receipt begun, CancellationToken cancellation)
    {
        var count = new Count(begun);
        var standing = new StandingTombstones(tombstones, clock);
        var touched = new TouchedCampaigns(queue, file);
        ErasedNames? erased = null;
        await using var bad = quarantine.Begin(begun.Id);
        await using (var content = await files.OpenAsync(file, cancellation))
        {
            var window = new Window();
            await foreach (var row in SnapshotFile.ReadAsync(content, Reading(file), cancellation))
            {
                switch (row)
                {
                    case ReadRow.Taken taken:
                        window.Add(taken with { Snapshot = await standing.HeedAsync(taken.Snapshot, cancellation) }, file);
                        count.Accept(taken);
                        break;
                    case ReadRow.Refused refused:
                        window.Pass(refused.Why.Line);
                        count.Refuse(refused.Why);
                        erased ??= await ErasedAsync(cancellation);
                        await bad.AddAsync(refused.Why, erased.IsIn(Encoding.UTF8.GetString(refused.Raw.Span)) ? default : refused.Raw, cancellation);
                        break;
                }

                if (window.IsFull)
                    await EmptyAsync(window);
            }

            await EmptyAsync(window);
        }

        await bad.CompleteAsync(cancellation);
        await touched.SendAsync(cancellation);
        await receipts.PutAsync(count.Receipt() with { IsRead = true, Campaigns = touched.Count, Touched = touched.Kept }, cancellation);
        LogRead(file.Name, count.Accepted, count.Rejected, touched.Count);

        async Task EmptyAsync(Window window)
        {
            // What an earlier, broken-off reading made durable is there; only its messages are needed again.
            var isDurable = window.LastLine <= begun.DurableThrough;
            var kept = isDurable ? null : await KeepAsync(window, begun.Id, cancellation);
            foreach (var (campaign, newest) in window.Newest)
            {
                // What was too large to store will never be scored.
                if (kept is null)
                    await touched.AddAsync(campaign, newest, firstLines: null, cancellation);
                else if (kept.Stored.TryGetValue(campaign, out var stored))
                    await touched.AddAsync(campaign, stored.NewestAt, stored.FirstLines, cancellation);
            }

            if (kept is not null)
            {
                foreach (var why in kept.Refusals.OrderBy(why => why.Line))
                {
                    count.RefuseAfterAll(why);
                    await bad.AddAsync(why, default, cancellation);
                }

                await receipts.PutAsync(count.Receipt() with { DurableThrough = window.LastLine }, cancellation);
            }

            window.Clear();
        }
    }

    private async Task<KeptParcels> KeepAsync(Window window, string receiptId, CancellationToken cancellation)
    {
        var kept = new KeptParcels();
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation };
        await Parallel.ForEachAsync(window.ByCampaign, atOnce, async (group, stop) =>
        {
            foreach (var portion in group.Value.Chunk(Window.MostRowsAParcel))
                await AddAsync(group.Key, portion, stop);
        });
        return kept;

        async Task AddAsync(CampaignId campaign, ArraySegment<ReceivedSnapshot> portion, CancellationToken stop)
        {
            try
            {
                var key = Parcel.KeyOf(portion[0].Received.At, receiptId, portion[0].Received.Line);
                await store.AddParcelAsync(campaign, new Parcel(key, portion), stop);
                kept.Add(campaign, portion);
            }
            catch (ParcelTooLargeException) when (portion.Count > 1)
            {
                await AddAsync(campaign, portion[..(portion.Count / 2)], stop);
                await AddAsync(campaign, portion[(portion.Count / 2)..], stop);
            }
            catch (ParcelTooLargeException)
            {
                kept.Refusals.Add(new Rejection(portion[0].Received.Line, "$", "must fit in 960 KiB when stored; send fewer contributions a snapshot, as \"new\""));
            }
        }
    }

    private SnapshotReading Reading(IncomingFile file) => new()
    {
        ReceivedAt = file.ReceivedAt,
        Platform = file.Platform is { } bound ? new PlatformId(bound) : null,
        Pseudonyms = pseudonyms,
        ZoneOf = zones.Of,

        // A clock that is not fast is the machine's; the instant at which the file came is better then, because it is the same over retries.
        OtherClockOf = platform => clocks.Of(platform) is { Speed: not 1 } fast ? fast.Now : null,
        FileName = file.Name,
        Limits = options.Value.Limits,
    };

    [LoggerMessage(LogLevel.Information, "Read {File}: {Accepted} rows taken, {Rejected} refused, {Campaigns} campaigns touched")]
    private partial void LogRead(string file, long accepted, long rejected, long campaigns);

    /// <summary>What became of one window.</summary>
    private sealed class KeptParcels
    {
        /// <summary>Of each campaign the newest instant, and the first line of each parcel.</summary>
        public ConcurrentDictionary<CampaignId, (DateTimeOffset NewestAt, List<long> FirstLines)> Stored { get; } = [];

        /// <summary>Rows that cannot be stored.</summary>
        public ConcurrentBag<Rejection> Refusals { get; } = [];

        /// <summary>One campaign's come one after the other.</summary>
        public void Add(CampaignId campaign, ArraySegment<ReceivedSnapshot> parcel)
        {
            var before = Stored.GetValueOrDefault(campaign, (DateTimeOffset.MinValue, []));
            var newest = parcel.Max(static row => row.Snapshot.TakenAt);
            before.FirstLines.Add(parcel[0].Received.Line);
            Stored[campaign] = (newest > before.NewestAt ? newest : before.NewestAt, before.FirstLines);
        }
    }

    /// <summary>The receipt in the making. It goes on from where an earlier, broken-off reading had come.</summary>
    private sealed class Count(Receipt begun)
    {
        private readonly ImmutableArray<Rejection>.Builder rejections = begun.Rejections.ToBuilder();
        private long unknownFields = begun.UnknownFields;

        public long Accepted { get; private set; } = begun.Accepted;

        public long Rejected { get; private set; } = begun.Rejected;

        public void Accept(ReadRow.Taken row)
        {
            if (row.Line <= begun.DurableThrough)
                return;

            Accepted++;
            Instruments.Read(row.Snapshot.Campaign.Platform, "file");
            unknownFields += row.UnknownFields;
        }

        public void Refuse(Rejection why)
        {
            if (why.Line > begun.DurableThrough)
                AddRefusal(why);
        }

        public void RefuseAfterAll(Rejection why)
        {
            Accepted--;
            AddRefusal(why);
        }

        private void AddRefusal(Rejection why)
        {
            Rejected++;
            Instruments.Refused("file");
            if (rejections.Count < Intake.Receipt.MostRejections)
                rejections.Add(why);
        }

        public Receipt Receipt() => begun with { Accepted = Accepted, Rejected = Rejected, UnknownFields = unknownFields, Rejections = rejections.ToImmutable() };
    }
}

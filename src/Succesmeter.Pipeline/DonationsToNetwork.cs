using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Succesmeter.Campaigns;
using Succesmeter.Erasures;
using Succesmeter.Histories;
using Succesmeter.Networks;
using Succesmeter.Outcomes;
using Succesmeter.Scores;
using Succesmeter.Snapshots;

namespace Succesmeter.Pipeline;

/// <summary>
/// Reads who gave where on each platform, replaces the files by their sum, and derives what may be shown: ties of live campaigns, links, communities, figures.
/// Campaigns whose ties changed are asked to score again. It may run twice and on two hosts; where no edge is new it writes nothing.
/// </summary>
public sealed partial class DonationsToNetwork(
    ICampaignList list,
    ICampaignStore store,
    IEdgeFiles edges,
    ITombstones tombstones,
    INetworkStore network,
    IOutcomeStore outcomes,
    INetworkLeases leases,
    IPseudonyms pseudonyms,
    IScoreQueue queue,
    IPlatformZones zones,
    IPlatformClocks clocks,
    TimeProvider machine,
    ILogger<DonationsToNetwork> logger)
{
    /// <summary>Records at once.</summary>
    private const int MostAtOnce = 8;

    private const int MostTries = 5;

    /// <summary>What expires is gone from the files so soon; on the machine's clock, since files grow and are read by it.</summary>
    private static readonly TimeSpan SumAtLeast = TimeSpan.FromDays(7);

    /// <summary>All platforms, each on its own clock.</summary>
    /// <exception cref="AggregateException">Some platforms failed; the others are done.</exception>
    public Task RunAsync(CancellationToken cancellation) => list.RunForEachPlatformAsync(platform => RunAsync(platform, cancellation), cancellation);

    /// <summary>One platform, such as one whose clock is fast.</summary>
    public async Task RunAsync(PlatformId platform, CancellationToken cancellation)
    {
        // Gifts are dated on the campaign clock, so on it they grow old as well: 36 months after the last one a donor is forgotten.
        var now = clocks.Of(platform).Now;
        var realNow = machine.GetUtcNow();
        var parts = await edges.ListAsync(platform, cancellation);
        if (parts.Count == 0)
            return;

        await using var lease = await leases.TryTakeAsync(platform, cancellation);
        if (lease is null)
        {
            LogHeld(platform);
            return;
        }

        // Listed anew: the host that held it before may have put a sum in their place.
        parts = await edges.ListAsync(platform, cancellation);
        var erased = await tombstones.ReadAsync(platform, cancellation);
        var stored = await network.FindKeptAsync(platform, cancellation);
        var kept = stored?.Kept ?? KeptNetwork.None;
        var ties = new TieNews(platform, new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero), list, store, network, queue);
        await ties.LoadAsync(cancellation);
        if (kept.Edges == SignatureOf(parts, erased) && realNow < kept.SummedAt + SumAtLeast && !await ties.HasNewEndAsync(cancellation))
        {
            if (await network.FindShownAsync(platform, cancellation) is not { } shown || shown.Edges != kept.Edges)
                await network.PutShownAsync(platform, kept.Shown, cancellation);
            await ties.TellAsync(cancellation);
            return;
        }

        var ledger = new EdgeLedger(now, erased.Count == 0 ? null : erased.Contains);
        if (await ReadAsync(platform, parts, ledger, cancellation) is not { } read)
        {
            LogReplaced(platform);
            return;
        }

        if (read.Parts.Any(static part => part.Kind == EdgePartKind.Closed) || read.Parts.Count(static part => part.Kind == EdgePartKind.Sum) > 1
            || ledger.NamesErased || realNow >= kept.SummedAt + SumAtLeast)
        {
            await VerifyAsync(platform, read.Appended, ledger, cancellation);
            read = (await edges.ReplaceAsync(platform, read.Parts, ledger.Compacted(), cancellation), []);
            kept = kept with { SummedAt = realNow };
        }

        var campaigns = new Dictionary<string, CampaignListing>(StringComparer.Ordinal);
        await foreach (var listing in list.ReadAsync(platform, after: null, cancellation))
            campaigns[listing.Campaign.Name] = listing;

        var graph = ledger.Graph();
        await ties.LookAsync(graph, ledger.Holders(), campaigns, cancellation);
        kept = kept.Next(SignatureOf(read.Parts, erased), graph, now, zones.Of(platform), name => TieNews.HasEnded(campaigns.GetValueOrDefault(name)), name => SpanOf(campaigns.GetValueOrDefault(name)));
        if (await network.TryPutKeptAsync(platform, kept, stored?.Version, cancellation))
            await network.PutShownAsync(platform, kept.Shown, cancellation);
        await ties.TellAsync(cancellation);
        await SayDonorsAsync(platform, graph, now, cancellation);
        LogMade(platform, graph.EdgeCount, kept.Links.Length, ties.Told);
    }

    /// <summary>Whether donors of finished campaigns were new, and whether they came back, where it is known now: kept with the other outcomes, written only where something is newly said.</summary>
    private async Task SayDonorsAsync(PlatformId platform, DonorGraph graph, DateTimeOffset now, CancellationToken cancellation)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var stored = await outcomes.LoadAsync(platform, cancellation);
            var said = stored.Outcomes.WithDonors(campaign => !campaign.IsKnown ? campaign.Donors ?? DonorOutcome.None : (campaign.Donors ?? DonorOutcome.None)
                .Next(graph, graph.Numbers.TryGetValue(campaign.Name, out var number) ? number : null, campaign.EndedAt.AddDays(-campaign.PlannedDays), campaign.EndedAt, now));
            if (said.Campaigns.SequenceEqual(stored.Outcomes.Campaigns) || await outcomes.PutAsync(said, stored.Version, cancellation) is not null)
                return;
        }

        LogContended(platform);
    }

    /// <returns>The parts as they were read, and the campaigns that were named in what ingestion appended; null when a part was replaced meanwhile.</returns>
    private async Task<(IReadOnlyList<EdgePart> Parts, IReadOnlyCollection<string> Appended)?> ReadAsync(
        PlatformId platform, IReadOnlyList<EdgePart> parts, EdgeLedger ledger, CancellationToken cancellation)
    {
        var appended = new SortedSet<string>(StringComparer.Ordinal);
        var read = new List<EdgePart>();
        foreach (var part in parts)
        {
            var seen = await edges.ReadAsync(platform, part, Take, cancellation);
            if (seen is null)
                return null;
            read.Add(seen);

            void Take(EdgeBlock block)
            {
                ledger.Add(block);
                if (part.Kind != EdgePartKind.Sum)
                    appended.Add(block.Campaign);
            }
        }

        return (read, appended);
    }

    /// <summary>
    /// Says of each campaign that was appended to what its own record says. A try that was killed between append and commit may have seen other parcels than the one
    /// that committed, and then said what never became true.
    /// </summary>
    private async Task VerifyAsync(PlatformId platform, IReadOnlyCollection<string> appended, EdgeLedger ledger, CancellationToken cancellation)
    {
        foreach (var portion in appended.Chunk(MostAtOnce))
            foreach (var record in await Task.WhenAll(portion.Select(name => store.FindRecordAsync(new CampaignId(platform, name), cancellation))))
                if (record.KnownThrough is not null && !record.IsReplaying)
                    ledger.Add(ChangedEdges.Whole(record.State, EdgeClock.Verified(record.Sequence), pseudonyms));
    }

    private static CampaignSpan? SpanOf(CampaignListing? listing) =>
        listing is { LaunchedAt: { } opens, Horizon: { } closes } ? new CampaignSpan(opens, closes) : null;

    private static string SignatureOf(IReadOnlyList<EdgePart> parts, ErasedDonors erased) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts.Select(static part => $"{part.Name} {part.Version}").Append($"{erased.Count}")))).AsSpan(0, 16));

    [LoggerMessage(LogLevel.Information, "{Platform}: {Edges} edges, {Links} links; {Told} campaigns are asked to score again")]
    private partial void LogMade(PlatformId platform, int edges, int links, int told);

    [LoggerMessage(LogLevel.Warning, "{Platform}: its outcomes are changed again and again; the next run says what became of its donors")]
    private partial void LogContended(PlatformId platform);

    [LoggerMessage(LogLevel.Information, "{Platform}: another host is at its network")]
    private partial void LogHeld(PlatformId platform);

    [LoggerMessage(LogLevel.Information, "{Platform}: its edges were replaced while they were read; the next run goes on")]
    private partial void LogReplaced(PlatformId platform);
}

using Microsoft.Extensions.Logging;
using Succesmeter.Aftercare;
using Succesmeter.Campaigns;
using Succesmeter.Erasures;
using Succesmeter.Networks;
using Succesmeter.Outcomes;
using Succesmeter.Reports;

namespace Succesmeter.Pipeline;

/// <summary>
/// Makes each platform's report: of its list, of what its finished campaigns taught, and of who gave where. No history is read. All that it writes follows from these, so it may
/// run twice and on two hosts; where nothing is new it writes nothing.
/// </summary>
public sealed partial class OutcomesToReports(
    ICampaignList list,
    IOutcomeStore outcomes,
    IEdgeFiles edges,
    ITombstones tombstones,
    INetworkStore network,
    IAftercareStore aftercare,
    IReportStore reports,
    IPlatformZones zones,
    IPlatformClocks clocks,
    ILogger<OutcomesToReports> logger)
{
    private const int MostTries = 5;

    /// <summary>All platforms, each on its own clock.</summary>
    /// <exception cref="AggregateException">Some platforms failed; the others have their report.</exception>
    public Task RunAsync(CancellationToken cancellation) => list.RunForEachPlatformAsync(platform => RunAsync(platform, cancellation), cancellation);

    /// <summary>One platform, such as one whose clock is fast.</summary>
    public async Task RunAsync(PlatformId platform, CancellationToken cancellation)
    {
        // Quarters, waves of aftercare and the age of gifts are all told by instants of the campaign clock.
        var now = clocks.Of(platform).Now;
        var zone = zones.Of(platform);
        var finished = (await outcomes.LoadAsync(platform, cancellation)).Outcomes.Campaigns.ToDictionary(static campaign => campaign.Name, StringComparer.Ordinal);
        var campaigns = new Dictionary<string, ReportCampaign>(StringComparer.Ordinal);
        await foreach (var listing in list.ReadAsync(platform, after: null, cancellation))
            campaigns[listing.Campaign.Name] = ReportCampaign.Of(listing, finished.GetValueOrDefault(listing.Campaign.Name));

        var graph = await ReadGraphAsync(platform, now, cancellation);
        var shown = await network.FindShownAsync(platform, cancellation);
        var followUps = AftercareFigures.Of(await aftercare.ReadAsync(platform, cancellation), campaigns, zone, now).ToList();
        for (var tries = 0; tries < MostTries; tries++)
        {
            var stored = await reports.FindAsync(platform, cancellation);
            var donors = graph is null ? stored?.Report.Donors ?? [] : KeptDonors.Next(stored?.Report.Donors ?? [], graph, PlacesOf(graph, campaigns), zone, now);
            var sources = new ReportSources { Campaigns = campaigns.Values, Donors = donors, Network = shown, Aftercare = followUps };
            var report = new KeptReport(PlatformReport.Of(platform, zone, now, sources), donors);
            if (stored?.Report.Says(report) == true)
                return;

            if (await reports.TryPutAsync(report, stored?.Version, cancellation))
            {
                LogMade(platform, report.Shown.Figures.Length, report.Shown.Through);
                return;
            }

            // Another host made one as well; the donors that it kept are the ones to go on from.
        }

        throw new InvalidOperationException($"The report of {platform} changed {MostTries} times while it was to be kept.");
    }

    /// <returns>Null where a file was replaced by a sum while it was read: what is known of donors stays as it is until the next run.</returns>
    private async Task<DonorGraph?> ReadGraphAsync(PlatformId platform, DateTimeOffset now, CancellationToken cancellation)
    {
        var erased = await tombstones.ReadAsync(platform, cancellation);
        var ledger = new EdgeLedger(now, erased.Count == 0 ? null : erased.Contains);
        foreach (var part in await edges.ListAsync(platform, cancellation))
            if (await edges.ReadAsync(platform, part, ledger.Add, cancellation) is null)
            {
                LogReplaced(platform);
                return null;
            }

        return ledger.Graph();
    }

    private static int[] PlacesOf(DonorGraph graph, Dictionary<string, ReportCampaign> campaigns)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. graph.Campaigns.Select(name => campaigns.GetValueOrDefault(name)?.PlaceKey is { } place
            ? numbers.TryGetValue(place, out var known) ? known : numbers[place] = numbers.Count
            : -1)];
    }

    [LoggerMessage(LogLevel.Information, "{Platform}: a report of {Figures} figures through {Through}")]
    private partial void LogMade(PlatformId platform, int figures, DateTimeOffset? through);

    [LoggerMessage(LogLevel.Information, "{Platform}: its edges were replaced while they were read; figures about donors wait for the next run")]
    private partial void LogReplaced(PlatformId platform);
}

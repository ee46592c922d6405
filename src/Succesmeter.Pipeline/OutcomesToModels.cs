using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Succesmeter.Campaigns;
using Succesmeter.Forecasts;
using Succesmeter.Histories;
using Succesmeter.Models;
using Succesmeter.Outcomes;
using Succesmeter.Watching;

namespace Succesmeter.Pipeline;

/// <summary>
/// Learns from campaigns that are over: each platform's shift and base rates from its newest outcomes, and, when enough failures are new, a challenger to the model
/// itself. All that it writes follows from lists, histories and models, and is put in place only if nobody else did: it may run twice, and on two hosts.
/// </summary>
public sealed partial class OutcomesToModels(
    ICampaignList list, ICampaignStore store, IOutcomeStore outcomes, IModelShelf shelf, StartingPoint start, IRefit refit, IPlatformClocks clocks, TimeProvider machine, ILogger<OutcomesToModels> logger)
{
    private const int MostTries = 5;

    /// <summary>What is derived is kept so often, so that a run that is cut short loses little.</summary>
    private const int Portion = 100;

    /// <summary>Histories at once.</summary>
    private const int MostAtOnce = 8;

    private static readonly TimeSpan UntilTidied = TimeSpan.FromDays(1);

    /// <summary>All platforms.</summary>
    /// <exception cref="AggregateException">Some platforms failed; of them what was kept before is learned from.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await list.RunForEachPlatformAsync(platform => GatherAsync(platform, cancellation), cancellation);
        }
        catch (AggregateException)
        {
            // Told once the others are learned from.
            await LearnAsync(cancellation);
            throw;
        }

        await LearnAsync(cancellation);
    }

    /// <summary>One platform, such as one whose clock is fast; of the others what was kept is learned from.</summary>
    public async Task RunAsync(PlatformId platform, CancellationToken cancellation)
    {
        await GatherAsync(platform, cancellation);
        await LearnAsync(cancellation);
    }

    /// <summary>Lets a kept model serve, with the platforms' shifts fitted to it.</summary>
    public async Task<Served> ServeAsync(string version, CancellationToken cancellation)
    {
        var now = machine.GetUtcNow();
        for (var tries = 0; tries < MostTries; tries++)
        {
            var stored = await shelf.FindLedgerAsync(cancellation);
            var before = stored?.Ledger ?? ModelLedger.Of(start.Model.Forecast);
            if (before.Serve(version, now) is not { } ledger)
                return new Served.NotKept();

            ForecastModel? model;
            try
            {
                model = version == start.Model.Forecast.Version ? start.Model.Forecast : await shelf.FindModelAsync(version, cancellation);
            }
            catch (InvalidDataException broken)
            {
                return new Served.Unreadable(broken.Message);
            }

            if (model is null)
                return new Served.NotKept();

            var after = await StandAsync(ledger, model, await GatheredAsync(cancellation), cancellation);
            if (stored?.Ledger == after || await shelf.TryPutLedgerAsync(after, stored?.Version, cancellation))
            {
                LogServed(version);
                return new Served.Now(after);
            }
        }

        throw new InvalidOperationException($"The ledger of models changed {MostTries} times while {version} was to be served.");
    }

    /// <summary>A platform's newest finished campaigns: those that are news are read from their histories, the others were kept.</summary>
    private async Task GatherAsync(PlatformId platform, CancellationToken cancellation)
    {
        var newest = new NewestFinished();
        await foreach (var listing in list.ReadAsync(platform, after: null, cancellation))
            newest.Add(listing);
        var wanted = newest.All.Select(static listing => listing.Campaign.Name).ToHashSet(StringComparer.Ordinal);

        var stored = await outcomes.LoadAsync(platform, cancellation);
        var known = stored.Outcomes.Campaigns.ToDictionary(static campaign => campaign.Name, static campaign => campaign.Sequence, StringComparer.Ordinal);
        var news = newest.All.Where(listing => !known.TryGetValue(listing.Campaign.Name, out var sequence) || sequence != listing.Sequence)
            .OrderBy(FinishedCampaign.EndOf).ThenBy(static listing => listing.Campaign.Name, StringComparer.Ordinal);
        foreach (var portion in news.Chunk(Portion))
        {
            var derived = await DeriveAsync(portion, cancellation);
            stored = await PutAsync(stored, platform, derived, wanted, cancellation);
        }

        if (stored.Outcomes.Campaigns.Any(campaign => !wanted.Contains(campaign.Name)))
            stored = await PutAsync(stored, platform, new Dictionary<string, FinishedCampaign>(StringComparer.Ordinal), wanted, cancellation);
        LogGathered(platform, stored.Outcomes.Campaigns.Length);
    }

    private async Task<IReadOnlyDictionary<string, FinishedCampaign>> DeriveAsync(IReadOnlyList<CampaignListing> over, CancellationToken cancellation)
    {
        var derived = new ConcurrentDictionary<string, FinishedCampaign>(StringComparer.Ordinal);
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(over, atOnce, async (listing, stop) =>
        {
            var course = new FinishedCourse(listing);
            await foreach (var entry in store.ReadEntriesAsync(listing.Campaign, after: null, listing.AsOf, stop))
                course.Add(entry);
            derived[listing.Campaign.Name] = course.Finish();
        });
        return derived;
    }

    private async Task<StoredOutcomes> PutAsync(
        StoredOutcomes stored, PlatformId platform, IReadOnlyDictionary<string, FinishedCampaign> derived, HashSet<string> wanted, CancellationToken cancellation)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await outcomes.PutAsync(stored.Outcomes.With(derived, wanted), stored.Version, cancellation) is { } put)
                return put;

            // Another host derived as well: what both derived is the same.
            stored = await outcomes.LoadAsync(platform, cancellation);
        }

        throw new InvalidOperationException($"The outcomes of {platform} changed {MostTries} times while they were to be kept.");
    }

    private async Task LearnAsync(CancellationToken cancellation)
    {
        // The models are everybody's, and so is the pause between two refits: no platform's clock can tell it.
        var now = machine.GetUtcNow();
        var gathered = await GatheredAsync(cancellation);
        for (var tries = 0; tries < MostTries; tries++)
            if (await TryLearnAsync(gathered, now, cancellation))
                return;

        LogContended();
    }

    /// <summary>What is kept of each platform; one may have a published past before it has a campaign here.</summary>
    private async Task<List<PlatformOutcomes>> GatheredAsync(CancellationToken cancellation)
    {
        var gathered = new List<PlatformOutcomes>();
        foreach (var platform in await list.PlatformsAsync(cancellation))
            gathered.Add((await outcomes.LoadAsync(platform, cancellation)).Outcomes);
        foreach (var platform in start.Priors.Keys)
            if (!gathered.Exists(on => on.Platform == platform))
                gathered.Add(PlatformOutcomes.None(platform));
        return gathered;
    }

    /// <returns>False when somebody else changed the ledger meanwhile.</returns>
    private async Task<bool> TryLearnAsync(List<PlatformOutcomes> gathered, DateTimeOffset now, CancellationToken cancellation)
    {
        var shipped = start.Model.Forecast;
        var stored = await shelf.FindLedgerAsync(cancellation);
        var ledger = (stored?.Ledger ?? ModelLedger.Of(shipped)).TakeUp(shipped, now);
        if (stored?.Ledger.Released != ledger.Released)
            await shelf.PutModelAsync(shipped, cancellation);

        (ledger, var champion) = await ChampionAsync(ledger, now, cancellation);
        (ledger, champion) = await ChallengeAsync(ledger, champion, gathered, now, cancellation);
        ledger = await StandAsync(ledger, champion, gathered, cancellation);
        if (stored?.Ledger == ledger)
            return true;
        if (!await shelf.TryPutLedgerAsync(ledger, stored?.Version, cancellation))
            return false;

        await shelf.TidyAsync(ledger, now - UntilTidied, cancellation);
        return true;
    }

    private async Task<(ModelLedger Ledger, ForecastModel Champion)> ChampionAsync(ModelLedger ledger, DateTimeOffset now, CancellationToken cancellation)
    {
        var shipped = start.Model.Forecast;
        if (ledger.Serving == shipped.Version)
            return (ledger, shipped);

        try
        {
            if (await shelf.FindModelAsync(ledger.Serving, cancellation) is { } champion)
                return (ledger, champion);
            LogUnreadable(ledger.Serving, "it is not on the shelf");
        }
        catch (InvalidDataException broken)
        {
            LogUnreadable(ledger.Serving, broken.Message);
        }

        await shelf.PutModelAsync(shipped, cancellation);
        return (ledger.Abandon(shipped, now), shipped);
    }

    private async Task<(ModelLedger Ledger, ForecastModel Champion)> ChallengeAsync(
        ModelLedger ledger, ForecastModel champion, List<PlatformOutcomes> gathered, DateTimeOffset now, CancellationToken cancellation)
    {
        // A clock that runs otherwise than the machine's is a simulation's: what is made up teaches the model of real campaigns nothing.
        var real = gathered.Where(on => clocks.Of(on.Platform).Speed == 1).ToList();
        if (Challenge.Due(champion, start, ledger, real, now) is not { } challenge)
            return (ledger, champion);

        if (refit.WhyNot is { } why)
        {
            LogNoRefit(challenge.NewFailures, why);
            return (ledger, champion);
        }

        var (challenger, card, decision) = challenge.Judge(refit, ledger, now);
        LogJudged(challenger.Version, champion.Version, decision.Reason, decision.Gain?.Value);
        if (decision.Promoted)
            await shelf.PutModelAsync(challenger, cancellation);
        return (ledger.With(card, decision, challenge.Through), decision.Promoted ? challenger : champion);
    }

    /// <summary>How a model stands on each platform; what it learned of a platform is put on the shelf if it is new.</summary>
    private async Task<ModelLedger> StandAsync(ModelLedger ledger, ForecastModel model, List<PlatformOutcomes> gathered, CancellationToken cancellation)
    {
        var standings = new List<PlatformStanding>();
        foreach (var on in gathered.OrderBy(static on => on.Platform.Value, StringComparer.Ordinal))
        {
            // Of a platform of which nothing is known there is nothing to say.
            var prior = start.PriorOf(on.Platform);
            if (prior is null && !on.Known.Any())
                continue;

            var learned = on.ModelFor(model, prior, start.Model.Backers);
            if (!ledger.Platforms.Any(before => before.Platform == on.Platform && before.Version == learned.Version) || await shelf.FindPlatformAsync(on.Platform, learned.Version, cancellation) is null)
                await shelf.PutPlatformAsync(on.Platform, learned, cancellation);

            var drift = on.Drift();
            var (known, failures) = (on.Known.Count(), on.Known.Count(static campaign => !campaign.Reached));
            standings.Add(new PlatformStanding(on.Platform, learned.Version, learned.Fit.Shift, known, failures, drift.All, drift.Shown, drift.Hidden));
            Instruments.Judged(on.Platform, on.Skill(), drift.All.Drifts);
            if (drift.All.Drifts)
                LogDrift(on.Platform, drift.All.N, drift.All.Forecast, drift.All.Happened);
        }

        return ledger with { Platforms = [.. standings] };
    }

    [LoggerMessage(LogLevel.Information, "{Platform}: {Campaigns} finished campaigns are known")]
    private partial void LogGathered(PlatformId platform, int campaigns);

    [LoggerMessage(LogLevel.Information, "Challenger {Challenger} against {Champion}: {Reason}, Brier gain {Gain}")]
    private partial void LogJudged(string challenger, string champion, string reason, double? gain);

    [LoggerMessage(LogLevel.Warning, "{Failures} failures are new, but no challenger can be fitted: {Why}. Only the platforms' shifts move")]
    private partial void LogNoRefit(int failures, string why);

    [LoggerMessage(LogLevel.Error, "The model {Version} that serves cannot be read, so the shipped one takes its place: {Why}")]
    private partial void LogUnreadable(string version, string why);

    [LoggerMessage(LogLevel.Warning, "{Platform}: probabilities drift. Of {N} recent campaigns {Happened} reached their goal where {Forecast} was said")]
    private partial void LogDrift(PlatformId platform, int n, double? forecast, double? happened);

    [LoggerMessage(LogLevel.Information, "Model {Version} serves, as asked for")]
    private partial void LogServed(string version);

    [LoggerMessage(LogLevel.Warning, "Others change the ledger of models again and again; the next run goes on")]
    private partial void LogContended();
}

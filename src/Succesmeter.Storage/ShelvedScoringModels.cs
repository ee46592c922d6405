using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Succesmeter.Campaigns;
using Succesmeter.Forecasts;
using Succesmeter.Models;
using Succesmeter.Scores;

namespace Succesmeter.Storage;

/// <summary>
/// The model in force by the ledger on the shelf, looked up once a minute; the shipped one while the shelf is empty. When the storage does not answer, the last one known goes on, and
/// a host that knows none yet has none.
/// </summary>
public sealed partial class ShelvedScoringModels(IModelShelf shelf, StartingPoint start, TimeProvider clock, ILogger<ShelvedScoringModels> logger) : IScoringModels, IDisposable
{
    /// <summary>How old what is served may be.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    /// <summary>A message that waits for the storage is better put off.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Before the storage is asked again, once it did not answer.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>The ledger may change between its reading and that of what it names.</summary>
    private const int MostTries = 3;

    private readonly SemaphoreSlim turn = new(1);
    private volatile Known? known;

    public async ValueTask<ScoringModel?> CurrentAsync(CancellationToken cancellation)
    {
        if (known is { } fresh && clock.GetUtcNow() < fresh.Until)
            return fresh.Model;

        // One looks; the others go on with what they have, or wait if there is nothing.
        if (!turn.Wait(0, cancellation))
        {
            if (known?.Model is { } last)
                return last;
            await turn.WaitAsync(cancellation);
        }

        try
        {
            if (known is { } meanwhile && clock.GetUtcNow() < meanwhile.Until)
                return meanwhile.Model;

            known = await LookAsync(cancellation);
            return known.Model;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<Known> LookAsync(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var (model, version) = await LoadAsync(either.Token);
            return new Known(model, version, clock.GetUtcNow() + Age);
        }
        catch (Exception failure) when (failure is ModelsUnreachableException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            LogUnreachable(known?.Model?.Name ?? "none", failure);
            return new Known(known?.Model, known?.Version, clock.GetUtcNow() + Pause);
        }
    }

    /// <returns>With the ledger's version; without one where something that it names is missing, so that it is looked for again.</returns>
    private async Task<(ScoringModel Model, string? Version)> LoadAsync(CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            var stored = await shelf.FindLedgerAsync(cancellation);
            if (stored is null)
                return (start.Shipped, null);
            if (known is { Model: { } same } && known.Version == stored.Version)
                return (same, stored.Version);

            if (await ForecastAsync(stored.Ledger.Serving, cancellation) is { } forecast)
            {
                var platforms = await PlatformsAsync(stored.Ledger, forecast, isLast: tries == MostTries, cancellation);
                if (platforms is { } found)
                    return (start.Model with { Forecast = forecast, Platforms = found.Platforms }, found.IsWhole ? stored.Version : null);
            }
            else if (tries == MostTries)
            {
                // What a platform taught another model says nothing to this one.
                return (start.Shipped, null);
            }
        }
    }

    private async Task<ForecastModel?> ForecastAsync(string version, CancellationToken cancellation)
    {
        if (version == start.Model.Forecast.Version)
            return start.Model.Forecast;
        if (known?.Model?.Forecast is { } same && same.Version == version)
            return same;

        try
        {
            return await shelf.FindModelAsync(version, cancellation);
        }
        catch (InvalidDataException broken)
        {
            LogUnreadable(version, broken);
            return null;
        }
    }

    /// <returns>Null when something that the ledger names is gone, and the ledger should be read again.</returns>
    private async Task<(ImmutableDictionary<PlatformId, PlatformModel> Platforms, bool IsWhole)?> PlatformsAsync(ModelLedger ledger, ForecastModel forecast, bool isLast, CancellationToken cancellation)
    {
        var platforms = start.PlatformsBefore(forecast).ToBuilder();
        var isWhole = true;
        foreach (var standing in ledger.Platforms)
        {
            if (known?.Model?.Platforms.GetValueOrDefault(standing.Platform) is { } same && same.Version == standing.Version)
                platforms[standing.Platform] = same;
            else if (await shelf.FindPlatformAsync(standing.Platform, standing.Version, cancellation) is { } found)
                platforms[standing.Platform] = found;
            else if (!isLast)
                return null;
            else
            {
                LogMissing(standing.Platform, standing.Version);
                isWhole = false;
            }
        }

        return (platforms.ToImmutable(), isWhole);
    }

    [LoggerMessage(LogLevel.Warning, "The container of models does not answer; what serves on is {Model}")]
    private partial void LogUnreachable(string model, Exception failure);

    [LoggerMessage(LogLevel.Error, "The model {Version} cannot be read by this release")]
    private partial void LogUnreadable(string version, Exception broken);

    [LoggerMessage(LogLevel.Error, "What is known of {Platform}, {Version}, is not on the shelf")]
    private partial void LogMissing(PlatformId platform, string version);

    /// <param name="Model">Null when none could be had.</param>
    /// <param name="Version">Of the ledger it was read by.</param>
    /// <param name="Until">When to look again.</param>
    private sealed record Known(ScoringModel? Model, string? Version, DateTimeOffset Until);
}

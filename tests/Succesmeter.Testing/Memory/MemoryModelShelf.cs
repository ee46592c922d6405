using Succesmeter.Campaigns;
using Succesmeter.Forecasts;
using Succesmeter.Models;

namespace Succesmeter.Testing.Memory;

/// <summary>Models in memory. Nothing here has an age, so a tidied shelf loses at once what the ledger does not name.</summary>
public sealed class MemoryModelShelf : IModelShelf
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ForecastModel> _models = [];
    private readonly Dictionary<(PlatformId, string), PlatformModel> _platforms = [];
    private StoredLedger? _ledger;
    private int _changes;

    /// <summary>The storage does not answer.</summary>
    public bool IsOut { get; set; }

    /// <summary>How often the ledger was written.</summary>
    public int Changes
    {
        get
        {
            lock (_lock)
                return _changes;
        }
    }

    public IReadOnlyCollection<string> Models
    {
        get
        {
            lock (_lock)
                return [.. _models.Keys];
        }
    }

    /// <summary>Called before a write of the ledger is looked at.</summary>
    public Func<Task>? BeforePut { get; set; }

    public Task<StoredLedger?> FindLedgerAsync(CancellationToken cancellation) => Ask(() => _ledger);

    public async Task<bool> TryPutLedgerAsync(ModelLedger ledger, string? replaced, CancellationToken cancellation)
    {
        if (BeforePut is { } interfere)
            await interfere();

        return await Ask(() =>
        {
            if (_ledger?.Version != replaced)
                return false;
            _ledger = new StoredLedger(ledger, $"{++_changes}");
            return true;
        });
    }

    public Task PutModelAsync(ForecastModel model, CancellationToken cancellation) => Ask(() => _models[model.Version] = model);

    public Task<ForecastModel?> FindModelAsync(string version, CancellationToken cancellation) => Ask(() => _models.GetValueOrDefault(version));

    public Task PutPlatformAsync(PlatformId platform, PlatformModel model, CancellationToken cancellation) => Ask(() => _platforms[(platform, model.Version)] = model);

    public Task<PlatformModel?> FindPlatformAsync(PlatformId platform, string version, CancellationToken cancellation) => Ask(() => _platforms.GetValueOrDefault((platform, version)));

    public Task TidyAsync(ModelLedger ledger, DateTimeOffset putBefore, CancellationToken cancellation) => Ask(() =>
    {
        foreach (var version in _models.Keys.Where(version => !ledger.Keeps(version)).ToList())
            _models.Remove(version);
        foreach (var (platform, version) in _platforms.Keys.Where(key => !ledger.Platforms.Any(on => (on.Platform, on.Version) == key)).ToList())
            _platforms.Remove((platform, version));
        return true;
    });

    private Task<T> Ask<T>(Func<T> ask)
    {
        lock (_lock)
            return IsOut ? Task.FromException<T>(new ModelsUnreachableException("out", new IOException())) : Task.FromResult(ask());
    }
}

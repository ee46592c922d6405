using Succesmeter.Campaigns;
using Succesmeter.Outcomes;

namespace Succesmeter.Testing.Memory;

/// <summary>Outcomes in memory, with the same promise as the blobs: replaced only if nobody else did.</summary>
public sealed class MemoryOutcomeStore : IOutcomeStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PlatformId, StoredOutcomes> _kept = [];
    private int _changes;

    /// <summary>How often anything was written.</summary>
    public int Changes
    {
        get
        {
            lock (_lock)
                return _changes;
        }
    }

    /// <summary>Called before a write is looked at; a test may let somebody else be quicker.</summary>
    public Func<Task>? BeforePut { get; set; }

    public Task<StoredOutcomes> LoadAsync(PlatformId platform, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(_kept.GetValueOrDefault(platform, new StoredOutcomes(PlatformOutcomes.None(platform), null)));
    }

    public async Task<StoredOutcomes?> PutAsync(PlatformOutcomes outcomes, string? replaced, CancellationToken cancellation)
    {
        if (BeforePut is { } interfere)
            await interfere();

        lock (_lock)
        {
            if (_kept.GetValueOrDefault(outcomes.Platform)?.Version != replaced)
                return null;
            return _kept[outcomes.Platform] = new StoredOutcomes(outcomes, $"{++_changes}");
        }
    }
}

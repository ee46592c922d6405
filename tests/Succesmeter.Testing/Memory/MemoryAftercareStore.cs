using Succesmeter.Aftercare;
using Succesmeter.Campaigns;

namespace Succesmeter.Testing.Memory;

/// <summary>After-care in memory.</summary>
public sealed class MemoryAftercareStore : IAftercareStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(PlatformId, string, Wave), AftercareAnswer> _answers = [];

    public Task<AftercareAnswer?> FindAsync(PlatformId platform, string campaign, Wave wave, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(_answers.GetValueOrDefault((platform, campaign, wave)));
    }

    public Task<AftercareAnswer> PutAsync(PlatformId platform, AftercareAnswer answer, CancellationToken cancellation)
    {
        var key = (platform, answer.Campaign, answer.Wave);
        lock (_lock)
            return Task.FromResult(_answers[key] = answer.After(_answers.GetValueOrDefault(key)));
    }

    public Task<IReadOnlyList<AftercareAnswer>> ReadAsync(PlatformId platform, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<AftercareAnswer>>([.. _answers
                .Where(row => row.Key.Item1 == platform)
                .Select(row => row.Value)
                .OrderBy(answer => answer.Campaign, StringComparer.Ordinal)
                .ThenBy(answer => answer.Wave.Months)]);
        }
    }
}

using Succesmeter.Campaigns;
using Succesmeter.Reports;

namespace Succesmeter.Testing.Memory;

/// <summary>Reports in memory, with the same promise as the blobs: replaced only if nobody else did.</summary>
public sealed class MemoryReportStore : IReportStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PlatformId, StoredReport> _kept = [];

    /// <summary>How often anything was written.</summary>
    public int Changes { get; private set; }

    /// <summary>Called before a write is looked at; a test may let somebody else be quicker.</summary>
    public Func<Task>? BeforePut { get; set; }

    public Task<StoredReport?> FindAsync(PlatformId platform, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(_kept.GetValueOrDefault(platform));
    }

    public async Task<bool> TryPutAsync(KeptReport report, string? replaced, CancellationToken cancellation)
    {
        if (BeforePut is { } interfere)
            await interfere();

        lock (_lock)
        {
            if (_kept.GetValueOrDefault(report.Shown.Platform)?.Version != replaced)
                return false;
            _kept[report.Shown.Platform] = new StoredReport(report, $"{++Changes}");
            return true;
        }
    }
}

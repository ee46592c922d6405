using Succesmeter.Campaigns;

namespace Succesmeter.Reports;

/// <summary>Each platform's report, made by a timer and read by requests.</summary>
public interface IReportStore
{
    /// <returns>Null while none was made.</returns>
    Task<StoredReport?> FindAsync(PlatformId platform, CancellationToken cancellation);

    /// <param name="replaced">The version that was read; null where there was none.</param>
    /// <returns>False when someone else changed it meanwhile.</returns>
    Task<bool> TryPutAsync(KeptReport report, string? replaced, CancellationToken cancellation);
}

/// <param name="Version">Changes with each change.</param>
public sealed record StoredReport(KeptReport Report, string Version);

using Succesmeter.Campaigns;
using Succesmeter.Forecasts;

namespace Succesmeter.Models;

/// <summary>Where models are kept, and the ledger that says which one serves.</summary>
/// <remarks>Every method throws <see cref="ModelsUnreachableException"/> when the storage does not answer.</remarks>
public interface IModelShelf
{
    /// <returns>Null while nothing was ever kept, and for a damaged one, which is set aside.</returns>
    Task<StoredLedger?> FindLedgerAsync(CancellationToken cancellation);

    /// <param name="ledger">What it names must be on the shelf already.</param>
    /// <param name="replaced">The version that was read; null where there was none.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>False when someone else changed it meanwhile: read it again.</returns>
    Task<bool> TryPutLedgerAsync(ModelLedger ledger, string? replaced, CancellationToken cancellation);

    Task PutModelAsync(ForecastModel model, CancellationToken cancellation);

    /// <returns>Null when it is not on the shelf.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or was trained on other features than this release knows.</exception>
    Task<ForecastModel?> FindModelAsync(string version, CancellationToken cancellation);

    Task PutPlatformAsync(PlatformId platform, PlatformModel model, CancellationToken cancellation);

    /// <returns>Null when it is not on the shelf, or damaged.</returns>
    Task<PlatformModel?> FindPlatformAsync(PlatformId platform, string version, CancellationToken cancellation);

    /// <summary>Removes what the ledger names no more and what was put before the given instant: what came later may be somebody's who has not put the ledger yet.</summary>
    Task TidyAsync(ModelLedger ledger, DateTimeOffset putBefore, CancellationToken cancellation);
}

/// <param name="Ledger">As it stands.</param>
/// <param name="Version">Of the ledger itself; changes with each change.</param>
public sealed record StoredLedger(ModelLedger Ledger, string Version);

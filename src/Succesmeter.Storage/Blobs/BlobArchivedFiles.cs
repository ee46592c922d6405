using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Succesmeter.Intake;

namespace Succesmeter.Storage.Blobs;

/// <summary>The files of container <c>archive</c>, by the day on which they came.</summary>
public sealed class BlobArchivedFiles(StorageAccount account, TimeProvider clock) : IArchivedFiles
{
    /// <summary>A call ends before the platform that runs it loses patience.</summary>
    private const int MostFiles = 500;

    private const long MostBytes = 256L * 1024 * 1024;
    private const string Folder = "files/";

    /// <summary>Behind the day: the receipt, and the name under which the file came.</summary>
    private const int Parts = 2;

    private readonly BlobContainerClient incoming = account.Blobs.GetBlobContainerClient(ContainerNames.Incoming);
    private readonly BlobContainerClient archive = account.Blobs.GetBlobContainerClient(ContainerNames.Archive);

    public async Task<ReadAgain> ReadAgainAsync(DateOnly from, DateOnly through, string? after, CancellationToken cancellation)
    {
        var (files, bytes, asOf) = (0, 0L, clock.GetUtcNow());
        string? done = null;
        foreach (var day in await DaysAsync(from, through, after, cancellation))
        {
            await foreach (var blob in archive.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, day, cancellation))
            {
                if (blob.Name[day.Length..].Split('/', Parts) is not [var receipt, var name] || (after is not null && string.CompareOrdinal(blob.Name, after) <= 0))
                    continue;
                if (files == MostFiles || (files > 0 && bytes + blob.Properties.ContentLength > MostBytes))
                    return new ReadAgain(files, done);

                if (await PutBackAsync(blob, AgainOf(name, receipt, asOf), asOf, cancellation))
                    files++;
                bytes += blob.Properties.ContentLength ?? 0;
                done = blob.Name;
            }
        }

        return new ReadAgain(files, After: null);
    }

    internal static string NameOf(IncomingFile file) => $"{Folder}{DayText(DateOnly.FromDateTime(file.ReceivedAt.UtcDateTime))}/{file.ReceiptId}/{file.Name}";

    /// <returns>The folders of days on which something came, in their order, without those that were done.</returns>
    private async Task<IReadOnlyList<string>> DaysAsync(DateOnly from, DateOnly through, string? after, CancellationToken cancellation)
    {
        var (first, last) = ($"{Folder}{DayText(from)}/", $"{Folder}{DayText(through)}/");
        var days = new List<string>();
        await foreach (var item in archive.GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", Folder, cancellation))
        {
            if (item is { IsPrefix: true, Prefix: var day } && string.CompareOrdinal(day, first) >= 0 && string.CompareOrdinal(day, last) <= 0
                && (after is null || string.CompareOrdinal(day, after) > 0 || after.StartsWith(day, StringComparison.Ordinal)))
                days.Add(day);
        }

        return days;
    }

    /// <returns>Whether it waits now; false where it left the archive meanwhile.</returns>
    private async Task<bool> PutBackAsync(BlobItem blob, string again, DateTimeOffset asOf, CancellationToken cancellation)
    {
        var received = blob.Metadata.FirstReceived() ?? blob.Properties.CreatedOn ?? asOf;
        var options = new BlobUploadOptions
        {
            TransferOptions = BlobIncomingFiles.OneBlockAtOnce,
            Metadata = FileMetadata.Of(blob.Metadata.Said(FileMetadata.Platform), received),
            Conditions = BlobVersions.Only(replaced: null),
        };
        try
        {
            await using var content = await archive.GetBlobClient(blob.Name).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancellation);
            await incoming.GetBlobClient(again).UploadAsync(content, options, cancellation);
            return true;
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return false;
        }
        catch (RequestFailedException there) when (there.Status is 409 or 412)
        {
            // Somebody asked for the same in the same instant.
            return true;
        }
    }

    /// <summary>
    /// A name that begins with the first one sorts after it and before whatever came later in the same second (<see cref="Snapshots.Received"/>), and a later reading after an earlier one. It ends as the
    /// first one does, which hints at the format; between stands the receipt, for a name may have come on many days.
    /// </summary>
    private static string AgainOf(string name, string receipt, DateTimeOffset asOf)
    {
        var ending = Path.GetExtension(name);
        if (ending.Equals(".gz", StringComparison.OrdinalIgnoreCase))
            ending = Path.GetExtension(Path.GetFileNameWithoutExtension(name)) + ending;
        return string.Create(CultureInfo.InvariantCulture, $"{name}/again-{asOf:yyyyMMddHHmmssfff}-{receipt}{ending}");
    }

    private static string DayText(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

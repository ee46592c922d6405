using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Succesmeter.Erasures;
using Succesmeter.Intake;
using Succesmeter.Watching;

namespace Succesmeter.Storage.Blobs;

/// <summary>Containers <c>incoming</c> and <c>archive</c>.</summary>
public sealed class BlobIncomingFiles(StorageAccount account, TimeProvider clock) : IIncomingFiles
{
    private const int BlockBytes = 4 * 1024 * 1024;

    /// <summary>A file may be larger than memory.</summary>
    internal static readonly StorageTransferOptions OneBlockAtOnce = new() { MaximumConcurrency = 1, InitialTransferSize = BlockBytes, MaximumTransferSize = BlockBytes };

    private readonly BlobContainerClient incoming = account.Blobs.GetBlobContainerClient(ContainerNames.Incoming);
    private readonly BlobContainerClient archive = account.Blobs.GetBlobContainerClient(ContainerNames.Archive);

    public async Task<IncomingFile> KeepAsync(PushedBody body, CancellationToken cancellation)
    {
        // Names sort by time, so that of two pushes within one second of the blob clock the later is the later received; the dice keep hosts apart.
        var now = clock.GetUtcNow();
        var name = string.Create(
            CultureInfo.InvariantCulture, $"pushed/{now:yyyy-MM-dd}/{now:HHmmss.fffffff}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}.{body.Extension}");
        var blob = incoming.GetBlobClient(name);
        var options = new BlobUploadOptions { TransferOptions = OneBlockAtOnce, Conditions = BlobVersions.Only(replaced: null) };
        options.Metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        if (body.Platform is { } platform)
            options.Metadata[FileMetadata.Platform] = platform;
        if (Spans.Current is { } trace)
            options.Metadata[FileMetadata.Trace] = trace;
        try
        {
            // What came back says all: by the time that one asked, the file may have been read.
            var kept = (await blob.UploadAsync(body.Content, options, cancellation)).Value;
            return new IncomingFile(name, kept.ETag.ToString(), kept.LastModified, body.Platform);
        }
        catch (RequestFailedException there) when (there.Status is 409 or 412)
        {
            // The name has dice in it: only a first try stands there whose answer was lost. If it has been read already its receipt cannot be told, and the same may be sent again.
            return await FindAsync(name, cancellation) ?? throw new RequestFailedException((int)HttpStatusCode.ServiceUnavailable, $"Blob {name} was kept and read before that could be said.", there);
        }
    }

    public async Task<IncomingFile?> FindAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var properties = (await incoming.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellation)).Value;
            var (said, again) = (properties.Metadata, properties.Metadata.FirstReceived());
            return new IncomingFile(name, properties.ETag.ToString(), again ?? properties.CreatedOn, said.Said(FileMetadata.Platform)) { IsReadAgain = again is not null, Traceparent = said.Said(FileMetadata.Trace) };
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
    }

    public Task<Stream> OpenAsync(IncomingFile file, CancellationToken cancellation) =>
        incoming.GetBlobClient(file.Name).OpenReadAsync(
            new BlobOpenReadOptions(allowModifications: false) { BufferSize = BlockBytes, Conditions = new BlobRequestConditions { IfMatch = new ETag(file.Version) } }, cancellation);

    public async Task ArchiveAsync(IncomingFile file, ErasedNames erased, CancellationToken cancellation)
    {
        try
        {
            if (!file.IsReadAgain)
                await KeepAsync(file, erased, cancellation);
            await incoming.GetBlobClient(file.Name).DeleteAsync(conditions: new BlobRequestConditions { IfMatch = new ETag(file.Version) }, cancellationToken: cancellation);
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            // Another host archived it, or another version was dropped under the name: that one has its own turn.
            if (await FindAsync(file.Name, cancellation) is { } there && there.Version == file.Version)
                throw;
        }
    }

    private async Task KeepAsync(IncomingFile file, ErasedNames erased, CancellationToken cancellation)
    {
        var finding = await FindAsync(file, erased, cancellation);
        if (finding == RawFinding.MustGo)
            return;

        var kept = archive.GetBlobClient(BlobArchivedFiles.NameOf(file));
        var options = new BlobUploadOptions { TransferOptions = OneBlockAtOnce, Metadata = FileMetadata.Of(file.Platform, file.ReceivedAt) };
        await using var content = await OpenAsync(file, cancellation);
        if (finding == RawFinding.NamesNobody)
            await kept.UploadAsync(content, options, cancellation);
        else
            await WrittenUpload.UploadAsync(kept, options, target => RawText.CopyAsync(content, target, erased, cancellation), cancellation);
    }

    private async Task<RawFinding> FindAsync(IncomingFile file, ErasedNames erased, CancellationToken cancellation)
    {
        // Where nobody was erased a file need not be read once more.
        if (erased.IsEmpty)
            return RawFinding.NamesNobody;

        await using var content = await OpenAsync(file, cancellation);
        return await RawText.FindAsync(content, erased, cancellation);
    }
}

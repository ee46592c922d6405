using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Succesmeter.Campaigns;
using Succesmeter.Networks;

namespace Succesmeter.Storage.Blobs;

/// <summary>
/// Container <c>graph</c>: <c>{platform}/edges/{day}-{number}.add</c>, append blobs of one day of the machine's clock, and <c>{platform}/edges/{hash}.sum</c>,
/// named after what they are the sum of.
/// </summary>
public sealed class BlobEdgeFiles(StorageAccount account, TimeProvider clock) : IEdgeFiles
{
    private const string Added = ".add";

    /// <summary>Fifty thousand appends fill a blob; then the day gets another one.</summary>
    private const int MostFilesADay = 10_000;

    /// <summary>An append that began before midnight is done by then.</summary>
    private static readonly TimeSpan UntilClosed = TimeSpan.FromHours(1);

    private readonly BlobContainerClient container = account.Blobs.GetBlobContainerClient(ContainerNames.Graph);

    /// <summary>The file that is not full yet, so that a full day is not tried from its beginning each time.</summary>
    private readonly ConcurrentDictionary<PlatformId, (string Day, int Number)> current = new();

    public async Task AppendAsync(PlatformId platform, EdgeBlock block, CancellationToken cancellation)
    {
        var bytes = EdgeFile.Bytes(block);
        var day = DayOf(clock.GetUtcNow());
        for (var number = current.TryGetValue(platform, out var known) && known.Day == day ? known.Number : 0; number < MostFilesADay; number++)
        {
            var blob = container.GetAppendBlobClient($"{FolderOf(platform)}{day}-{number.ToString("D4", CultureInfo.InvariantCulture)}{Added}");
            if (await TryAppendAsync(blob, bytes, cancellation))
            {
                current[platform] = (day, number);
                return;
            }
        }

        throw new InvalidOperationException($"All {MostFilesADay} files of edges of {platform} on {day} are full.");
    }

    public async Task<IReadOnlyList<EdgePart>> ListAsync(PlatformId platform, CancellationToken cancellation)
    {
        var (folder, growing) = (FolderOf(platform), DayOf(clock.GetUtcNow() - UntilClosed));
        var parts = new List<EdgePart>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, folder, cancellation))
        {
            var name = blob.Name[folder.Length..];
            var kind = !name.EndsWith(Added, StringComparison.Ordinal) ? EdgePartKind.Sum : string.CompareOrdinal(name[..growing.Length], growing) < 0 ? EdgePartKind.Closed : EdgePartKind.Growing;
            parts.Add(new EdgePart(name, blob.Properties.ETag.ToString()!.Trim('"'), kind));
        }

        return [.. parts.OrderBy(static part => part.Name, StringComparer.Ordinal)];
    }

    public async Task<EdgePart?> ReadAsync(PlatformId platform, EdgePart part, Action<EdgeBlock> take, CancellationToken cancellation)
    {
        try
        {
            var read = (await container.GetBlobClient(FolderOf(platform) + part.Name).DownloadStreamingAsync(cancellationToken: cancellation)).Value;
            await using var content = read.Content;
            await foreach (var block in EdgeFile.ReadAsync(content, cancellation))
                take(block);
            return part with { Version = read.Details.ETag.ToString().Trim('"') };
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<EdgePart>> ReplaceAsync(PlatformId platform, IReadOnlyList<EdgePart> read, IEnumerable<EdgeBlock> sum, CancellationToken cancellation)
    {
        // Named after what it is the sum of: whoever writes it twice writes the same.
        var of = string.Join('\n', read.Select(static part => $"{part.Name} {part.Version}"));
        var name = $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(of)).AsSpan(0, 16))}.sum";
        var blob = container.GetBlockBlobClient(FolderOf(platform) + name);
        await using (var writing = await blob.OpenWriteAsync(overwrite: true, cancellationToken: cancellation))
            foreach (var block in sum)
                await writing.WriteAsync(EdgeFile.Bytes(block), cancellation);

        var written = await blob.GetPropertiesAsync(cancellationToken: cancellation);
        var left = new List<EdgePart> { new(name, written.Value.ETag.ToString().Trim('"'), EdgePartKind.Sum) };
        foreach (var part in read)
            if (part.Name != name && !await TryDeleteAsync(platform, part, cancellation))
                left.Add(part);
        return [.. left.OrderBy(static part => part.Name, StringComparer.Ordinal)];
    }

    /// <returns>False when it is full.</returns>
    private static async Task<bool> TryAppendAsync(AppendBlobClient blob, byte[] bytes, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                using var content = new MemoryStream(bytes, writable: false);
                await blob.AppendBlockAsync(content, cancellationToken: cancellation);
                return true;
            }
            catch (RequestFailedException full) when (full.ErrorCode == BlobErrorCode.BlockCountExceedsLimit)
            {
                return false;
            }
            catch (RequestFailedException missing) when (missing.Status == 404)
            {
                // The first of the day, or a sum has just taken its place. Made only where it is missing, so that nobody's append is overwritten.
                await blob.CreateIfNotExistsAsync(cancellationToken: cancellation);
            }
        }
    }

    /// <returns>False when it has grown since it was read.</returns>
    private async Task<bool> TryDeleteAsync(PlatformId platform, EdgePart part, CancellationToken cancellation)
    {
        try
        {
            var unchanged = new BlobRequestConditions { IfMatch = new ETag($"\"{part.Version}\"") };
            await container.GetBlobClient(FolderOf(platform) + part.Name).DeleteIfExistsAsync(conditions: unchanged, cancellationToken: cancellation);
            return true;
        }
        catch (RequestFailedException grown) when (grown.Status == 412)
        {
            return false;
        }
    }

    private static string FolderOf(PlatformId platform) => $"{platform}/edges/";

    private static string DayOf(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}

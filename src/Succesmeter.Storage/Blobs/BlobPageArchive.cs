using System.Globalization;
using System.IO.Compression;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Succesmeter.Campaigns;
using Succesmeter.Visits;

namespace Succesmeter.Storage.Blobs;

/// <summary>
/// Pages in container <c>archive</c>: <c>pages/{platform}/{campaign}/{instant}/{index}-{kind}.gz</c>, with address and headers as metadata. Those of a visit that could not be read
/// stand under the same names in <c>quarantine</c>, with <c>why.txt</c> beside them.
/// </summary>
public sealed class BlobPageArchive(StorageAccount account) : IPageArchive
{
    private readonly BlobContainerClient archive = account.Blobs.GetBlobContainerClient(ContainerNames.Archive);
    private readonly BlobContainerClient quarantine = account.Blobs.GetBlobContainerClient(ContainerNames.Quarantine);

    public Task KeepAsync(CampaignId campaign, DateTimeOffset takenAt, int index, FetchedPage page, CancellationToken cancellation) =>
        PutAsync(archive, campaign, takenAt, index, page, cancellation);

    public async Task<IReadOnlyList<FetchedPage>?> ReadAsync(CampaignId campaign, DateTimeOffset takenAt, int count, CancellationToken cancellation)
    {
        var pages = new SortedDictionary<string, FetchedPage>(StringComparer.Ordinal);
        await foreach (var blob in archive.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, Folder(campaign, takenAt), cancellation))
        {
            try
            {
                var content = (await archive.GetBlobClient(blob.Name).DownloadContentAsync(cancellation)).Value.Content;
                pages[blob.Name] = Unpack(content, blob.Metadata);
            }
            catch (RequestFailedException gone) when (gone.Status == 404)
            {
                return null;
            }
        }

        return pages.Count >= count ? [.. pages.Values.Take(count)] : null;
    }

    public async Task ForgetAsync(CampaignId campaign, DateTimeOffset takenAt, CancellationToken cancellation)
    {
        await foreach (var blob in archive.GetBlobsAsync(BlobTraits.None, BlobStates.None, Folder(campaign, takenAt), cancellation))
            await archive.GetBlobClient(blob.Name).DeleteIfExistsAsync(cancellationToken: cancellation);
    }

    public async Task QuarantineAsync(CampaignId campaign, DateTimeOffset takenAt, IReadOnlyList<FetchedPage> pages, IReadOnlyList<string> complaints, CancellationToken cancellation)
    {
        for (var index = 0; index < pages.Count; index++)
            await PutAsync(quarantine, campaign, takenAt, index, pages[index], cancellation);
        await quarantine.GetBlobClient(Folder(campaign, takenAt) + "why.txt").UploadAsync(BinaryData.FromString(string.Join('\n', complaints) + "\n"), overwrite: true, cancellation);
    }

    private static async Task PutAsync(BlobContainerClient container, CampaignId campaign, DateTimeOffset takenAt, int index, FetchedPage page, CancellationToken cancellation)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(page.Body, cancellation);
        packed.Position = 0;

        var name = string.Create(CultureInfo.InvariantCulture, $"{Folder(campaign, takenAt)}{index:D3}-{page.Request.Kind}.gz");
        await container.GetBlobClient(name).UploadAsync(packed, new BlobUploadOptions { Metadata = Describe(page) }, cancellation);
    }

    private static string Folder(CampaignId campaign, DateTimeOffset takenAt) =>
        string.Create(CultureInfo.InvariantCulture, $"pages/{campaign.Platform}/{campaign.Name}/{takenAt.UtcDateTime:yyyyMMddTHHmmssfff}Z/");

    /// <summary>Metadata are headers, so what came from outside is escaped.</summary>
    private static Dictionary<string, string> Describe(FetchedPage page)
    {
        var described = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["address"] = page.Request.Address.AbsoluteUri,
            ["kind"] = page.Request.Kind,
            ["fetched"] = page.FetchedAt.ToString("O", CultureInfo.InvariantCulture),
        };
        Add("final", page.FinalAddress == page.Request.Address ? null : page.FinalAddress.AbsoluteUri);
        Add("type", page.ContentType);
        Add("etag", page.Validators.ETag);
        Add("modified", page.Validators.LastModified);
        return described;

        void Add(string name, string? value)
        {
            if (value is not null)
                described[name] = Uri.EscapeDataString(value);
        }
    }

    /// <exception cref="InvalidDataException">The blob was cut off, or lacks what it was described by.</exception>
    internal static FetchedPage Unpack(BinaryData packed, IDictionary<string, string> described)
    {
        using var gzip = new GZipStream(packed.ToStream(), CompressionMode.Decompress);
        using var body = new MemoryStream();
        gzip.CopyTo(body);
        try
        {
            var address = new Uri(described["address"]);
            return new FetchedPage(
                new PageRequest(address, described["kind"]), Find("type"), body.ToArray(), DateTimeOffset.Parse(described["fetched"], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind))
            {
                FinalAddress = Find("final") is { } final ? new Uri(final) : address,
                Validators = new PageValidators(Find("etag"), Find("modified")),
            };
        }
        catch (Exception other) when (other is KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException($"An archived page is not described as one: {other.Message}", other);
        }

        string? Find(string name) => described.TryGetValue(name, out var value) ? Uri.UnescapeDataString(value) : null;
    }
}

using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Succesmeter.Campaigns;
using Succesmeter.Networks;
using Succesmeter.Storage.Blobs;
using Succesmeter.Storage.Tables;

namespace Succesmeter.Storage;

/// <summary>
/// Ties in table <c>Network</c>, a partition a platform, row <c>c|</c> and the campaign's name; in container <c>graph</c> <c>{platform}/kept.json.gz</c>, replaced with If-Match, and
/// <c>{platform}/shown.json.gz</c>, which holds nothing that may not be served.
/// </summary>
public sealed class NetworkStore(StorageAccount account) : INetworkStore
{
    private const string Prefix = "c|";

    private readonly TableClient rows = account.Tables.GetTableClient(TableNames.Network);
    private readonly BlobContainerClient container = account.Blobs.GetBlobContainerClient(ContainerNames.Graph);

    /// <summary>The map of a large platform takes megabytes, and is asked for again and again.</summary>
    private readonly ConcurrentDictionary<PlatformId, (ETag Tag, PlatformNetwork Shown)> known = new();

    public async Task<IReadOnlyDictionary<string, KeptTies>> ReadTiesAsync(PlatformId platform, CancellationToken cancellation)
    {
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {platform.Value} and RowKey ge {Prefix} and RowKey lt {Keys.EndOf(Prefix)}");
        var found = new Dictionary<string, KeptTies>(StringComparer.Ordinal);
        await foreach (var row in rows.QueryAsync<TableEntity>(range, cancellationToken: cancellation))
            found[row.RowKey[Prefix.Length..]] = Read(row);
        return found;
    }

    public async Task<KeptTies?> FindTiesAsync(CampaignId campaign, CancellationToken cancellation)
    {
        var row = await rows.GetEntityIfExistsAsync<TableEntity>(campaign.Platform.Value, Prefix + campaign.Name, cancellationToken: cancellation);
        return row.HasValue ? Read(row.Value!) : null;
    }

    public Task PutTiesAsync(CampaignId campaign, KeptTies ties, CancellationToken cancellation) => rows.UpsertEntityAsync(
        new TableEntity(campaign.Platform.Value, Prefix + campaign.Name)
        {
            ["Shown"] = TiesCodec.Bytes(ties.Shown),
            ["LookedAt"] = ties.LookedAt,
            ["IsFinal"] = ties.IsFinal,
            ["IsApplied"] = ties.IsApplied,
        },
        TableUpdateMode.Replace,
        cancellation);

    public async Task<StoredNetwork?> FindKeptAsync(PlatformId platform, CancellationToken cancellation)
    {
        try
        {
            var read = (await Kept(platform).DownloadContentAsync(cancellation)).Value;
            return new StoredNetwork(PackedJson.Unpack(read.Content, NetworkJson.Default.KeptNetwork), read.Details.ETag.ToString());
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    public async Task<bool> TryPutKeptAsync(PlatformId platform, KeptNetwork kept, string? replaced, CancellationToken cancellation)
    {
        try
        {
            await Kept(platform).UploadAsync(PackedJson.Pack(kept, NetworkJson.Default.KeptNetwork), new BlobUploadOptions { Conditions = BlobVersions.Only(replaced) }, cancellation);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 409 or 412)
        {
            return false;
        }
    }

    public async Task<PlatformNetwork?> FindShownAsync(PlatformId platform, CancellationToken cancellation)
    {
        var isKnown = known.TryGetValue(platform, out var last);
        try
        {
            var options = new BlobDownloadOptions { Conditions = isKnown ? new BlobRequestConditions { IfNoneMatch = last.Tag } : null };
            var response = await Shown(platform).DownloadContentAsync(options, cancellation);
            if (isKnown && response.GetRawResponse().Status == 304)
                return last.Shown;

            var shown = PackedJson.Unpack(response.Value.Content, NetworkJson.Default.PlatformNetwork);
            known[platform] = (response.Value.Details.ETag, shown);
            return shown;
        }
        catch (RequestFailedException unchanged) when (isKnown && unchanged.Status == 304)
        {
            return last.Shown;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    public Task PutShownAsync(PlatformId platform, PlatformNetwork shown, CancellationToken cancellation) =>
        Shown(platform).UploadAsync(PackedJson.Pack(shown, NetworkJson.Default.PlatformNetwork), overwrite: true, cancellation);

    private BlobClient Kept(PlatformId platform) => container.GetBlobClient($"{platform}/kept.json.gz");

    private BlobClient Shown(PlatformId platform) => container.GetBlobClient($"{platform}/shown.json.gz");

    private static KeptTies Read(TableEntity row) => new(
        TiesCodec.Of(row.GetBinary("Shown")) ?? ShownTies.None, row.GetInt32("LookedAt"), row.GetBoolean("IsFinal")!.Value, row.GetBoolean("IsApplied")!.Value);
}

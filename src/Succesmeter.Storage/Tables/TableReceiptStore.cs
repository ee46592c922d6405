using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using Succesmeter.Campaigns;
using Succesmeter.Intake;
using Succesmeter.Snapshots;

namespace Succesmeter.Storage.Tables;

/// <summary>Receipts in table <c>Receipts</c>, a partition each.</summary>
public sealed class TableReceiptStore(StorageAccount account) : IReceiptStore
{
    private const string Row = "receipt";

    private readonly TableClient receipts = account.Tables.GetTableClient(TableNames.Receipts);

    public async Task AddAsync(Receipt receipt, CancellationToken cancellation)
    {
        try
        {
            await receipts.AddEntityAsync(Write(receipt), cancellation);
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            // The reader's own receipt stands.
        }
    }

    public async Task PutAsync(Receipt receipt, CancellationToken cancellation) =>
        await receipts.UpsertEntityAsync(Write(receipt), TableUpdateMode.Replace, cancellation);

    public async Task<Receipt?> FindAsync(string id, CancellationToken cancellation)
    {
        var found = await receipts.GetEntityIfExistsAsync<TableEntity>(id, Row, cancellationToken: cancellation);
        if (!found.HasValue)
            return null;

        var row = found.Value!;
        return new Receipt
        {
            Id = id,
            Source = row.GetString("Source"),
            ReceivedAt = row.GetDateTimeOffset("ReceivedAt")!.Value,
            IsRead = row.GetBoolean("IsRead")!.Value,
            DurableThrough = row.GetInt64("DurableThrough")!.Value,
            Accepted = row.GetInt64("Accepted")!.Value,
            Rejected = row.GetInt64("Rejected")!.Value,
            UnknownFields = row.GetInt64("UnknownFields")!.Value,
            Campaigns = row.GetInt64("Campaigns")!.Value,
            Rejections = [.. JsonSerializer.Deserialize(BinaryColumns.Get(row, "Rejections") ?? "[]"u8.ToArray(), ReceiptJson.Default.RejectionArray)!],
            Touched = BinaryColumns.Get(row, "Touched") is { } packed ? [.. Lines(packed)] : null,
        };
    }

    private static TableEntity Write(Receipt receipt)
    {
        var row = new TableEntity(receipt.Id, Row)
        {
            ["Source"] = receipt.Source,
            ["ReceivedAt"] = receipt.ReceivedAt,
            ["IsRead"] = receipt.IsRead,
            ["DurableThrough"] = receipt.DurableThrough,
            ["Accepted"] = receipt.Accepted,
            ["Rejected"] = receipt.Rejected,
            ["UnknownFields"] = receipt.UnknownFields,
            ["Campaigns"] = receipt.Campaigns,
        };
        BinaryColumns.Put(row, "Rejections", JsonSerializer.SerializeToUtf8Bytes([.. receipt.Rejections], ReceiptJson.Default.RejectionArray));
        if (receipt.Touched is { } touched)
        {
            var lines = new StringBuilder();
            foreach (var (campaign, newest) in touched)
                lines.Append(CultureInfo.InvariantCulture, $"{campaign} {newest.ToUnixTimeMilliseconds()}\n");
            BinaryColumns.Put(row, "Touched", SnapshotColumns.Deflate(Encoding.ASCII.GetBytes(lines.ToString())));
        }

        return row;
    }

    private static IEnumerable<TouchedCampaign> Lines(byte[] packed)
    {
        foreach (var line in Encoding.ASCII.GetString(SnapshotColumns.Inflate(packed)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (CampaignId.TryParse(line[..space], out var campaign))
                yield return new TouchedCampaign(campaign, DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(line[(space + 1)..], CultureInfo.InvariantCulture)));
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Rejection[]))]
internal sealed partial class ReceiptJson : JsonSerializerContext;

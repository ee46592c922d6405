using Azure.Data.Tables;
using Succesmeter.Campaigns;
using Succesmeter.Networks;
using Succesmeter.Snapshots;

namespace Succesmeter.Storage.Tables;

/// <summary>Tombstones in table <c>Donors</c>, a partition a platform: row <c>x|</c> and the pseudonym with its key version in hexadecimal digits.</summary>
public sealed class TableTombstones(StorageAccount account) : ITombstones
{
    private const string Prefix = "x|";

    private readonly TableClient donors = account.Tables.GetTableClient(TableNames.Donors);

    public async Task<IReadOnlySet<Pseudonym>> ReadAsync(PlatformId platform, CancellationToken cancellation)
    {
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {platform.Value} and RowKey ge {Prefix} and RowKey lt {Keys.EndOf(Prefix)}");
        var erased = new HashSet<Pseudonym>();
        await foreach (var row in donors.QueryAsync<TableEntity>(range, select: ["RowKey"], cancellationToken: cancellation))
            erased.Add(PseudonymKeys.Read(row.RowKey.AsSpan(Prefix.Length)));
        return erased;
    }

    public Task AddAsync(PlatformId platform, Pseudonym donor, CancellationToken cancellation) => donors.UpsertEntityAsync(
        new TableEntity(platform.Value, Prefix + PseudonymKeys.Digits(donor)), TableUpdateMode.Replace, cancellation);
}

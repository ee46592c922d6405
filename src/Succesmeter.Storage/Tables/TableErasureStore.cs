using Azure;
using Azure.Data.Tables;
using Succesmeter.Campaigns;
using Succesmeter.Erasures;

namespace Succesmeter.Storage.Tables;

/// <summary>Erasures in table <c>Donors</c>, partition <c>|erasures</c>, which is no platform's: row <c>o|</c> and the id while one is open, <c>f|</c> when it is finished.</summary>
public sealed class TableErasureStore(StorageAccount account) : IErasureStore
{
    private const string Partition = "|erasures";
    private const string Open = "o|";
    private const string Finished = "f|";

    private readonly TableClient donors = account.Tables.GetTableClient(TableNames.Donors);

    public async Task<Erasure> AddAsync(Erasure erasure, CancellationToken cancellation)
    {
        while (true)
        {
            if (await FindAsync(erasure.Id, cancellation) is { } known)
                return known;

            try
            {
                await donors.AddEntityAsync(Write(erasure), cancellation);
                return erasure;
            }
            catch (RequestFailedException there) when (there.Status == 409)
            {
                // Somebody asked for it at the same time.
            }
        }
    }

    public async Task<Erasure?> FindAsync(string id, CancellationToken cancellation)
    {
        // The open one first: it becomes a finished one, and never the other way round.
        foreach (var kind in (string[])[Open, Finished])
            if (await donors.GetEntityIfExistsAsync<TableEntity>(Partition, kind + id, cancellationToken: cancellation) is { HasValue: true, Value: { } row })
                return Read(row);
        return null;
    }

    public async Task<IReadOnlyList<Erasure>> ReadOpenAsync(CancellationToken cancellation)
    {
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {Open} and RowKey lt {Keys.EndOf(Open)}");
        var open = new List<Erasure>();
        await foreach (var row in donors.QueryAsync<TableEntity>(range, cancellationToken: cancellation))
            open.Add(Read(row));
        return open;
    }

    public async Task PutAsync(Erasure erasure, CancellationToken cancellation)
    {
        try
        {
            if (erasure.FinishedAt is null)
                await donors.UpdateEntityAsync(Write(erasure), ETag.All, TableUpdateMode.Replace, cancellation);
            else
                await donors.SubmitTransactionAsync(
                    [new(TableTransactionActionType.UpsertReplace, Write(erasure)), new(TableTransactionActionType.Delete, new TableEntity(Partition, Open + erasure.Id), ETag.All)], cancellation);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            // Another host finished it.
        }
    }

    private static TableEntity Write(Erasure erasure) => new(Partition, (erasure.FinishedAt is null ? Open : Finished) + erasure.Id)
    {
        ["Platform"] = erasure.Platform.Value,
        ["Tombstones"] = string.Join(' ', erasure.Tombstones.Select(TableTombstones.Digits)),
        ["RequestedAt"] = erasure.RequestedAt,
        ["FirstBegunAt"] = erasure.FirstBegunAt,
        ["BegunAt"] = erasure.BegunAt,
        ["Through"] = erasure.Through,
        ["SweptAt"] = erasure.SweptAt,
        ["FinishedAt"] = erasure.FinishedAt,
    };

    private static Erasure Read(TableEntity row) => new()
    {
        Id = row.RowKey[Open.Length..],
        Platform = new PlatformId(row.GetString("Platform")),
        Tombstones = [.. row.GetString("Tombstones").Split(' ').Select(static digits => TableTombstones.Read(digits))],
        RequestedAt = row.GetDateTimeOffset("RequestedAt")!.Value,
        FirstBegunAt = row.GetDateTimeOffset("FirstBegunAt"),
        BegunAt = row.GetDateTimeOffset("BegunAt"),
        Through = row.GetString("Through"),
        SweptAt = row.GetDateTimeOffset("SweptAt"),
        FinishedAt = row.GetDateTimeOffset("FinishedAt"),
    };
}

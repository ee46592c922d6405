using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Succesmeter.Campaigns;
using Succesmeter.Erasures;
using Succesmeter.Snapshots;

namespace Succesmeter.Storage.Tables;

/// <summary>Tombstones in table <c>Donors</c>, a partition a platform: row <c>x|</c> and the mark in hexadecimal digits, and nothing beside.</summary>
public sealed class TableTombstones(StorageAccount account) : ITombstones
{
    private const string Prefix = "x|";

    private readonly TableClient donors = account.Tables.GetTableClient(TableNames.Donors);

    public async Task<ErasedDonors> ReadAsync(PlatformId platform, CancellationToken cancellation)
    {
        var erased = new List<Tombstone>();
        await foreach (var row in QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {platform.Value} and RowKey ge {Prefix} and RowKey lt {Keys.EndOf(Prefix)}"), cancellation))
            erased.Add(Read(row));
        return erased.Count == 0 ? ErasedDonors.None : new ErasedDonors(erased);
    }

    /// <remarks>The table holds nothing but these and the erasures, so it may be read whole.</remarks>
    public async Task<IReadOnlyDictionary<PlatformId, ErasedDonors>> ReadAllAsync(CancellationToken cancellation)
    {
        var erased = new Dictionary<PlatformId, List<Tombstone>>();
        await foreach (var row in QueryAsync(TableClient.CreateQueryFilter($"RowKey ge {Prefix} and RowKey lt {Keys.EndOf(Prefix)}"), cancellation))
        {
            var platform = new PlatformId(row.PartitionKey);
            if (!erased.TryGetValue(platform, out var standing))
                erased[platform] = standing = [];
            standing.Add(Read(row));
        }

        return erased.ToDictionary(static one => one.Key, static one => new ErasedDonors(one.Value));
    }

    public Task AddAsync(PlatformId platform, Tombstone tombstone, CancellationToken cancellation) =>
        donors.UpsertEntityAsync(new TableEntity(platform.Value, Prefix + Digits(tombstone)), TableUpdateMode.Replace, cancellation);

    internal static string Digits(Tombstone tombstone) => string.Create(CultureInfo.InvariantCulture, $"{tombstone.High:x16}{tombstone.Low:x16}");

    internal static Tombstone Read(ReadOnlySpan<char> digits) => new(
        ulong.Parse(digits[..16], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), ulong.Parse(digits[16..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));

    private static Tombstone Read(TableEntity row) => Read(row.RowKey.AsSpan(Prefix.Length));

    private AsyncPageable<TableEntity> QueryAsync(string range, CancellationToken cancellation) =>
        donors.QueryAsync<TableEntity>(range, select: ["PartitionKey", "RowKey"], cancellationToken: cancellation);
}

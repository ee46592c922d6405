using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Caching.Memory;

namespace Succesmeter.Storage.Tables;

/// <summary>
/// Rows of histories as this instance wrote them last, so that what it is about to replace or put away need not be read. Of use only to who compares versions when he commits: anybody may have changed
/// them since. Safe for use by many at once.
/// </summary>
internal sealed class RememberedRows : IDisposable
{
    /// <summary>Some ten thousand campaigns, and little beside what a host takes.</summary>
    private const long MostBytes = 64 * 1024 * 1024;

    /// <summary>What the names of a row and its columns take, about.</summary>
    private const int BytesOfNames = 1024;

    /// <summary>An hourly campaign finds its record; and a donor who was erased meanwhile by another instance is in no memory for longer.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(2);

    private readonly MemoryCache rows = new(new MemoryCacheOptions { SizeLimit = MostBytes, CompactionPercentage = .25 });

    public TableEntity? Find(string partition, string key) => rows.Get<TableEntity>((partition, key));

    /// <param name="row">Not to be changed any more.</param>
    /// <param name="version">That it has in the table; where it is not known the row is forgotten.</param>
    public void Put(TableEntity row, ETag? version)
    {
        if (version is not { } tag)
        {
            Forget(row.PartitionKey, row.RowKey);
            return;
        }

        row.ETag = tag;
        rows.Set((row.PartitionKey, row.RowKey), row, new MemoryCacheEntryOptions { Size = BytesOf(row), AbsoluteExpirationRelativeToNow = KeptFor });
    }

    public void Forget(string partition, string key) => rows.Remove((partition, key));

    public void Dispose() => rows.Dispose();

    private static long BytesOf(TableEntity row) => BytesOfNames + row.Sum(static column => column.Value switch
    {
        byte[] bytes => bytes.Length,
        string text => sizeof(char) * text.Length,
        _ => 0L,
    });
}

using System.Globalization;
using System.Text;
using Azure.Data.Tables;

namespace Succesmeter.EndToEnd.Tests;

/// <summary>All rows of the tables that a run ends in, as text, without what storage itself stamps on them.</summary>
internal static class Rows
{
    private static readonly string[] Tables = ["Campaigns", "History"];

    public static async Task<IReadOnlyList<string>> OfAsync(string storage)
    {
        var rows = new List<string>();
        foreach (var table in Tables)
        {
            await foreach (var row in new TableClient(storage, table).QueryAsync<TableEntity>())
            {
                var text = new StringBuilder($"{table} {row.PartitionKey} {row.RowKey}");
                foreach (var (name, value) in row.OrderBy(column => column.Key, StringComparer.Ordinal))
                {
                    // When a file was dropped differs between runs, and how often a record was written is no part of what it says.
                    if (name is "odata.etag" or "Timestamp" or "PartitionKey" or "RowKey" or "ReceivedAt" or "Sequence")
                        continue;
                    text.Append(CultureInfo.InvariantCulture, $" {name}={(value is byte[] bytes ? Convert.ToHexString(bytes) : value)}");
                }

                rows.Add(text.ToString());
            }
        }

        return rows;
    }
}

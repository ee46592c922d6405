using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using Succesmeter.Aftercare;
using Succesmeter.Campaigns;

namespace Succesmeter.Storage.Tables;

/// <summary>Answers in table <c>Outcomes</c>, a partition a platform, row: the campaign, <c>|</c>, and the wave's months in two digits.</summary>
public sealed class TableAftercareStore(StorageAccount account) : IAftercareStore
{
    private readonly TableClient outcomes = account.Tables.GetTableClient(TableNames.Outcomes);

    public async Task<AftercareAnswer?> FindAsync(PlatformId platform, string campaign, Wave wave, CancellationToken cancellation)
    {
        var row = await outcomes.GetEntityIfExistsAsync<TableEntity>(platform.Value, Key(campaign, wave), cancellationToken: cancellation);
        return row.HasValue ? Read(row.Value!) : null;
    }

    public async Task<AftercareAnswer> PutAsync(PlatformId platform, AftercareAnswer answer, CancellationToken cancellation)
    {
        while (true)
        {
            var stored = await outcomes.GetEntityIfExistsAsync<TableEntity>(platform.Value, Key(answer.Campaign, answer.Wave), cancellationToken: cancellation);
            var next = answer.After(stored.HasValue ? Read(stored.Value!) : null);
            try
            {
                if (stored.HasValue)
                    await outcomes.UpdateEntityAsync(Write(platform, next), stored.Value!.ETag, TableUpdateMode.Replace, cancellation);
                else
                    await outcomes.AddEntityAsync(Write(platform, next), cancellation);
                return next;
            }
            catch (RequestFailedException changed) when (changed.Status is 404 or 409 or 412)
            {
                // Somebody else answered meanwhile, and keeps the instant of the first answer.
            }
        }
    }

    public async Task<IReadOnlyList<AftercareAnswer>> ReadAsync(PlatformId platform, CancellationToken cancellation)
    {
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {platform.Value}");
        var found = new List<AftercareAnswer>();
        await foreach (var row in outcomes.QueryAsync<TableEntity>(range, cancellationToken: cancellation))
            found.Add(Read(row));
        return [.. found.OrderBy(static answer => answer.Campaign, StringComparer.Ordinal).ThenBy(static answer => answer.Wave.Months)];
    }

    private static string Key(string campaign, Wave wave) => $"{campaign}|{wave.Months.ToString("D2", CultureInfo.InvariantCulture)}";

    private static TableEntity Write(PlatformId platform, AftercareAnswer answer)
    {
        var row = new TableEntity(platform.Value, Key(answer.Campaign, answer.Wave))
        {
            ["Outcome"] = answer.Outcome.ToString(),
            ["Volunteers"] = answer.Volunteers,
            ["NewContacts"] = answer.NewContacts,
            ["AnsweredAt"] = answer.AnsweredAt,
            ["ChangedAt"] = answer.ChangedAt,
            ["Money"] = answer.Seen.Money,
            ["Goal"] = answer.Seen.Goal,
            ["Backers"] = answer.Seen.Backers,
        };
        BinaryColumns.Put(row, "Indicators", JsonSerializer.SerializeToUtf8Bytes(new SortedDictionary<string, SeenIndicator>(answer.Seen.Indicators, StringComparer.Ordinal), AftercareJson.Default.SortedDictionaryStringSeenIndicator));
        return row;
    }

    private static AftercareAnswer Read(TableEntity row)
    {
        var bar = row.RowKey.IndexOf('|', StringComparison.Ordinal);
        var indicators = JsonSerializer.Deserialize(BinaryColumns.Get(row, "Indicators") ?? "{}"u8.ToArray(), AftercareJson.Default.SortedDictionaryStringSeenIndicator)!;
        return new AftercareAnswer
        {
            Campaign = row.RowKey[..bar],
            Wave = Wave.Of(int.Parse(row.RowKey.AsSpan(bar + 1), NumberStyles.None, CultureInfo.InvariantCulture))
                ?? throw new InvalidDataException($"Row {row.PartitionKey} / {row.RowKey} is of no wave."),
            Outcome = Enum.Parse<ProjectOutcome>(row.GetString("Outcome")),
            Volunteers = row.GetInt32("Volunteers"),
            NewContacts = row.GetInt32("NewContacts"),
            AnsweredAt = row.GetDateTimeOffset("AnsweredAt")!.Value,
            ChangedAt = row.GetDateTimeOffset("ChangedAt")!.Value,
            Seen = new SeenAtEnd(indicators.ToImmutableSortedDictionary(StringComparer.Ordinal), row.GetDouble("Money"), row.GetDouble("Goal"), row.GetInt32("Backers")),
        };
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SortedDictionary<string, SeenIndicator>))]
internal sealed partial class AftercareJson : JsonSerializerContext;

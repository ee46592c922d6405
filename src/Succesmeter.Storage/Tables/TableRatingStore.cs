using Azure;
using Azure.Data.Tables;
using Succesmeter.Campaigns;
using Succesmeter.Ratings;

namespace Succesmeter.Storage.Tables;

/// <summary>Ratings in table <c>Ratings</c>, a partition a platform, row: the two campaigns in order of their names and the coach's pseudonym, with <c>|</c> between.</summary>
public sealed class TableRatingStore(StorageAccount account) : IRatingStore
{
    private readonly TableClient ratings = account.Tables.GetTableClient(TableNames.Ratings);

    public Task PutAsync(PlatformId platform, Rating rating, CancellationToken cancellation) => ratings.UpsertEntityAsync(
        new TableEntity(platform.Value, $"{rating.Pair.First}|{rating.Pair.Second}|{PseudonymKeys.Digits(rating.Rater)}")
        {
            ["LeftIsFirst"] = rating.Left == rating.Pair.First,
            ["Better"] = rating.Better.ToString(),
            ["RatedAt"] = rating.At,
        },
        TableUpdateMode.Replace,
        cancellation);

    public async Task<IReadOnlyList<Rating>> ReadAsync(PlatformId platform, CancellationToken cancellation)
    {
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {platform.Value}");
        var found = new List<Rating>();
        await foreach (var row in ratings.QueryAsync<TableEntity>(range, cancellationToken: cancellation))
            found.Add(Read(row));
        return found;
    }

    public async Task<int> DeleteAsync(PlatformId platform, DateTimeOffset before, CancellationToken cancellation)
    {
        var (old, deleted) = (TableClient.CreateQueryFilter($"PartitionKey eq {platform.Value} and RatedAt lt {before}"), 0);
        await foreach (var row in ratings.QueryAsync<TableEntity>(old, cancellationToken: cancellation))
        {
            try
            {
                await ratings.DeleteEntityAsync(row, row.ETag, cancellation);
                deleted++;
            }
            catch (RequestFailedException changed) when (changed.Status == 412)
            {
                // The coach compared them once more.
            }
        }

        return deleted;
    }

    private static Rating Read(TableEntity row)
    {
        var key = row.RowKey.Split('|');
        var leftIsFirst = row.GetBoolean("LeftIsFirst")!.Value;
        return new Rating(
            leftIsFirst ? key[0] : key[1],
            leftIsFirst ? key[1] : key[0],
            Enum.Parse<Better>(row.GetString("Better")),
            PseudonymKeys.Read(key[2]),
            row.GetDateTimeOffset("RatedAt")!.Value);
    }
}

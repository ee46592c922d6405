using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Succesmeter.Campaigns;

namespace Succesmeter.Storage.Tables;

/// <summary>Lists in table <c>Campaigns</c>, a partition a platform; table <c>Platforms</c> says which there are.</summary>
public sealed class TableCampaignList(StorageAccount account) : ICampaignList
{
    private const string PlatformPartition = "platform";

    /// <summary>What a transaction of Tables takes.</summary>
    private const int MostInABatch = 100;

    /// <summary>Some ten megabytes.</summary>
    private const int MostRemembered = 50_000;

    private readonly TableClient campaigns = account.Tables.GetTableClient(TableNames.Campaigns);
    private readonly TableClient platforms = account.Tables.GetTableClient(TableNames.Platforms);

    /// <summary>Spares a write for each campaign; a platform is never removed.</summary>
    private readonly ConcurrentDictionary<PlatformId, bool> known = new();

    /// <summary>What this instance put last. Spares a read for each row, and lets many share a transaction.</summary>
    private readonly ConcurrentDictionary<CampaignId, (long Sequence, ETag Tag)> put = new();

    public async Task PutAsync(IReadOnlyList<CampaignListing> listings, CancellationToken cancellation)
    {
        foreach (var own in listings.GroupBy(static listing => listing.Campaign.Platform))
        {
            await PutPlatformAsync(own.Key, cancellation);
            foreach (var some in Newest(own).Chunk(MostInABatch))
            {
                var isGuessed = some.ToLookup(listing => put.ContainsKey(listing.Campaign) || listing.Sequence == 1);
                var isDone = isGuessed.Contains(true) && await TryPutAsync([.. isGuessed[true]], cancellation);
                foreach (var listing in isDone ? isGuessed[false] : some)
                    await PutAsync(listing, cancellation);
            }
        }
    }

    public async Task<CampaignListing?> FindAsync(CampaignId campaign, CancellationToken cancellation)
    {
        var row = await campaigns.GetEntityIfExistsAsync<TableEntity>(campaign.Platform.Value, campaign.Name, cancellationToken: cancellation);
        return row.HasValue ? Read(row.Value!) : null;
    }

    public async IAsyncEnumerable<CampaignListing> ReadAsync(PlatformId platform, string? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {platform.Value} and RowKey gt {after ?? ""}");
        await foreach (var row in campaigns.QueryAsync<TableEntity>(range, cancellationToken: cancellation))
            yield return Read(row);
    }

    public async Task<IReadOnlyList<PlatformId>> PlatformsAsync(CancellationToken cancellation)
    {
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {PlatformPartition}");
        var found = new List<PlatformId>();
        await foreach (var row in platforms.QueryAsync<TableEntity>(range, cancellationToken: cancellation))
            found.Add(new PlatformId(row.RowKey));
        return found;
    }

    private async Task PutPlatformAsync(PlatformId platform, CancellationToken cancellation)
    {
        if (known.ContainsKey(platform))
            return;
        await platforms.UpsertEntityAsync(new TableEntity(PlatformPartition, platform.Value), TableUpdateMode.Merge, cancellation);
        known[platform] = true;
    }

    /// <returns>One listing a campaign, and none that is known to stand there.</returns>
    private IEnumerable<CampaignListing> Newest(IEnumerable<CampaignListing> listings) =>
        from listing in listings
        group listing by listing.Campaign into own
        let newest = own.MaxBy(static listing => listing.Sequence)
        where !put.TryGetValue(own.Key, out var last) || last.Sequence < newest.Sequence
        select newest;

    /// <summary>In one transaction, in the belief that nobody else put a row since this instance did; a campaign's first is believed to be new.</summary>
    /// <returns>False, and nothing is changed, where the belief is wrong for any of them.</returns>
    private async Task<bool> TryPutAsync(List<CampaignListing> listings, CancellationToken cancellation)
    {
        try
        {
            var answers = await campaigns.SubmitTransactionAsync(
                listings.Select(listing => put.TryGetValue(listing.Campaign, out var last)
                    ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, Write(listing), last.Tag)
                    : new TableTransactionAction(TableTransactionActionType.Add, Write(listing))),
                cancellation);
            foreach (var (listing, answer) in listings.Zip(answers.Value))
                Remember(listing, answer);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private async Task PutAsync(CampaignListing listing, CancellationToken cancellation)
    {
        var row = Write(listing);
        while (true)
        {
            var stored = await campaigns.GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey, ["Sequence"], cancellation);
            if (stored.HasValue && stored.Value!.GetInt64("Sequence") >= listing.Sequence)
                return;

            try
            {
                Remember(listing, stored.HasValue
                    ? await campaigns.UpdateEntityAsync(row, stored.Value!.ETag, TableUpdateMode.Replace, cancellation)
                    : await campaigns.AddEntityAsync(row, cancellation));
                return;
            }
            catch (RequestFailedException changed) when (changed.Status is 404 or 409 or 412)
            {
                // Somebody else put a row meanwhile: whose is newer decides.
            }
        }
    }

    private void Remember(CampaignListing listing, Response answer)
    {
        if (answer.Headers.ETag is not { } tag)
            return;

        // Forgotten all at once: what is lost is a read a campaign.
        if (put.Count >= MostRemembered)
            put.Clear();
        put[listing.Campaign] = (listing.Sequence, tag);
    }

    private static TableEntity Write(CampaignListing listing)
    {
        var row = new TableEntity(listing.Campaign.Platform.Value, listing.Campaign.Name)
        {
            ["Sequence"] = listing.Sequence,
            ["Title"] = listing.Title,
            ["Url"] = listing.Url,
            ["CampaignStatus"] = listing.Status.ToString(),
            ["AwaitsFacts"] = listing.AwaitsFacts,
            ["AsOf"] = listing.AsOf,
            ["TakenAt"] = listing.TakenAt,
            ["Currency"] = listing.Currency,
            ["GoalMinor"] = listing.Goal is { } goal ? Money.ToMinor(goal, listing.Currency) : null,
            ["GoalUnit"] = listing.GoalUnit.ToString(),
            ["PledgedMinor"] = listing.Pledged is { } pledged ? Money.ToMinor(pledged, listing.Currency) : null,
            ["Backers"] = listing.Backers,
            ["LaunchedAt"] = listing.LaunchedAt,
            ["Horizon"] = listing.Horizon,
            ["HorizonIsAssumed"] = listing.HorizonIsAssumed,
            ["Funding"] = listing.Funding?.ToString(),
            ["Category"] = listing.Category,
            ["Language"] = listing.Language,
            ["Place"] = listing.Place,
            ["Latitude"] = listing.Latitude,
            ["Longitude"] = listing.Longitude,
        };
        if (listing.Score is { } score)
            SummaryColumns.Write(row, score);
        return row;
    }

    private static CampaignListing Read(TableEntity row)
    {
        var currency = row.GetString("Currency");
        return new CampaignListing
        {
            Campaign = new CampaignId(new PlatformId(row.PartitionKey), row.RowKey),
            Sequence = row.GetInt64("Sequence")!.Value,
            Title = row.GetString("Title"),
            Url = row.GetString("Url"),
            Status = Enum.Parse<CampaignStatus>(row.GetString("CampaignStatus")),
            AwaitsFacts = row.GetBoolean("AwaitsFacts")!.Value,
            AsOf = row.GetDateTimeOffset("AsOf")!.Value,
            TakenAt = row.GetDateTimeOffset("TakenAt")!.Value,
            Currency = currency,
            Goal = row.GetInt64("GoalMinor") is { } goal ? Money.ToMajor(goal, currency) : null,
            GoalUnit = Enum.Parse<GoalUnit>(row.GetString("GoalUnit")),
            Pledged = row.GetInt64("PledgedMinor") is { } pledged ? Money.ToMajor(pledged, currency) : null,
            Backers = row.GetInt32("Backers"),
            LaunchedAt = row.GetDateTimeOffset("LaunchedAt"),
            Horizon = row.GetDateTimeOffset("Horizon"),
            HorizonIsAssumed = row.GetBoolean("HorizonIsAssumed")!.Value,
            Funding = row.GetString("Funding") is { } funding ? Enum.Parse<FundingModel>(funding) : null,
            Category = row.GetString("Category"),
            Language = row.GetString("Language"),
            Place = row.GetString("Place"),
            Latitude = row.GetDouble("Latitude"),
            Longitude = row.GetDouble("Longitude"),
            Score = SummaryColumns.Read(row),
        };
    }
}

using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Succesmeter.Campaigns;
using Succesmeter.Visits;

namespace Succesmeter.Storage.Tables;

/// <summary>Visits in table <c>Visits</c>, a partition a platform: a row a campaign, and one for the platform itself, under a key that no campaign can have.</summary>
public sealed class TableVisitStore(StorageAccount account) : IVisitStore
{
    private const string PlatformRow = "!";

    /// <summary>Campaigns' names begin with a digit or a letter.</summary>
    private const string FirstCampaign = "0";

    private readonly TableClient table = account.Tables.GetTableClient(TableNames.Visits);

    public async Task<StoredVisits?> FindAsync(CampaignId campaign, CancellationToken cancellation) =>
        await table.GetEntityIfExistsAsync<TableEntity>(campaign.Platform.Value, campaign.Name, cancellationToken: cancellation) is { HasValue: true, Value: { } row } ? Stored(row) : null;

    public async IAsyncEnumerable<StoredVisits> ReadAsync(PlatformId platform, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {platform.Value} and RowKey ge {FirstCampaign}");
        await foreach (var row in table.QueryAsync<TableEntity>(range, cancellationToken: cancellation))
            yield return Stored(row);
    }

    public Task<bool> TryPutAsync(CampaignVisits visits, string? replaced, CancellationToken cancellation) => TryPutAsync(Write(visits), replaced, cancellation);

    public async Task<PlatformCrawl> FindCrawlAsync(PlatformId platform, CancellationToken cancellation) => (await LoadCrawlAsync(platform, cancellation)).Crawl;

    public async Task<PlatformCrawl> ChangeCrawlAsync(PlatformId platform, Func<PlatformCrawl, PlatformCrawl> change, CancellationToken cancellation)
    {
        while (true)
        {
            var (crawl, version) = await LoadCrawlAsync(platform, cancellation);
            var changed = change(crawl);
            if (changed == crawl || await TryPutAsync(Write(changed), version, cancellation))
                return changed;
        }
    }

    private async Task<(PlatformCrawl Crawl, string? Version)> LoadCrawlAsync(PlatformId platform, CancellationToken cancellation) =>
        await table.GetEntityIfExistsAsync<TableEntity>(platform.Value, PlatformRow, cancellationToken: cancellation) is { HasValue: true, Value: { } row }
            ? (ReadCrawl(row), row.ETag.ToString())
            : (new PlatformCrawl { Platform = platform }, null);

    private async Task<bool> TryPutAsync(TableEntity row, string? replaced, CancellationToken cancellation)
    {
        try
        {
            await (replaced is null ? table.AddEntityAsync(row, cancellation) : table.UpdateEntityAsync(row, new ETag(replaced), TableUpdateMode.Replace, cancellation));
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private static TableEntity Write(CampaignVisits campaign) => new(campaign.Campaign.Platform.Value, campaign.Campaign.Name)
    {
        ["Address"] = campaign.Found.Address.AbsoluteUri,
        ["NativeId"] = campaign.Found.NativeId,
        ["FoundAt"] = campaign.FoundAt,
        ["DueAt"] = campaign.DueAt,
        ["PageETag"] = campaign.Validators.ETag,
        ["LastModified"] = campaign.Validators.LastModified,
        ["SeenAt"] = campaign.SeenAt,
        ["ChangedAt"] = campaign.ChangedAt,
        ["Shown"] = campaign.Shown,
        ["LaunchedAt"] = campaign.LaunchedAt,
        ["EndsAt"] = campaign.EndsAt,
        ["EndedAt"] = campaign.EndedAt,
        ["VisitedAt"] = campaign.VisitedAt,
        ["Result"] = campaign.Result?.ToString(),
        ["Failures"] = campaign.Failures,
        ["Trouble"] = campaign.Trouble,
    };

    private static StoredVisits Stored(TableEntity row) => new(
        new CampaignVisits
        {
            Found = new FoundCampaign(new CampaignId(new PlatformId(row.PartitionKey), row.RowKey), new Uri(row.GetString("Address")), row.GetString("NativeId")),
            FoundAt = row.GetDateTimeOffset("FoundAt")!.Value,
            DueAt = row.GetDateTimeOffset("DueAt"),
            Validators = new PageValidators(row.GetString("PageETag"), row.GetString("LastModified")),
            SeenAt = row.GetDateTimeOffset("SeenAt"),
            ChangedAt = row.GetDateTimeOffset("ChangedAt"),
            Shown = row.GetString("Shown"),
            LaunchedAt = row.GetDateTimeOffset("LaunchedAt"),
            EndsAt = row.GetDateTimeOffset("EndsAt"),
            EndedAt = row.GetDateTimeOffset("EndedAt"),
            VisitedAt = row.GetDateTimeOffset("VisitedAt"),
            Result = row.GetString("Result") is { } result ? Enum.Parse<VisitResult>(result) : null,
            Failures = row.GetInt32("Failures") ?? 0,
            Trouble = row.GetString("Trouble"),
        },
        row.ETag.ToString());

    private static TableEntity Write(PlatformCrawl crawl) => new(crawl.Platform.Value, PlatformRow)
    {
        ["PausedAt"] = crawl.PausedAt,
        ["SearchedAt"] = crawl.SearchedAt,
        ["SearchTrouble"] = crawl.SearchTrouble,
        ["LookedAt"] = crawl.LookedAt,
        ["Campaigns"] = crawl.Health.Campaigns,
        ["Followed"] = crawl.Health.Followed,
        ["Failing"] = crawl.Health.Failing,
        ["BrokenSince"] = crawl.BrokenSince,
        ["TimesBroken"] = crawl.TimesBroken,
    };

    private static PlatformCrawl ReadCrawl(TableEntity row) => new()
    {
        Platform = new PlatformId(row.PartitionKey),
        PausedAt = row.GetDateTimeOffset("PausedAt"),
        SearchedAt = row.GetDateTimeOffset("SearchedAt"),
        SearchTrouble = row.GetString("SearchTrouble"),
        LookedAt = row.GetDateTimeOffset("LookedAt"),
        Health = new CrawlHealth(row.GetInt32("Campaigns") ?? 0, row.GetInt32("Followed") ?? 0, row.GetInt32("Failing") ?? 0),
        BrokenSince = row.GetDateTimeOffset("BrokenSince"),
        TimesBroken = row.GetInt32("TimesBroken") ?? 0,
    };
}

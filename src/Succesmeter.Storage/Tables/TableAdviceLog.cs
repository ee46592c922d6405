using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Succesmeter.Advice;
using Succesmeter.Campaigns;

namespace Succesmeter.Storage.Tables;

/// <summary>Table <c>Advice</c>, a partition a platform: rows <c>{campaign}|c</c> for consent and <c>{campaign}|d|{day}|{code}</c> for what became of a piece.</summary>
public sealed class TableAdviceLog(StorageAccount account) : IAdviceLog
{
    private const string Consent = "c";
    private const string Day = "d|";
    private const string DayForm = "yyyyMMdd";

    private readonly TableClient table = account.Tables.GetTableClient(TableNames.Advice);

    public async Task<AdviceLog> ReadAsync(CampaignId campaign, CancellationToken cancellation)
    {
        var prefix = $"{campaign.Name}|";
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {campaign.Platform.Value} and RowKey ge {prefix} and RowKey lt {Keys.EndOf(prefix)}");
        await foreach (var log in ReadAsync(campaign.Platform, range, cancellation))
            return log;
        return new AdviceLog(campaign, null, []);
    }

    public IAsyncEnumerable<AdviceLog> ReadAsync(PlatformId platform, CancellationToken cancellation) =>
        ReadAsync(platform, TableClient.CreateQueryFilter($"PartitionKey eq {platform.Value}"), cancellation);

    public async Task AddAsync(CampaignId campaign, AdviceEntry shown, CancellationToken cancellation)
    {
        try
        {
            await table.AddEntityAsync(Write(campaign, shown), cancellation);
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            // What was answered, or shown first, stands.
        }
    }

    public Task PutAsync(CampaignId campaign, AdviceEntry answered, CancellationToken cancellation) =>
        table.UpsertEntityAsync(Write(campaign, answered), TableUpdateMode.Replace, cancellation);

    public Task PutConsentAsync(CampaignId campaign, bool agreed, CancellationToken cancellation) =>
        table.UpsertEntityAsync(new TableEntity(campaign.Platform.Value, $"{campaign.Name}|{Consent}") { ["Agreed"] = agreed }, TableUpdateMode.Replace, cancellation);

    /// <summary>Rows come in order of their keys, so a campaign's stand together: consent, then days.</summary>
    private async IAsyncEnumerable<AdviceLog> ReadAsync(PlatformId platform, string filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? name = null;
        bool? agreed = null;
        var entries = ImmutableArray.CreateBuilder<AdviceEntry>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            var bar = row.RowKey.IndexOf('|', StringComparison.Ordinal);
            if (name is not null && !row.RowKey.AsSpan(0, bar).SequenceEqual(name))
            {
                yield return new AdviceLog(new CampaignId(platform, name), agreed, entries.ToImmutable());
                agreed = null;
                entries.Clear();
            }

            name = row.RowKey[..bar];
            if (row.RowKey.AsSpan(bar + 1).SequenceEqual(Consent))
                agreed = row.GetBoolean("Agreed");
            else
                entries.Add(Read(row, row.RowKey[(bar + 1 + Day.Length)..]));
        }

        if (name is not null)
            yield return new AdviceLog(new CampaignId(platform, name), agreed, entries.ToImmutable());
    }

    private static AdviceEntry Read(TableEntity row, string dayAndCode) =>
        new(DateOnly.ParseExact(dayAndCode.AsSpan(0, DayForm.Length), DayForm, CultureInfo.InvariantCulture), dayAndCode[(DayForm.Length + 1)..])
        {
            Place = row.GetInt32("Place"),
            Of = row.GetInt32("Of"),
            Answer = Enum.Parse<AdviceAnswer>(row.GetString("Answer")),
            AnsweredAt = row.GetDateTimeOffset("AnsweredAt")!.Value,
        };

    private static TableEntity Write(CampaignId campaign, AdviceEntry entry) =>
        new(campaign.Platform.Value, string.Create(CultureInfo.InvariantCulture, $"{campaign.Name}|{Day}{entry.Day.ToString(DayForm, CultureInfo.InvariantCulture)}|{entry.Code}"))
        {
            ["Place"] = entry.Place,
            ["Of"] = entry.Of,
            ["Answer"] = entry.Answer.ToString(),
            ["AnsweredAt"] = entry.AnsweredAt,
        };
}

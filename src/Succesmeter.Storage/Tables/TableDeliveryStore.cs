using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using Succesmeter.Campaigns;
using Succesmeter.Events;
using Succesmeter.Webhooks;

namespace Succesmeter.Storage.Tables;

/// <summary>Table <c>Deliveries</c>, a partition a subscription: <c>d|</c> and <c>h|</c> (what waits for its bundle), newest first.</summary>
public sealed class TableDeliveryStore(StorageAccount account) : IDeliveryStore
{
    private const string Told = "d|";
    private const string Held = "h|";
    private const int MostOfBatch = 100;

    private readonly TableClient table = account.Tables.GetTableClient(TableNames.Deliveries);

    public async Task<bool> AddAsync(Delivery delivery, CancellationToken cancellation)
    {
        try
        {
            await table.AddEntityAsync(Write(delivery), cancellation);
            return true;
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            return false;
        }
    }

    public async Task<KeptDelivery?> FindAsync(SubscriptionId subscription, DeliveryKey key, CancellationToken cancellation) =>
        await table.GetEntityIfExistsAsync<TableEntity>(subscription.ToString(), KeyOf(Told, key.At, key.Id), cancellationToken: cancellation) is { HasValue: true, Value: { } row } ? Read(row) : null;

    public async Task<bool> ReplaceAsync(KeptDelivery known, Delivery now, CancellationToken cancellation)
    {
        try
        {
            await table.UpdateEntityAsync(Write(now), new ETag(known.Version), TableUpdateMode.Replace, cancellation);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            return false;
        }
    }

    public IAsyncEnumerable<KeptDelivery> ReadAsync(SubscriptionId subscription, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellation)
    {
        // The newest come first, so the range begins with its end.
        var first = Told + (to is { } end ? Keys.NewestFirst(end) : "");
        var last = from is { } start ? Told + Keys.NewestFirst(start.AddMilliseconds(-1)) : Keys.EndOf(Told);
        return QueryAsync(subscription, first, last, cancellation);
    }

    public async IAsyncEnumerable<KeptDelivery> ReadHeldAsync(SubscriptionId subscription, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var held = new List<KeptDelivery>();
        await foreach (var one in QueryAsync(subscription, Held, Keys.EndOf(Held), cancellation))
            held.Add(one);

        // Of one instant in the order in which they were told.
        foreach (var one in held.OrderBy(static one => one.Delivery.At).ThenBy(static one => one.Delivery.Events.IsEmpty ? 0 : one.Delivery.Events[0].Number))
            yield return one;
    }

    public async Task<bool> BundleAsync(Delivery bundle, IReadOnlyList<KeptDelivery> held, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(held.Count, MostOfBatch, nameof(held));
        var partition = bundle.Subscription.ToString();
        try
        {
            await table.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.UpsertReplace, Write(bundle)),
                    .. held.Select(one => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, KeyOf(Held, one.Delivery.At, one.Delivery.Id)), new ETag(one.Version))),
                ],
                cancellation);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            return false;
        }
    }

    public async Task ForgetAsync(SubscriptionId subscription, DateTimeOffset? before, CancellationToken cancellation)
    {
        var partition = subscription.ToString();
        var filter = before is { } announced
            ? TableClient.CreateQueryFilter($"PartitionKey eq {partition} and AnnouncedAt lt {announced} and State ne {nameof(DeliveryState.Pending)}")
            : TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        await foreach (var page in table.QueryAsync<TableEntity>(filter, MostOfBatch, ["PartitionKey", "RowKey"], cancellation).AsPages())
            if (page.Values.Count > 0)
                await DeleteAsync(page.Values, cancellation);
    }

    /// <summary>Somebody else may be forgetting the same.</summary>
    private async Task DeleteAsync(IReadOnlyList<TableEntity> rows, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(rows.Select(static row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellation);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            foreach (var row in rows)
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
        }
    }

    private async IAsyncEnumerable<KeptDelivery> QueryAsync(SubscriptionId subscription, string first, string last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {subscription.ToString()} and RowKey ge {first} and RowKey lt {last}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return Read(row);
    }

    private static string KeyOf(string group, DateTimeOffset at, string id) => $"{group}{Keys.NewestFirst(at)}|{id}";

    private static TableEntity Write(Delivery delivery) =>
        new(delivery.Subscription.ToString(), KeyOf(delivery.State == DeliveryState.Held ? Held : Told, delivery.At, delivery.Id))
        {
            ["Type"] = delivery.Type,
            ["Events"] = JsonSerializer.Serialize([.. delivery.Events.Select(one => new StoredTelling(one.Campaign.ToString(), StoredEvent.Of(one)))], DeliveryJson.Default.StoredTellingArray),
            ["OfPlatform"] = delivery.OfPlatform is { } platform ? JsonSerializer.Serialize(StoredPlatformEvent.Of(platform), RecordJson.Default.StoredPlatformEvent) : null,
            ["At"] = delivery.At.ToUnixTimeMilliseconds(),
            ["AnnouncedAt"] = delivery.AnnouncedAt,
            ["State"] = delivery.State.ToString(),
            ["Attempts"] = delivery.Attempts,
            ["Round"] = delivery.Round,
            ["NextAt"] = delivery.NextAt,
            ["Tries"] = JsonSerializer.Serialize([.. delivery.Tries], DeliveryJson.Default.DeliveryTryArray),
        };

    private static KeptDelivery Read(TableEntity row)
    {
        var events = JsonSerializer.Deserialize(row.GetString("Events"), DeliveryJson.Default.StoredTellingArray)!;
        return new KeptDelivery(
            new Delivery
            {
                Subscription = SubscriptionId.TryParse(row.PartitionKey, out var id) ? id : throw new InvalidDataException($"Delivery {row.PartitionKey} / {row.RowKey} is of no subscription."),
                Id = row.RowKey[(row.RowKey.LastIndexOf('|') + 1)..],
                At = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64("At")!.Value),
                Type = row.GetString("Type"),
                Events = [.. events.Select(static one => one.ToEvent())],
                OfPlatform = row.GetString("OfPlatform") is { } platform ? JsonSerializer.Deserialize(platform, RecordJson.Default.StoredPlatformEvent)!.ToEvent() : null,
                AnnouncedAt = row.GetDateTimeOffset("AnnouncedAt")!.Value,
                State = Enum.Parse<DeliveryState>(row.GetString("State")),
                Attempts = row.GetInt32("Attempts")!.Value,
                Round = row.GetInt32("Round")!.Value,
                NextAt = row.TryGetValue("NextAt", out var next) ? (DateTimeOffset?)next : null,
                Tries = ImmutableArray.Create(JsonSerializer.Deserialize(row.GetString("Tries"), DeliveryJson.Default.DeliveryTryArray)),
            },
            row.ETag.ToString());
    }
}

internal sealed record StoredTelling(string Campaign, StoredEvent Event)
{
    public CampaignEvent ToEvent() => Event.ToEvent(CampaignId.TryParse(Campaign, out var campaign) ? campaign : throw new InvalidDataException($"A delivery tells of '{Campaign}', which is no campaign."));
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredTelling[]))]
[JsonSerializable(typeof(DeliveryTry[]))]
internal sealed partial class DeliveryJson : JsonSerializerContext;

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Succesmeter.Access;
using Succesmeter.Addresses;
using Succesmeter.Campaigns;
using Succesmeter.Webhooks;

namespace Succesmeter.Storage.Tables;

/// <summary>
/// Table <c>Subscriptions</c>, a partition a scope, a row each. Partition <c>index</c> says which platforms may have any (<c>any|platform</c>) and which want bundles (<c>bundled|id</c>); a row
/// there is made before what it speaks of; of those of the first kind none goes.
/// </summary>
public sealed class TableSubscriptionStore(StorageAccount account) : ISubscriptionStore
{
    private const string Index = "index";
    private const string Any = "any|";
    private const string Bundled = "bundled|";
    private const string Everywhere = "*";

    private readonly TableClient table = account.Tables.GetTableClient(TableNames.Subscriptions);

    public async Task<bool> ExpectAsync(TokenScope scope, CancellationToken cancellation)
    {
        try
        {
            await table.AddEntityAsync(new TableEntity(Index, Any + (scope.Platform?.Value ?? Everywhere)), cancellation);
            return false;
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            return true;
        }
    }

    public async Task<bool> HasAnyAsync(PlatformId platform, CancellationToken cancellation)
    {
        var everywhere = table.GetEntityIfExistsAsync<TableEntity>(Index, Any + Everywhere, cancellationToken: cancellation);
        var here = table.GetEntityIfExistsAsync<TableEntity>(Index, Any + platform.Value, cancellationToken: cancellation);
        return (await everywhere).HasValue | (await here).HasValue;
    }

    public async Task AddAsync(Subscription subscription, CancellationToken cancellation)
    {
        await NoteBundledAsync(subscription, cancellation);
        try
        {
            await table.AddEntityAsync(Write(subscription), cancellation);
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            throw new InvalidOperationException($"There is a subscription {subscription.Id} already.", exists);
        }
    }

    public async Task<KeptSubscription?> FindAsync(SubscriptionId id, CancellationToken cancellation) =>
        await table.GetEntityIfExistsAsync<TableEntity>(id.Scope, id.Own, cancellationToken: cancellation) is { HasValue: true, Value: { } row } ? new KeptSubscription(Read(row), row.ETag.ToString()) : null;

    public async Task<bool> ReplaceAsync(KeptSubscription known, Subscription now, CancellationToken cancellation)
    {
        await NoteBundledAsync(now, cancellation);
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

    public async Task DeleteAsync(SubscriptionId id, CancellationToken cancellation)
    {
        await table.DeleteEntityAsync(id.Scope, id.Own, ETag.All, cancellation);
        await table.DeleteEntityAsync(Index, Bundled + id, ETag.All, cancellation);
    }

    public async IAsyncEnumerable<Subscription> ReadAsync(TokenScope scope, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {SubscriptionId.PartOf(scope)}");
        await foreach (var row in table.QueryAsync<TableEntity>(range, cancellationToken: cancellation))
            yield return Read(row);
    }

    public async IAsyncEnumerable<Subscription> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey lt {Index}"), cancellationToken: cancellation))
            yield return Read(row);
    }

    public async IAsyncEnumerable<SubscriptionId> ReadBundledAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {Index} and RowKey ge {Bundled} and RowKey lt {Keys.EndOf(Bundled)}");
        await foreach (var row in table.QueryAsync<TableEntity>(range, cancellationToken: cancellation))
            if (SubscriptionId.TryParse(row.RowKey[Bundled.Length..], out var id))
                yield return id;
    }

    private async Task NoteBundledAsync(Subscription subscription, CancellationToken cancellation)
    {
        if (subscription.Rhythm.IsBundled)
            await table.UpsertEntityAsync(new TableEntity(Index, Bundled + subscription.Id), TableUpdateMode.Replace, cancellation);
    }

    private static TableEntity Write(Subscription subscription) => new(subscription.Id.Scope, subscription.Id.Own)
    {
        ["Scope"] = subscription.Scope.ToString(),
        ["Address"] = subscription.Address.OriginalString,
        ["Events"] = string.Join(' ', subscription.Events),
        ["Language"] = subscription.Language,
        ["Format"] = subscription.Format,
        ["IntervalSeconds"] = (long?)subscription.Rhythm.Interval?.TotalSeconds,
        ["Daily"] = subscription.Rhythm.IsDaily,
        ["Label"] = subscription.Label,
        ["MadeBy"] = subscription.MadeBy,
        ["MadeAt"] = subscription.MadeAt,
        ["Secret"] = subscription.Secret.ToArray(),
        ["SecretBefore"] = subscription.SecretBefore.ToArray(),
        ["SecretBeforeUntil"] = subscription.SecretBeforeUntil,
        ["State"] = subscription.State.ToString(),
        ["Why"] = subscription.Why,
        ["FailingSince"] = subscription.FailingSince,
        ["SlowUntil"] = subscription.SlowUntil,
        ["SlowInARow"] = subscription.SlowInARow,
        ["BundledAt"] = subscription.BundledAt,
    };

    private static Subscription Read(TableEntity row) => new()
    {
        Id = SubscriptionId.TryParse($"sub_{row.PartitionKey}_{row.RowKey}", out var id) ? id : throw Unreadable(row, "id"),
        Scope = TokenScope.TryParse(row.GetString("Scope"), out var scope) ? scope : throw Unreadable(row, "scope"),
        Address = AddressText.TryParse(row.GetString("Address"), out var address) ? address : throw Unreadable(row, "address"),
        Events = [.. row.GetString("Events").Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        Language = row.GetString("Language"),
        Format = row.GetString("Format"),
        Rhythm = new Rhythm(row.GetInt64("IntervalSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null, row.GetBoolean("Daily") == true),
        Label = row.GetString("Label"),
        MadeBy = row.GetString("MadeBy"),
        MadeAt = row.GetDateTimeOffset("MadeAt")!.Value,
        Secret = ImmutableArray.Create(row.GetBinary("Secret")),
        SecretBefore = ImmutableArray.Create(row.GetBinary("SecretBefore")),
        SecretBeforeUntil = Instant(row, "SecretBeforeUntil"),
        State = Enum.Parse<SubscriptionState>(row.GetString("State")),
        Why = row.GetString("Why"),
        FailingSince = Instant(row, "FailingSince"),
        SlowUntil = Instant(row, "SlowUntil"),
        SlowInARow = row.GetInt32("SlowInARow") ?? 0,
        BundledAt = Instant(row, "BundledAt"),
    };

    private static DateTimeOffset? Instant(TableEntity row, string column) => row.TryGetValue(column, out var at) ? (DateTimeOffset?)at : null;

    private static InvalidDataException Unreadable(TableEntity row, string what) => new($"Subscription {row.PartitionKey} / {row.RowKey} has no {what} that can be read.");
}

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Succesmeter.Access;

namespace Succesmeter.Storage.Tables;

/// <summary>Tokens in table <c>Tokens</c>, one partition, a row each. No row holds a secret, only its hash.</summary>
public sealed class TableTokenStore(StorageAccount account) : ITokenStore
{
    private const string Partition = "token";
    private const int MostTries = 5;

    private readonly TableClient tokens = account.Tables.GetTableClient(TableNames.Tokens);

    public async Task AddAsync(BearerToken token, CancellationToken cancellation)
    {
        try
        {
            await tokens.AddEntityAsync(Write(token), cancellation);
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            throw new InvalidOperationException($"There is a token {token.Id} already.", exists);
        }
    }

    public async Task<BearerToken?> FindAsync(string id, CancellationToken cancellation) =>
        await tokens.GetEntityIfExistsAsync<TableEntity>(Partition, id, cancellationToken: cancellation) is { HasValue: true, Value: { } row } ? Read(row) : null;

    public async Task<BearerToken?> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            if (await tokens.GetEntityIfExistsAsync<TableEntity>(Partition, id, cancellationToken: cancellation) is not { HasValue: true, Value: { } row })
                return null;
            if (Read(row) is { RevokedAt: not null } already)
                return already;

            try
            {
                row["RevokedAt"] = at;
                await tokens.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellation);
                return Read(row);
            }
            catch (RequestFailedException changed) when (changed.Status == 412 && tries < MostTries)
            {
                // Somebody else revoked it meanwhile.
            }
        }
    }

    public async IAsyncEnumerable<BearerToken> ReadAsync(string? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {after ?? ""}");
        await foreach (var row in tokens.QueryAsync<TableEntity>(range, cancellationToken: cancellation))
            yield return Read(row);
    }

    private static TableEntity Write(BearerToken token) => new(Partition, token.Id)
    {
        ["Scope"] = token.Scope.ToString(),
        ["Rights"] = string.Join(' ', token.Rights.Names),
        ["Label"] = token.Label,
        ["IssuedAt"] = token.IssuedAt,
        ["ExpiresAt"] = token.ExpiresAt,
        ["RevokedAt"] = token.RevokedAt,
        ["SecretHash"] = token.SecretHash.ToArray(),
    };

    private static BearerToken Read(TableEntity row) => new()
    {
        Id = row.RowKey,
        Scope = TokenScope.TryParse(row.GetString("Scope"), out var scope) ? scope : throw new InvalidDataException($"Token {row.RowKey} has no scope that can be read."),
        Rights = Rights.TryParse(row.GetString("Rights").Split(' ', StringSplitOptions.RemoveEmptyEntries), out var rights)
            ? rights.Value
            : throw new InvalidDataException($"Token {row.RowKey} has rights that cannot be read."),
        Label = row.GetString("Label"),
        IssuedAt = row.GetDateTimeOffset("IssuedAt")!.Value,
        ExpiresAt = row.GetDateTimeOffset("ExpiresAt")!.Value,
        RevokedAt = row.TryGetValue("RevokedAt", out var revoked) ? (DateTimeOffset?)revoked : null,
        SecretHash = ImmutableArray.Create(row.GetBinary("SecretHash")),
    };
}

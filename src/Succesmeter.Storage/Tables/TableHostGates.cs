using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using Succesmeter.Visits;

namespace Succesmeter.Storage.Tables;

/// <summary>Gates in table <c>Hosts</c>, a partition a host, so that hosts do not wait for each other. What a turn carries as its version is the row's ETag.</summary>
/// <remarks>Where an answer of storage is lost and the client's own retry then fails on the condition, the claim was saved and nobody knows: the host waits until it runs out.</remarks>
public sealed class TableHostGates(StorageAccount account, TimeProvider clock) : IHostGates
{
    private const string Row = "state";

    private const int LongestHost = 262;

    /// <summary>The other has the host by then; what it is asked again costs one read.</summary>
    private static readonly TimeSpan AfterAnother = TimeSpan.FromSeconds(1);

    private readonly TableClient hosts = account.Tables.GetTableClient(TableNames.Hosts);

    public async Task<HostTurn> TryEnterAsync(string host, int requestsPerMinute, CancellationToken cancellation)
    {
        var found = await hosts.GetEntityIfExistsAsync<TableEntity>(KeyOf(host), Row, cancellationToken: cancellation);
        var stored = found.HasValue ? found.Value : null;
        switch ((stored is null ? HostState.Unknown : Read(stored)).Enter(clock.GetUtcNow(), requestsPerMinute))
        {
            case HostEntry.Later(var wait, var why, var byHost):
                return new HostTurn.Later(wait, why, byHost);

            case HostEntry.Claim(var claimed):
                try
                {
                    var saved = stored is null
                        ? await hosts.AddEntityAsync(Write(host, claimed), cancellation)
                        : await hosts.UpdateEntityAsync(Write(host, claimed), stored.ETag, TableUpdateMode.Replace, cancellation);
                    return new HostTurn.Mine(host, claimed, VersionOf(saved));
                }
                catch (RequestFailedException changed) when (changed.Status is 404 or 409 or 412)
                {
                    return new HostTurn.Later(AfterAnother, "another visit entered at the same time", ByHost: false);
                }

            default:
                throw new UnreachableException();
        }
    }

    public async Task<bool> LeaveAsync(HostTurn.Mine turn, HostState learnt, CancellationToken cancellation)
    {
        try
        {
            await hosts.UpdateEntityAsync(Write(turn.Host, learnt.Free()), new ETag(turn.Version), TableUpdateMode.Replace, cancellation);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            return false;
        }
    }

    private static string VersionOf(Response saved) => saved.Headers.ETag?.ToString() ?? throw new InvalidDataException("A saved row came back without an ETag.");

    /// <exception cref="ArgumentException">It holds what a table's key may not.</exception>
    private static string KeyOf(string host) => host.Length is > 0 and <= LongestHost && !host.Any(static letter => char.IsControl(letter) || letter is '/' or '\\' or '#' or '?')
        ? host
        : throw new ArgumentException($"A host has 1 to {LongestHost} characters, no control character and none of / \\ # ?.", nameof(host));

    /// <remarks>robots.txt is at most <see cref="HostState.MostRobotsBytes"/>, and bytes that cannot be packed grow by a few at most: half of what an entity holds.</remarks>
    private static TableEntity Write(string host, HostState state)
    {
        var row = new TableEntity(KeyOf(host), Row)
        {
            ["ClaimedUntil"] = state.ClaimedUntil,
            ["MinuteFrom"] = state.MinuteFrom,
            ["RequestsInMinute"] = state.RequestsInMinute,
            ["NextAt"] = state.NextAt,
            ["PatienceUntil"] = state.PatienceUntil,
            ["PatienceWhy"] = state.PatienceWhy,
            ["Refusals"] = state.Refusals,
            ["RobotsUntil"] = state.RobotsUntil,
        };
        // No column: never read. No bytes in it: read, and empty.
        if (state.Robots is { } robots)
            BinaryColumns.Put(row, "Robots", robots.IsEmpty ? [] : SnapshotColumns.Deflate(robots.Span));
        return row;
    }

    private static HostState Read(TableEntity row) => new()
    {
        ClaimedUntil = row.GetDateTimeOffset("ClaimedUntil"),
        MinuteFrom = row.GetDateTimeOffset("MinuteFrom"),
        RequestsInMinute = row.GetInt32("RequestsInMinute")!.Value,
        NextAt = row.GetDateTimeOffset("NextAt"),
        PatienceUntil = row.GetDateTimeOffset("PatienceUntil"),
        PatienceWhy = row.GetString("PatienceWhy"),
        Refusals = row.GetInt32("Refusals")!.Value,
        Robots = RobotsOf(row),
        RobotsUntil = row.GetDateTimeOffset("RobotsUntil"),
    };

    private static ReadOnlyMemory<byte>? RobotsOf(TableEntity row)
    {
        if (BinaryColumns.Get(row, "Robots") is not { } packed)
            return null;

        return packed.Length == 0 ? ReadOnlyMemory<byte>.Empty : SnapshotColumns.Inflate(packed);
    }
}

using System.Runtime.Versioning;
using Succesmeter.Testing;

namespace Succesmeter.Faults.Tests;

/// <summary>What a run ends in over which nothing happens: one for all tests, on an account of its own.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Undisturbed
{
    public const string Platform = "t00";

    private const int Campaigns = 20, Snapshots = 4;

    private static readonly Lazy<Task<(IReadOnlyList<string> Rows, IReadOnlyList<string> Told)>> Ran = new(RunAsync);

    public static IReadOnlyList<string> Lines { get; } = [.. FaultTown.Lines(Platform, Campaigns, Snapshots)];

    public static async Task<IReadOnlyList<string>> RowsAsync() => (await Ran.Value).Rows;

    /// <returns>The ids of all that a subscriber is told.</returns>
    public static async Task<IReadOnlyList<string>> ToldAsync() => (await Ran.Value).Told;

    /// <summary>What the order of arrival leaves the same: all but events, and where a row came from.</summary>
    public static async Task<IReadOnlyList<string>> RowsOfAsync(string storage) =>
    [
        .. (await Rows.OfAsync(storage)).Where(static row => !row.Contains(" e|", StringComparison.Ordinal)).Select(static row => string.Join(' ', row.Split(' ').Where(static column =>
            !column.StartsWith("Source=", StringComparison.Ordinal) && !column.StartsWith("Line=", StringComparison.Ordinal) && !column.StartsWith("Told=", StringComparison.Ordinal)))),
    ];

    private static async Task<(IReadOnlyList<string> Rows, IReadOnlyList<string> Told)> RunAsync()
    {
        var storage = await AzuriteAccounts.NextAsync();
        await using var subscriber = await Receiver.StartAsync();
        await using var host = new RealHost(storage);
        await host.ListensAsync();
        await host.SubscribeAsync(subscriber.Address);
        await Account.DropAsync(storage, "all.ndjson", string.Join('\n', Lines));
        await Account.QuietAsync(storage);
        return (await RowsOfAsync(storage), Told.Ids(subscriber));
    }
}

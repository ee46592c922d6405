using Succesmeter.LocalHost.Azurite;

namespace Succesmeter.Testing;

/// <summary>
/// Empty storage accounts for tests: one Azurite in memory per test process, started by the first test that asks, ending with the process.
/// </summary>
public static class AzuriteAccounts
{
    private const int Count = 2000;

    private static readonly Lazy<Task<AzuriteProcess>> Azurite = new(
        () => AzuriteProcess.StartInMemoryAsync(Count, Console.Error.WriteLine, CancellationToken.None));

    private static int _taken = -1;

    /// <returns>The connection string of an account that no other test has.</returns>
    public static async Task<string> NextAsync()
    {
        var azurite = await Azurite.Value;
        var account = Interlocked.Increment(ref _taken);

        return account < Count
            ? azurite.ConnectionString(account)
            : throw new InvalidOperationException($"All {Count} accounts are taken; a property should share one account over its samples.");
    }
}

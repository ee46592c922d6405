using Microsoft.Extensions.Options;
using Succesmeter.Storage;

namespace Succesmeter.Testing;

/// <summary>A fresh account with all tables, containers and queues made.</summary>
public static class TestStorage
{
    public static async Task<StorageAccount> NewAccountAsync()
    {
        var account = new StorageAccount(Options.Create(new StorageOptions { ConnectionString = await AzuriteAccounts.NextAsync() }));
        await account.PrepareAsync(CancellationToken.None);
        return account;
    }
}

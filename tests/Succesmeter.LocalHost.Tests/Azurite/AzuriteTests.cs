using System.Diagnostics;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Succesmeter.LocalHost.Azurite;
using Succesmeter.Testing;

namespace Succesmeter.LocalHost.Tests.Azurite;

public sealed class AzuriteTests
{
    [Fact]
    public async Task Each_account_starts_empty_and_keeps_its_things_to_itself()
    {
        var mine = await AzuriteAccounts.NextAsync();
        var theirs = await AzuriteAccounts.NextAsync();

        await new BlobContainerClient(mine, "incoming").CreateAsync();
        await new QueueClient(mine, "pages").CreateAsync();
        await new TableClient(mine, "Campaigns").CreateAsync();

        Assert.True(await new BlobContainerClient(mine, "incoming").ExistsAsync());
        Assert.Empty(new BlobServiceClient(theirs).GetBlobContainers());
        Assert.Empty(new QueueServiceClient(theirs).GetQueues());
        Assert.Empty(new TableServiceClient(theirs).Query());
    }

    [Fact]
    public async Task In_memory_it_ends_with_its_parent_even_when_that_is_killed()
    {
        var main = await AzuriteInstallation.EnsureAsync(_ => { }, CancellationToken.None);

        // What is left of a killed parent is that its ends of the pipes are closed.
        using var azurite = Process.Start(new ProcessStartInfo(
            "node",
            [AzuriteInstallation.Runner, main, "of-a-test", "-", "--silent", "--inMemoryPersistence", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Contains("\"blob\":", await azurite.StandardOutput.ReadLineAsync());

        azurite.StandardInput.Close();

        await azurite.WaitForExitAsync().WaitAsync(Eventually.Patience);
        Assert.Equal(0, azurite.ExitCode);
    }

    [Fact]
    public void The_lock_file_pins_the_version_and_names_no_registry()
    {
        var json = File.ReadAllText(Path.Combine(Path.GetDirectoryName(AzuriteInstallation.Runner)!, "package-lock.json"));
        var packages = JsonDocument.Parse(json).RootElement.GetProperty("packages");

        Assert.Equal(AzuriteInstallation.Version, packages.GetProperty("node_modules/azurite").GetProperty("version").GetString());
        Assert.DoesNotContain("\"resolved\"", json);
    }
}

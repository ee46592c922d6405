using System.Net;
using System.Runtime.Versioning;
using System.Text.Json;
using Azure.Storage.Blobs;
using Succesmeter.LocalHost.Azurite;
using Succesmeter.Testing;

namespace Succesmeter.LocalHost.Tests.CommandLine;

// Signals and scripts on the PATH are Unix things.
[UnsupportedOSPlatform("windows")]
public sealed class LocalHostCommandTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder["data"];

    [Fact]
    public async Task The_first_start_makes_keys_that_only_their_owner_reads_and_says_what_is_where()
    {
        await using var host = await HostProcess.Start(Data).ListensAsync();

        var keys = JsonDocument.Parse(File.ReadAllText(Path.Combine(Data, "keys.json"))).RootElement;
        var texts = ((string[])["function", "admin", "token"]).Select(name => keys.GetProperty(name).GetString()!).ToList();
        Assert.All(texts, text => Assert.Equal(43, text.Length));
        Assert.Equal(3, texts.Distinct().Count());
        Assert.Equal(32, Convert.FromBase64String(File.ReadAllText(Path.Combine(Data, "pseudonym.key"))).Length);
        Assert.Contains($"curl -i {host.Address}api/snapshots -H 'x-functions-key: {texts[0]}'", host.Output);
        Assert.Contains($"process {host.AzuriteId}", host.Output);

        foreach (var secret in (string[])["keys.json", "pseudonym.key"])
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Data, secret)));

        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.NotFound, (await client.DeleteAsync(host.Address)).StatusCode);
    }

    [Theory]
    [InlineData(HostProcess.SigTerm)]
    [InlineData(HostProcess.SigInt)]
    public async Task Asked_to_stop_it_leaves_no_process_and_the_next_start_finds_keys_and_data(int signal)
    {
        await using var first = await HostProcess.Start(Data).ListensAsync();
        var azurite = first.AzuriteId;
        var keys = File.ReadAllText(Path.Combine(Data, "keys.json"));
        await first.Container.CreateAsync();
        await first.Container.UploadBlobAsync("late", BinaryData.FromString("written just before"));

        // A terminal sends Ctrl-C to both.
        if (signal == HostProcess.SigInt)
            RunningProcess.Signal(azurite, signal);

        first.Signal(signal);

        Assert.Equal(0, await first.EndsAsync());
        Assert.Null(RunningProcess.CommandLine(azurite));
        Assert.False(File.Exists(Path.Combine(Data, "azurite.json")));

        await using var second = await HostProcess.Start(Data).ListensAsync();

        Assert.Equal("written just before", await ReadAsync(second.Container, "late"));
        Assert.Equal(keys, File.ReadAllText(Path.Combine(Data, "keys.json")));
    }

    [Fact]
    public async Task After_a_kill_the_next_start_adopts_the_Azurite_that_was_left_and_ends_it_when_asked_to_stop()
    {
        await using var killed = await HostProcess.Start(Data).ListensAsync();
        var azurite = killed.AzuriteId;
        await killed.Container.CreateAsync();
        await killed.Container.UploadBlobAsync("unsaved", BinaryData.FromString("in memory yet"));

        killed.Signal(HostProcess.SigKill);
        await killed.EndsAsync();
        Assert.NotNull(RunningProcess.CommandLine(azurite));

        await using var next = await HostProcess.Start(Data).ListensAsync();

        Assert.Equal(azurite, next.AzuriteId);
        Assert.Contains("left behind", next.Output);
        Assert.Equal("in memory yet", await ReadAsync(next.Container, "unsaved"));

        next.Signal(HostProcess.SigTerm);

        Assert.Equal(0, await next.EndsAsync());
        await Eventually.IsAsync(() => RunningProcess.CommandLine(azurite) is null);
    }

    [Fact]
    public async Task A_record_of_a_process_that_is_not_our_Azurite_is_not_believed()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(
            Path.Combine(Data, "azurite.json"),
            $$"""{ "processId": {{Environment.ProcessId}}, "instance": "of another boot", "startedAt": "2026-05-02T12:00:00Z", "blob": 1, "queue": 2, "table": 3 }""");

        await using var host = await HostProcess.Start(Data).ListensAsync();

        Assert.NotEqual(Environment.ProcessId, host.AzuriteId);
    }

    [Fact]
    public async Task A_storage_account_of_ones_own_means_no_Azurite()
    {
        var account = await AzuriteAccounts.NextAsync();

        await using var host = await HostProcess.Start(Data, environment: ("AzureWebJobsStorage", account)).ListensAsync();

        Assert.False(File.Exists(Path.Combine(Data, "azurite.json")));
        Assert.False(Directory.Exists(Path.Combine(Data, "azurite")));
    }

    [Fact]
    public async Task Two_first_starts_get_Azurite_once_between_them()
    {
        var installed = await AzuriteInstallation.EnsureAsync(_ => { }, CancellationToken.None);
        var modules = installed.Split("/node_modules/")[0] + "/node_modules";
        _folder.AddScript("path", "npm", $"echo got >> '{_folder["got"]}'; sleep 1; ln -s '{modules}' node_modules");
        (string, string)[] environment =
            [("PATH", $"{_folder["path"]}:{Environment.GetEnvironmentVariable("PATH")}"), ("XDG_CACHE_HOME", _folder["cache"])];

        await using var one = HostProcess.Start(_folder["one"], environment: environment);
        await using var other = HostProcess.Start(_folder["other"], environment: environment);
        await one.ListensAsync();
        await other.ListensAsync();

        Assert.Equal(["got"], File.ReadAllLines(_folder["got"]));
        Assert.Contains("Getting Azurite", one.Output + other.Output);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>A test that fails after it killed a host would leave an Azurite.</summary>
    public Task DisposeAsync() => HostProcess.EndLeftAzuriteAsync(Data);

    public void Dispose() => _folder.Dispose();

    private static async Task<string> ReadAsync(BlobContainerClient container, string name) =>
        (await container.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToString();
}

using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text.Json;
using Azure.Storage.Blobs;
using Succesmeter.LocalHost.Azurite;
using Succesmeter.Testing;

namespace Succesmeter.LocalHost.Tests.CommandLine;

// Signals and scripts on the PATH are Unix things.
[UnsupportedOSPlatform("windows")]
public sealed class LocalHostCommandTests : IDisposable
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
    public async Task A_port_that_is_taken_is_said_so_and_no_process_is_left()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var urls = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        await using var host = HostProcess.Start(Data, urls);

        await SaysAsync(host, urls, "--urls");
        Assert.False(File.Exists(Path.Combine(Data, "azurite.json")));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("http://192.0.2.1:7071")]
    [InlineData("https://127.0.0.1:0")]
    public async Task An_address_it_cannot_listen_on_is_said_so(string urls)
    {
        await using var host = HostProcess.Start(Data, urls);

        await SaysAsync(host, urls);
    }

    [Fact]
    public async Task A_connection_string_that_is_none_is_said_so()
    {
        await using var host = HostProcess.Start(Data, environment: ("AzureWebJobsStorage", "nonsense"));

        await SaysAsync(host, "AzureWebJobsStorage");
    }

    [Fact]
    public async Task A_folder_that_another_host_runs_on_is_said_so()
    {
        await using var first = await HostProcess.Start(Data).ListensAsync();
        await using var second = HostProcess.Start(Data);

        await SaysAsync(second, "Another host", Data);
        Assert.False(first.HasExited);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_said_so()
    {
        File.WriteAllText(_folder["file"], "");
        await using var host = HostProcess.Start(Path.Combine(_folder["file"], "data"));

        await SaysAsync(host, "cannot be written");
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_are_said_so()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "keys.json"), """{ "function": "only" }""");
        await using var host = HostProcess.Start(Data);

        await SaysAsync(host, "keys.json", "admin");
    }

    [Fact]
    public async Task Without_Node_it_says_what_to_install()
    {
        Directory.CreateDirectory(_folder["path"]);
        await using var host = HostProcess.Start(Data, environment: ("PATH", _folder["path"]));

        await SaysAsync(host, "Node.js is not on the PATH", "20");
    }

    [Fact]
    public async Task With_an_old_Node_it_says_what_to_install()
    {
        _folder.AddScript("path", "node", "echo v18.20.4");
        await using var host = HostProcess.Start(Data, environment: ("PATH", _folder["path"]));

        await SaysAsync(host, "v18.20.4", "20");
    }

    [Fact]
    public async Task Without_npm_on_first_use_it_says_what_to_install()
    {
        _folder.AddScript("path", "node", "echo v20.20.2");
        await using var host = HostProcess.Start(Data, environment: [("PATH", _folder["path"]), ("XDG_CACHE_HOME", _folder["cache"])]);

        await SaysAsync(host, "npm is not on the PATH");
    }

    [Fact]
    public async Task When_npm_fails_its_own_words_are_passed_on()
    {
        _folder.AddScript("path", "npm", "echo npm error network is away >&2; exit 7");
        await using var host = HostProcess.Start(
            Data, environment: [("PATH", $"{_folder["path"]}:{Environment.GetEnvironmentVariable("PATH")}"), ("XDG_CACHE_HOME", _folder["cache"])]);

        await SaysAsync(host, "network is away", "7");
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

    public void Dispose() => _folder.Dispose();

    private static async Task<string> ReadAsync(BlobContainerClient container, string name) =>
        (await container.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToString();

    /// <summary>One clear sentence on stderr, and a non-zero exit.</summary>
    private static async Task SaysAsync(HostProcess host, params string[] words)
    {
        Assert.Equal(1, await host.EndsAsync());
        Assert.All(words, word => Assert.Contains(word, host.Error));
        Assert.Single(host.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}

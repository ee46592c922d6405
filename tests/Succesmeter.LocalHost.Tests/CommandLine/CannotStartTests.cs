using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Succesmeter.LocalHost.Tests.CommandLine;

// Signals and scripts on the PATH are Unix things.
[UnsupportedOSPlatform("windows")]
public sealed class CannotStartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder["data"];

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

    public void Dispose() => _folder.Dispose();

    /// <summary>One clear sentence on stderr, and a non-zero exit.</summary>
    private static async Task SaysAsync(HostProcess host, params string[] words)
    {
        Assert.Equal(1, await host.EndsAsync());
        Assert.All(words, word => Assert.Contains(word, host.Error));
        Assert.Single(host.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}

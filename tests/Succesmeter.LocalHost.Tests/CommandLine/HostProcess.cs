using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Succesmeter.LocalHost.Azurite;
using Succesmeter.Testing;

namespace Succesmeter.LocalHost.Tests.CommandLine;

/// <summary>The LocalHost as its user starts it: a process of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    public const int SigInt = 2;
    public const int SigKill = 9;
    public const int SigTerm = 15;

    private readonly Process _process;
    private readonly string _data;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly LogWatch _log = new();

    private HostProcess(Process process, string data)
    {
        _process = process;
        _data = data;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => Text(_output);

    public string Error => Text(_error);

    public bool HasExited => _process.HasExited;

    public int Id => _process.Id;

    public Uri Address => new(Output.Split("listens on ")[1].Split('\n')[0]);

    /// <summary>Its Azurite, as azurite.json says.</summary>
    public int AzuriteId => Record.GetProperty("processId").GetInt32();

    public BlobContainerClient Container
    {
        get
        {
            var ports = new AzuritePorts(
                Record.GetProperty("blob").GetInt32(), Record.GetProperty("queue").GetInt32(), Record.GetProperty("table").GetInt32());
            return new(AzuriteAccount.Default.ConnectionString(ports), "kept");
        }
    }

    private JsonElement Record => JsonDocument.Parse(File.ReadAllText(Path.Combine(_data, "azurite.json"))).RootElement;

    public static async Task EndLeftAzuriteAsync(string data)
    {
        var left = await AzuriteRecord.ReadAsync(Path.Combine(data, "azurite.json"), CancellationToken.None);

        if (left is not null && IsRunning())
            await RunningProcess.StopAsync(left.ProcessId, IsRunning, Eventually.Patience, CancellationToken.None);

        bool IsRunning() => RunningProcess.CommandLine(left.ProcessId)?.Contains(left.Instance, StringComparison.Ordinal) == true;
    }

    public static HostProcess Start(string data, string urls = "http://127.0.0.1:0", params (string Name, string Value)[] environment) => Start([], data, urls, environment);

    /// <param name="inside">A command that ends by running the one that follows it in its own place.</param>
    /// <param name="data">The folder of its data.</param>
    /// <param name="urls">Where it listens.</param>
    /// <param name="environment">What it finds there beside what this process does.</param>
    public static HostProcess Start(IReadOnlyList<string> inside, string data, string urls, params (string Name, string Value)[] environment)
    {
        string[] arguments = [typeof(LocalHostApp).Assembly.Location, "--urls", urls, "--data", data, "--no-demo"];

        // A test run in the background of a script has Ctrl-C ignored, and so would its children.
        var start = new ProcessStartInfo(
            OperatingSystem.IsLinux() ? "env" : Environment.ProcessPath!,
            OperatingSystem.IsLinux() ? ["--default-signal=INT", .. inside, Environment.ProcessPath!, .. arguments] : arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("AzureWebJobsStorage");

        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        return new(Process.Start(start)!, data);
    }

    public async Task<HostProcess> ListensAsync()
    {
        await Eventually.IsAsync(() => Output.Contains("Ctrl-C stops it", StringComparison.Ordinal) || HasExited);
        Assert.False(HasExited, Error);
        return this;
    }

    public void Signal(int signal) => RunningProcess.Signal(_process.Id, signal);

    /// <returns>Its exit code.</returns>
    public async Task<int> EndsAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasExited)
        {
            Signal(SigTerm);
            await EndsAsync();
        }

        _process.Dispose();
        CheckLog();
    }

    /// <summary>What the process printed says no key, but for what it prints on purpose at its start: the function key in a line to try, and the well-known key of its own Azurite.</summary>
    private void CheckLog()
    {
        foreach (var file in (string[])["keys.json", "pseudonym.key", "webhook.key"])
            if (Path.Combine(_data, file) is var path && File.Exists(path))
                foreach (var key in File.ReadAllText(path).Split(['"', '\n', ' ', ',', ':', '{', '}']).Where(static word => word.Length > 30))
                    _log.Keep($"a key of {file}", key);
        _log.KeepAccountKey(AzuriteAccount.Default.ConnectionString(new AzuritePorts(0, 0, 0)));
        foreach (var line in $"{Output}\n{Error}".Split('\n'))
            if (!line.StartsWith("  function key  ", StringComparison.Ordinal) && !line.StartsWith("curl -i ", StringComparison.Ordinal) && !line.Contains("AccountName=", StringComparison.Ordinal))
                _log.Read(line);
        _log.ThrowIfFound();
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
            text.Append(line).Append('\n');
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Succesmeter.LocalHost.Azurite;

/// <summary>A running Azurite: one that keeps its data in a folder and outlives a killed host, or one in memory for tests.</summary>
public sealed class AzuriteProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly string _instance;
    private readonly Process? _child;
    private readonly IReadOnlyList<AzuriteAccount> _accounts;
    private bool _hasEnded;

    private AzuriteProcess(int processId, string instance, AzuritePorts ports, IReadOnlyList<AzuriteAccount> accounts, Process? child)
    {
        ProcessId = processId;
        Ports = ports;
        _instance = instance;
        _accounts = accounts;
        _child = child;
    }

    public int ProcessId { get; }

    public AzuritePorts Ports { get; }

    /// <summary>It was left behind by a host that was killed, and goes on with its data in this one.</summary>
    public bool IsAdopted => _child is null;

    public string ConnectionString(int account = 0) => _accounts[account].ConnectionString(Ports);

    /// <summary>Adopts the Azurite that runs on the folder, or starts one.</summary>
    /// <remarks>The caller holds the folder for itself (as the command line does), so no two hosts are here at once.</remarks>
    public static async Task<AzuriteProcess> StartOrAdoptAsync(
        string dataFolder, AzuritePorts ports, Action<string> progress, CancellationToken cancellation)
    {
        var record = Path.Combine(dataFolder, "azurite.json");

        if (await AdoptAsync(record, cancellation) is { } adopted)
            return adopted;

        var location = Path.Combine(dataFolder, "azurite");
        Directory.CreateDirectory(location);
        return await StartAsync(record, ports, ["--location", location], [AzuriteAccount.Default], progress, cancellation);
    }

    /// <summary>Starts one that keeps all in memory and ends with this process, even when that is killed.</summary>
    /// <remarks>It has so many empty accounts, for tests that do not want to see each other's data; at most 2,000, because
    /// their names and keys travel in one environment variable, of which Linux allows 128 KiB.</remarks>
    public static Task<AzuriteProcess> StartInMemoryAsync(int accounts, Action<string> progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(accounts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(accounts, 2000);
        var all = Enumerable.Range(0, accounts).Select(AzuriteAccount.Numbered).ToList();
        return StartAsync(record: "-", AzuritePorts.AnyFree, ["--inMemoryPersistence"], all, progress, cancellation);
    }

    /// <summary>Ends it in order: what was acknowledged is saved.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_hasEnded)
            return;

        _hasEnded = true;
        await RunningProcess.StopAsync(ProcessId, () => IsRunning(ProcessId, _instance), StopPatience, CancellationToken.None);

        if (_child is not null)
        {
            await _child.WaitForExitAsync();
            _child.Dispose();
        }
    }

    private static async Task<AzuriteProcess?> AdoptAsync(string file, CancellationToken cancellation)
    {
        var record = await AzuriteRecord.ReadAsync(file, cancellation);

        // Its host may have been killed before it listened.
        for (var waited = TimeSpan.Zero; record is { Ports: null } && IsRunning(record.ProcessId, record.Instance) && waited < StartPatience; waited += Poll)
        {
            await Task.Delay(Poll, cancellation);
            record = await AzuriteRecord.ReadAsync(file, cancellation);
        }

        if (record is null || !IsRunning(record.ProcessId, record.Instance))
            return null;

        if (record.Ports is { } ports && await AnswersAsync(ports, cancellation))
            return new(record.ProcessId, record.Instance, ports, [AzuriteAccount.Default], child: null);

        // It is ours but deaf, and two may not share the data.
        await RunningProcess.StopAsync(record.ProcessId, () => IsRunning(record.ProcessId, record.Instance), StopPatience, cancellation);
        return null;
    }

    private static async Task<AzuriteProcess> StartAsync(
        string record, AzuritePorts ports, string[] where, IReadOnlyList<AzuriteAccount> accounts, Action<string> progress, CancellationToken cancellation)
    {
        var node = await NodeJs.FindAsync(cancellation);
        var main = await AzuriteInstallation.EnsureAsync(progress, cancellation);
        var instance = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var child = Process.Start(Start(node, main, instance, record, ports, where, accounts))!;

        try
        {
            var heard = await HearAsync(child, cancellation);

            if (!await AnswersAsync(heard, cancellation))
                throw new CannotStartException("Azurite was started but does not answer.");

            return new(child.Id, instance, heard, accounts, child);
        }
        catch
        {
            child.Kill();
            child.Dispose();
            throw;
        }
    }

    private static ProcessStartInfo Start(
        NodeJs node, string main, string instance, string record, AzuritePorts ports, string[] where, IReadOnlyList<AzuriteAccount> accounts)
    {
        string[] arguments =
        [
            AzuriteInstallation.Runner, main, instance, record,
            "--silent", "--loose", "--skipApiVersionCheck", "--disableTelemetry",
            "--blobPort", Text(ports.Blob), "--queuePort", Text(ports.Queue), "--tablePort", Text(ports.Table),
            .. where,
        ];
        var start = new ProcessStartInfo(node.Node, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', accounts.Select(account => $"{account.Name}:{account.Key}"));
        return start;

        static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Waits for the line in which the runner tells the ports.</summary>
    private static async Task<AzuritePorts> HearAsync(Process child, CancellationToken cancellation)
    {
        var error = new StringBuilder();
        child.ErrorDataReceived += (_, line) => error.Append(line.Data).Append(' ');
        child.BeginErrorReadLine();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(StartPatience);

        try
        {
            if (await child.StandardOutput.ReadLineAsync(patience.Token) is { } line)
                return JsonSerializer.Deserialize(line, AzuriteJson.Default.AzuritePorts)!;

            await child.WaitForExitAsync(patience.Token);
            throw new CannotStartException($"Azurite ended at once: {error.ToString().Trim()}");
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new CannotStartException($"Azurite did not listen within {StartPatience.TotalSeconds:0} s.", e);
        }
    }

    private static async Task<bool> AnswersAsync(AzuritePorts ports, CancellationToken cancellation)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var answers = await Task.WhenAll(IsAsync("Blob", ports.Blob), IsAsync("Queue", ports.Queue), IsAsync("Table", ports.Table));
        return answers.All(answer => answer);

        async Task<bool> IsAsync(string service, int port)
        {
            try
            {
                using var response = await client.GetAsync(new UriBuilder("http", "127.0.0.1", port).Uri, cancellation);
                return response.Headers.Server.ToString().StartsWith($"Azurite-{service}/", StringComparison.Ordinal);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                return false;
            }
        }
    }

    private static bool IsRunning(int processId, string instance) =>
        RunningProcess.CommandLine(processId)?.Contains(instance, StringComparison.Ordinal) == true;
}

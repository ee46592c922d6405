using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Succesmeter.LocalHost;

namespace Succesmeter.Benchmarks;

/// <summary>The local host's own program in a process of its own, on the account that is named; it can be killed and begun again.</summary>
internal sealed class HostProcess(string storage, bool demo = false) : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("succesmeter-host-");
    private Process? _process;

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(20), BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}")) };

    public int ProcessId => _process!.Id;

    /// <summary>Starts the program and waits for nothing.</summary>
    public void Begin()
    {
        string[] arguments = [typeof(LocalHostApp).Assembly.Location, "--urls", Http.BaseAddress!.GetLeftPart(UriPartial.Authority), "--data", _data.FullName];
        var start = new ProcessStartInfo("dotnet", demo ? arguments : [.. arguments, "--no-demo"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AzureWebJobsStorage"] = storage, ["Logging__LogLevel__Default"] = "Error", ["Demo__Urls"] = "http://127.0.0.1:0" },
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, said) => Console.Error.WriteLine(said.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public async Task StartAsync(CancellationToken cancellation)
    {
        Begin();
        await AnswersAsync("/api/health", static _ => true, TimeSpan.FromMilliseconds(100), cancellation);
    }

    /// <summary>Asks again and again, also where nobody listens yet.</summary>
    public async Task AnswersAsync(string path, Func<JsonElement, bool> isIt, TimeSpan pause, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative), cancellation);
                if (answer.IsSuccessStatusCode && isIt(JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation)).RootElement))
                    return;
            }
            catch (Exception down) when (down is HttpRequestException or IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                // Not yet.
            }

            await Task.Delay(pause, cancellation);
        }
    }

    /// <param name="name">function, admin or token.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<string> KeyAsync(string name, CancellationToken cancellation)
    {
        using var keys = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(_data.FullName, "keys.json"), cancellation));
        return keys.RootElement.GetProperty(name).GetString()!;
    }

    public async Task KillAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Http.Dispose();
        _data.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using Succesmeter.LocalHost.Azurite;

namespace Succesmeter.Faults.Tests;

/// <summary>The real executable on one account and one folder, over all its lives. Its schedules are off, but those that a test names.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class RealHost(string? storage, Func<string, IReadOnlyList<string>>? inside = null, params (string Name, string Value)[] settings) : IAsyncDisposable
{
    /// <summary>One for all runs, so that donors have the same pseudonyms in each, and two hosts can read the same secrets.</summary>
    private static readonly string Key32 = Convert.ToBase64String(new byte[32]);

    private readonly TemporaryFolder folder = new();
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(3) };
    private readonly StringBuilder said = new();
    private HostProcess? process;

    /// <summary>Functions that run by their schedule.</summary>
    public IReadOnlyCollection<string> OnSchedule { get; init; } = [];

    /// <summary>The account that it was given, or that of its own Azurite.</summary>
    public string Storage => storage ?? AzuriteAccount.Default.ConnectionString(AzuriteRecord.ReadAsync(Path.Combine(Seen, "azurite.json"), default).GetAwaiter().GetResult()!.Ports!);

    public int ProcessId => process!.Id;

    public string Data => folder["data"];

    /// <summary>What it wrote in all its lives.</summary>
    public string Said => said.ToString() + process?.Output + process?.Error;

    public void Start()
    {
        var off = Timers.Off.Where(one => !OnSchedule.Contains(one.Key.Split('.')[1])).Select(static one => (one.Key, one.Value!));
        Directory.CreateDirectory(Data);
        process = HostProcess.Start(inside?.Invoke(Data) ?? [], Data, "http://127.0.0.1:0", [("AzureWebJobsStorage", storage ?? ""), ("Donors__PseudonymKey", Key32), ("Webhooks__Keys__1", Key32), .. off, .. settings]);
    }

    public async Task<RealHost> ListensAsync()
    {
        if (process is null)
            Start();
        await process!.ListensAsync();
        return this;
    }

    public async Task KillAsync()
    {
        Assert.False(process!.HasExited, $"the host ended by itself: {process.Error}");
        await EndAsync(HostProcess.SigKill);
        await Account.LetLapseAsync(Storage);
    }

    /// <summary>In order: what runs may end.</summary>
    public Task StopAsync() => EndAsync(HostProcess.SigTerm);

    public async Task<JsonElement> GetAsync(string path) => await http.GetFromJsonAsync<JsonElement>(new Uri(process!.Address, path));

    /// <returns>What was answered; null when nothing was, for instance because the host died.</returns>
    public async Task<HttpStatusCode?> TryPushAsync(string ndjson)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(process!.Address, "/api/snapshots")) { Content = new StringContent(ndjson, Encoding.UTF8, "application/x-ndjson") };
        request.Headers.Add("x-functions-key", Key("function"));
        try
        {
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Everything is told to the address.</summary>
    public async Task SubscribeAsync(string address)
    {
        using var answer = await SendAsync("/api/subscriptions", new { all = true, url = address, language = "nl" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    public async Task SearchAsync(string platform)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(process!.Address, $"/api/admin/platforms/{platform}/search"));
        request.Headers.Add("x-functions-key", Key("admin"));
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        // With an Azurite of its own it ends that as well, if asked.
        if (process is { HasExited: false })
            await EndAsync(storage is null ? HostProcess.SigTerm : HostProcess.SigKill);
        http.Dispose();
        folder.Dispose();
    }

    /// <summary>Its folder, which may lie on a disk that only it sees.</summary>
    private string Seen => inside is null ? Data : SmallDisk.Seen(ProcessId, Data);

    private async Task EndAsync(int signal)
    {
        process!.Signal(signal);
        await process.EndsAsync();
        said.Append(process.Output).Append(process.Error);
        await process.DisposeAsync();
        process = null;
    }

    private async Task<HttpResponseMessage> SendAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(process!.Address, path)) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key("token"));
        return await http.SendAsync(request);
    }

    private string Key(string name)
    {
        using var keys = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Seen, "keys.json")));
        return keys.RootElement.GetProperty(name).GetString()!;
    }
}

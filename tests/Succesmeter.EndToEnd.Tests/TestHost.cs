using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Succesmeter.Campaigns;
using Succesmeter.Functions;
using Succesmeter.LocalHost;
using Succesmeter.LocalHost.Blobs;
using Succesmeter.LocalHost.Http;
using Succesmeter.LocalHost.Settings;
using Succesmeter.Snapshots;
using Succesmeter.Testing;
using Succesmeter.Webhooks;

namespace Succesmeter.EndToEnd.Tests;

/// <summary>The whole program in one process on an account of its own, as a client sees it. When it ends its whole log is looked through for what no log may say, so that every test of a host is one of its log too.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    public const string RootToken = "root-token-of-a-test-town";

    private static readonly HostKeys Keys = new("the-function-key", "the-admin-key");

    private readonly LocalHostApp _app;
    private readonly LogWatch _log;

    private TestHost(LocalHostApp app, string storage, LogWatch log)
    {
        _app = app;
        _log = log;
        Storage = storage;
        Client = new HttpClient(new Watched(log)) { BaseAddress = app.Address };
    }

    public HttpClient Client { get; }

    public string Storage { get; }

    public string AdminKey => Keys.Admin;

    public string FunctionKey => Keys.Function;

    /// <summary>What a timer would run: a test does not wait for the night.</summary>
    public T Stage<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <param name="storage">An account of its own when null.</param>
    /// <param name="publicScores">Reading is open.</param>
    /// <param name="clocks">The campaign clocks; the machine's when null.</param>
    /// <param name="time">The machine's clock; it must go on, for hosts wait by it.</param>
    /// <param name="webhooks">Takes what would be sent; the real sender when null.</param>
    /// <param name="logging">Where log lines go, beside nowhere.</param>
    /// <param name="settings">Beside those of every test.</param>
    public static async Task<TestHost> StartAsync(
        string? storage = null, bool publicScores = true, IPlatformClocks? clocks = null, TimeProvider? time = null, IWebhookSender? webhooks = null, Action<ILoggingBuilder>? logging = null, params (string Key, string Value)[] settings)
    {
        storage ??= await AzuriteAccounts.NextAsync();
        var all = new Dictionary<string, string?>
        {
            ["Access:PublicScores"] = publicScores ? "true" : "false",
            ["Access:RootToken"] = RootToken,
            ["Api:RequestsPerMinute"] = "0",
            ["Api:ScoreAge"] = "00:00:00",
            ["Lists:Age"] = "00:00:00",
            ["Donors:PseudonymKey"] = Convert.ToBase64String(new byte[32]),
        };
        foreach (var (setting, value) in Timers.Off)
            all[setting] = value;
        foreach (var (key, value) in settings)
            all[key] = value;
        var log = new LogWatch();
        var app = await LocalHostApp.StartAsync(
            new LocalHostOptions
            {
                Assemblies = [typeof(SuccesmeterServices).Assembly],
                Storage = storage,
                Keys = Keys,
                Time = time ?? TimeProvider.System,
                HostJson = new HostJsonFile { RoutePrefix = "", Queues = new() { MaxPollingInterval = TimeSpan.FromMilliseconds(100) } },
                BlobPacing = new BlobPacing(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50)),
                Middleware = SuccesmeterServices.Middleware,
                Services = (services, configuration) =>
                {
                    if (clocks is not null)
                        services.AddSingleton(clocks);
                    if (webhooks is not null)
                        services.AddSingleton(webhooks);
                    services.AddSuccesmeter(configuration);
                },
                Settings = all,
                Logging = logs =>
                {
                    // What the framework tells of each request, address and all, is switched off in every host of ours.
                    logs.AddProvider(log).AddFilter<LogWatch>(null, LogLevel.Debug).AddFilter<LogWatch>("Microsoft", LogLevel.Warning);
                    logging?.Invoke(logs);
                },
            },
            CancellationToken.None);
        log.Keep("the function key", Keys.Function);
        log.Keep("the admin key", Keys.Admin);
        log.KeepAccountKey(storage);
        foreach (var (name, value) in all.Where(static setting => setting.Key.Contains("Key", StringComparison.Ordinal) || setting.Key.EndsWith("Token", StringComparison.Ordinal)))
            log.Keep($"the setting {name}", value);
        return new TestHost(app, storage, log);
    }

    public async Task DropAsync(string name, string content)
    {
        _log.Meet(content);
        await new BlobServiceClient(Storage).GetBlobContainerClient("incoming").GetBlobClient(name).UploadAsync(BinaryData.FromString(content), overwrite: true);
    }

    public async Task<JsonElement> PushAsync(string content, string type = "application/x-ndjson", bool gzip = false)
    {
        _log.Meet(content);
        var body = Encoding.UTF8.GetBytes(content);
        if (gzip)
        {
            using var packed = new MemoryStream();
            using (var stream = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                stream.Write(body);
            body = packed.ToArray();
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/snapshots") { Content = new ByteArrayContent(body) };
        request.Headers.Add("x-functions-key", Keys.Function);
        request.Content.Headers.ContentType = new(type);
        if (gzip)
            request.Content.Headers.ContentEncoding.Add("gzip");
        using var answer = await Client.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Pushes and waits until every campaign of the push is scored or awaits facts.</summary>
    public async Task<JsonElement> PushAndScoreAsync(string content, string type = "application/x-ndjson", bool gzip = false)
    {
        var location = (await PushAsync(content, type, gzip)).GetProperty("location").GetString()!;
        JsonElement receipt = default;
        await Eventually.IsAsync(async () =>
        {
            receipt = await GetAsync(location);
            return receipt.GetProperty("state").GetString() == "read" && receipt.GetProperty("waiting").GetInt32() == 0;
        });
        return receipt;
    }

    public async Task<JsonElement> GetAsync(string path) => await Client.GetFromJsonAsync<JsonElement>(path);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _log.KeepPseudonyms(_app.Services.GetRequiredService<IPseudonyms>());
        await _app.DisposeAsync();
        _log.ThrowIfFound();
    }

    /// <summary>Tokens and secrets pass here once, and donors who want to be forgotten.</summary>
    private sealed class Watched(LogWatch log) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is not null)
                log.Meet(await request.Content.ReadAsStringAsync(cancellationToken));
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.Method != HttpMethod.Get && answer.Content.Headers.ContentType?.MediaType == "application/json")
            {
                await answer.Content.LoadIntoBufferAsync(cancellationToken);
                log.Meet(await answer.Content.ReadAsStringAsync(cancellationToken));
            }

            return answer;
        }
    }
}

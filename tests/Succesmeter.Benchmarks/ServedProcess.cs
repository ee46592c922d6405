using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Succesmeter.Campaigns;
using Succesmeter.Functions;
using Succesmeter.LocalHost;
using Succesmeter.LocalHost.Http;
using Succesmeter.LocalHost.Settings;
using Succesmeter.Storage;
using Succesmeter.Storage.Tables;

namespace Succesmeter.Benchmarks;

/// <summary>
/// A server in a process of its own, so that its memory and its processor time are not those of who asks. It says its address in one line and then answers one line with another:
/// <c>memory</c> with working set and heap after a collection, <c>put N</c> with the platform of N more listings. It ends with its input.
/// </summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    public const string RootToken = "root-token-of-a-benchmark";
    public const string FunctionKey = "function", AdminKey = "admin";

    private readonly Process _process;

    private ServedProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The two servers, as commands that nobody types.</summary>
    public static IEnumerable<Command> Commands()
    {
        var hello = new Command("served-hello") { Hidden = true };
        hello.SetAction((_, cancellation) => HelloAsync(cancellation));
        yield return hello;

        var storage = new Argument<string>("STORAGE");
        var host = new Command("served-host") { storage };
        host.Hidden = true;
        host.SetAction((parsed, cancellation) => HostAsync(parsed.GetRequiredValue(storage), cancellation));
        yield return host;
    }

    public static Task<ServedProcess> StartHelloAsync() => StartAsync("served-hello");

    public static Task<ServedProcess> StartHostAsync(string storage) => StartAsync("served-host", storage);

    /// <returns>Bytes of the working set, and of the heap after a collection.</returns>
    public async Task<(long WorkingSet, long Heap)> MemoryAsync()
    {
        var said = (await SayAsync("memory")).Split(' ');
        return (long.Parse(said[0], CultureInfo.InvariantCulture), long.Parse(said[1], CultureInfo.InvariantCulture));
    }

    /// <returns>The platform that has so many campaigns now.</returns>
    public Task<string> PutAsync(int campaigns) => SayAsync(string.Create(CultureInfo.InvariantCulture, $"put {campaigns}"));

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<ServedProcess> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{arguments[0]} did not start.");
        return new ServedProcess(process, new Uri(address));
    }

    private async Task<string> SayAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        return await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The server ended at '{line}'.");
    }

    /// <summary>What the framework does with a request when nothing is done with it: the same server, the same router.</summary>
    private static async Task HelloAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        await using var app = builder.Build();
        app.MapGet("/hello", static () => "hello");
        await app.StartAsync(cancellation);
        await ListenAsync(app.Urls.Single(), static _ => throw new InvalidOperationException("Only a host keeps campaigns."), cancellation);
    }

    /// <summary>The local host as its command starts it, without the demo, with scores closed.</summary>
    private static async Task HostAsync(string storage, CancellationToken cancellation)
    {
        await using var host = await LocalHostApp.StartAsync(
            new LocalHostOptions
            {
                Assemblies = [typeof(SuccesmeterServices).Assembly],
                Middleware = SuccesmeterServices.Middleware,
                Services = (services, configuration) => services.AddSuccesmeter(configuration).AddSingleton<ICampaignList>(static provider => new ManyCampaigns(new TableCampaignList(provider.GetRequiredService<StorageAccount>()))),
                Storage = storage,
                Keys = new HostKeys(FunctionKey, AdminKey),
                HostJson = HostJsonFile.Read(Path.Combine(AppContext.BaseDirectory, "host.json")),
                Settings = new Dictionary<string, string?>
                {
                    ["Donors:PseudonymKey"] = Convert.ToBase64String(new byte[32]),
                    ["Access:PublicScores"] = "false",
                    ["Access:RootToken"] = RootToken,

                    // All that is asked comes from one address.
                    ["Api:RequestsPerMinute"] = "0",
                }.Concat(TimersOff()).ToDictionary(StringComparer.Ordinal),
            },
            cancellation);
        await ListenAsync(host.Address.ToString(), campaigns => PutAsync(host.Services.GetRequiredService<ICampaignList>(), campaigns, cancellation), cancellation);
    }

    /// <summary>At five past the hour scores would become others, and what answered 304 would answer 200.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> TimersOff() =>
        from method in typeof(Triggers).GetMethods()
        where method.GetParameters().Any(static parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>() is not null)
        select KeyValuePair.Create($"AzureWebJobs.{method.GetCustomAttribute<FunctionAttribute>()!.Name}.Disabled", (string?)"true");

    private static async Task ListenAsync(string address, Func<int, Task<string>> put, CancellationToken cancellation)
    {
        Console.WriteLine(address);
        while (await Console.In.ReadLineAsync(cancellation) is { } line)
        {
            var answer = line.Split(' ') switch
            {
                ["memory"] => Memory(),
                ["put", var campaigns] => await put(int.Parse(campaigns, CultureInfo.InvariantCulture)),
                _ => throw new InvalidOperationException($"'{line}' is no question."),
            };
            Console.WriteLine(answer);
        }
    }

    private static string Memory()
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.WorkingSet} {heap}");
    }

    private static async Task<string> PutAsync(ICampaignList list, int campaigns, CancellationToken cancellation)
    {
        var platform = ManyCampaigns.PlatformOf(campaigns);
        var made = campaigns > ManyCampaigns.MostInTables ? 1 : campaigns;
        await list.PutAsync([.. Enumerable.Range(0, made).Select(number => ManyCampaigns.Listing(platform, number, campaigns))], cancellation);
        return platform.Value;
    }
}

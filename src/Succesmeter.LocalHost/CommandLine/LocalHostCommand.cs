using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Succesmeter.LocalHost.Azurite;
using Succesmeter.LocalHost.Demo;
using Succesmeter.LocalHost.Http;
using Succesmeter.LocalHost.Settings;

namespace Succesmeter.LocalHost.CommandLine;

/// <summary>One command: storage, keys, functions, until it is asked to stop.</summary>
internal static class LocalHostCommand
{
    private const int CouldNotStart = 1;

    public static RootCommand Create()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Where to listen; several addresses are parted by a semicolon.",
            DefaultValueFactory = _ => "http://127.0.0.1:7071",
        };
        var data = new Option<string>("--data")
        {
            Description = "The folder of Azurite's data and of the keys.",
            DefaultValueFactory = _ => ".succesmeter",
        };
        var noDemo = new Option<bool>("--no-demo") { Description = "Leave out the generated campaigns." };
        var command = new RootCommand("Runs Succesmeter's functions on this machine, with Azurite as their storage unless AzureWebJobsStorage is set.")
        {
            urls, data, noDemo, PlatformsCommand.Create(TimeProvider.System),
        };
        command.SetAction((parsed, _) => RunAsync(parsed.GetRequiredValue(urls), parsed.GetRequiredValue(data), !parsed.GetValue(noDemo)));
        return command;
    }

    private static async Task<int> RunAsync(string urls, string data, bool demo)
    {
        using var signals = new StopSignals();

        try
        {
            using var folder = DataFolder.Hold(data);
            await RunAsync(urls, folder.Path, demo, signals.Came);
            return 0;
        }
        catch (CannotStartException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return CouldNotStart;
        }
        catch (OperationCanceledException) when (signals.Came.IsCancellationRequested)
        {
            return 0;
        }
    }

    private static async Task RunAsync(string urls, string folder, bool demo, CancellationToken stop)
    {
        var keys = LocalKeys.ReadOrMake(folder);
        var given = Environment.GetEnvironmentVariable("AzureWebJobsStorage");
        await using var azurite = string.IsNullOrEmpty(given)
            ? await AzuriteProcess.StartOrAdoptAsync(folder, AzuritePorts.AnyFree, Console.WriteLine, stop)
            : null;
        var options = SuccesmeterFunctions.In(new()
        {
            Storage = azurite?.ConnectionString() ?? given!,
            Keys = new HostKeys(keys.Function, keys.Admin),
            HostJson = HostJsonFile.Read(Path.Combine(AppContext.BaseDirectory, "host.json")),
            Urls = urls,
            Defaults = new Dictionary<string, string?>(demo ? DemoServices.Defaults : [])
            {
                ["Access:PublicScores"] = "true",
                ["Access:RootToken"] = keys.Token,
                ["Webhooks:AllowLoopback"] = "true",
                ["Webhooks:Site"] = SiteOf(urls),
                ["Webhooks:Keys:1"] = LocalKeys.ReadOrMakeWebhookKey(folder),

                // Everybody here is one address, and its own.
                ["Api:RequestsPerMinute"] = "0",
                ["Donors:PseudonymKey"] = LocalKeys.ReadOrMakePseudonymKey(folder),
                ["Demo:Enabled"] = demo ? "true" : "false",
            },
            Logging = logging => logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            }),
        });

        await using var host = await LocalHostApp.StartAsync(options, stop);
        Console.Write(Welcome.Text(host.Address, host.Services.GetService<TownSocket>()?.Address, folder, azurite, keys, options.Time.GetUtcNow()));
        await host.WaitForShutdownAsync(stop);
        Console.WriteLine(azurite is null ? "Stopped." : "Stopped; Azurite saves and ends.");
    }

    /// <summary>Where a link leads that this host sends; an address that nobody can listen on is told of by who tries to.</summary>
    private static string SiteOf(string urls)
    {
        const string usual = "http://127.0.0.1:7071";
        var first = urls.Split(';')[0].Replace("*", "127.0.0.1", StringComparison.Ordinal).Replace("+", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);
        return Uri.TryCreate(first, UriKind.Absolute, out var site) && site.Scheme is ("http" or "https") ? first : usual;
    }
}

using System.Globalization;
using Succesmeter.LocalHost.Azurite;

namespace Succesmeter.LocalHost.CommandLine;

/// <summary>What is where, and a line to try.</summary>
internal static class Welcome
{
    public static string Text(Uri address, Uri? town, string folder, AzuriteProcess? azurite, LocalKeys keys, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""

          Succesmeter listens on {{address}}

            demo town     {{town?.ToString() ?? "none"}}
            data folder   {{folder}}
            storage       {{Storage(azurite)}}
            files         drop them in the container incoming
            keys          {{LocalKeys.FileIn(folder)}}
            function key  {{keys.Function}}

          Send a snapshot:

          curl -i {{new Uri(address, "api/snapshots")}} -H 'x-functions-key: {{keys.Function}}' -H 'Content-Type: application/json' -d '{ "schema": "succesmeter/snapshot/1", "platform": "growfunding", "campaign": "kidical-mass", "takenAt": "{{now:yyyy-MM-ddTHH:mm:ssZ}}", "title": "Kidical Mass", "state": "live", "currency": "EUR", "goal": 7500, "launchedAt": "{{now.AddDays(-12):yyyy-MM-ddTHH:mm:ssZ}}", "endsAt": "{{now.AddDays(28):yyyy-MM-ddTHH:mm:ssZ}}", "pledged": 2310.50, "backers": 64 }'

          Ctrl-C stops it.

          """);

    private static string Storage(AzuriteProcess? azurite) => azurite is null
        ? "the account of AzureWebJobsStorage"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"Azurite, process {azurite.ProcessId}{(azurite.IsAdopted ? ", which an earlier host left behind" : "")}\n                {azurite.ConnectionString()}");
}

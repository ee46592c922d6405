using System.Globalization;
using System.Text.Json;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Succesmeter.LocalHost.CommandLine;
using Succesmeter.LocalHost.Demo;
using Succesmeter.LocalHost.Http;
using Succesmeter.LocalHost.Settings;
using Succesmeter.Testing;

namespace Succesmeter.LocalHost.Tests.Demo;

/// <summary>The whole of it, as `dotnet run` has it: the town, its site, the crawl, the scores.</summary>
public sealed class LivingTownTests
{
    [Fact]
    public async Task The_town_is_crawled_and_its_scores_move()
    {
        var storage = await AzuriteAccounts.NextAsync();
        await using var host = await LocalHostApp.StartAsync(
            SuccesmeterFunctions.In(new LocalHostOptions
            {
                Storage = storage,
                Keys = new HostKeys("function", "admin"),
                HostJson = new HostJsonFile { RoutePrefix = "" },
                Defaults = new Dictionary<string, string?>(DemoServices.Defaults),
                Settings = new Dictionary<string, string?>
                {
                    ["Demo:Enabled"] = "true",
                    ["Demo:Urls"] = "http://127.0.0.1:0",
                    ["Access:PublicScores"] = "true",
                    ["Api:RequestsPerMinute"] = "0",
                    ["Donors:PseudonymKey"] = Convert.ToBase64String(new byte[32]),
                },
            }),
            CancellationToken.None);
        using var client = new HttpClient { BaseAddress = host.Address };
        var founded = host.Services.GetRequiredService<TownClock>().Founded;

        // Its past is read first; then what the crawl saw itself, after the founding, is scored; then that moves.
        await Eventually.IsAsync(() => new BlobContainerClient(storage, "archive").GetBlobs().Any(static blob => blob.Name.StartsWith("pages/demostad/", StringComparison.Ordinal)));
        await Eventually.IsAsync(async () => (await client.GetStringAsync(new Uri("/api/campaigns?platform=demostad&limit=1", UriKind.Relative))).Contains("probability", StringComparison.Ordinal));
        (string Campaign, string AsOf) first = default;
        await Eventually.IsAsync(async () => (first = await NewestAsync()).Campaign is not null);
        await Eventually.IsAsync(async () => string.CompareOrdinal((await NewestAsync()).AsOf, first.AsOf) > 0);

        async Task<(string Campaign, string AsOf)> NewestAsync()
        {
            using var list = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/campaigns?platform=demostad&limit=500", UriKind.Relative)));
            return list.RootElement.GetProperty("items").EnumerateArray()
                .Where(one => one.GetProperty("probability").ValueKind == JsonValueKind.Number && one.GetProperty("takenAt").GetDateTimeOffset() > founded)
                .Select(static one => (one.GetProperty("campaign").GetString()!, one.GetProperty("asOf").GetDateTimeOffset().ToString("O", CultureInfo.InvariantCulture)))
                .OrderByDescending(static one => one.Item2, StringComparer.Ordinal).FirstOrDefault();
        }
    }
}

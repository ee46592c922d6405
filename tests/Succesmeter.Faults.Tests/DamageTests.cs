using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Succesmeter.Testing;
using Xunit.Abstractions;

namespace Succesmeter.Faults.Tests;

/// <summary>Rows that were half written, rows of an old version, model files that were cut in half: said in the log, mended by the next work, and then as if nothing had happened.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DamageTests(ITestOutputHelper output)
{
    /// <summary>More than a checkpoint's distance, so that there is one to damage.</summary>
    private const int Snapshots = 40;

    private static readonly (string What, Action<TableEntity> Do)[] Damages =
    [
        ("nothing", static _ => { }),
        ("state cut in half", static row => Cut(row, "State0")),
        ("state cut in half with its length", static row => { Cut(row, "State0"); row["State"] = row.GetBinary("State0").Length; }),
        ("state without its bytes", static row => row.Remove("State0")),
        ("state said to be shorter than it is", static row => row["State"] = 10),
        ("score cut in half with its length", static row => { Cut(row, "Score0"); row["Score"] = row.GetBinary("Score0").Length; }),
        ("recent snapshots cut in half", static row => Cut(row, "Recent0")),
        ("told events cut in half", static row => row["Told"] = row.GetString("Told")[..(row.GetString("Told").Length / 2)]),
        ("told events missing", static row => row.Remove("Told")),
        ("unsent events cut in half", static row => row["UnsentEvents"] = "[{\"type\":\"mile"),
        ("a state of an old version", static row => row.GetBinary("State0")[0] = 4),
        ("a state of a version to come", static row => row.GetBinary("State0")[0] = 99),
    ];

    [Fact]
    public async Task A_damaged_row_and_one_of_another_version_are_folded_anew_to_the_same()
    {
        var (whole, wholeTold, _) = await RunAsync(damages: false);
        var (rows, told, said) = await RunAsync(damages: true);

        Same.Rows(whole, rows);
        Assert.Equal(wholeTold, told);
        var damaged = Damages.Count(static one => one.What is not "nothing" && !one.What.Contains("version", StringComparison.Ordinal));
        for (var campaign = 1; campaign <= damaged; campaign++)
            Assert.Matches($"The stored (state|score|recent snapshots|told events|unsent events) of {Undisturbed.Platform}/c{campaign:D3} cannot be read and is derived anew", said);
        Assert.Matches($"The stored checkpoint of {Undisturbed.Platform}/c000 cannot be read", said);
        Assert.DoesNotContain("failed on message", said, StringComparison.Ordinal);
        output.WriteLine($"fault: half-written row tried {damaged + 1}, held {damaged + 1}: {string.Join(", ", Damages.Skip(1).Take(damaged).Select(static one => one.What))}, checkpoint cut in half under a late snapshot");
        output.WriteLine($"fault: rows of another version tried {Damages.Length - 1 - damaged}, held {Damages.Length - 1 - damaged}");
    }

    /// <summary>Cut in half one after the other: what a platform taught, the model that serves, the ledger.</summary>
    [Fact]
    public async Task A_model_file_cut_in_half_leaves_scoring_going_and_is_made_again_by_the_next_night()
    {
        var storage = await AzuriteAccounts.NextAsync();
        await using var host = new RealHost(storage) { OnSchedule = ["OutcomesToModels"] };
        var models = new BlobContainerClient(storage, "models");
        await host.ListensAsync();
        await Account.DropAsync(storage, "all.ndjson", string.Join('\n', FaultTown.Lines("t00", campaigns: 12, snapshots: 4)));
        await Account.QuietAsync(storage);
        await NightAsync();
        var (ledger, learned) = (await Account.LedgerAsync(storage), await ScoredAsync("whole"));
        Assert.Contains("serving-", learned, StringComparison.Ordinal);

        await foreach (var file in models.GetBlobsAsync(Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, "platforms/", default))
            await HalveAsync(file.Name);
        await RestartAsync();
        Assert.NotEqual(learned, await ScoredAsync("without-platform"));
        Assert.Contains("in the container of models is damaged", host.Said, StringComparison.Ordinal);
        await NightAsync();
        Assert.Equal((ledger, learned), (await Account.LedgerAsync(storage), await ScoredAsync("platform-again")));

        var serving = JsonNode.Parse(ledger)!["serving"]!.GetValue<string>();
        var shipped = await models.GetBlobClient($"forecasts/{serving}.model").DownloadContentAsync();
        await models.GetBlobClient("forecasts/c0ffee0000000000.model").UploadAsync(shipped.Value.Content);
        await HalveAsync("forecasts/c0ffee0000000000.model");
        var text = (await models.GetBlobClient("ledger.json").DownloadContentAsync()).Value.Content.ToString();
        await models.GetBlobClient("ledger.json").UploadAsync(BinaryData.FromString(text.Replace($"\"serving\":\"{serving}\"", "\"serving\":\"c0ffee0000000000\"", StringComparison.Ordinal)), overwrite: true);
        await RestartAsync();
        Assert.NotEqual(learned, await ScoredAsync("without-model"));
        Assert.Contains("The model c0ffee0000000000 cannot be read", host.Said, StringComparison.Ordinal);
        await NightAsync();
        Assert.Equal(learned, await ScoredAsync("model-again"));

        await HalveAsync("ledger.json");
        await RestartAsync();
        Assert.NotEqual(learned, await ScoredAsync("without-ledger"));
        Assert.Contains("ledger.json in the container of models is damaged", host.Said, StringComparison.Ordinal);
        await NightAsync();
        Assert.Equal((ledger, learned), (await Account.LedgerAsync(storage), await ScoredAsync("ledger-again")));
        Assert.DoesNotContain("failed on message", host.Said, StringComparison.Ordinal);
        output.WriteLine("fault: model file cut in half (what a platform taught, the serving model, the ledger) tried 3, held 3");

        // The score of a campaign that is new, which no other has a part in: its model's name and its probability.
        async Task<string> ScoredAsync(string name)
        {
            await Account.DropAsync(storage, $"{name}.ndjson", FaultTown.Lines("t00", campaigns: 1, snapshots: 4).First().Replace("c000", name, StringComparison.Ordinal));
            await Account.QuietAsync(storage);
            var score = await host.GetAsync($"/api/campaigns/t00/{name}/score");
            return $"{score.GetProperty("model").GetString()} {score.GetProperty("financial").GetProperty("probability").GetRawText()}";
        }

        async Task HalveAsync(string name)
        {
            var blob = models.GetBlobClient(name);
            var bytes = (await blob.DownloadContentAsync()).Value.Content.ToArray();
            await blob.UploadAsync(BinaryData.FromBytes(bytes.AsMemory(0, bytes.Length / 2)), overwrite: true);
        }

        async Task RestartAsync()
        {
            await host.StopAsync();
            await host.ListensAsync();
        }

        // A host takes up within a minute what was learned; one that starts does at once.
        async Task NightAsync()
        {
            await host.StopAsync();
            await Account.MissAsync(storage, "OutcomesToModels", TimeSpan.FromDays(1), static now => now.Date.AddHours(3).AddMinutes(40) is var at && at <= now ? at : at.AddDays(-1));
            await host.ListensAsync();
            await Eventually.IsAsync(() => Account.RanAsync(storage, "OutcomesToModels"));
            await RestartAsync();
        }
    }

    private static async Task<(IReadOnlyList<string> Rows, IReadOnlyList<string> Told, string Said)> RunAsync(bool damages)
    {
        var storage = await AzuriteAccounts.NextAsync();
        await using var subscriber = await Receiver.StartAsync();
        await using var host = new RealHost(storage);
        await host.ListensAsync();
        await host.SubscribeAsync(subscriber.Address);
        var lines = FaultTown.Lines(Undisturbed.Platform, Damages.Length, Snapshots).Select(static (line, at) => (Line: line, Campaign: at / Snapshots, Seen: at % Snapshots)).ToList();

        // The last snapshot comes after the damage, and so does one of the first campaign that is late.
        await Account.DropAsync(storage, "before.ndjson", string.Join('\n', lines.Where(static one => one.Seen < Snapshots - 1 && one is not { Campaign: 0, Seen: Snapshots - 3 }).Select(static one => one.Line)));
        await Account.QuietAsync(storage);
        await host.StopAsync();
        if (damages)
            await DamageAsync(new TableClient(storage, "History"));
        await host.ListensAsync();
        await Account.DropAsync(storage, "after.ndjson", string.Join('\n', lines.Where(static one => one.Seen == Snapshots - 1 || one is { Campaign: 0, Seen: Snapshots - 3 }).Select(static one => one.Line)));
        await Account.QuietAsync(storage);
        Told.NeverInOtherWords(subscriber);
        Assert.Equal(0, Told.Again(subscriber));
        return (await Undisturbed.RowsOfAsync(storage), Told.Ids(subscriber), host.Said);
    }

    private static async Task DamageAsync(TableClient history)
    {
        for (var campaign = 0; campaign < Damages.Length; campaign++)
        {
            var partition = string.Create(CultureInfo.InvariantCulture, $"{Undisturbed.Platform}|c{campaign:D3}");
            var row = (await history.GetEntityAsync<TableEntity>(partition, "a")).Value;
            Damages[campaign].Do(row);
            await history.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
            await foreach (var checkpoint in history.QueryAsync<TableEntity>($"PartitionKey eq '{partition}' and RowKey ge 'c|' and RowKey lt 'd'"))
            {
                // Of an old version as the state is, or cut in half.
                if (Damages[campaign].What.Contains("version", StringComparison.Ordinal))
                    checkpoint.GetBinary("Content0")[0] = 4;
                else if (campaign == 0)
                    Cut(checkpoint, "Content0");
                await history.UpdateEntityAsync(checkpoint, checkpoint.ETag, TableUpdateMode.Replace);
            }
        }
    }

    private static void Cut(TableEntity row, string column) => row[column] = row.GetBinary(column)[..(row.GetBinary(column).Length / 2)];
}

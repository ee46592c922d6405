using System.Globalization;
using System.IO.Compression;
using Succesmeter.Campaigns;
using Succesmeter.Learning.Replay;
using Succesmeter.Snapshots;

namespace Succesmeter.Learning.Tests.Replay;

public sealed class ReplayTests
{
    private static readonly SnapshotReading s_reading = new()
    {
        ReceivedAt = new DateTimeOffset(2022, 12, 31, 0, 0, 0, TimeSpan.Zero),
        ZoneOf = static _ => TimeZoneInfo.FindSystemTimeZoneById("Europe/London"),
        Pseudonyms = new KeyedPseudonyms("a key of at least sixteen bytes"u8, 1),
    };

    [Fact]
    public async Task A_row_holds_what_was_known_by_the_end_of_the_day_of_its_scrape()
    {
        using var data = new SmallDataSet();
        ReplayRun.Of(data.Settings, static _ => { }, CancellationToken.None);

        var first = (await ReadAsync(data.Output))[0];
        Assert.Equal(
            new Snapshot
            {
                Campaign = new CampaignId(new PlatformId("gofundme"), "uk-3"),
                TakenAt = new DateTimeOffset(2020, 10, 5, 22, 59, 59, TimeSpan.Zero),
                Currency = "GBP",
                Goal = 400,
                Funding = FundingModel.KeepItAll,
                LaunchedAt = new Moment(new DateTimeOffset(2020, 9, 30, 23, 0, 0, TimeSpan.Zero), IsWholeDay: true),
                Pledged = 30.5m,
                ContributionsAre = ContributionsAre.All,
                Contributions = [Gift("2020-10-01T23:00:00Z", 10), Gift("2020-10-04T23:00:00Z", 20.5m)],
            },
            first);
    }

    [Fact]
    public void Rows_are_written_as_the_schema_writes_them()
    {
        using var data = new SmallDataSet();
        ReplayRun.Of(data.Settings, static _ => { }, CancellationToken.None);

        Assert.Equal(
            [
                """{"schema":"succesmeter/snapshot/1","platform":"gofundme","campaign":"uk-3","takenAt":"2020-10-05T23:59:59","currency":"GBP","goal":400,"funding":"keep-it-all","launchedAt":"2020-10-01","pledged":30.5,"contributionsAre":"all","contributions":[{"at":"2020-10-02","amount":10},{"at":"2020-10-05","amount":20.5}]}""",
                """{"schema":"succesmeter/snapshot/1","platform":"gofundme","campaign":"uk-3","takenAt":"2020-10-19T23:59:59","currency":"GBP","goal":500,"funding":"keep-it-all","launchedAt":"2020-10-01","pledged":51,"backers":3,"contributionsAre":"all","contributions":[{"at":"2020-10-02","amount":10},{"at":"2020-10-05","amount":20.5},{"at":"2020-10-06","amount":20.5}]}""",
                """{"schema":"succesmeter/snapshot/1","platform":"gofundme","campaign":"uk-3","takenAt":"2020-11-20T23:59:59","currency":"GBP","goal":500,"funding":"keep-it-all","launchedAt":"2020-10-01","pledged":90,"backers":4,"contributionsAre":"all","contributions":[{"at":"2020-10-02","amount":10},{"at":"2020-10-05","amount":20.5},{"at":"2020-10-06","amount":20.5},{"at":"2020-11-20","amount":39}]}""",
                """{"schema":"succesmeter/snapshot/1","platform":"justgiving","campaign":"uk-7","takenAt":"2020-10-12T23:59:59","currency":"GBP","funding":"keep-it-all","launchedAt":"2020-10-10","pledged":20,"backers":1,"contributionsAre":"recent","contributions":[{"at":"2020-10-11","amount":20}]}""",
                """{"schema":"succesmeter/snapshot/1","platform":"justgiving","campaign":"uk-7","takenAt":"2020-10-26T23:59:59","currency":"GBP","funding":"keep-it-all","launchedAt":"2020-10-10","pledged":60.5,"backers":2,"contributionsAre":"recent","contributions":[{"at":"2020-10-11","amount":20}]}""",
                """{"schema":"succesmeter/snapshot/1","platform":"virginmoneygiving","campaign":"uk-9","takenAt":"2020-10-04T23:59:59","currency":"GBP","funding":"keep-it-all","pledged":0}""",
                """{"schema":"succesmeter/snapshot/1","platform":"virginmoneygiving","campaign":"uk-9","takenAt":"2020-10-18T23:59:59","currency":"GBP","funding":"keep-it-all","pledged":0}""",
                """{"schema":"succesmeter/snapshot/1","platform":"justgiving","campaign":"uk-12","takenAt":"2020-10-05T23:59:59","currency":"GBP","goal":100,"funding":"keep-it-all","pledged":5,"backers":1,"contributionsAre":"all","contributions":[]}""",
                """{"schema":"succesmeter/snapshot/1","platform":"justgiving","campaign":"uk-12","takenAt":"2020-10-20T23:59:59","currency":"GBP","funding":"keep-it-all","launchedAt":"2020-10-15","pledged":0,"backers":0,"contributionsAre":"all","contributions":[]}""",
            ],
            Lines(data.Output));
    }

    [Fact]
    public void What_became_of_campaigns_and_scrapes_is_counted()
    {
        using var data = new SmallDataSet();
        var tally = ReplayRun.Of(data.Settings with { UntilDay = 1 }, static _ => { }, CancellationToken.None);

        Assert.Equal((4, 2, 1, 2, 2L), (tally.Campaigns, tally.CampaignsWithRows, tally.CompleteLists, tally.AwaitingFacts, tally.Rows));
        Assert.Equal(1, tally.ScrapesWithoutTotal);
    }

    [Theory]
    [InlineData(0, "uk-9 10-04", "uk-12 10-05")]
    [InlineData(4, "uk-3 10-05", "uk-7 10-12", "uk-9 10-04", "uk-12 10-05")]
    [InlineData(14, "uk-3 10-05", "uk-7 10-12", "uk-9 10-04", "uk-9 10-18", "uk-12 10-05", "uk-12 10-20")]
    public async Task A_replay_ends_so_many_days_after_the_creation_or_the_first_scrape(int untilDay, params string[] rows)
    {
        using var data = new SmallDataSet();
        ReplayRun.Of(data.Settings with { UntilDay = untilDay }, static _ => { }, CancellationToken.None);

        Assert.Equal(rows, Told(await ReadAsync(data.Output)));
    }

    [Fact]
    public async Task In_order_of_time_the_same_rows_come_by_day()
    {
        using var data = new SmallDataSet();
        ReplayRun.Of(data.Settings, static _ => { }, CancellationToken.None);
        var byCampaign = await ReadAsync(data.Output);
        ReplayRun.Of(data.Settings with { Order = ReplayOrder.Time }, static _ => { }, CancellationToken.None);
        var byTime = await ReadAsync(data.Output);

        Assert.Equal(byCampaign.OrderBy(row => row.TakenAt).ThenBy(row => int.Parse(row.Campaign.Name[3..], CultureInfo.InvariantCulture)), byTime);
    }

    [Fact]
    public async Task Days_between_scrapes_are_filled_only_when_asked_for_and_only_from_complete_lists()
    {
        using var data = new SmallDataSet();
        var tally = ReplayRun.Of(data.Settings with { Daily = true, UntilDay = 5 }, static _ => { }, CancellationToken.None);
        var rows = await ReadAsync(data.Output);

        Assert.Equal(
            ["uk-3 10-01", "uk-3 10-02", "uk-3 10-03", "uk-3 10-04", "uk-3 10-05", "uk-3 10-06", "uk-7 10-12", "uk-9 10-04", "uk-12 10-05", "uk-12 10-15", "uk-12 10-17", "uk-12 10-18", "uk-12 10-19", "uk-12 10-20"],
            Told(rows));
        Assert.Equal([0m, 10m, 10m, 10m, 30.5m, 51m], rows.Take(6).Select(row => row.Pledged!.Value));
        Assert.Equal(9, tally.DerivedRows);
    }

    [Fact]
    public async Task Files_hold_so_many_rows_each_and_together_the_same()
    {
        using var data = new SmallDataSet();
        ReplayRun.Of(data.Settings, static _ => { }, CancellationToken.None);
        var whole = await ReadAsync(data.Output);
        Directory.Delete(data.Output, recursive: true);
        ReplayRun.Of(data.Settings with { RowsPerFile = 4 }, static _ => { }, CancellationToken.None);

        Assert.Equal(
            ["uk-community-fundraisers-00001.ndjson.gz", "uk-community-fundraisers-00002.ndjson.gz", "uk-community-fundraisers-00003.ndjson.gz"],
            Files(data.Output).Select(Path.GetFileName));
        Assert.Equal(whole, await ReadAsync(data.Output));
    }

    [Fact]
    public void The_same_data_make_the_same_bytes()
    {
        using var data = new SmallDataSet();
        ReplayRun.Of(data.Settings, static _ => { }, CancellationToken.None);
        var once = File.ReadAllBytes(Files(data.Output)[0]);
        ReplayRun.Of(data.Settings, static _ => { }, CancellationToken.None);

        Assert.Equal(once, File.ReadAllBytes(Files(data.Output)[0]));
        Assert.Equal(new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0 }, once[..8]);
    }

    [Fact]
    public void A_run_that_is_stopped_leaves_no_file_under_its_name()
    {
        using var data = new SmallDataSet();
        using var stop = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => ReplayRun.Of(data.Settings, step => { if (step.Rows == 3) stop.Cancel(); }, stop.Token));
        Assert.Empty(Files(data.Output));
    }

    [Fact]
    public void Tables_that_are_not_sorted_by_campaign_are_an_error()
    {
        using var data = new SmallDataSet(donations: "campaign,date,amount\n7,2020-10-11,20\n3,2020-10-02,10\n");

        Assert.Throws<InvalidDataException>(() => ReplayRun.Of(data.Settings, static _ => { }, CancellationToken.None));
    }

    [Fact]
    public async Task The_command_writes_files_and_a_table()
    {
        using var data = new SmallDataSet();
        var output = new StringWriter();
        var error = new StringWriter();
        var exit = await ReplayCommand.Create()
            .Parse(["--data", data.Root, "--out", data.Output, "--until-day", "14", "--campaigns", "2", "--order", "time", "--rows-per-file", "10"])
            .InvokeAsync(new() { Output = output, Error = error });

        Assert.Equal(0, exit);
        Assert.Equal(["uk-3 10-05", "uk-7 10-12"], Told(await ReadAsync(data.Output)));
        Assert.Matches(@"campaigns\W+2\s", output.ToString());
        Assert.Equal("uk-community-fundraisers-day-14-00001.ndjson.gz", Path.GetFileName(Assert.Single(Files(data.Output))));
    }

    [Theory]
    [InlineData("--until-day", "-1")]
    [InlineData("--campaigns", "0")]
    [InlineData("--rows-per-file", "0")]
    [InlineData("--order", "size")]
    public async Task An_option_that_makes_no_sense_is_told(string option, string value)
    {
        using var data = new SmallDataSet();
        var error = new StringWriter();
        var exit = await ReplayCommand.Create().Parse(["--data", data.Root, "--out", data.Output, option, value]).InvokeAsync(new() { Output = TextWriter.Null, Error = error });

        Assert.NotEqual(0, exit);
        Assert.Contains(option.TrimStart('-'), error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(data.Output));
    }

    [Fact]
    public async Task A_folder_without_the_data_set_is_told()
    {
        using var data = new SmallDataSet();
        Directory.Delete(Path.Combine(data.Root, ScrapedCampaigns.Name), recursive: true);
        var error = new StringWriter();

        Assert.Equal(1, await ReplayCommand.Create().Parse(["--data", data.Root, "--out", data.Output]).InvokeAsync(new() { Output = TextWriter.Null, Error = error }));
        Assert.Contains("holds no uk-community-fundraisers", error.ToString(), StringComparison.Ordinal);
    }

    /// <remarks>Also the law that matters most: no row knows a gift of a later day.</remarks>
    [FactWithData(ScrapedCampaigns.Name)]
    public async Task Of_the_real_data_every_row_is_taken_and_none_knows_the_future()
    {
        var output = Directory.CreateTempSubdirectory("succesmeter-replay-").FullName;
        try
        {
            var tally = ReplayRun.Of(
                new ReplaySettings { Data = FactWithDataAttribute.Folder(ScrapedCampaigns.Name), Output = output, UntilDay = 30, Order = ReplayOrder.Time },
                static _ => { },
                CancellationToken.None);
            var rows = await ReadAsync(output);

            Assert.Equal(tally.Rows, rows.Count);
            Assert.Equal(tally.CampaignsWithRows, rows.Select(row => row.Campaign).Distinct().Count());
            Assert.All(rows, row =>
            {
                Assert.True(row.LaunchedAt is null || row.TakenAt < row.LaunchedAt.Value.At.AddDays(31.1), row.Campaign.ToString());
                Assert.All(row.Contributions, gift => Assert.True(gift.At!.Value.At < row.TakenAt, row.Campaign.ToString()));
                Assert.Equal((null, null, null), (row.Title, row.Holder, row.EndsAt));
            });
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    private static Contribution Gift(string day, decimal amount) =>
        new() { At = new Moment(DateTimeOffset.Parse(day, CultureInfo.InvariantCulture), IsWholeDay: true), Amount = amount };

    private static string[] Told(IEnumerable<Snapshot> rows) =>
        [.. rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Campaign.Name} {row.TakenAt:MM-dd}"))];

    private static string[] Files(string directory) => [.. Directory.GetFiles(directory, "*.gz").Order(StringComparer.Ordinal)];

    private static string[] Lines(string directory)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Assert.Single(Files(directory))), CompressionMode.Decompress));
        return reader.ReadToEnd().TrimEnd('\n').Split('\n');
    }

    private static async Task<List<Snapshot>> ReadAsync(string directory)
    {
        var snapshots = new List<Snapshot>();
        foreach (var path in Files(directory))
        {
            await using var file = File.OpenRead(path);
            await foreach (var row in SnapshotFile.ReadAsync(file, s_reading, CancellationToken.None))
                snapshots.Add(Assert.IsType<ReadRow.Taken>(row).Snapshot);
        }

        return snapshots;
    }
}

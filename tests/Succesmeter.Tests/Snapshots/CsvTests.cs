using System.Text;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Snapshots;

public sealed class CsvTests
{
    private const string Header = "platform,campaign,takenAt,pledged";

    [Fact]
    public async Task Scalar_fields_are_columns_in_any_order_and_case()
    {
        var snapshot = await Some.SnapshotOfAsync("""
            Campaign,PLATFORM,takenAt,pledged,goal,backers,title,languages,latitude,sensitive,actionLogKept,funding,launchedAt,members.active,needs.asked,needs.filled,members.stopped,state
            tuin,growfunding,2026-05-02,100.5,"7,500",64,"Een ""groene"" tuin",nl fr,50.85,FALSE,1,keep-it-all,2026-04-20 10:00,18,5,2,3,live
            """);

        Assert.Equal(
            new Snapshot
            {
                Campaign = new CampaignId(new PlatformId("growfunding"), "tuin"),
                TakenAt = new DateTimeOffset(2026, 5, 1, 22, 0, 0, TimeSpan.Zero),
                Pledged = 100.5m,
                Goal = 7500,
                Backers = 64,
                Title = "Een \"groene\" tuin",
                Languages = ["nl", "fr"],
                Latitude = 50.85,
                Sensitive = false,
                ActionLogKept = true,
                Funding = FundingModel.KeepItAll,
                LaunchedAt = new Moment(new DateTimeOffset(2026, 4, 20, 8, 0, 0, TimeSpan.Zero)),
                Members = new Members(18, null, 3),
                Needs = new Needs(5, 2),
                Status = CampaignStatus.Live,
            },
            snapshot);
    }

    [Fact]
    public async Task A_mark_semicolons_and_decimal_commas_are_what_spreadsheets_write()
    {
        var rows = await Some.RowsOfAsync("\uFEFFplatform;campaign;takenAt;pledged;goal;latitude\r\ngrowfunding;a;2026-05-02;1.234,50;7.500;50,85\r\ngrowfunding;b;2026-05-02;12,5;1 234 567;4.335\r\n");

        var snapshots = rows.Select(row => Assert.IsType<ReadRow.Taken>(row).Snapshot).ToList();
        Assert.Equal([1234.5m, 12.5m], snapshots.Select(s => s.Pledged!.Value));
        Assert.Equal([7500m, 1_234_567m], snapshots.Select(s => s.Goal!.Value));
        Assert.Equal([50.85, 4.335], snapshots.Select(s => s.Latitude!.Value));
    }

    [Theory]
    [InlineData("1234", true, "1234")]
    [InlineData("1.234", true, "1234")]
    [InlineData("1.234", false, "1.234")]
    [InlineData("1,234", true, "1.234")]
    [InlineData("1,234", false, "1234")]
    [InlineData("1.234,50", true, "1234.50")]
    [InlineData("1.234,50", false, "1234.50")]
    [InlineData("1,234.50", true, "1234.50")]
    [InlineData("1.234.567", false, "1234567")]
    [InlineData("1.234.567,8", true, "1234567.8")]
    [InlineData("12.5", true, "12.5")]
    [InlineData("1234.567", true, "1234.567")]
    [InlineData("0.500", true, "0.500")]
    [InlineData("1 234,5", true, "1234.5")]
    [InlineData("1\u00A0234", true, "1234")]
    [InlineData("1\u202F234\u202F567", false, "1234567")]
    [InlineData("1'234.5", false, "1234.5")]
    [InlineData("007", false, "7")]
    [InlineData("000", false, "0")]
    [InlineData("-3,5", true, "-3.5")]
    [InlineData("+3", true, "3")]
    [InlineData("1e3", false, "1e3")]
    [InlineData("1.5E-3", false, "1.5E-3")]
    [InlineData("", true, null)]
    [InlineData("-", true, null)]
    [InlineData(".5", true, null)]
    [InlineData("5.", true, null)]
    [InlineData("1.23.456", true, null)]
    [InlineData("1.2345.678", true, null)]
    [InlineData("12,34.5", true, null)]
    [InlineData("1.234,567,8", true, null)]
    [InlineData("1 23", true, null)]
    [InlineData("1.234 567", true, null)]
    [InlineData("NaN", true, null)]
    [InlineData("€5", true, null)]
    [InlineData("1e", true, null)]
    [InlineData("1e+", true, null)]
    [InlineData("--1", true, null)]
    public void Numbers_are_read_as_people_write_them(string text, bool isContinental, string? expected)
    {
        Span<byte> number = stackalloc byte[CsvNumber.MostBytes];
        var isRead = CsvNumber.TryRead(Encoding.UTF8.GetBytes(text), isContinental, mayGroup: true, number, out var length);

        Assert.Equal(expected, isRead ? Encoding.UTF8.GetString(number[..length]) : null);
    }

    [Fact]
    public async Task Quoted_cells_may_hold_line_feeds_and_delimiters_and_lines_are_counted_as_they_stand()
    {
        var rows = await Some.RowsOfAsync($"{Header},title\ngrowfunding,a,2026-05-02,1,\"one,\ntwo\"\ngrowfunding,b,2026-05-02,x,\ngrowfunding,c,2026-05-02,3,\"x\"\"y\"");

        Assert.Equal(["2 a", "4 pledged must be a number", "5 c"], Some.Told(rows));
        Assert.Equal("one,\ntwo", Assert.IsType<ReadRow.Taken>(rows[0]).Snapshot.Title);
        Assert.Equal("x\"y", Assert.IsType<ReadRow.Taken>(rows[2]).Snapshot.Title);
    }

    [Fact]
    public async Task A_quote_that_is_left_open_costs_its_own_line() =>
        Assert.Equal(
            ["2 $ must close its quotes before the next cell", "3 b", "4 $ must close its quotes before the next cell", "5 d"],
            Some.Told(await Some.RowsOfAsync($"{Header},title\ngrowfunding,a,2026-05-02,1,\"open\ngrowfunding,b,2026-05-02,1,\"shut\"\ngrowfunding,c,2026-05-02,1,\"open\ngrowfunding,d,2026-05-02,1,\n")));

    [Fact]
    public async Task A_column_that_stands_twice_refuses_the_file() =>
        Assert.Equal(["1 goal must stand only once in the header"], Some.Told(await Some.RowsOfAsync($"{Header},goal,Goal\ngrowfunding,a,2026-05-02,1,2,3\n")));

    [Fact]
    public async Task A_header_that_comes_again_is_no_row() =>
        Assert.Equal(["2 a", "3 $ repeats the header", "4 b"], Some.Told(await Some.RowsOfAsync($"{Header}\ngrowfunding,a,2026-05-02,1\n{Header}\ngrowfunding,b,2026-05-02,1\n")));

    [Theory]
    [InlineData("platform,campaign,takenAt", "pledged")]
    [InlineData("platform,campaign,pledged", "takenAt")]
    [InlineData("platform,takenAt,pledged", "campaign")]
    [InlineData("campaign,takenAt,pledged", "platform")]
    [InlineData("just some text", "campaign")]
    public async Task A_header_without_what_must_be_there_refuses_the_file_once(string header, string missing) =>
        Assert.Equal([$"1 {missing} must be a column of the header"], Some.Told(await Some.RowsOfAsync($"{header}\na,b,c\nd,e,f\n")));

    [Fact]
    public async Task The_platform_of_the_address_needs_no_column() =>
        Assert.Equal(["2 a"], Some.Told(await Some.RowsOfAsync("campaign,takenAt,pledged\na,2026-05-02,1\n", Some.Reading with { Platform = new PlatformId("goteo") })));

    [Fact]
    public async Task Unknown_columns_are_left_out_and_counted() =>
        Assert.Equal(3, Assert.IsType<ReadRow.Taken>(Assert.Single(await Some.RowsOfAsync($"{Header},colour,colour,\ngrowfunding,a,2026-05-02,1,red,blue,\n"))).UnknownFields);

    [Fact]
    public async Task A_row_has_as_many_cells_as_the_header() =>
        Assert.Equal(
            ["2 $ must have 4 cells as the header has", "3 $ must have 4 cells as the header has", "4 c"],
            Some.Told(await Some.RowsOfAsync($"{Header}\ngrowfunding,a,2026-05-02\ngrowfunding,b,2026-05-02,1,1\ngrowfunding,c,2026-05-02,1\n")));

    [Theory]
    [InlineData("pledged", "-1", "must be a number from 0 to 1000000000000")]
    [InlineData("pledged", "1e300", "must be a number from 0 to 1000000000000")]
    [InlineData("pledged", "NaN", "must be a number")]
    [InlineData("backers", "1.5", "must be a whole number from 0 to 1000000000")]
    [InlineData("sensitive", "perhaps", "must be true or false")]
    [InlineData("takenAt", "02/05/2026", "must be a date or time of ISO 8601")]
    [InlineData("title", "a\0b", "must hold no control characters")]
    [InlineData("campaign", "a/b", IdRule.Text)]
    [InlineData("members.active", "-1", "must be a whole number from 0 to 1000000000")]
    public async Task The_rules_are_those_of_JSON(string column, string cell, string rule)
    {
        string[] columns = ["platform", "campaign", "takenAt", "pledged", "backers", "sensitive", "title", "members.active"];
        string[] cells = ["growfunding", "a", "2026-05-02", "1", "", "", "", ""];
        cells[Array.IndexOf(columns, column)] = cell;

        Assert.Equal(new Rejection(2, column, rule), await Some.RejectionOfAsync($"{string.Join(',', columns)}\n{string.Join(',', cells)}\n"));
    }

    [Theory]
    [InlineData("sep=;\r\nplatform;campaign;takenAt;pledged\r\ngrowfunding;a;2026-05-02;1\r\n", 3)]
    [InlineData("platform\tcampaign\ttakenAt\tpledged\ngrowfunding\ta\t2026-05-02\t1,5\n", 2)]
    [InlineData("platform,campaign,takenAt,pledged\r\r\rgrowfunding,a,2026-05-02,1\r", 4)]
    [InlineData("\n\n\"platform\",\"campaign\",\"takenAt\",\"pledged\"\n,,,\n\ngrowfunding,a,2026-05-02,1", 6)]
    public async Task Delimiters_and_line_ends_are_found_and_empty_records_are_nothing(string content, int line) =>
        Assert.Equal([$"{line} a"], Some.Told(await Some.RowsOfAsync(content)));

    [Fact]
    public async Task A_hint_counts_only_where_the_content_does_not_tell()
    {
        const string content = "rubbish\n{}\n";

        Assert.StartsWith("1 campaign must be a column", Some.Told(await Some.RowsOfAsync(content, Some.Reading with { FileName = "x.csv.gz" }))[0], StringComparison.Ordinal);
        Assert.Equal(["1 $ is not valid JSON", "2 platform must be given"], Some.Told(await Some.RowsOfAsync("rubbish\n{}", Some.Reading with { ContentType = "application/x-ndjson; charset=utf-8" })));
        Assert.Equal(["1 $ is not valid JSON", "2 platform must be given"], Some.Told(await Some.RowsOfAsync(content)));
        Assert.Equal("tuin", (await Some.SnapshotOfAsync(Some.Row(), Some.Reading with { ContentType = "text/csv" })).Campaign.Name);
    }

    [Fact]
    public async Task Of_a_record_that_a_break_cut_off_nothing_is_taken()
    {
        var packed = Some.Gzipped(Header + "\n" + string.Concat(Enumerable.Range(0, 3_000).Select(i => $"growfunding,c{i},2026-05-02,{i * 7919L % 104_729}\n")));
        for (var length = 30; length < packed.Length; length += 211)
        {
            var rows = await Some.RowsOfAsync(packed[..length]);

            Assert.Equal("is gzip data that breaks off or is corrupt here; the rows before were taken", Assert.IsType<ReadRow.Refused>(rows[^1]).Why.Rule);
            for (var i = 0; i < rows.Count - 1; i++)
                Assert.Equal((decimal)(i * 7919L % 104_729), Assert.IsType<ReadRow.Taken>(rows[i]).Snapshot.Pledged);
        }
    }
}

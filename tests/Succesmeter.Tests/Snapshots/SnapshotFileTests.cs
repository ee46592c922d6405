using System.Globalization;
using System.Text;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Snapshots;

public sealed class SnapshotFileTests
{
    [Fact]
    public async Task The_example_of_the_schema_is_read_whole()
    {
        var snapshot = await Some.SnapshotOfAsync(Some.Example);

        var growfunding = new PlatformId("growfunding");
        var expected = new Snapshot
        {
            Campaign = new CampaignId(growfunding, "kidical-mass"),
            TakenAt = new DateTimeOffset(2026, 5, 2, 12, 0, 0, TimeSpan.Zero),
            Status = CampaignStatus.Live,
            Title = "Kidical Mass",
            Holder = "Fietsers vzw",
            Url = "https://growfunding.be/nl/projects/kidical-mass",
            Languages = ["nl", "fr"],
            Category = "mobility",
            Place = "Molenbeek",
            Latitude = 50.85,
            Longitude = 4.33,
            Currency = "EUR",
            Goal = 7500,
            StretchGoal = 10000,
            GoalUnit = GoalUnit.Money,
            Funding = FundingModel.AllOrNothing,
            LaunchedAt = new Moment(new DateTimeOffset(2026, 4, 20, 8, 0, 0, TimeSpan.Zero)),
            EndsAt = new Moment(new DateTimeOffset(2026, 5, 30, 22, 0, 0, TimeSpan.Zero)),
            Pledged = 2310.5m,
            Backers = 64,
            Comments = 12,
            Updates = 3,
            Followers = 140,
            Shares = 55,
            Collaborators = 4,
            Sensitive = false,
            Description = "Veilig naar school.",
            Rewards = [new Reward("Bel", 25, 10, 50)],
            Needs = new Needs(5, 2),
            Members = new Members(18, 20, 2),
            ContributionsAre = ContributionsAre.All,
            Contributions =
            [
                new Contribution
                {
                    Id = "g1",
                    At = new Moment(new DateTimeOffset(2026, 4, 21, 10, 0, 0, TimeSpan.Zero)),
                    Amount = 25,
                    Donor = Some.Pseudonyms.Of(growfunding, "jan peeters"),
                    Identity = IdentityQuality.FullName,
                    MessageLength = 120,
                    Place = "1080",
                },
            ],
            Supporters =
            [
                // Midnight of Brussels in summer.
                new Supporter(Some.Pseudonyms.Of(growfunding, "u-7"), IdentityQuality.Account, false, new Moment(new DateTimeOffset(2026, 4, 21, 22, 0, 0, TimeSpan.Zero), IsWholeDay: true)),
            ],
            CommentList =
            [
                new Comment("c1", new Moment(new DateTimeOffset(2026, 4, 23, 7, 30, 0, TimeSpan.Zero)), CommentAuthor.Backer, Some.Pseudonyms.Of(growfunding, "u-7"), "c0"),
            ],
            Actions = [new HolderAction(new Moment(new DateTimeOffset(2026, 4, 23, 22, 0, 0, TimeSpan.Zero), IsWholeDay: true), ActionKind.Mail)],
            ActionLogKept = true,
        };
        Assert.Equal(expected, snapshot);
    }

    [Fact]
    public async Task A_bad_line_stops_no_other()
    {
        var rows = await Some.RowsOfAsync($"{Some.Row(campaign: "a")}\nrubbish\n\n{{\"platform\":\n[1]\n{Some.Row(campaign: "b")}\n");

        Assert.Equal(["1 a", "2 $ is not valid JSON", "4 platform is not valid JSON", "5 $ must be a JSON object", "6 b"], Some.Told(rows));
    }

    [Fact]
    public async Task A_refused_row_keeps_what_was_sent_up_to_the_limit()
    {
        var reading = Some.Reading with { Limits = new SnapshotLimits { MaxRawBytes = 5 } };
        var rows = await Some.RowsOfAsync($"{Some.Row()}\nrubbish\n", reading);

        Assert.Equal("rubbi"u8.ToArray(), Assert.IsType<ReadRow.Refused>(rows[1]).Raw.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\r\n ")]
    [InlineData("[]")]
    [InlineData("\uFEFF")]
    [InlineData("platform,campaign,takenAt,pledged\n")]
    public async Task A_file_without_rows_says_so(string content)
    {
        Assert.Equal(["1 $ holds no rows"], Some.Told(await Some.RowsOfAsync(content)));
        Assert.Equal(["1 $ holds no rows"], Some.Told(await Some.RowsOfAsync(Some.Gzipped(content))));
    }

    [Fact]
    public async Task An_object_may_be_written_over_many_lines() =>
        Assert.Equal("kidical-mass", (await Some.SnapshotOfAsync("\n\n" + Some.Example + "\n")).Campaign.Name);

    [Fact]
    public async Task Objects_over_many_lines_may_follow_each_other_and_a_bad_one_harms_no_other()
    {
        var good = Some.Example.ReplaceLineEndings("\n");
        var bad = "{\n  \"platform\": \"growfunding\",\n  \"campaign\" \"no colon\"\n}";
        var rows = await Some.RowsOfAsync($"{good}\n{bad}\n{good}\n{good[..^1]}");

        var lines = good.Count(c => c == '\n') + 1;
        Assert.Equal(
            ["1 kidical-mass", $"{lines + 1} $ is not valid JSON", $"{lines + 5} kidical-mass", $"{lines + 5 + lines} $ breaks off before its object ends"],
            Some.Told(rows));
    }

    [Fact]
    public async Task A_first_line_that_was_cut_off_does_not_swallow_the_second() =>
        Assert.Equal(
            ["1 contributions is not valid JSON", "2 b", "3 c"],
            Some.Told(await Some.RowsOfAsync($"{Some.Row("\"contributions\":[")[..^1]}\n{Some.Row(campaign: "b")}\n{Some.Row(campaign: "c")}\n")));

    [Fact]
    public async Task An_array_is_read_element_by_element()
    {
        var rows = await Some.RowsOfAsync($"[{Some.Row(campaign: "a")}, 5,\n{Some.Row("\"title\":\"],[{\\\"\"", "b")},,{{\"x\" 1}},{Some.Row(campaign: "c")},]");

        Assert.Equal(
            ["1 a", "2 $ must be a JSON object", "3 b", "4 $ must be a JSON object, and nothing stands before this comma", "5 $ is not valid JSON", "6 c"],
            Some.Told(rows));
    }

    [Fact]
    public async Task An_element_that_is_left_open_costs_no_other_where_elements_have_lines_of_their_own()
    {
        var open = Some.Row(campaign: "b")[..^1];
        var unquoted = "{\"platform\":\"growfunding\",\"title\":\"x,\"campaign\":\"y\"}";
        var rows = await Some.RowsOfAsync($"[\n  {Some.Row(campaign: "a")},\n  {open},\n  {Some.Row(campaign: "c")},\n  {unquoted},\n  {Some.Row(campaign: "d")}\n]");

        Assert.Equal(["1 a", "2 $ is not valid JSON", "3 c", "4 $ is not valid JSON", "5 d"], Some.Told(rows));
    }

    [Theory]
    [InlineData("{\"campaign\":\"x\"")]
    [InlineData("{\"platform\":\"growfunding\",\"title\":\"5\" pipe\"}")]
    [InlineData("{\"contributions\":[{\"amount\":5}")]
    public async Task However_many_elements_are_left_open_the_others_are_read(string open)
    {
        var elements = Enumerable.Range(0, 300).Select(i => i % 2 == 0 ? open : Some.Row(campaign: $"c{i}"));
        var rows = await Some.RowsOfAsync($"[\n{string.Join(",\n", elements)}\n]\n", Some.Reading with { Limits = new SnapshotLimits { MaxRowBytes = 1 << 20 } });

        Assert.Equal(300, rows.Count);
        Assert.Equal(Enumerable.Range(0, 150).Select(i => $"c{i * 2 + 1}"), rows.OfType<ReadRow.Taken>().Select(row => row.Snapshot.Campaign.Name));
    }

    [Fact]
    public async Task Nested_objects_need_no_indent() =>
        Assert.Equal(
            ["1 tuin", "2 b"],
            Some.Told(await Some.RowsOfAsync($"[\n{Some.Row("\"rewards\":[\n{\"price\":1},\n{\"price\":2},\n{\"price\":3},\n{\"price\":4}\n]")},\n{Some.Row(campaign: "b")}]")));

    [Fact]
    public async Task An_array_that_breaks_off_gives_its_whole_elements() =>
        Assert.Equal(["1 a", "2 $ breaks off before the array ends"], Some.Told(await Some.RowsOfAsync($"[{Some.Row(campaign: "a")},")));

    [Fact]
    public async Task What_follows_an_array_is_not_read_but_told() =>
        Assert.Equal(["1 a", "2 b", "3 $ must not follow an array"], Some.Told(await Some.RowsOfAsync($"[{Some.Row(campaign: "a")}]\n[{Some.Row(campaign: "b")}] and more")));

    [Fact]
    public async Task Gzip_is_told_by_its_bytes_and_may_have_several_members()
    {
        byte[] content = [.. Some.Gzipped(Some.Row(campaign: "a") + "\n"), .. Some.Gzipped(Some.Row(campaign: "b") + "\n")];

        Assert.Equal(["1 a", "2 b"], Some.Told(await Some.RowsOfAsync(content)));
    }

    [Fact]
    public async Task Gzip_within_gzip_is_refused() =>
        Assert.Equal(["1 $ must be gzipped once at most"], Some.Told(await Some.RowsOfAsync(Some.Gzipped(Some.Gzipped(Some.Row())))));

    [Fact]
    public async Task Of_gzip_that_breaks_off_the_rows_before_the_break_are_taken_and_one_refusal_says_where()
    {
        var whole = Some.Gzipped(string.Concat(Enumerable.Range(0, 2_000).Select(i => Some.Row($"\"title\":\"{i * 7919L % 104_729}\"", $"c{i}") + "\n")));
        for (var length = 2; length < whole.Length; length += 97)
        {
            var rows = await Some.RowsOfAsync(whole[..length]);

            var broken = Assert.IsType<ReadRow.Refused>(rows[^1]);
            Assert.Equal(new Rejection(rows.Count, "$", "is gzip data that breaks off or is corrupt here; the rows before were taken"), broken.Why);
            for (var i = 0; i < rows.Count - 1; i++)
                Assert.Equal($"c{i}", Assert.IsType<ReadRow.Taken>(rows[i]).Snapshot.Campaign.Name);
        }
    }

    [Fact]
    public async Task Gzip_with_a_wrong_checksum_is_told_after_its_rows()
    {
        var packed = Some.Gzipped($"{Some.Row(campaign: "a")}\n{Some.Row(campaign: "b")}\n");
        packed[^6] ^= 1;

        Assert.Equal(["$ is gzip data that breaks off or is corrupt here; the rows before were taken"], Some.Told(await Some.RowsOfAsync(packed)).TakeLast(1).Select(t => t[2..]));
    }

    [Fact]
    public async Task A_zip_bomb_is_one_refusal_and_the_end()
    {
        // 40 MB of blanks become 40 kB, beyond any text.
        var rows = await Some.RowsOfAsync(Some.Gzipped([.. Encoding.UTF8.GetBytes(Some.Row() + "\n"), .. Enumerable.Repeat((byte)' ', 40_000_000)]),
            Some.Reading with { Limits = new SnapshotLimits { MaxExpansion = 200 } });

        Assert.Equal(["1 tuin", "2 $ must not expand more than 200 times"], Some.Told(rows));
    }

    [Fact]
    public async Task What_expands_beyond_the_limit_is_read_up_to_there()
    {
        var line = Some.Row() + "\n";
        var rows = await Some.RowsOfAsync(
            Some.Gzipped(string.Concat(Enumerable.Repeat(line, 10_000))), Some.Reading with { Limits = new SnapshotLimits { MaxExpandedBytes = 600_000 } });

        Assert.InRange(rows.Count, 2, 600_000 / line.Length + 1);
        Assert.All(rows.SkipLast(1), row => Assert.IsType<ReadRow.Taken>(row));
        Assert.Equal("must expand to at most 600000 bytes", Assert.IsType<ReadRow.Refused>(rows[^1]).Why.Rule);
    }

    [Fact]
    public async Task A_line_that_is_not_UTF8_is_refused_alone()
    {
        byte[] latin1 = [.. Encoding.Latin1.GetBytes(Some.Row("\"title\":\"café\"")), (byte)'\n', .. Encoding.UTF8.GetBytes(Some.Row("\"title\":\"café\"", "b"))];

        Assert.Equal(["1 $ must be UTF-8", "2 b"], Some.Told(await Some.RowsOfAsync(latin1)));
    }

    [Fact]
    public async Task Other_encodings_are_named()
    {
        const string rule = "1 $ must be UTF-8, not UTF-16 or UTF-32";
        foreach (var encoding in (Encoding[])[new UnicodeEncoding(false, true), new UnicodeEncoding(true, true), new UnicodeEncoding(false, false), new UTF32Encoding(false, true), new UTF32Encoding(true, true)])
            Assert.Equal([rule], Some.Told(await Some.RowsOfAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(Some.Row())])));
    }

    [Fact]
    public async Task A_workbook_is_named() =>
        Assert.Equal(["1 $ must be text or gzip, not a zip archive or a workbook"], Some.Told(await Some.RowsOfAsync([(byte)'P', (byte)'K', 3, 4, 20, 0])));

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_a_row() =>
        Assert.Equal(["1 a", "2 b"], Some.Told(await Some.RowsOfAsync($"\uFEFF{Some.Row(campaign: "a")}\n\uFEFF{Some.Row(campaign: "b")}")));

    [Theory]
    [InlineData("\"title\":\"a\\u0000b\"", "title", "must hold no control characters")]
    [InlineData("\"title\":5", "title", "must be a text")]
    [InlineData("\"title\":\"\\ud800\"", "title", "must be valid Unicode")]
    [InlineData("\"goal\":\"7500\"", "goal", "must be a number")]
    [InlineData("\"goal\":-1", "goal", "must be a number from 0 to 1000000000000")]
    [InlineData("\"goal\":1e300", "goal", "must be a number from 0 to 1000000000000")]
    [InlineData("\"goal\":1000000000001", "goal", "must be a number from 0 to 1000000000000")]
    [InlineData("\"goal\":NaN", "goal", "is not valid JSON")]
    [InlineData("\"goal\":1.23456", "goal", "must have at most 4 decimals")]
    [InlineData("\"goal\":7500,\"goal\":7600", "goal", "must stand only once in its object")]
    [InlineData("\"goal\":7500,\"\\u0067oal\":7600", "goal", "must stand only once in its object")]
    [InlineData("\"schema\":\"succesmeter/snapshot/2\"", "schema", "must be succesmeter/snapshot/1")]
    [InlineData("\"launchedAt\":\"0001-01-01T00:00:00Z\"", "launchedAt", "must lie in the years 2000 to 2100")]
    [InlineData("\"launchedAt\":\"9999-12-31T23:59:59Z\"", "launchedAt", "must lie in the years 2000 to 2100")]
    [InlineData("\"launchedAt\":\"0001-01-01T00:00:00+14:00\"", "launchedAt", "must be a date or time of ISO 8601")]
    [InlineData("\"launchedAt\":\"2026-02-30\"", "launchedAt", "must be a date or time of ISO 8601")]
    [InlineData("\"launchedAt\":1777000000", "launchedAt", "must be a text")]
    [InlineData("\"backers\":-1", "backers", "must be a whole number from 0 to 1000000000")]
    [InlineData("\"backers\":1.5", "backers", "must be a whole number from 0 to 1000000000")]
    [InlineData("\"backers\":99999999999999999999", "backers", "must be a whole number from 0 to 1000000000")]
    [InlineData("\"backers\":true", "backers", "must be a number")]
    [InlineData("\"sensitive\":\"yes\"", "sensitive", "must be true or false")]
    [InlineData("\"latitude\":90.01", "latitude", "must be a number from -90 to 90")]
    [InlineData("\"longitude\":1e999", "longitude", "must be a number from -180 to 180")]
    [InlineData("\"currency\":\"€\"", "currency", "must be an ISO 4217 code, three capital letters")]
    [InlineData("\"funding\":\"some-or-nothing\"", "funding", "must be one of all-or-nothing, keep-it-all, recurring")]
    [InlineData("\"state\":\"paused\"", "state", "must be one of live, succeeded, failed, cancelled")]
    [InlineData("\"url\":\"javascript:alert(1)\"", "url", "must be an http or https address")]
    [InlineData("\"languages\":\"nl\"", "languages", "must be a list")]
    [InlineData("\"languages\":[\"nl\",\"Nederlands\"]", "languages[1]", "must be an ISO 639 language code")]
    [InlineData("\"languages\":[null]", "languages[0]", "must be an ISO 639 language code")]
    [InlineData("\"contributions\":{}", "contributions", "must be a list")]
    [InlineData("\"contributions\":[{},[]]", "contributions[1]", "must be an object")]
    [InlineData("\"contributions\":[{},{},{\"amount\":\"5\"}]", "contributions[2].amount", "must be a number")]
    [InlineData("\"contributions\":[{\"amount\":-5}]", "contributions[0].amount", "must be a number from 0 to 1000000000000")]
    [InlineData("\"contributions\":[{\"people\":0}]", "contributions[0].people", "must be a whole number from 1 to 100000")]
    [InlineData("\"contributions\":[{\"people\":100001}]", "contributions[0].people", "must be a whole number from 1 to 100000")]
    [InlineData("\"contributions\":[{\"at\":\"yesterday\"}]", "contributions[0].at", "must be a date or time of ISO 8601")]
    [InlineData("\"contributions\":[{\"id\":\"a\",\"id\":\"b\"}]", "contributions[0].id", "must stand only once in its object")]
    [InlineData("\"contributions\":[{\"donor\":\"a\\uffffb\"}]", "contributions[0].donor", "must hold no control characters")]
    [InlineData("\"needs\":[]", "needs", "must be an object")]
    [InlineData("\"needs\":{\"asked\":-1}", "needs.asked", "must be a whole number from 0 to 1000000000")]
    [InlineData("\"actions\":[{\"kind\":\"mail\"}]", "actions[0].at", "must be given")]
    [InlineData("\"actions\":[{\"at\":\"2026-04-24\",\"kind\":\"spam\"}]", "actions[0].kind", "must be one of mail, press, event, social, update, thanks, other")]
    public async Task A_value_that_breaks_a_rule_refuses_the_row_with_its_field(string fields, string field, string rule) =>
        Assert.Equal(new Rejection(1, field, rule), await Some.RejectionOfAsync(Some.Row(fields)));

    [Theory]
    [InlineData("\"campaign\":\"c\",\"takenAt\":\"2026-05-02\",\"pledged\":1", "platform", "must be given")]
    [InlineData("\"platform\":\"p\",\"takenAt\":\"2026-05-02\",\"pledged\":1", "campaign", "must be given")]
    [InlineData("\"platform\":\"p\",\"campaign\":null,\"takenAt\":\"2026-05-02\",\"pledged\":1", "campaign", "must be given")]
    [InlineData("\"platform\":\"p\",\"campaign\":\"c\",\"pledged\":1", "takenAt", "must be given")]
    [InlineData("\"platform\":\"p\",\"campaign\":\"c\",\"takenAt\":\"2026-05-02\"", "pledged", "must be given, or members instead")]
    [InlineData("\"platform\":\"p\",\"campaign\":\"c\",\"takenAt\":\"2026-05-02\",\"members\":{\"started\":4}", "pledged", "must be given, or members instead")]
    [InlineData("\"platform\":5,\"campaign\":\"c\",\"takenAt\":\"2026-05-02\",\"pledged\":1", "platform", "must be a text")]
    [InlineData("\"platform\":\"p/q\",\"campaign\":\"c\",\"takenAt\":\"2026-05-02\",\"pledged\":1", "platform", IdRule.Text)]
    [InlineData("\"platform\":\"p\",\"platform\":\"q\",\"campaign\":\"c\",\"takenAt\":\"2026-05-02\",\"pledged\":1", "platform", "must stand only once in its object")]
    public async Task What_must_be_there_is(string fields, string field, string rule) =>
        Assert.Equal(new Rejection(1, field, rule), await Some.RejectionOfAsync("{" + fields + "}"));

    [Theory]
    [InlineData("a/b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("-a")]
    [InlineData("a b")]
    public async Task An_id_outside_the_rule_is_refused(string id) =>
        Assert.Equal(new Rejection(1, "campaign", IdRule.Text), await Some.RejectionOfAsync(Some.Row(campaign: id)));

    [Fact]
    public async Task An_id_of_5000_characters_is_refused() =>
        Assert.Equal(new Rejection(1, "campaign", IdRule.Text), await Some.RejectionOfAsync(Some.Row(campaign: new string('a', 5_000))));

    [Fact]
    public async Task Ids_are_lowered() => Assert.Equal("kidical", (await Some.SnapshotOfAsync(Some.Row(campaign: "Kidical"))).Campaign.Name);

    [Theory]
    [InlineData("""{"a":""", "}")]
    [InlineData("[", "]")]
    [InlineData("{\n\"a\":\n", "}\n")]
    public async Task JSON_that_is_nested_1000_deep_is_refused_once(string open, string close)
    {
        var nested = string.Concat(Enumerable.Repeat(open, 1_000)) + "1" + string.Concat(Enumerable.Repeat(close, 1_000));
        var rows = await Some.RowsOfAsync($"{Some.Row($"\"unknown\":{nested}", "a")}\n{Some.Row(campaign: "b")}\n");

        Assert.Equal(["$ must not be nested deeper than 32 levels", "b"], Some.Told(rows).Select(told => told[(told.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
    }

    [Theory]
    [InlineData("\"goal\":0")]
    [InlineData("\"goal\":null")]
    [InlineData("\"stretchGoal\":0.0")]
    [InlineData("\"title\":null,\"holder\":\"  \",\"contributionsAre\":\"all\"")]
    [InlineData("\"needs\":{\"asked\":5},\"contributions\":null,\"launchedAt\":null,\"backers\":null,\"sensitive\":null,\"state\":null")]
    public async Task A_fact_that_is_missing_refuses_nothing(string fields) =>
        Assert.Equal(await Some.SnapshotOfAsync(Some.Row()), await Some.SnapshotOfAsync(Some.Row(fields)));

    [Theory]
    [InlineData("2310.5000000000005", 2310.5)]
    [InlineData("0.30000000000000004", 0.3)]
    [InlineData("1e3", 1000)]
    [InlineData("-0.0", 0)]
    [InlineData("12.3456", 12.3456)]
    public async Task The_noise_of_floats_is_no_amount(string written, double amount) =>
        Assert.Equal((decimal)amount, (await Some.SnapshotOfAsync(Some.Row($"\"contributions\":[{{\"amount\":{written}}}]"))).Contributions[0].Amount);

    [Fact]
    public async Task Choices_may_be_written_in_any_case_and_whole_numbers_with_a_point()
    {
        var snapshot = await Some.SnapshotOfAsync(Some.Row("\"state\":\"LIVE\",\"funding\":\"Keep-It-All\",\"backers\":64.0,\"contributions\":[{\"identity\":\"Full-\\u006eame\"}]"));

        Assert.Equal((CampaignStatus.Live, FundingModel.KeepItAll, 64, IdentityQuality.FullName), (snapshot.Status, snapshot.Funding, snapshot.Backers, snapshot.Contributions[0].Identity));
    }

    [Fact]
    public async Task Unknown_fields_are_left_out_and_counted_wherever_they_stand()
    {
        var rows = await Some.RowsOfAsync(Some.Row("\"colour\":{\"goal\":-1,\"goal\":-2},\"needs\":{\"hope\":[1,[2]]},\"contributions\":[{\"colour\":1,\"at\":null},{\"\\u0078\":2}],\"\\ud800\":3"));

        Assert.Equal(5, Assert.IsType<ReadRow.Taken>(Assert.Single(rows)).UnknownFields);
    }

    [Theory]
    [InlineData("\"contributions\":[{},{},{}]", "contributions")]
    [InlineData("\"supporters\":[{},{},{}]", "supporters")]
    [InlineData("\"commentList\":[{},{},{}]", "commentList")]
    [InlineData("\"rewards\":[{},{},{}]", "rewards")]
    [InlineData("\"languages\":[\"nl\",\"fr\",\"en\"]", "languages")]
    public async Task Lists_have_an_end(string fields, string field)
    {
        var two = new SnapshotLimits { MaxContributions = 2, MaxSupporters = 2, MaxComments = 2, MaxRewards = 2, MaxLanguages = 2 };

        Assert.Equal(new Rejection(1, field, "must hold at most 2 items"), await Some.RejectionOfAsync(Some.Row(fields), Some.Reading with { Limits = two }));
    }

    [Fact]
    public async Task Texts_have_an_end_counted_in_characters_and_not_in_halves_of_them()
    {
        var reading = Some.Reading with { Limits = new SnapshotLimits { MaxTitle = 10 } };
        var ten = string.Concat(Enumerable.Repeat("😀", 10));

        Assert.Equal(ten, (await Some.SnapshotOfAsync(Some.Row($"\"title\":\"{ten}\""), reading)).Title);
        Assert.Equal(new Rejection(1, "title", "must be at most 10 characters long"), await Some.RejectionOfAsync(Some.Row($"\"title\":\"{ten}a\""), reading));
    }

    [Fact]
    public async Task A_file_that_was_sent_for_one_platform_holds_no_other()
    {
        var reading = Some.Reading with { Platform = new PlatformId("growfunding") };
        const string unnamed = "{\"campaign\":\"a\",\"takenAt\":\"2026-05-02T12:00:00Z\",\"pledged\":1}";
        const string other = "{\"campaign\":\"a\",\"takenAt\":\"2026-05-02T12:00:00Z\",\"pledged\":1,\"platform\":\"goteo\"}";

        Assert.Equal("growfunding/a", (await Some.SnapshotOfAsync(unnamed, reading)).Campaign.ToString());
        Assert.Equal("growfunding/tuin", (await Some.SnapshotOfAsync(Some.Row(), reading)).Campaign.ToString());
        Assert.Equal(new Rejection(1, "platform", "must be growfunding, the platform that this file was sent for"), await Some.RejectionOfAsync(other, reading));
    }

    [Fact]
    public async Task A_platform_named_last_still_tells_the_zone()
    {
        var reading = Some.Reading with { ZoneOf = platform => platform.Value == "ulule" ? Some.Brussels : TimeZoneInfo.Utc };
        var rows = await Some.RowsOfAsync(
            "{\"takenAt\":\"2026-05-02T12:00\",\"campaign\":\"a\",\"pledged\":1,\"platform\":\"ulule\"}\n{\"takenAt\":\"2026-05-02T12:00\",\"campaign\":\"a\",\"pledged\":1,\"platform\":\"goteo\"}",
            reading);

        Assert.Equal([10, 12], rows.Select(row => Assert.IsType<ReadRow.Taken>(row).Snapshot.TakenAt.Hour));
    }

    [Theory]
    [InlineData("2026-05-04T00:00:00Z", true)]
    [InlineData("2026-05-04T00:00:00.001Z", false)]
    public async Task A_snapshot_cannot_have_been_taken_a_day_after_it_came(string takenAt, bool isTaken)
    {
        var rows = await Some.RowsOfAsync($"{{\"platform\":\"p\",\"campaign\":\"c\",\"pledged\":1,\"takenAt\":\"{takenAt}\"}}");

        Assert.Equal([isTaken ? "1 c" : "1 takenAt must not lie more than 24 hours after the file was received"], Some.Told(rows));
    }

    [Fact]
    public async Task An_anonymous_gift_has_no_donor_whatever_it_says()
    {
        var gift = (await Some.SnapshotOfAsync(Some.Row("\"contributions\":[{\"donor\":\"Jan\",\"anonymous\":true}]"))).Contributions[0];

        Assert.Equal((null, true), (gift.Donor, gift.Anonymous));
    }

    [Fact]
    public async Task Names_are_one_name_however_they_are_written_and_accounts_are_not()
    {
        static string Gifts(string identity, params string[] donors) =>
            Some.Row($"\"contributions\":[{string.Join(',', donors.Select(d => $"{{\"identity\":\"{identity}\",\"donor\":\"{d}\"}}"))}]");

        var names = await Some.SnapshotOfAsync(Gifts("full-name", " José Ruiz ", "jose\\u0301 RUIZ", "JOSÉ ruiz"));
        var accounts = await Some.SnapshotOfAsync(Gifts("account", "aB", "ab", " aB"));

        Assert.Single(names.Contributions.Select(gift => gift.Donor).Distinct());
        Assert.Equal(2, accounts.Contributions.Select(gift => gift.Donor).Distinct().Count());
    }

    [Fact]
    public async Task A_donor_who_was_erased_is_read_as_anonymous()
    {
        var erased = Some.Pseudonyms.Coded(new PlatformId("growfunding"), "u-1");
        var reading = Some.Reading with { Pseudonyms = new KeyedPseudonyms("a key of at least sixteen bytes"u8, 1, (_, pseudonym) => pseudonym == erased) };
        var gifts = (await Some.SnapshotOfAsync(Some.Row("\"contributions\":[{\"donor\":\"u-1\"},{\"donor\":\"u-2\"}]"), reading)).Contributions;

        Assert.Equal([(false, true), (true, false)], gifts.Select(gift => (gift.Donor is not null, gift.Anonymous)));
    }

    [Fact]
    public async Task A_giver_who_comments_has_one_pseudonym()
    {
        var snapshot = await Some.SnapshotOfAsync(Some.Row("""
            "contributionsAre":"all","contributions":[
              {"at":"2026-05-01T10:00:00Z","amount":10,"donor":"Jan Peeters","identity":"full-name"},
              {"at":"2026-05-01T11:00:00Z","amount":10,"donor":"u8-Xk","identity":"account"}],
            "commentList":[{"id":"c1","by":"backer","author":"JAN Peeters"},{"id":"c2","by":"backer","author":"u8-Xk"},{"id":"c3","by":"backer","author":"u8-xK"}]
            """));

        Assert.Equal([snapshot.Contributions[0].Donor, snapshot.Contributions[1].Donor], snapshot.CommentList!.Take(2).Select(static comment => comment.Author));
        Assert.NotEqual(snapshot.CommentList![1].Author, snapshot.CommentList[2].Author);
    }

    [Theory]
    [InlineData("jan peeters", "Jan Peeters")]
    [InlineData("u8-Xk", "u8-Xk")]
    [InlineData("madonna", "Madonna")]
    public async Task Who_was_erased_by_name_or_account_has_no_pseudonym_as_an_author_either(string erased, string author)
    {
        var tombstone = Some.Pseudonyms.Coded(new PlatformId("growfunding"), erased);
        var reading = Some.Reading with { Pseudonyms = new KeyedPseudonyms("a key of at least sixteen bytes"u8, 1, (_, pseudonym) => pseudonym == tombstone) };
        var rows = await Some.RowsOfAsync(Some.Row($$"""
            "commentList":[{"id":"c1","by":"backer","author":"{{author}}"},{"id":"c2","by":"backer","author":"Els Maes"}]
            """), reading);

        var comments = Assert.IsType<ReadRow.Taken>(Assert.Single(rows)).Snapshot.CommentList!;
        Assert.Null(comments[0].Author);
        Assert.NotNull(comments[1].Author);
    }

    [Fact]
    public async Task What_the_holder_gives_under_the_own_name_or_account_is_marked()
    {
        var gifts = (await Some.SnapshotOfAsync(Some.Row("""
            "holder":"Jan Peeters","contributionsAre":"all","contributions":[
            {"donor":"jan peeters","identity":"full-name"},{"donor":"Jan Peeters","identity":"account"},{"donor":"jan peeters","identity":"account"},
            {"donor":"Jan Peeters","identity":"first-name"},{"donor":"Jan Peeters","anonymous":true},{"donor":"An Peeters","identity":"full-name"}]
            """.ReplaceLineEndings("")))).Contributions;
        Assert.Equal([true, true, false, false, false, false], gifts.Select(gift => gift.ByHolder));
    }

    [Fact]
    public async Task The_holder_who_comments_is_no_donor() =>
        Assert.Null((await Some.SnapshotOfAsync(Some.Row("\"commentList\":[{\"by\":\"holder\",\"author\":\"Fietsers vzw\"}]"))).CommentList![0].Author);

    [Fact]
    public async Task Gifts_that_do_not_say_what_they_are_claim_the_least() =>
        Assert.Equal(ContributionsAre.Recent, (await Some.SnapshotOfAsync(Some.Row("\"contributions\":[{}]"))).ContributionsAre);

    [Fact]
    public void A_limit_outside_its_range_is_an_error_where_it_is_set() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SnapshotLimits { MaxRowBytes = 0 });

    [Fact]
    public async Task Reading_stops_when_it_is_asked_to()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var row in SnapshotFile.ReadAsync(new Joined([new MemoryStream(new byte[100])]), Some.Reading, stop.Token))
                Assert.Fail($"{row} was read.");
        });
    }

    [Fact]
    public async Task The_culture_of_the_machine_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            Assert.Equal(2310.5m, (await Some.SnapshotOfAsync(Some.Example)).Pledged);
            Assert.Equal("kidical", (await Some.SnapshotOfAsync(Some.Row(campaign: "KIDICAL"))).Campaign.Name);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}

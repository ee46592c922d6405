using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Histories;
using Succesmeter.Intake;
using Succesmeter.Snapshots;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Pipeline.Tests;

public sealed class FilesToSnapshotsTests
{
    private static readonly DateTimeOffset ReceivedAt = Some.Launch.AddYears(1);

    private readonly FixedClocks _clocks = new(ReceivedAt);
    private readonly MemoryTown _town = new();
    private readonly MemoryIncomingFiles _files = new();
    private readonly MemoryReceiptStore _receipts = new();
    private readonly MemoryQuarantine _quarantine = new();

    [Fact]
    public async Task Good_rows_of_a_half_bad_file_are_taken_and_bad_ones_are_named()
    {
        var receipt = await ReadAsync("a.ndjson", $"""
            {Row("one", day: 1)}
            not json
            {Row("two", day: 1)}
            {Row("one", day: 2).Replace("100", "-5", StringComparison.Ordinal)}
            {Row("one", day: 3)}
            """);

        Assert.True(receipt.IsRead);
        Assert.Equal((3, 2, 2), (receipt.Accepted, receipt.Rejected, receipt.Campaigns));
        Assert.Equal([2, 4], receipt.Rejections.Select(why => why.Line));
        Assert.Equal("pledged", receipt.Rejections[1].Field);
        Assert.Equal([2L, 4L], _quarantine.Lists[receipt.Id].Select(row => row.Why.Line));
        Assert.Equal("not json", Encoding.UTF8.GetString(_quarantine.Lists[receipt.Id][0].Raw));
    }

    [Fact]
    public async Task What_lies_ahead_is_told_by_the_clock_of_the_platform()
    {
        _clocks.With(new PlatformId("demostad"), ReceivedAt.AddYears(3), speed: 3600);
        var row = Row("one", day: 365 + 300);
        var receipt = await ReadAsync("a.ndjson", row + "\n" + row.Replace("growfunding", "demostad", StringComparison.Ordinal));

        Assert.Equal((1, 1, "takenAt"), (receipt.Accepted, Assert.Single(receipt.Rejections).Line, receipt.Rejections[0].Field));
    }

    [Fact]
    public async Task One_score_message_goes_out_for_each_campaign_and_not_for_each_row()
    {
        await ReadAsync("a.ndjson", string.Join('\n', Enumerable.Range(1, 30).Select(day => Row(day % 3 == 0 ? "one" : "two", day))));

        Assert.Equal(["growfunding/one", "growfunding/two"], _town.Queue.Sent.Select(sent => sent.Request.Campaign.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_file_that_was_read_is_archived_and_its_second_message_finds_nothing()
    {
        await ReadAsync("a.ndjson", Row("one", 1));
        Assert.True(_files.Archived.ContainsKey("a.ndjson"));

        await Stage().RunAsync("a.ndjson", default);
        Assert.Single(_town.Queue.Sent);
    }

    [Fact]
    public async Task A_truncated_gzip_gives_its_rows_up_to_the_break()
    {
        var whole = Gzip(string.Join('\n', Enumerable.Range(1, 2000).Select(day => Row($"c{day % 50}-{day * 7919 % 1000}", 1 + (day % 300)))));
        _files.Drop("a.ndjson.gz", whole[..(whole.Length / 2)], ReceivedAt);
        var file = (await _files.FindAsync("a.ndjson.gz", default))!;

        await Stage().RunAsync("a.ndjson.gz", default);

        var receipt = (await _receipts.FindAsync(file.ReceiptId, default))!;
        Assert.InRange(receipt.Accepted, 100, 1999);
        Assert.Equal(1, receipt.Rejected);
        Assert.Contains("gzip", receipt.Rejections[0].Rule, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The stream breaks at any place, any number of times; in the end receipt, quarantine and scores are those of one quiet reading.</summary>
    [Fact]
    public void A_reader_that_is_broken_off_goes_on_and_ends_in_the_same_receipt() =>
        Gen.Int[0, 100_000].Array[1, 4].Sample(
            breaks =>
            {
                var text = string.Join('\n', Enumerable.Range(0, 9000).Select(i => i % 40 == 7 ? "bad" : Row($"c{i / 30}", 1 + (i % 30))));
                var quiet = new FilesToSnapshotsTests();
                var expected = quiet.ReadAsync("a.ndjson", text).Result;

                var disturbed = new FilesToSnapshotsTests();
                var file = disturbed._files.Drop("a.ndjson", Encoding.UTF8.GetBytes(text), ReceivedAt);
                foreach (var at in breaks)
                {
                    disturbed._files.OnOpen = stream => new BreakingStream(stream, at * 10L);
                    Assert.ThrowsAny<Exception>(() => disturbed.Stage().RunAsync("a.ndjson", default).GetAwaiter().GetResult());
                }

                disturbed._files.OnOpen = stream => stream;
                disturbed.Stage().RunAsync("a.ndjson", default).Wait();
                var receipt = disturbed._receipts.FindAsync(file.ReceiptId, default).Result!;

                Assert.Equal(Dump.Of(expected with { DurableThrough = 0 }), Dump.Of(receipt with { DurableThrough = 0, Id = expected.Id }));
                Assert.Equal(expected.Campaigns, disturbed._town.Queue.Sent.Select(sent => sent.Request.Campaign).Distinct().Count());
                Assert.Equal(
                    quiet._quarantine.Lists[expected.Id].Select(row => row.Why),
                    disturbed._quarantine.Lists[receipt.Id].Select(row => row.Why));
            },
            iter: 15);

    [Fact]
    public async Task A_donor_enters_no_store_by_name()
    {
        await ReadAsync("a.ndjson", """{"platform":"growfunding","campaign":"one","takenAt":"2026-05-02T12:00:00Z","pledged":25,"contributionsAre":"all","contributions":[{"at":"2026-05-01","amount":25,"donor":"Jan Peeters","identity":"full-name"}]}""");

        var loaded = await _town.Store.LoadAsync(new CampaignId(new PlatformId("growfunding"), "one"), [], default);
        var kept = Dump.Of(loaded.Parcels);
        Assert.DoesNotContain("Peeters", kept, StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(loaded.Parcels[0].Snapshots[0].Snapshot.Contributions[0].Donor);
    }

    /// <summary>As donor by account and by name, as supporter, as who comments, and as the holder of another campaign.</summary>
    [Fact]
    public async Task Of_a_donor_for_whom_a_tombstone_stands_a_file_leaves_no_pseudonym_anywhere()
    {
        var platform = new PlatformId("growfunding");
        foreach (var form in (string[])["u-1", "jan peeters"])
            await _town.Tombstones.AddAsync(platform, _town.Pseudonyms.Coded(platform, form));
        var gone = new[] { "u-1", "jan peeters" }.Select(form => _town.Pseudonyms.Coded(platform, form)).ToHashSet();

        await ReadAsync("a.ndjson", $"""
            {With("one", "'contributionsAre':'all','contributions':[{'id':'1','amount':10,'donor':'u-1','identity':'account'},{'id':'2','amount':10,'donor':'Jan Peeters','identity':'full-name'},{'id':'3','amount':10,'donor':'u-2','identity':'account'}]")}
            {With("two", "'supporters':[{'donor':'u-1','identity':'account'},{'donor':'u-3','identity':'account'}],'commentList':[{'id':'c','by':'backer','author':'u-1'}]")}
            {With("three", "'holder':'u-1','contributionsAre':'all','contributions':[{'id':'1','amount':10,'donor':'u-1','identity':'account'},{'id':'2','amount':10,'donor':'u-2','identity':'account'}]")}
            """);
        var parcels = new List<Snapshot>();
        foreach (var name in (string[])["one", "two", "three"])
        {
            var id = new CampaignId(platform, name);
            parcels.AddRange((await _town.Store.LoadAsync(id, [], default)).Parcels.SelectMany(parcel => parcel.Snapshots).Select(received => received.Snapshot));
            await _town.ScoreAsync(id);
        }

        Assert.Equal(3, parcels.Count);
        Assert.Equal([true, true, false], parcels[0].Contributions.Select(gift => gift.Anonymous));
        Assert.Equal([(true, false), (false, true)], parcels[1].Supporters!.Select(giver => (giver.Anonymous, giver.Donor is not null)));
        Assert.False(parcels[2].Contributions[0].ByHolder);
        var pseudonyms = parcels.SelectMany(snapshot => (IEnumerable<Pseudonym?>)[.. snapshot.Contributions.Select(gift => gift.Donor), .. snapshot.Supporters?.Select(giver => giver.Donor) ?? [], .. snapshot.CommentList?.Select(comment => comment.Author) ?? []])
            .Concat((await _town.Edges.BlocksAsync(platform)).SelectMany(block => block.Edges.Select(edge => (Pseudonym?)edge.Donor).Append(block.Holder?.Donor)))
            .OfType<Pseudonym>().ToHashSet();
        Assert.Contains(_town.Pseudonyms.Coded(platform, "u-2"), pseudonyms);
        Assert.Empty(pseudonyms.Intersect(gone));

        static string With(string campaign, string more) => $"{Row(campaign, 1)[..^1]},{more.Replace('\'', '"')}}}";
    }

    [Fact]
    public async Task What_the_holder_gave_is_kept_under_the_mark_alone()
    {
        await ReadAsync("a.ndjson", $"{Row("one", 1)[..^1]},\"holder\":\"u-1\",\"contributions\":[{{\"donor\":\"u-1\"}},{{\"donor\":\"u-2\"}}]}}");

        var gifts = (await _town.Store.LoadAsync(new CampaignId(new PlatformId("growfunding"), "one"), [], default)).Parcels.Single().Snapshots.Single().Snapshot.Contributions;
        Assert.Equal([(true, false), (false, true)], gifts.Select(gift => (gift.ByHolder, gift.Donor is not null)));
    }

    [Fact]
    public async Task A_file_asks_for_tombstones_once_a_platform_and_not_at_all_where_it_names_nobody()
    {
        await ReadAsync("a.ndjson", string.Join('\n', Enumerable.Range(1, 30).Select(day => Row("one", day))));
        Assert.Equal(0, _town.Tombstones.Reads);

        await ReadAsync("b.ndjson", string.Join('\n', Enumerable.Range(1, 30).Select(day => $$"""{{Row($"c{day}", day)[..^1]}},"contributions":[{"donor":"u-{{day}}"}]}""")));
        Assert.Equal(1, _town.Tombstones.Reads);
    }

    [Fact]
    public async Task What_is_too_large_to_store_is_refused_and_nothing_waits_to_be_scored()
    {
        var receipt = await ReadAsync("a.ndjson", string.Join('\n', Row("one", 1), Row("large", 1), Row("one", 2), Row("both", 1), Row("large", 2)), new FullStore(_town.Store, "large"));

        Assert.Equal((3, 2), (receipt.Accepted, receipt.Rejected));
        Assert.Equal(["both", "one"], receipt.Touched!.Value.Select(static touched => touched.Campaign.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["both", "one"], _town.Queue.Sent.Select(static sent => sent.Request.Campaign.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Rows_that_begin_on_one_line_are_all_kept()
    {
        // The first goes on over lines, so that it is no NDJSON; and there are more than a parcel of them.
        var receipt = await ReadAsync("a.json", Row("one", 1).Replace(",", ",\n", StringComparison.Ordinal) + string.Concat(Enumerable.Range(2, Window.MostRowsAParcel + 700).Select(static day => Row("one", day % 300 + 1).Replace("100", $"{day}", StringComparison.Ordinal))));

        Assert.Equal((Window.MostRowsAParcel + 701, 0), (receipt.Accepted, receipt.Rejected));
        var kept = (await _town.Store.LoadAsync(new CampaignId(new PlatformId("growfunding"), "one"), [], default)).Parcels.SelectMany(static parcel => parcel.Snapshots).ToList();
        Assert.Equal(receipt.Accepted, kept.Count);
        Assert.Distinct(kept.Select(static row => row.Received.Line));
    }

    private async Task<Receipt> ReadAsync(string name, string text, ICampaignStore? store = null)
    {
        var file = _files.Drop(name, Encoding.UTF8.GetBytes(text), ReceivedAt);
        await Stage(store).RunAsync(name, default);
        return (await _receipts.FindAsync(file.ReceiptId, default))!;
    }

    private FilesToSnapshots Stage(ICampaignStore? store = null) => new(
        _files,
        _receipts,
        _quarantine,
        store ?? _town.Store,
        _town.Queue,
        new UtcZones(),
        _clocks,
        _town.Pseudonyms,
        _town.Tombstones,
        TimeProvider.System,
        Options.Create(new IntakeOptions()),
        NullLogger<FilesToSnapshots>.Instance);

    private static string Row(string campaign, int day) =>
        $$"""{"platform":"growfunding","campaign":"{{campaign}}","takenAt":"{{Some.Launch.AddDays(day):yyyy-MM-ddTHH:mm:ssZ}}","pledged":100,"goal":500,"launchedAt":"2026-04-20","currency":"EUR"}""";

    private static byte[] Gzip(string text)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return buffer.ToArray();
    }

    /// <summary>A store in which one campaign's snapshots fit into no row.</summary>
    private sealed class FullStore(ICampaignStore inner, string campaign) : ForwardingStore(inner)
    {
        public override Task AddParcelAsync(CampaignId id, Parcel parcel, CancellationToken cancellation) =>
            id.Name == campaign ? throw new ParcelTooLargeException("It is too large.") : base.AddParcelAsync(id, parcel, cancellation);
    }

    /// <summary>Fails once a position is reached, as a connection does.</summary>
    private sealed class BreakingStream(Stream inner, long at) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException("A connection has no length.");

        public override long Position { get => inner.Position; set => throw new NotSupportedException("A connection cannot seek."); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer) =>
            inner.Position >= at ? throw new IOException("The connection broke.") : inner.Read(buffer[..(int)Math.Min(buffer.Length, at - inner.Position)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer, offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A connection cannot seek.");

        public override void SetLength(long value) => throw new NotSupportedException("A connection is read only.");

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A connection is read only.");
    }
}

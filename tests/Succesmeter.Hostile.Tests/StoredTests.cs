using System.Buffers.Binary;
using System.Text;
using Succesmeter.Campaigns;
using Succesmeter.Networks;
using Succesmeter.Snapshots;
using Succesmeter.Storage.Blobs;
using Succesmeter.Storage.Queues;
using Succesmeter.Storage.Tables;
using Xunit.Abstractions;

namespace Succesmeter.Hostile.Tests;

/// <summary>States and rows as tables keep them, half written, of another version, or damaged.</summary>
public sealed class StoredStateTests(ITestOutputHelper output)
{
    private static readonly byte[] s_state = CampaignStateCodec.Write(
        CampaignState.Of(Some.Campaign).With(((ReadRow.Taken)Files.Rows(Files.Utf8(Files.Whole))[0]).Snapshot, out _) with
        {
            Ties = new ShownTies(new ShownFigure(0.35, 40, true), ShownFigure.None, new ShownFigure(-1.5, 25, false)),
            Bursts = [new GiftBurst(1000, Some.Launch, Some.Launch.AddHours(1), 12)],
            Envelopes = [new Envelope(Some.Launch.AddDays(2), 25, 25_000, Confirmed: true)],
        });

    /// <summary>Numbers of seven bits a byte: the largest, the negative, one that never ends.</summary>
    private static readonly byte[][] s_numbers = [[0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x80, 0x80, 0x80, 0x80, 0x08], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0x80, 0x80, 0x80, 0x80, 0x80, 0x80], [0x80, 0x80, 0x04], [0], [1], [2]];

    [Fact]
    public void States() => Fuzzing.Run(
        new Reader("states", [s_state, CampaignStateCodec.Write(CampaignState.Of(Some.Campaign)), CampaignStateCodec.Write(CampaignState.Of(Some.Campaign).With(Some.Snapshot, out _)), .. Regressions.States], s_numbers, static bytes =>
        {
            try
            {
                if (CampaignStateCodec.Read(Some.Campaign, bytes) is not { } state)
                    return "of another version";

                // What could be read is a state like any other: it can be written, and is then the same.
                var written = CampaignStateCodec.Write(state);
                Law.Holds(CampaignStateCodec.Write(CampaignStateCodec.Read(Some.Campaign, written)!).AsSpan().SequenceEqual(written), "a state is the same once it was stored");
                return $"read {state.Gifts.Open.Length} {state.Actions.Length} {state.Trail.Points.Length} {state.Comments.Open.Length} {state.Bursts.Length} {state.Latest is null} {state.Ties is null}";
            }
            catch (InvalidDataException damaged)
            {
                return $"damaged: {damaged.InnerException?.GetType().Name} {Law.Shape(damaged.InnerException?.Message)}";
            }
        }),
        output);

    [Fact]
    public void Columns_of_snapshots() => Fuzzing.Run(
        new Reader(
            "stored snapshots",
            [SnapshotJson.Write(Some.Snapshot), SnapshotJson.Write(((ReadRow.Taken)Files.Rows(Files.Utf8(Files.Whole))[0]).Snapshot), SnapshotColumns.Pack([Some.Received(Some.Snapshot), Some.Received(Some.Snapshot with { TakenAt = Some.Launch })], Some.Campaign), SnapshotColumns.Pack(Some.Snapshot), .. Regressions.Snapshots],
            [.. s_numbers, .. Mutator.Utf8("\"v\":1", "\"platform\":", "\"takenAt\":", "\"state\":", "\"contributions\":[", "\"donor\":\"", "\"launchedDay\":", "null", "{}", "[]", "[{}]", "true")],
            static bytes =>
            {
                var outcome = Guarded(() => SnapshotJson.Write(SnapshotJson.Read(bytes)).Length > 0);
                outcome += Guarded(() => SnapshotColumns.Unpack(bytes).Campaign.Name.Length > 0);
                return outcome + Guarded(() => SnapshotColumns.Unpack(bytes, Some.Launch, "source").Count >= 0);
            }) { FreeBytes = 2 << 20, BytesPerByte = 4_000 },
        output);

    /// <summary>Small columns: recent snapshots, ties, notes.</summary>
    [Fact]
    public void Small_columns() => Fuzzing.Run(
        new Reader(
            "small columns",
            [
                RecentColumn.Write([new(Some.Launch, 7), new(Some.End, ulong.MaxValue)]), TiesCodec.Bytes(new ShownTies(new ShownFigure(0.35, 40, true), ShownFigure.None, ShownFigure.None)),
                Files.Utf8(NoteJson.Write([new Note.Acted(Some.Launch, ActionKind.Mail), new Note.GaveByHand(Some.Launch, 25, 25_000), new Note.ConfirmedBurst(Some.Launch, new GiftBurst(1000, Some.Launch, Some.End, 12))])), .. Regressions.Columns,
            ],
            [.. s_numbers, .. Mutator.Utf8("\"kind\":", "\"action\"", "\"by-hand\"", "\"at\":", "\"people\":", "null", "[]", "{}", "[null]", "\"Mail\"", "\"99\"")],
            static bytes =>
            {
                var outcome = Guarded(() => RecentColumn.Write(RecentColumn.Read(bytes)).Length <= bytes.Length);
                outcome += Guarded(() => TiesCodec.Of(bytes) is not { } ties || TiesCodec.Of(TiesCodec.Bytes(ties)) == ties);
                return outcome + Guarded(() => NoteJson.Read(Encoding.UTF8.GetString(bytes)).ToList() is var notes && NoteJson.Read(NoteJson.Write(notes)).SequenceEqual(notes));
            }),
        output);

    /// <summary>What these document: the bytes are none of theirs.</summary>
    private static string Guarded(Func<bool> read)
    {
        try
        {
            Law.Holds(read(), "what was read is the same once it was stored");
            return "read ";
        }
        catch (Exception damaged) when (damaged is InvalidDataException or FormatException)
        {
            return $"{Law.Shape(damaged.InnerException?.Message ?? damaged.Message)} ";
        }
    }
}

/// <summary>Files in blobs: edges, models, what is kept of networks and outcomes, archived pages.</summary>
public sealed class StoredFileTests(ITestOutputHelper output)
{
    [Fact]
    public void Edges() => Fuzzing.Run(
        new Reader("edges", [EdgesOf(1), EdgesOf(1)[12..], [.. EdgesOf(3), .. EdgesOf(0)], EdgeFile.Bytes(new EdgeBlock("tuin", []) { Holder = Edge(9) }), .. Regressions.Edges], [[0x53, 0x4D, 0x45, 0x31], [0x53, 0x4D, 0x48, 0x31], [0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0], [0, 0, 32, 0]], static bytes =>
        {
            // A check sum keeps out damage, not ill will: the same bytes as a block whose sum is right.
            _ = Blocks([.. Summed(0x31454D53, bytes), .. Summed(0x31484D53, bytes)]);
            var blocks = Blocks(bytes);

            // The block behind what is damaged is found again, whatever stands before it.
            var behind = Blocks([.. bytes, .. EdgeFile.Bytes(new EdgeBlock("the-last", [Edge(1)]))]);
            Law.Holds(blocks.Count > behind.Count - 1 || behind[^1] is { Campaign: "the-last", Edges: [var edge] } && edge == Edge(1), "the block behind damage is read");
            return $"{blocks.Count} {blocks.Sum(static block => block.Edges.Length)} {blocks.Count(static block => block.Holder is not null)}";
        })
        {
            // The window that is held, where the pool has none.
            FreeBytes = 9 << 20,
        },
        output);

    /// <summary>Models, references and crowds: a file that was cut in half or bent is known by its hash, and one whose hash was made to fit by its lines.</summary>
    [Fact]
    public void Models() => Fuzzing.Run(
        new Reader("models", [.. ModelBodies.Forecasts, .. ModelBodies.References, .. Regressions.Models], Mutator.Utf8("name ", "features ", "calibration ", "trees ", "seen ", "table ", "goals ", "days ", "|", ":", " ", "\n", "-1", "2147483647", "NaN", "*", "*2147483647", "1e999", "0:0:l:1:2|", "version "), static bytes =>
        {
            var text = Encoding.UTF8.GetString(bytes);
            var outcome = "";
            foreach (var (read, whole) in ModelBodies.Readers(text))
            {
                try
                {
                    read(new MemoryStream(whole));
                    outcome += "read ";
                }
                catch (Exception damaged) when (damaged is InvalidDataException or FormatException)
                {
                    outcome += $"{Law.Shape(damaged.InnerException?.Message ?? damaged.Message)} ";
                }
            }

            return outcome;
        })
        {
            FreeBytes = 4 << 20,
            BytesPerByte = 1_500,
        },
        output);

    [Fact]
    public void Packed_JSON() => Fuzzing.Run(
        new Reader("packed JSON", [.. ModelBodies.Packed, .. Regressions.Packed], [.. Mutator.Utf8("\"name\":", "\"campaigns\":[", "\"links\":[", "\"shown\":", "\"courses\":", "\"platform\":", "\"shift\":", "null", "[]", "{}", "true", "\"\""), [0x1F, 0x8B]], static bytes =>
        {
            var packed = new BinaryData(bytes is [0x1F, 0x8B, ..] ? bytes : Files.Gzipped(bytes));
            var outcome = "";
            foreach (var read in ModelBodies.PackedReaders)
            {
                try
                {
                    read(packed);
                    outcome += "read ";
                }
                catch (InvalidDataException damaged)
                {
                    outcome += $"{Law.Shape(damaged.InnerException?.Message ?? damaged.Message)} ";
                }
            }

            return outcome;
        })
        {
            FreeBytes = 4 << 20,
            BytesPerByte = 1_500,
        },
        output);

    /// <summary>The first line of an input is metadata, the rest the blob.</summary>
    [Fact]
    public void Archived_pages() => Fuzzing.Run(
        new Reader(
            "archived pages",
            [[.. "address=https%3A%2F%2Fa.example%2F|kind=project|fetched=2026-05-02T12:00:00.0000000+00:00|type=text%2Fhtml|final=https%3A%2F%2Fb.example%2F|etag=%22x%22\n"u8, .. Files.Gzipped(Files.Utf8(Pages.Css))], [.. "address=https%3A%2F%2Fa.example%2F|kind=list|fetched=2026-05-02T12:00:00Z\n"u8, .. Files.Gzipped([])]],
            [.. Mutator.Utf8("address=", "kind=", "fetched=", "final=", "type=", "|", "\n", "%", "%zz", "/relative", "2026-05-02", "0001-01-01T00:00:00+14:00"), [0x1F, 0x8B]],
            static bytes =>
            {
                var feed = Math.Max(0, Array.IndexOf(bytes, (byte)'\n'));
                var described = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                foreach (var pair in Encoding.Latin1.GetString(bytes[..feed]).Split('|').Select(static pair => pair.Split('=', 2)).Where(static pair => pair.Length == 2))
                    described[pair[0]] = pair[0] == "address" ? Uri.UnescapeDataString(pair[1]) : pair[1];
                try
                {
                    var page = BlobPageArchive.Unpack(new BinaryData(bytes[Math.Min(bytes.Length, feed + 1)..]), described);
                    Law.Holds(page.Request.Address.IsAbsoluteUri && page.FinalAddress.IsAbsoluteUri, "an archived page has its address");
                    return $"read {page.ContentType is null} {page.Body.Length > 0} {page.FinalAddress == page.Request.Address}";
                }
                catch (InvalidDataException damaged)
                {
                    return Law.Shape(damaged.InnerException?.Message ?? damaged.Message);
                }
            })
        {
            FreeBytes = 8 << 20,
            BytesPerByte = 3_000,
        },
        output);

    private static List<EdgeBlock> Blocks(byte[] bytes)
    {
        return BlocksAsync().GetAwaiter().GetResult();

        async Task<List<EdgeBlock>> BlocksAsync()
        {
            var blocks = new List<EdgeBlock>();
            await foreach (var block in EdgeFile.ReadAsync(new MemoryStream(bytes, writable: false), CancellationToken.None))
                blocks.Add(block);
            return blocks;
        }
    }

    private static byte[] Summed(uint magic, byte[] payload)
    {
        var block = new byte[12 + payload.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(block, magic);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(4), payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(8), EdgeFile.Check(payload));
        payload.CopyTo(block.AsSpan(12));
        return block;
    }

    private static DonorEdge Edge(int donor) => new(new Pseudonym((ulong)donor, 2, 1), Some.Launch, Some.Launch.AddDays(1), IdentityQuality.Account, Withdrawn: false, Some.Launch);

    private static byte[] EdgesOf(int count) => EdgeFile.Bytes(new EdgeBlock("kidical-mass", [.. Enumerable.Range(0, count).Select(Edge)], count == 0 ? Some.Launch : null));
}

/// <summary>Messages of the queues.</summary>
public sealed class MessageTests(ITestOutputHelper output)
{
    [Fact]
    public void Queue_messages() => Fuzzing.Run(
        new Reader(
            "queue messages",
            [.. Regressions.Messages, .. Mutator.Utf8(
                """{"campaigns":[{"campaign":"growfunding/kidical-mass","tick":"2026-05-02T12:00:00+00:00","parcels":["a","b"]}],"failingSince":"2026-05-02T12:00:00Z","traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","visibleAt":"2026-05-02T12:00:00Z"}""",
                """{"campaign":"growfunding/kidical-mass","due":"2026-05-02T12:00:00Z","takenAt":"2026-05-02T12:00:00Z","kept":2}""",
                """{"platform":"growfunding","search":"2026-05-02T12:00:00Z","address":"https://growfunding.be/","kind":"find-0","depth":1,"failures":2}""",
                """{"subscription":"sub_0123456789abcdef_0123456789abcdef","id":"evt_1","at":1777723200000,"round":1,"attempt":2,"afterId":"evt_0","afterAt":1777723200000}""",
                "{\"FunctionId\":\"f\",\"BlobType\":\"BlockBlob\",\"ContainerName\":\"incoming\",\"BlobName\":\"a.json\",\"ETag\":\"x\"}")],
            Mutator.Utf8("\"campaigns\":[", "\"campaign\":", "\"parcels\":[null]", "\"at\":", "\"afterAt\":", "\"round\":", "\"due\":", "\"address\":", "\"kind\":", "null", "[]", "{}", "[null]", "\"\"", "\"file:///etc/passwd\"", "\"2026-05-02\"", "\"BlobName\":1"),
            static bytes =>
            {
                var text = Encoding.UTF8.GetString(bytes);
                _ = QueueEnvelope.Of(text);
                var outcome = Read(text, static text => ScoreMessage.Read(text).ToText());
                outcome += Read(text, static text => PageMessage.Write(PageMessage.Read(text)));
                outcome += Read(text, static text => DeliveryMessageText.Write(DeliveryMessageText.Read(text)));
                Law.Holds(Succesmeter.LocalHost.Queues.MessageText.Decode(new BinaryData(bytes), base64: true) is null || text.Length % 4 == 0 || text.Any(char.IsWhiteSpace), "what is no Base64 is none");
                return outcome;
            }),
        output);

    private static string Read(string text, Func<string, string> same)
    {
        try
        {
            var written = same(text);
            Law.Holds(same(written) == written, "a message is the same once it was sent again");
            return "read ";
        }
        catch (FormatException none)
        {
            return $"{Law.Shape(none.InnerException?.Message ?? none.Message)} ";
        }
    }
}

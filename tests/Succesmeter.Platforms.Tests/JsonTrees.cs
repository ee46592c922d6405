using System.Text.Json;
using System.Text.Json.Nodes;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;
using Succesmeter.Visits;
using JsonArray = System.Text.Json.Nodes.JsonArray;

namespace Succesmeter.Platforms.Tests;

/// <summary>Answers bent at random, and visits that go on until a platform's reader is content.</summary>
internal static class JsonTrees
{
    private static readonly KeyedPseudonyms s_pseudonyms = new KeyedPseudonyms(new byte[32], 1);

    /// <summary>Every field of the tree, list items included, as the way to it.</summary>
    public static IEnumerable<object[]> Ways(JsonNode? tree, params object[] before) => tree switch
    {
        JsonObject fields => fields.SelectMany(field => Ways(field.Value, [.. before, field.Key]).Prepend([.. before, field.Key])),
        JsonArray items => items.SelectMany((item, index) => Ways(item, [.. before, index]).Prepend([.. before, index])),
        _ => [],
    };

    /// <param name="answer">JSON.</param>
    /// <param name="way">Where to bend it.</param>
    /// <param name="value">JSON that stands there instead; null takes the field away.</param>
    public static string Bent(string answer, object[] way, string? value)
    {
        var tree = JsonNode.Parse(answer)!;
        var owner = way[..^1].Aggregate((JsonNode?)tree, static (node, step) => (node, step) switch
        {
            (JsonObject fields, string name) => fields[name],
            (JsonArray items, int index) when index < items.Count => items[index],
            _ => null,
        });
        switch (owner, way[^1], value)
        {
            case (JsonObject fields, string name, null): fields.Remove(name); break;
            case (JsonObject fields, string name, { } odd): fields[name] = JsonNode.Parse(odd); break;
            case (JsonArray items, int index, null) when index < items.Count: items.RemoveAt(index); break;
            case (JsonArray items, int index, { } odd) when index < items.Count: items[index] = JsonNode.Parse(odd); break;
        }

        return tree.ToJsonString();
    }

    /// <summary>What may stand where something else was meant.</summary>
    public static readonly string?[] Odd =
    [
        null, "null", "true", "false", "\"\"", "\"x\"", "\"12\"", "[]", "{}", "[1]", "[null]", "{\"a\":1}", "-1", "0", "7", "3.25", "1e400", "1e-30", "0.123456", "99999999999999999999",
        "\"\\u0000\\u0007\"", "\"2012-13-45T99:00:00Z\"", "\"Fri, 31 Feb 2020 00:00:00 +0200\"", "\"9999-12-31T23:59:59-14:00\"", "\"javascript:alert(1)\"", "\"?limit=20&since=1\"",
        "\"" + new string('ä', 3_000) + "\"",
    ];

    private static readonly Gen<string?> s_oddValue = Gen.Int[0, Odd.Length - 1].Select(static index => Odd[index]);

    /// <summary>Bends an answer in a few places.</summary>
    public static Gen<string> Mutated(string answer)
    {
        var ways = Ways(JsonNode.Parse(answer)).ToArray();
        return Gen.Select(Gen.Int[0, ways.Length - 1], s_oddValue).List[1, 4].Select(bends => bends.Aggregate(answer, (text, bend) => Bent(text, ways[bend.Item1], bend.Item2)));
    }

    /// <summary>Visits until there is no more to be asked for.</summary>
    /// <param name="answers">What is answered to a request; null where it would not be.</param>
    public static (PageReading Reading, int Pages) Visit(ICrawledPlatform platform, FoundCampaign found, DateTimeOffset takenAt, Func<PageRequest, byte[]> answers)
    {
        var pages = new List<FetchedPage>();
        var request = platform.FirstPage(found);
        pages.Add(new(request, "application/json", answers(request), takenAt));
        while (true)
        {
            var reading = platform.Read(found, pages, takenAt);
            if (reading is not PageReading.More more)
                return (reading, pages.Count);

            Assert.NotEmpty(more.Next);
            Assert.True(pages.Count < 2_000, "A visit must end.");
            foreach (var next in more.Next)
            {
                Assert.DoesNotContain(pages, page => page.Request.Kind == next.Kind);
                Assert.Contains(next.Address.Host, platform.Hosts);
                Assert.Equal("https", next.Address.Scheme);
                pages.Add(new(next, "application/json", answers(next), takenAt));
            }
        }
    }

    /// <summary>The snapshot as the intake reads it, which must take it with every field.</summary>
    public static async Task<Snapshot> TakenAsync(PageReading reading, DateTimeOffset takenAt)
    {
        var seen = Assert.IsType<PageReading.Seen>(reading);
        var zones = new PlatformZones(Microsoft.Extensions.Options.Options.Create(new PlatformOptions()));
        var rows = new List<ReadRow>();
        await foreach (var row in SnapshotFile.ReadAsync(
            new MemoryStream(seen.Snapshot.ToArray()), new SnapshotReading { ReceivedAt = takenAt, ZoneOf = zones.Of, Pseudonyms = s_pseudonyms }, CancellationToken.None))
            rows.Add(row);

        var only = Assert.Single(rows);
        if (only is ReadRow.Refused refused)
            Assert.Fail($"{refused.Why.Field} {refused.Why.Rule}");

        var taken = Assert.IsType<ReadRow.Taken>(only);
        Assert.Equal(0, taken.UnknownFields);
        return taken.Snapshot;
    }

    public static Pseudonym? Pseudonym(PlatformId platform, string donor) => s_pseudonyms.Of(platform, donor);

    /// <summary>Every number that stands in an answer, fields and items alike.</summary>
    public static HashSet<decimal> NumbersIn(string answer)
    {
        var numbers = new HashSet<decimal>();
        using var document = JsonDocument.Parse(answer);
        Collect(document.RootElement);
        return numbers;

        void Collect(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out var number))
                numbers.Add(number);
            else if (element.ValueKind == JsonValueKind.Array)
                foreach (var item in element.EnumerateArray())
                    Collect(item);
            else if (element.ValueKind == JsonValueKind.Object)
                foreach (var field in element.EnumerateObject())
                    Collect(field.Value);
        }
    }
}

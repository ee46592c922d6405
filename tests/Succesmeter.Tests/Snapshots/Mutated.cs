using System.Text;
using System.Text.Json.Nodes;

namespace Succesmeter.Tests.Snapshots;

/// <summary>Valid files, bent a little.</summary>
internal static class Mutated
{
    private static readonly string[] s_values =
    [
        "null", "true", "0", "-1", "1.5", "64.0", "1e300", "12.3456", "\"\"", "\"a\"", "\"nl\"", "\"live\"", "\"LIVE\"", "\"2026-05-02\"", "\"2026-05-02T12:00\"", "\"2100-12-31T09:59:59-14:00\"", "\"0001-01-01\"",
        "\"EUR\"", "\" EUR\"", "\"http://a\"", "\"http://\"", "\"\\ud83d\\ude00\"", "\"a\\u0000\"", "[]", "{}", "[{}]", "[null]", "[\"nl\"]", "{\"active\":1}", "{\"asked\":1}", "[{\"at\":\"2026-05-02\",\"kind\":\"mail\"}]",
    ];

    private static readonly string[] s_names = [.. JsonNode.Parse(Some.Example)!.AsObject().Select(p => p.Key), "unknown"];

    private static readonly string[] s_giftNames = [.. JsonNode.Parse(Some.Example)!["contributions"]![0]!.AsObject().Select(p => p.Key), "unknown"];

    /// <summary>The example with some of its values replaced or left out: always JSON, not always a snapshot.</summary>
    public static readonly Gen<string> Rows =
        Gen.Select(
            Gen.Select(Gen.Int[0, s_names.Length - 1], Gen.Int[-1, s_values.Length - 1]).Array[0, 3],
            Gen.Select(Gen.Int[0, s_giftNames.Length - 1], Gen.Int[-1, s_values.Length - 1]).Array[0, 2],
            (top, gift) =>
            {
                var row = JsonNode.Parse(Some.Example)!.AsObject();
                Bend(row["contributions"]![0]!.AsObject(), s_giftNames, gift);
                Bend(row, s_names, top);
                return row.ToJsonString();
            });

    /// <summary>A file in one of its forms, with some bytes changed, left out or doubled.</summary>
    public static readonly Gen<byte[]> Files =
        Gen.Select(
            Rows.Array[1, 6],
            Gen.Int[0, 4],
            Gen.Select(Gen.Int[0, 100_000], Gen.Byte, Gen.Int[0, 2]).Array[0, 6],
            (rows, form, bends) =>
            {
                var text = form switch
                {
                    0 => string.Join('\n', rows),
                    1 => $"[{string.Join(',', rows)}]",
                    2 => $"[\n  {string.Join(",\n  ", rows)}\n]",
                    3 => string.Join('\n', rows.Select(row => JsonNode.Parse(row)!.ToString())),
                    _ => "platform,campaign,takenAt,pledged,title\n" + string.Concat(rows.Select((row, i) => $"growfunding,c{i},2026-05-02,{row.Length},\"{row[..20].Replace("\"", "\"\"")}\"\n")),
                };
                var bytes = new List<byte>(Encoding.UTF8.GetBytes(text));
                foreach (var (at, value, how) in bends)
                {
                    var index = at % bytes.Count;
                    if (how == 0)
                        bytes[index] = value;
                    else if (how == 1)
                        bytes.Insert(index, value is < 128 ? (byte)"{}[]\",\n:"[value % 8] : value);
                    else
                        bytes.RemoveRange(index, Math.Min(bytes.Count - index, value / 32) is var count && count == bytes.Count ? 0 : count);
                }

                return bytes.ToArray();
            });

    private static void Bend(JsonObject node, string[] names, (int Name, int Value)[] bends)
    {
        foreach (var (name, value) in bends)
        {
            if (value < 0)
                node.Remove(names[name]);
            else
                node[names[name]] = JsonNode.Parse(s_values[value]);
        }
    }
}

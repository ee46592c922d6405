using System.Text.Json.Nodes;

namespace Succesmeter.EndToEnd.Tests.OpenApi;

/// <summary>Whether a body has the shape that the document says: the words of JSON Schema that the document uses, and nothing that it does not name.</summary>
internal static class Shape
{
    private static readonly HashSet<string> Words =
        ["$ref", "additionalProperties", "anyOf", "default", "description", "enum", "format", "items", "pattern", "properties", "required", "type"];

    /// <returns>Each misfit with its place; nothing where all fits.</returns>
    public static IEnumerable<string> Misfits(JsonNode schema, JsonNode? value, string at = "$")
    {
        if (schema is not JsonObject words)
            return [$"{at}: a schema that is no object"];
        if (words.FirstOrDefault(static word => !Words.Contains(word.Key)).Key is { } unknown)
            return [$"{at}: this test does not know the word {unknown}"];
        if (words["$ref"] is { } reference)
            return Misfits(Document.Root["components"]!["schemas"]![reference.GetValue<string>()["#/components/schemas/".Length..]]!, value, at);
        if (words["anyOf"] is JsonArray any)
            return any.Any(one => !Misfits(one!, value, at).Any()) ? [] : [.. any.SelectMany(one => Misfits(one!, value, at))];
        if (words["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value)))
            return [$"{at}: {value} is none of {allowed}"];
        if (words["type"] is { } type && !(type is JsonArray types ? types.Select(static one => one!.GetValue<string>()) : [type.GetValue<string>()]).Any(one => IsOf(one, value)))
            return [$"{at}: {value?.ToJsonString() ?? "null"} is no {type.ToJsonString()}"];

        return value switch
        {
            JsonArray items when words["items"] is { } item => items.SelectMany((one, index) => Misfits(item, one, $"{at}[{index}]")),
            JsonObject fields => OfFields(words, fields, at),
            _ when words["format"]?.GetValue<string>() == "date-time" && value is not null && !(DateTimeOffset.TryParse(value.GetValue<string>(), out _) && value.GetValue<string>().EndsWith('Z')) => [$"{at}: {value} is no instant in UTC"],
            _ => [],
        };
    }

    private static IEnumerable<string> OfFields(JsonObject words, JsonObject fields, string at)
    {
        var named = words["properties"]?.AsObject() ?? [];
        foreach (var missing in (words["required"]?.AsArray() ?? []).Select(static one => one!.GetValue<string>()).Where(name => !fields.ContainsKey(name)))
            yield return $"{at}: {missing} is missing";
        foreach (var (name, value) in fields)
        {
            if ((named[name] ?? words["additionalProperties"]) is not { } schema)
            {
                if (words.Count > 0)
                    yield return $"{at}: {name} is not in the document";
                continue;
            }

            foreach (var misfit in Misfits(schema, value, $"{at}.{name}"))
                yield return misfit;
        }
    }

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "boolean" => value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "string" => value?.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "number" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        "integer" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number && value.ToJsonString().All(static letter => letter == '-' || char.IsAsciiDigit(letter)),
        _ => false,
    };
}

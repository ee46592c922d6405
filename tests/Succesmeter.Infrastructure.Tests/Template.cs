using System.Text.Json.Nodes;

namespace Succesmeter.Infrastructure.Tests;

/// <summary>Looks through a compiled template and those within it.</summary>
internal static class Template
{
    /// <summary>The template itself and, at any depth, its modules', each with the name that the module has where it is used.</summary>
    public static IEnumerable<(string Module, JsonObject Template)> Templates(JsonObject template, string name = "main")
    {
        yield return (name, template);
        foreach (var (module, resource) in Resources(template))
            if (resource["properties"]?["template"] is JsonObject inner)
                foreach (var found in Templates(inner, module))
                    yield return found;
    }

    /// <summary>What is made, without what is only looked up.</summary>
    public static IEnumerable<(string Module, JsonObject Template, JsonObject Resource)> Made(JsonObject template, string? type = null) =>
        from one in Templates(template)
        from made in Resources(one.Template)
        where made.Resource["existing"] is null && (type is null || Text(made.Resource["type"]) == type)
        select (one.Module, one.Template, made.Resource);

    public static JsonObject Module(JsonObject template, string name) => Templates(template).Single(one => one.Module == name).Template;

    public static JsonObject Single(JsonObject template, string type) => Made(template, type).Single().Resource;

    public static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";

    public static string[] Texts(JsonNode? node) => [.. node!.AsArray().Select(Text)];

    /// <summary>Every text in it, expressions included.</summary>
    public static IEnumerable<string> AllTexts(JsonNode? node) => node switch
    {
        JsonObject parts => parts.SelectMany(static part => AllTexts(part.Value)),
        JsonArray items => items.SelectMany(AllTexts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    /// <summary>By their names in the file; a template that needs none of the language's newer features is compiled to a list without names.</summary>
    private static IEnumerable<(string Name, JsonObject Resource)> Resources(JsonObject template) => template["resources"] switch
    {
        JsonObject named => named.Select(static one => (one.Key, one.Value!.AsObject())),
        JsonArray listed => listed.Select(static one => ("", one!.AsObject())),
        _ => [],
    };
}

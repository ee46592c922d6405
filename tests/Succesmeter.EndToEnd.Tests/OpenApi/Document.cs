using System.Text;
using System.Text.Json.Nodes;
using Succesmeter.Functions;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Testing;

namespace Succesmeter.EndToEnd.Tests.OpenApi;

/// <summary>The document as the code says it, and the walk over what it promises.</summary>
internal static class Document
{
    /// <summary>With this in the environment, tests write down what they find instead of comparing it.</summary>
    public const string RenewSetting = "SUCCESMETER_RENEW_OPENAPI";

    public static bool IsRenewed => Environment.GetEnvironmentVariable(RenewSetting) == "1";

    /// <summary>What a host answered to the examples of requests, as the replay wrote it down.</summary>
    public static JsonObject Examples { get; } = File.Exists(PathOf("openapi-examples.json")) ? JsonNode.Parse(File.ReadAllText(PathOf("openapi-examples.json")))!.AsObject() : [];

    public static string ExamplesPath => PathOf("openapi-examples.json");

    public static string Generated { get; } = OpenApiDocument.Of(typeof(SuccesmeterServices).Assembly, Examples);

    public static JsonNode Root { get; } = JsonNode.Parse(Generated)!;

    public static string ApprovedPath => PathOf("openapi.json");

    private static string PathOf(string file) => Path.Combine(SolutionFolder.Path, "docs", file);

    public static IReadOnlyList<Operation> Operations { get; } =
    [
        .. from path in Root["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select new Operation(path.Key, new HttpMethod(operation.Key.ToUpperInvariant()), operation.Value!.AsObject()),
    ];
}

/// <summary>One operation, and requests made of its examples.</summary>
internal sealed record Operation(string Path, HttpMethod Method, JsonObject Says)
{
    public string Id => Says["operationId"]!.GetValue<string>();

    public IEnumerable<JsonObject> Parameters => (Says["parameters"]?.AsArray() ?? []).Select(static parameter => parameter!.AsObject());

    public JsonObject Responses => Says["responses"]!.AsObject();

    /// <summary>The security scheme that it takes: functionKey, adminKey, bearer; null where it is open to everybody.</summary>
    public string? Scheme => Says["security"]!.AsArray().LastOrDefault()?.AsObject().FirstOrDefault().Key;

    public bool IsTagged => Responses.ContainsKey("304");

    /// <summary>The bodies of its examples with their media types; one null for an operation without a body.</summary>
    public IEnumerable<(string? Media, string? Body)> Bodies =>
        Says["requestBody"]?["content"]?.AsObject() is { } content
            ? content.Select(static body => ((string?)body.Key, (string?)(body.Value!["example"] is JsonValue text ? text.GetValue<string>() : body.Value["example"]!.ToJsonString())))
            : [(null, null)];

    /// <summary>The address that the examples make, of <paramref name="known"/> where an example is missing.</summary>
    public string Address(Func<string, string?> known)
    {
        var path = Path;
        var query = new StringBuilder();
        foreach (var parameter in Parameters)
        {
            var name = parameter["name"]!.GetValue<string>();
            var example = known(name) ?? parameter["example"]?.ToString();
            switch (parameter["in"]!.GetValue<string>())
            {
                case "path":
                    path = path.Replace($"{{{name}}}", example ?? throw new InvalidOperationException($"{Id} has no example of {name}."), StringComparison.Ordinal);
                    break;
                case "query" when example is not null:
                    query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(example));
                    break;
            }
        }

        return path + query;
    }

    public IEnumerable<(string Name, string Value)> Headers =>
        from parameter in Parameters
        where parameter["in"]!.GetValue<string>() == "header" && parameter["example"] is not null
        select (parameter["name"]!.GetValue<string>(), parameter["example"]!.ToString());

    public override string ToString() => $"{Method} {Path}";
}

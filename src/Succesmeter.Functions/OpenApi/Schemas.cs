using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Succesmeter.Functions.Endpoints;
using Succesmeter.Snapshots;

namespace Succesmeter.Functions.OpenApi;

/// <summary>The shapes of bodies, each under its own name: a generated client has a type for each.</summary>
internal sealed class Schemas(DocComments comments)
{
    /// <summary>Numbers as they are written. That a client may also send them as texts need not be advertised, and instants have a converter whose shape nobody can see.</summary>
    private static readonly JsonSerializerOptions Shapes = ShapesOf(ApiJson.Default);

    private readonly SortedDictionary<string, JsonNode> components = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type> named = new(StringComparer.Ordinal);

    /// <summary>Types that clients send: of these nothing is required but what says so.</summary>
    private readonly HashSet<Type> sent = [];

    public JsonObject Components()
    {
        AddSnapshot();
        var all = new JsonObject();
        foreach (var (name, schema) in components)
            all[name] = schema.DeepClone();
        return all;
    }

    /// <summary>Bodies that clients send are named before those that they get, since they decide what is required.</summary>
    public void Send(Type type)
    {
        if (type == typeof(SnapshotSchema) || !sent.Add(type) || Shapes.GetTypeInfo(type) is not { Kind: JsonTypeInfoKind.Object } info)
            return;
        foreach (var property in info.Properties)
            Send(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
    }

    /// <summary>The schema of a type, by name where it has fields.</summary>
    public JsonNode Of(Type type)
    {
        if (type == typeof(JsonElement))
            return new JsonObject();
        if (type == typeof(SnapshotSchema))
            return Reference("Snapshot");
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return OrNull(Of(inner));

        var info = Shapes.GetTypeInfo(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Object => Named(info),
            JsonTypeInfoKind.Enumerable => new JsonObject { ["type"] = "array", ["items"] = Of(info.ElementType!) },
            JsonTypeInfoKind.Dictionary => new JsonObject { ["type"] = "object", ["additionalProperties"] = Of(info.ElementType!) },
            _ => Leaf(info),
        };
    }

    /// <summary>RFC 9457, with the two members that every problem of ours has.</summary>
    public JsonNode Problem()
    {
        components["Problem"] = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Problem details (RFC 9457) that name the field and the rule it broke.",
            ["properties"] = new JsonObject
            {
                ["type"] = Text("A page on the status."),
                ["title"] = Text("What kind of problem it is."),
                ["status"] = new JsonObject { ["type"] = "integer", ["description"] = "The status of the answer." },
                ["detail"] = Text("Field and rule as one sentence."),
                ["field"] = Text("Of the body, the query, the path or the headers."),
                ["rule"] = Text("What it must be."),
            },
            ["required"] = new JsonArray("title", "status", "detail", "field", "rule"),
        };
        return Reference("Problem");

        static JsonObject Text(string words) => new() { ["type"] = "string", ["description"] = words };
    }

    private JsonObject Named(JsonTypeInfo info)
    {
        var name = NameOf(info.Type);
        if (named.TryAdd(name, info.Type))
        {
            // Stands before its fields are looked at, so that a type may hold itself.
            components[name] = new JsonObject();
            components[name] = Fields(info);
        }
        else if (named[name] != info.Type)
        {
            throw new InvalidOperationException($"{info.Type} and {named[name]} would both be the schema {name}: one of them needs another name.");
        }

        return Reference(name);
    }

    private JsonObject Fields(JsonTypeInfo info)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var property in info.Properties)
        {
            var name = (property.AttributeProvider as System.Reflection.MemberInfo)?.Name ?? property.Name;
            var shape = (ShapedAttribute?)property.AttributeProvider?.GetCustomAttributes(typeof(ShapedAttribute), inherit: true).FirstOrDefault();
            var schema = Of(shape?.Type ?? property.PropertyType);
            if (property.IsGetNullable && schema is JsonObject known && !AdmitsNull(known))
                schema = OrNull(schema);
            if (OneOf(info.Type, name) is { } values && schema is JsonObject texts)
                texts["enum"] = property.IsGetNullable ? new JsonArray([.. values, null]) : new JsonArray([.. values]);
            if (comments.Of(property.DeclaringType, name) is { } words && schema is JsonObject described)
                described["description"] = words;

            properties[property.Name] = schema;
            if (!sent.Contains(info.Type) || IsRequired(info.Type, name))
                required.Add(property.Name);
        }

        var fields = new JsonObject { ["type"] = "object" };
        if (comments.Of(info.Type) is { } about)
            fields["description"] = about;
        fields["properties"] = properties;
        if (required.Count > 0)
            fields["required"] = required;
        return fields;
    }

    private static JsonObject Leaf(JsonTypeInfo info)
    {
        var schema = info.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        return schema as JsonObject ?? throw new InvalidOperationException($"{info.Type} has a converter and so no shape that can be seen: give its property a [Shaped].");
    }

    private static JsonObject OrNull(JsonNode schema) => schema switch
    {
        JsonObject { Count: 0 } anything => anything,
        JsonObject simple when simple["type"] is JsonValue type => With(simple, new JsonArray(type.DeepClone(), "null")),
        _ => new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) },
    };

    private static JsonObject With(JsonObject schema, JsonArray types)
    {
        schema["type"] = types;
        return schema;
    }

    private static bool AdmitsNull(JsonObject schema) => schema.Count == 0 || schema.ContainsKey("anyOf") || schema["type"] is JsonArray;

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private static bool IsRequired(Type type, string name) => Parameter(type, name)?.IsDefined(typeof(RequiredAttribute), inherit: false) == true;

    private static JsonNode?[]? OneOf(Type type, string name) =>
        Parameter(type, name)?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: false).FirstOrDefault() is AllowedValuesAttribute allowed
            ? [.. allowed.Values.Select(static value => (JsonNode?)JsonValue.Create(value as string))]
            : null;

    /// <summary>Attributes of a record's parameter stay with the parameter.</summary>
    private static System.Reflection.ParameterInfo? Parameter(Type type, string name) =>
        type.GetConstructors().SelectMany(static constructor => constructor.GetParameters()).FirstOrDefault(parameter => parameter.Name == name);

    private static string NameOf(Type type)
    {
        if (type.IsGenericType)
            return $"{NameOf(type.GetGenericArguments()[0])}{Bare(type.Name.Split('`')[0])}";
        return Bare(type.Name);

        static string Bare(string name) => name.EndsWith("Answer", StringComparison.Ordinal) ? name[..^"Answer".Length] : name;
    }

    /// <summary>The schema of snapshots is written by hand and served by itself; here its definitions are components like all others.</summary>
    private void AddSnapshot()
    {
        using var file = SnapshotSchema.Open();
        var schema = JsonNode.Parse(file)!.AsObject();
        var definitions = schema["$defs"]!.AsObject();
        foreach (var part in (string[])["$defs", "$id", "$schema"])
            schema.Remove(part);
        components["Snapshot"] = Moved(schema);
        foreach (var (name, definition) in definitions)
            components[PartName(name)] = Moved(definition!);

        static string PartName(string name) => $"Snapshot{char.ToUpperInvariant(name[0])}{name[1..]}";

        static JsonNode Moved(JsonNode node)
        {
            switch (node)
            {
                case JsonObject fields:
                    var moved = new JsonObject();
                    foreach (var (name, value) in fields)
                        moved[name] = name == "$ref" ? $"#/components/schemas/{PartName(value!.GetValue<string>()["#/$defs/".Length..])}" : value is null ? null : Moved(value);
                    return moved;
                case JsonArray items:
                    return new JsonArray([.. items.Select(static item => item is null ? null : Moved(item))]);
                default:
                    return node.DeepClone();
            }
        }
    }

    private static JsonSerializerOptions ShapesOf(JsonSerializerContext context)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.Strict, TypeInfoResolver = context };
        options.MakeReadOnly();
        return options;
    }
}

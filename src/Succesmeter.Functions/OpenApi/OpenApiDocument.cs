using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Access;

namespace Succesmeter.Functions.OpenApi;

/// <summary>
/// What the API is, as OpenAPI 3.1, read off the functions: routes, methods and levels from their triggers, words from their comments, and the rest from the attributes of this folder.
/// What is served is docs/openapi.json, which a test compares with this.
/// </summary>
public sealed partial class OpenApiDocument
{
    private const string ExamplePlatform = "growfunding", ExampleCampaign = "kidical-mass";
    private const string Problem = "application/problem+json";

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly DocComments comments = new(AppContext.BaseDirectory);
    private readonly Schemas schemas;
    private readonly JsonObject examples;

    private OpenApiDocument(JsonObject examples) => (schemas, this.examples) = (new Schemas(comments), examples);

    /// <summary>Every function under <c>/api</c>, and whatever it takes and gives.</summary>
    /// <exception cref="InvalidOperationException">A function says too little of itself; the message says what.</exception>
    /// <param name="functions">Where they are.</param>
    /// <param name="examples">What a host answered to the examples of requests: of a function's name, and there of a media type.</param>
    public static string Of(Assembly functions, JsonObject examples) => TextOf(new OpenApiDocument(examples).Write(functions));

    public static string TextOf(JsonObject document) => document.ToJsonString(Written) + "\n";

    private JsonObject Write(Assembly functions)
    {
        List<Endpoint> endpoints =
        [
            .. from type in functions.GetTypes()
               from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
               let name = method.GetCustomAttribute<FunctionAttribute>()?.Name
               let trigger = method.GetParameters().Select(static parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(static found => found is not null)
               where name is not null && trigger?.Route is { } route && route.StartsWith("api/", StringComparison.Ordinal) && !route.Contains('*', StringComparison.Ordinal)
               select new Endpoint(name, method, trigger, TagOf(type)),
        ];
        foreach (var taken in endpoints.SelectMany(static endpoint => endpoint.All<TakesAttribute>()).Where(static taken => taken.Type != typeof(string)))
            schemas.Send(taken.Type);

        var paths = new JsonObject();
        foreach (var path in endpoints.GroupBy(static endpoint => endpoint.Path).OrderBy(static path => path.Key, StringComparer.Ordinal))
        {
            var operations = new JsonObject();
            foreach (var endpoint in path.OrderBy(static endpoint => endpoint.Verb, StringComparer.Ordinal))
                operations[endpoint.Verb] = Operation(endpoint);
            paths[path.Key] = operations;
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Succesmeter",
                ["version"] = "1",
                ["description"] = "Forecasts, social profiles and networks of crowdfunding campaigns. What a platform shows itself is public; what a score says needs a token (docs/access.md). "
                    + "Times are in UTC, null is what is not known, shares and probabilities are 0 to 1. HEAD is answered where GET is, without a body. See docs/api.md for how clients are written.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = new JsonArray([.. endpoints.Select(static endpoint => endpoint.Method.DeclaringType!).Distinct().OrderBy(TagOf, StringComparer.Ordinal)
                .Select(type => new JsonObject { ["name"] = TagOf(type), ["description"] = comments.Of(type) ?? throw Silent(type.Name, "no summary") })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["responses"] = SharedResponses(),
                ["schemas"] = schemas.Components(),
                ["securitySchemes"] = new JsonObject
                {
                    ["functionKey"] = Key("The host's function key; as ?code= in the address too."),
                    ["adminKey"] = Key("The host's admin key; as ?code= in the address too."),
                    ["bearer"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["bearerFormat"] = "smt_<id>_<secret>",
                        ["description"] = "A token that an admin issued, or the root token. Its scope is a campaign, a platform or all; its rights are read, act, subscribe, push.",
                    },
                },
            },
        };

        static JsonObject Key(string words) => new() { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-functions-key", ["description"] = words };
    }

    private JsonObject Operation(Endpoint endpoint)
    {
        var words = comments.Of(endpoint.Method) ?? throw Silent(endpoint.Name, "no summary");
        var needs = endpoint.All<NeedsAttribute>();
        var operation = new JsonObject
        {
            ["operationId"] = endpoint.Name,
            ["tags"] = new JsonArray(endpoint.Tag),
            ["summary"] = FirstSentence().Match(words).Groups["sentence"].Value,
            ["description"] = string.Join(' ', [words, .. needs.Select(need => RightOf(need, endpoint))]),
            ["security"] = Security(endpoint.Trigger.AuthLevel, needs),
        };
        if (Parameters(endpoint) is { Count: > 0 } parameters)
            operation["parameters"] = parameters;
        if (endpoint.All<TakesAttribute>() is { Count: > 0 } taken)
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = Content(taken.Select(static one => (one.Media, one.Type, one.Type == typeof(string) ? JsonValue.Create(one.Example) : JsonNode.Parse(one.Example)))),
            };
        operation["responses"] = Responses(endpoint, needs);
        return operation;
    }

    private static string RightOf(NeedsAttribute need, Endpoint endpoint)
    {
        var on = need.On ?? (endpoint.Path.Contains("{campaign}", StringComparison.Ordinal) ? "this campaign" : "this platform");
        return string.Create(CultureInfo.InvariantCulture, $"{(need.ForMore ? "More is shown to" : "Needs")} a token with the right `{Rights.Of(need.Right)}` on {on}.");
    }

    private static JsonArray Security(AuthorizationLevel level, IReadOnlyList<NeedsAttribute> needs)
    {
        if (level != AuthorizationLevel.Anonymous)
            return new JsonArray(One(level == AuthorizationLevel.Function ? "functionKey" : "adminKey"));
        if (needs.Count == 0)
            return [];

        return needs.All(static need => need.ForMore) ? new JsonArray(new JsonObject(), One("bearer")) : new JsonArray(One("bearer"));

        static JsonObject One(string scheme) => new() { [scheme] = new JsonArray() };
    }

    private JsonArray Parameters(Endpoint endpoint)
    {
        var parameters = new JsonArray();
        var said = endpoint.All<PathAttribute>();
        foreach (var name in RoutePart().Matches(endpoint.Path).Select(static match => match.Groups["name"].Value))
        {
            var own = said.FirstOrDefault(path => path.Name == name);
            var schema = new JsonObject { ["type"] = "string" };
            if (own?.Pattern is { } pattern)
                schema["pattern"] = pattern;
            if (name is "platform" or "campaign")
                schema["pattern"] = "^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$";
            var parameter = new JsonObject
            {
                ["name"] = name,
                ["in"] = "path",
                ["required"] = true,
                ["description"] = own?.Words ?? name switch
                {
                    "platform" => "The platform's id.",
                    "campaign" => "The campaign's id on its platform.",
                    _ => throw Silent(endpoint.Name, $"nothing of {name} in its route"),
                },
                ["schema"] = schema,
            };
            if ((own?.Example ?? name switch { "platform" => ExamplePlatform, "campaign" => ExampleCampaign, _ => null }) is { } example)
                parameter["example"] = example;
            parameters.Add(parameter);
        }

        foreach (var query in endpoint.All<QueryAttribute>())
            parameters.Add(Asked(query));
        if (endpoint.IsTagged)
            parameters.Add(new JsonObject
            {
                ["name"] = "If-None-Match", ["in"] = "header", ["description"] = "An ETag that was answered before: 304 while nothing has changed.", ["schema"] = new JsonObject { ["type"] = "string" },
            });
        return parameters;
    }

    private JsonObject Asked(QueryAttribute query)
    {
        var schema = schemas.Of(query.Type).AsObject();
        if (query.OneOf is { Length: > 0 } values)
            schema["enum"] = new JsonArray([.. values.Select(static value => JsonValue.Create(value))]);
        if (!double.IsNaN(query.From))
            schema["minimum"] = Number(query.From);
        if (!double.IsNaN(query.To))
            schema["maximum"] = Number(query.To);
        var parameter = new JsonObject { ["name"] = query.Name, ["in"] = query.InHeader ? "header" : "query" };
        if (query.IsRequired)
            parameter["required"] = true;
        parameter["description"] = query.Words;
        parameter["schema"] = schema;
        if (query.Example is { } example)
            parameter["example"] = query.Type == typeof(string) ? JsonValue.Create(example) : JsonNode.Parse(example);
        return parameter;
    }

    private static JsonValue Number(double value) => value == Math.Floor(value) ? JsonValue.Create((long)value) : JsonValue.Create(value);

    private JsonObject Responses(Endpoint endpoint, IReadOnlyList<NeedsAttribute> needs)
    {
        var all = new SortedDictionary<int, JsonObject>();
        var gives = endpoint.All<GivesAttribute>();
        if (gives.Count == 0)
            throw Silent(endpoint.Name, "no answer");
        foreach (var given in gives.GroupBy(static one => one.Status))
        {
            var response = new JsonObject { ["description"] = given.Select(static one => one.Words).FirstOrDefault(static words => words is not null) ?? ReasonPhrases.GetReasonPhrase(given.Key) };
            if (endpoint.IsTagged && given.Key == StatusCodes.Status200OK)
                response["headers"] = new JsonObject { ["ETag"] = new JsonObject { ["description"] = "Of these bytes.", ["schema"] = new JsonObject { ["type"] = "string" } } };
            response["content"] = Content(given.Select(one => (one.Media, one.Type, given.Key == StatusCodes.Status200OK ? examples[endpoint.Name]?[one.Media]?.DeepClone() : null)));
            if (given.Key < 300 && endpoint.All<LeadsToAttribute>() is { Count: > 0 } links)
                response["links"] = new JsonObject([.. links.Select(static link => KeyValuePair.Create(
                    link.Function,
                    (JsonNode?)new JsonObject { ["operationId"] = link.Function, ["parameters"] = new JsonObject { [link.Parameter] = $"$response.body#{link.Pointer}" } }))]);
            all[given.Key] = response;
        }

        foreach (var own in endpoint.All<RefusesAttribute>())
            all.TryAdd(own.Status, Refusal(own.Words));
        foreach (var name in Shared(endpoint, needs))
            all.TryAdd(SharedRefusals[name].Status, new JsonObject { ["$ref"] = $"#/components/responses/{name}" });
        return new JsonObject([.. all.Select(static one => KeyValuePair.Create(one.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)one.Value))]);
    }

    /// <summary>What many operations answer alike.</summary>
    private static readonly Dictionary<string, (int Status, string Words)> SharedRefusals = new(StringComparer.Ordinal)
    {
        ["NotModified"] = (StatusCodes.Status304NotModified, "What the client has is what there is."),
        ["BrokenRule"] = (StatusCodes.Status400BadRequest, "A field breaks a rule."),
        ["NoKey"] = (StatusCodes.Status401Unauthorized, "The key is missing or wrong; the host itself says so, without a body."),
        ["NoToken"] = (StatusCodes.Status401Unauthorized, "There is no token, or one that is worth nothing."),
        ["OtherToken"] = (StatusCodes.Status403Forbidden, "The token has not the right, or not here."),
        ["NothingHere"] = (StatusCodes.Status404NotFound, "Nothing is here."),
        ["TooLarge"] = (StatusCodes.Status413PayloadTooLarge, "The body is too large."),
        ["OtherType"] = (StatusCodes.Status415UnsupportedMediaType, "The body is of another type."),
        ["TooOften"] = (StatusCodes.Status429TooManyRequests, "The client asks too often; Retry-After says when to ask again."),
        ["Away"] = (StatusCodes.Status503ServiceUnavailable, "The storage is away, busy or full; Retry-After says when to send the same again."),
    };

    private static IEnumerable<string> Shared(Endpoint endpoint, IReadOnlyList<NeedsAttribute> needs)
    {
        var hasPath = endpoint.Path.Contains('{', StringComparison.Ordinal);
        var hasBody = endpoint.All<TakesAttribute>().Count > 0;
        if (endpoint.IsTagged)
            yield return "NotModified";
        if (hasPath || hasBody || endpoint.All<QueryAttribute>().Count > 0)
            yield return "BrokenRule";
        if (endpoint.Trigger.AuthLevel != AuthorizationLevel.Anonymous)
            yield return "NoKey";
        if (needs.Any(static need => !need.ForMore))
        {
            yield return "NoToken";
            yield return "OtherToken";
        }

        if (hasPath)
            yield return "NothingHere";
        if (hasBody)
        {
            yield return "TooLarge";
            yield return "OtherType";
        }

        yield return "TooOften";
        yield return "Away";
    }

    private JsonObject SharedResponses()
    {
        var responses = new JsonObject();
        foreach (var (name, (_, words)) in SharedRefusals)
            responses[name] = name is "NotModified" or "NoKey" ? new JsonObject { ["description"] = words } : Refusal(words);
        return responses;
    }

    private JsonObject Refusal(string words) => new()
    {
        ["description"] = words,
        ["content"] = new JsonObject { [Problem] = new JsonObject { ["schema"] = schemas.Problem() } },
    };

    private JsonObject Content(IEnumerable<(string Media, Type Type, JsonNode? Example)> bodies)
    {
        var content = new JsonObject();
        foreach (var (media, type, example) in bodies)
        {
            var body = new JsonObject { ["schema"] = schemas.Of(type) };
            if (example is not null)
                body["example"] = example;
            content[media] = body;
        }

        return content;
    }

    private static string TagOf(Type type) =>
        type.Name.EndsWith("Endpoints", StringComparison.Ordinal) ? type.Name[..^"Endpoints".Length] : type.Name.EndsWith("Endpoint", StringComparison.Ordinal) ? type.Name[..^"Endpoint".Length] : type.Name;

    private static InvalidOperationException Silent(string who, string what) => new($"{who} says {what}: the document cannot be written without it.");

    [GeneratedRegex(@"^(?<sentence>.+?)[.:;]?(?:\s|$)(?<=[.:;]\s|$)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FirstSentence();

    [GeneratedRegex(@"\{(?<name>[^}*]+)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RoutePart();

    private sealed record Endpoint(string Name, MethodInfo Method, HttpTriggerAttribute Trigger, string Tag)
    {
        public string Path => "/" + Trigger.Route;

        /// <summary>A function that reads answers HEAD too, which the document says once and for all.</summary>
        public string Verb => Trigger.Methods switch
        {
            ["get", "head"] => "get",
            [var only] when only is not "get" => only,
            _ => throw Silent(Name, "other methods than one, or get with head"),
        };

        public bool IsTagged => Verb == "get" && All<GivesAttribute>().Any(static given => given is { Status: StatusCodes.Status200OK, IsTagged: true });

        public IReadOnlyList<T> All<T>()
            where T : Attribute => [.. Method.GetCustomAttributes<T>()];
    }
}

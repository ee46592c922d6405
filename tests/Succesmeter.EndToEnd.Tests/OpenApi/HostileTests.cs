using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Succesmeter.EndToEnd.Tests.OpenApi;

/// <summary>Whatever is sent to a route of the document, it refuses by name or does its work: it never fails.</summary>
public sealed class HostileTests
{
    private static readonly string[] Parts =
        [new('a', 300), "%00", "%2e%2e", "a%20b", "%F0%9F%98%80", "%3Cscript%3E", "%25s%25n", "-1", "99999999999999999999", "%ED%A0%80", "%27%20or%201%20eq%201"];

    private static readonly string[] Values = [.. Parts, new('z', 6000), "", "0", "501", "100000", "2147483647", "2147483648", "NaN", "Infinity", "1e400", "0x10", "%0D%0AX-Own%3A%201"];

    private static readonly (string Media, byte[] Body)[] Bodies =
    [
        ("application/json", []),
        ("application/json", "null"u8.ToArray()),
        ("application/json", "[]"u8.ToArray()),
        ("application/json", "{"u8.ToArray()),
        ("application/json", "{\"platform\":\"\\ud800\",\"kind\":\"\\ud800\",\"burst\":\"\\ud800\",\"outcome\":\"\\ud800\",\"label\":\"\\ud800\",\"code\":\"\\ud800\"}"u8.ToArray()),
        ("application/json", [.. "{\"kind\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}"u8]),
        ("application/json", Encoding.UTF8.GetBytes(new string('[', 5000))),
        ("application/json", Encoding.UTF8.GetBytes($"{{\"kind\":\"{new string('k', 20_000)}\"}}")),
        ("application/json", "{\"kind\":1,\"at\":{},\"people\":1e99,\"amount\":\"x\",\"burst\":[],\"answer\":7,\"scope\":3,\"rights\":{},\"outcome\":[1],\"platform\":{}}"u8.ToArray()),
        ("application/xml", "<a/>"u8.ToArray()),
        ("text/csv", "\0,\0\n"u8.ToArray()),
        ("application/x-ndjson", "{}\n\n{"u8.ToArray()),
        ("multipart/form-data; boundary=x", "--x--"u8.ToArray()),
        ("not a type", "x"u8.ToArray()),
    ];

    [Fact]
    public async Task Every_route_refuses_with_a_reason_and_never_fails()
    {
        await using var host = await TestHost.StartAsync();
        await host.PushAndScoreAsync("""{"platform":"growfunding","campaign":"kidical-mass","takenAt":"2025-05-02T12:00:00Z","currency":"EUR","goal":7500,"funding":"all-or-nothing","launchedAt":"2025-04-20T08:00:00Z","endsAt":"2025-05-30T22:00:00Z","pledged":2310.5,"backers":64}""");
        var complaints = new List<string>();
        foreach (var operation in Document.Operations)
            foreach (var request in Attacks(host, operation))
                using (request)
                using (var answer = await host.Client.SendAsync(request))
                    if (await ComplaintAsync(operation, request, answer) is { } complaint)
                        complaints.Add(complaint);

        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Take(30)));
    }

    private static IEnumerable<HttpRequestMessage> Attacks(TestHost host, Operation operation)
    {
        var names = operation.Parameters.Where(static parameter => parameter["in"]!.GetValue<string>() is "path").Select(static parameter => parameter["name"]!.GetValue<string>()).ToList();
        foreach (var name in names)
            foreach (var part in Parts)
                yield return Request(host, operation, operation.Method, Filled(operation, name, part));
        var plain = Filled(operation, null, null);
        foreach (var query in operation.Parameters.Where(static parameter => parameter["in"]!.GetValue<string>() == "query").Select(static parameter => parameter["name"]!.GetValue<string>()))
            foreach (var value in Values)
                yield return Request(host, operation, operation.Method, $"{Without(plain, query)}{query}={value}");
        foreach (var method in (string[])["PUT", "PATCH", "HEAD", "PROPFIND", "TRACE", "GET", "POST", "DELETE"])
            if (method != operation.Method.Method)
                yield return Request(host, operation, new HttpMethod(method), plain);
        foreach (var (media, body) in Bodies)
        {
            var request = Request(host, operation, operation.Method, plain);
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", media);
            yield return request;
        }

        foreach (var header in (string[])["If-None-Match", "Accept-Encoding", "X-Request-Id", "Origin", "Accept-Language", "X-Rater"])
        {
            var request = Request(host, operation, operation.Method, plain);
            request.Headers.Remove(header);
            request.Headers.TryAddWithoutValidation(header, "\"'<>;,=*/" + new string('q', 3000));
            yield return request;
        }
    }

    private static string Filled(Operation operation, string? name, string? part)
    {
        var address = operation.Address(parameter => parameter switch { "id" => new string('0', 32), "version" or "burst" => new string('0', 16), "action" => "000001746180000000-mail", _ => null });
        if (name is null)
            return address;

        // Put in after the examples were escaped, so that it travels as it stands here.
        var at = operation.Path.Split('/').ToList().IndexOf($"{{{name}}}");
        var segments = address.Split('?')[0].Split('/');
        segments[at] = part!;
        return string.Join('/', segments);
    }

    private static string Without(string address, string query)
    {
        var kept = address.Split('?') is [_, var asked] ? asked.Split('&').Where(one => !one.StartsWith($"{query}=", StringComparison.Ordinal)) : [];
        return $"{address.Split('?')[0]}?{string.Concat(kept.Select(static one => $"{one}&"))}";
    }

    private static HttpRequestMessage Request(TestHost host, Operation operation, HttpMethod method, string address)
    {
        var request = new HttpRequestMessage(method, new Uri(host.Client.BaseAddress + address.TrimStart('/'), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (operation.Scheme == "bearer")
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestHost.RootToken);
        else if (operation.Scheme is not null)
            request.Headers.Add("x-functions-key", host.AdminKey);
        foreach (var (name, value) in operation.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static async Task<string?> ComplaintAsync(Operation operation, HttpRequestMessage request, HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        var said = $"{request.Method} {request.RequestUri!.OriginalString[..Math.Min(160, request.RequestUri.OriginalString.Length)]} ({operation.Id}) answered {(int)answer.StatusCode} {text[..Math.Min(300, text.Length)]}";
        if (answer.StatusCode is not HttpStatusCode.NotImplemented and not HttpStatusCode.ServiceUnavailable and >= HttpStatusCode.InternalServerError)
            return said;
        if (request.Method != operation.Method && request.Method != HttpMethod.Head && !Document.Operations.Any(other => other.Path == operation.Path && other.Method == request.Method) && answer.StatusCode < HttpStatusCode.BadRequest)
            return $"{said}, and the document knows no such method";
        if (request.Method == operation.Method && request.Content is { } content && IsOfAnotherType(operation, content) && answer.StatusCode != HttpStatusCode.UnsupportedMediaType)
            return $"{said} to a body of another type";
        if (answer.Headers.Contains("X-Own"))
            return $"{said} with a header that the client wrote";
        if (answer.StatusCode < HttpStatusCode.BadRequest || text.Length == 0)
            return null;

        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        return answer.Content.Headers.ContentType?.MediaType == "application/problem+json" && problem.TryGetProperty("field", out _) && problem.TryGetProperty("rule", out _) ? null : $"{said} without a reason";
    }

    /// <summary>The operation takes a body, and not one of this type; where it takes none, nobody looks at what was sent.</summary>
    private static bool IsOfAnotherType(Operation operation, HttpContent content) =>
        operation.Says["requestBody"]?["content"]?.AsObject() is { } taken
        && !(content.Headers.ContentType?.MediaType is { } media && taken.ContainsKey(media));
}

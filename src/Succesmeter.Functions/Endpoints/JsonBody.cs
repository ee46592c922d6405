using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Succesmeter.Functions.Endpoints;

/// <summary>A small JSON object that a client sent. A field that nobody asked for is refused by its name: what is not looked for is never kept.</summary>
internal sealed class JsonBody
{
    private readonly Dictionary<string, JsonElement> fields;

    private JsonBody(Dictionary<string, JsonElement> fields) => this.fields = fields;

    /// <param name="request">Its body is read to the end, or to one byte too many.</param>
    /// <param name="known">The fields that there are.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The body, or what is answered instead.</returns>
    public static async Task<(JsonBody? Body, IResult? Refusal)> ReadAsync(HttpRequest request, string[] known, CancellationToken cancellation)
    {
        var (bytes, problem) = await SmallBody.BytesAsync(request, cancellation);
        if (problem is not null)
            return (null, problem);

        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return (null, Answers.BadRequest("body", "must be a JSON object"));

            var found = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var field in document.RootElement.EnumerateObject())
            {
                if (!known.Contains(field.Name, StringComparer.Ordinal))
                    return (null, Answers.BadRequest(Shown(field.Name), $"is no field of this; there are {string.Join(", ", known)}"));
                if (!found.TryAdd(field.Name, field.Value.Clone()))
                    return (null, Answers.BadRequest(field.Name, "must stand once"));
            }

            return (new JsonBody(found), null);
        }
        catch (JsonException)
        {
            return (null, Answers.BadRequest("body", "must be JSON in UTF-8"));
        }
        catch (InvalidOperationException)
        {
            // A name or text that is no Unicode: half of a surrogate pair.
            return (null, Answers.BadRequest("body", "must be JSON in UTF-8"));
        }
    }

    /// <summary>Null where the field is missing, null, or no text.</summary>
    public string? Text(string name)
    {
        if (!fields.TryGetValue(name, out var value) || value.ValueKind != JsonValueKind.String)
            return null;

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <returns>False where the field is there and no whole number of the range; <paramref name="number"/> is null where it is missing or null.</returns>
    public bool TryCount(string name, int most, out int? number)
    {
        number = null;
        if (!fields.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return true;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var count) || count < 0 || count > most)
            return false;

        number = count;
        return true;
    }

    private static string Shown(string name) => name.Length switch { 0 => "\"\"", <= 64 => name, _ => name[..64] + "…" };
}

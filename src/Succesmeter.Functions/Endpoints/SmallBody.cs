using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Succesmeter.Functions.Endpoints;

/// <summary>A body of one JSON object that people and pages send, as opposed to files of snapshots.</summary>
internal static class SmallBody
{
    private const int MostBytes = 16 * 1024;

    /// <returns>What was sent, or the answer that says why it is not that.</returns>
    public static async Task<(T? Value, IResult? Problem)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        var (bytes, problem) = await BytesAsync(request, cancellation);
        if (problem is not null)
            return (null, problem);

        try
        {
            return JsonSerializer.Deserialize(bytes.Span, type) is { } value ? (value, null) : (null, NoObject());
        }
        catch (JsonException broken)
        {
            // The path is made of the body's own names, and of nobody else's.
            return (null, broken.Path is { Length: > 2 } path ? Answers.BadRequest(path[2..], "is not of the type that it must be") : NoObject());
        }

        static IResult NoObject() => Answers.BadRequest("body", "must be one JSON object");
    }

    /// <summary>The body to its end, or the answer that says why it is not read: it is of another type, or goes on past what is small.</summary>
    public static async Task<(ReadOnlyMemory<byte> Bytes, IResult? Problem)> BytesAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var content) || !content.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            return (default, Answers.Problem(StatusCodes.Status415UnsupportedMediaType, "The body's type is not known.", "Content-Type", "must be application/json"));

        var buffer = new byte[MostBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return length > MostBytes
            ? (default, Answers.Problem(StatusCodes.Status413PayloadTooLarge, "The body is too large.", "body", $"must have at most {MostBytes} bytes"))
            : (buffer.AsMemory(0, length), null);
    }
}

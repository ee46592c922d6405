namespace Succesmeter.Functions.OpenApi;

/// <summary>An answer when all is well.</summary>
/// <param name="status">Such as 200.</param>
/// <param name="type">The shape of its JSON; <c>string</c> for a text of another media type.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class GivesAttribute(int status, Type type) : Attribute
{
    public int Status { get; } = status;

    public Type Type { get; } = type;

    public string Media { get; init; } = "application/json";

    public string? Words { get; init; }

    /// <summary>Bears an ETag, so that a client may ask with If-None-Match; of answers to GET with status 200.</summary>
    public bool IsTagged { get; init; } = true;
}

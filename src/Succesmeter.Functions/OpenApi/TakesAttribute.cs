namespace Succesmeter.Functions.OpenApi;

/// <summary>A body that an endpoint reads.</summary>
/// <param name="type">Its shape; <c>string</c> for a text of another media type than JSON.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class TakesAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;

    public string Media { get; init; } = "application/json";

    public required string Example { get; init; }
}

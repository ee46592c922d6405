namespace Succesmeter.Functions.OpenApi;

/// <summary>What is to be said of a part of the route: of <c>platform</c> and <c>campaign</c> another example, of others all.</summary>
/// <param name="name">As in the route.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class PathAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    public string? Words { get; init; }

    public string? Pattern { get; init; }

    /// <summary>Null where another answer gives it (<see cref="LeadsToAttribute"/>).</summary>
    public string? Example { get; init; }
}

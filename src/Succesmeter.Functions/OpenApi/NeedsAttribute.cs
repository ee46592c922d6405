using Succesmeter.Access;

namespace Succesmeter.Functions.OpenApi;

/// <summary>Which right the bearer token must hold, on the campaign or platform of the route.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class NeedsAttribute(Right right) : Attribute
{
    public Right Right { get; } = right;

    /// <summary>On what, where it is not the narrowest thing that the route names.</summary>
    public string? On { get; init; }

    /// <summary>Who has it sees more; nobody is refused.</summary>
    public bool ForMore { get; init; }
}

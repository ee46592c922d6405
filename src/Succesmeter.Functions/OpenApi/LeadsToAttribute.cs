namespace Succesmeter.Functions.OpenApi;

/// <summary>An answer that names what another function asks for: a link of OpenAPI.</summary>
/// <param name="function">Its name.</param>
/// <param name="parameter">Of that function.</param>
/// <param name="pointer">Into this answer, a JSON pointer.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class LeadsToAttribute(string function, string parameter, string pointer) : Attribute
{
    public string Function { get; } = function;

    public string Parameter { get; } = parameter;

    public string Pointer { get; } = pointer;
}

namespace Succesmeter.Functions.OpenApi;

/// <summary>A refusal that neither route, parameters, body nor right tell of.</summary>
/// <param name="status">Such as 409.</param>
/// <param name="words">When.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RefusesAttribute(int status, string words) : Attribute
{
    public int Status { get; } = status;

    public string Words { get; } = words;
}

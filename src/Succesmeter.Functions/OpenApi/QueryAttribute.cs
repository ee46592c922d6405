namespace Succesmeter.Functions.OpenApi;

/// <summary>A parameter that an endpoint looks for itself, in the query unless said otherwise.</summary>
/// <param name="name">As in the address.</param>
/// <param name="words">What it asks for.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class QueryAttribute(string name, string words) : Attribute
{
    public string Name { get; } = name;

    public string Words { get; } = words;

    public Type Type { get; init; } = typeof(string);

    /// <summary>All that it may be; empty where anything goes that the words allow.</summary>
    public string[] OneOf { get; init; } = [];

    public double From { get; init; } = double.NaN;

    public double To { get; init; } = double.NaN;

    public string? Example { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>A header and no part of the address.</summary>
    public bool InHeader { get; init; }
}

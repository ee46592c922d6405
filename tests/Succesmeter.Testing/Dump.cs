using System.Text.Json;

namespace Succesmeter.Testing;

/// <summary>All that a value holds, as text: what two runs must agree on to the last field.</summary>
public static class Dump
{
    private static readonly JsonSerializerOptions Everything = new() { WriteIndented = true, IncludeFields = true };

    public static string Of(object? value) => JsonSerializer.Serialize(value, Everything);
}

using System.Reflection;

namespace Succesmeter.Functions.OpenApi;

/// <summary>docs/openapi.json, held in the assembly: both hosts serve the document that was approved, to the byte.</summary>
internal static class OpenApiFile
{
    public const string Resource = "openapi.json";

    private static readonly Lazy<byte[]> Loaded = new(() =>
    {
        using var content = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        var bytes = new byte[content.Length];
        content.ReadExactly(bytes);
        return bytes;
    });

    public static ReadOnlyMemory<byte> Content => Loaded.Value;
}

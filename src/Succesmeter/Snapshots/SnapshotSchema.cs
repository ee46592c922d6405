namespace Succesmeter.Snapshots;

/// <summary>The JSON Schema (draft 2020-12) of a snapshot, version 1, as it is served to those who send them. A test holds it and the reader together.</summary>
public static class SnapshotSchema
{
    private const string Resource = "Succesmeter.Snapshots.snapshot.schema.json";

    /// <summary>UTF-8; the caller disposes it.</summary>
    public static Stream Open() =>
        typeof(SnapshotSchema).Assembly.GetManifestResourceStream(Resource)
        ?? throw new InvalidOperationException($"The resource {Resource} was not built into this assembly.");
}

namespace Succesmeter.Platforms.Tests.Goteo;

/// <summary>A fact about answers that were recorded, skipped where they are not beside the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RecordedFactAttribute : FactAttribute
{
    public RecordedFactAttribute()
    {
        if (Recorded.Folder is null)
            Skip = "The folder shared/fixtures/goteo is not beside the repository.";
    }
}

internal static class Recorded
{
    public static string? Folder { get; } = Beside(AppContext.BaseDirectory);

    public static byte[] Answer(string name) => File.ReadAllBytes(Path.Combine(Folder!, name));

    private static string? Beside(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "shared", "fixtures", "goteo") is var fixtures && Directory.Exists(fixtures))
                return fixtures;
        return null;
    }
}

namespace Succesmeter.Learning.Tests.References;

/// <summary>A fact about the real data, skipped where their folder is not beside the repository.</summary>
internal sealed class DataFactAttribute : FactAttribute
{
    public DataFactAttribute()
    {
        if (DataFolder.Path is null)
            Skip = "The folder shared/data is not beside the repository, and SUCCESMETER_DATA does not name it.";
    }
}

internal static class DataFolder
{
    public static string? Path { get; } = Environment.GetEnvironmentVariable("SUCCESMETER_DATA") is { Length: > 0 } named ? Existing(named) : Beside(AppContext.BaseDirectory);

    private static string? Existing(string folder) => Directory.Exists(folder) ? folder : null;

    private static string? Beside(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (System.IO.Path.Combine(at.FullName, "shared", "data") is var data && Directory.Exists(System.IO.Path.Combine(data, "uk-community-fundraisers")))
                return data;
        return null;
    }
}

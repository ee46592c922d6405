namespace Succesmeter.Testing;

/// <summary>The checkout that the tests were built from, for tests of files that are not built.</summary>
public static class SolutionFolder
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "succesmeter-functions.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds the solution.");
        return folder.FullName;
    }
}

namespace Succesmeter.Learning.Tests.Replay;

/// <summary>A test over a public data set, which lies beside the project where there is one; elsewhere the test says that it was skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithDataAttribute : FactAttribute
{
    public FactWithDataAttribute(string dataSet)
    {
        DataSet = dataSet;
        if (!Directory.Exists(Folder(dataSet)))
            Skip = $"The data set {dataSet} is not beside the project.";
    }

    public string DataSet { get; }

    public static string Folder(string dataSet)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "succesmeter-functions.sln")))
            root = root.Parent;

        return Path.Combine(root?.Parent?.FullName ?? AppContext.BaseDirectory, "shared", "data", dataSet);
    }
}

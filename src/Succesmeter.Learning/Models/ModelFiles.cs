namespace Succesmeter.Learning.Models;

/// <summary>Where model files are read from: a folder, or the program itself.</summary>
internal static class ModelFiles
{
    public const string Serving = "serving.model";
    public const string UkBenchmark = "benchmark-uk.model";
    public const string UkBaselines = "benchmark-uk-baselines.model";
    public const string Backers = "backers.model";
    public const string Prototypes = "prototypes.model";
    public const string KickstarterBenchmark = "benchmark-kickstarter.model";

    public static Stream Open(string? folder, string name) => folder is null
        ? typeof(ModelFiles).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The model '{name}' is not in the program.")
        : File.OpenRead(Path.Combine(folder, name));
}

using YamlDotNet.Serialization;

namespace Succesmeter.Repository.Tests;

/// <summary>Everything that comes from outside is kept up to date by somebody.</summary>
public sealed class DependabotTests
{
    private static readonly IReadOnlyList<Update> Updates =
        new DeserializerBuilder().IgnoreUnmatchedProperties().Build().Deserialize<Configuration>(Checkout.Read(".github/dependabot.yml")).Updates;

    [Theory]
    [InlineData("npm", "package-lock.json")]
    [InlineData("github-actions", "action.yml")]
    public void Every_folder_with_pins_is_watched(string ecosystem, string file) =>
        Assert.Equal(
            Checkout.Files.Keys.Where(path => Path.GetFileName(path) == file).Select(static path => $"/{Path.GetDirectoryName(path)!.Replace('\\', '/')}").Order(StringComparer.Ordinal),
            Watched(ecosystem).Where(static folder => folder != "/").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("nuget")]
    [InlineData("github-actions")]
    public void What_stands_at_the_root_is_watched(string ecosystem) => Assert.Contains("/", Watched(ecosystem));

    private static IEnumerable<string> Watched(string ecosystem) => Updates.Where(update => update.PackageEcosystem == ecosystem).SelectMany(static update => update.Directories.Append(update.Directory)).OfType<string>();

    /// <summary>Of dependabot.yml what is looked at here.</summary>
    private sealed class Configuration
    {
        [YamlMember(Alias = "updates")]
        public List<Update> Updates { get; set; } = [];
    }

    /// <summary>One entry under <c>updates</c>.</summary>
    private sealed class Update
    {
        [YamlMember(Alias = "package-ecosystem")]
        public string PackageEcosystem { get; set; } = "";

        [YamlMember(Alias = "directory")]
        public string? Directory { get; set; }

        [YamlMember(Alias = "directories")]
        public List<string> Directories { get; set; } = [];
    }
}

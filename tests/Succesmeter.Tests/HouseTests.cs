using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Succesmeter.Tests;

/// <summary>The directions in which the projects may know each other (docs: the house).</summary>
public sealed partial class HouseTests
{
    private static readonly Dictionary<string, string[]> May = new(StringComparer.Ordinal)
    {
        ["Succesmeter"] = [],
        ["Succesmeter.Learning"] = ["Succesmeter"],
        ["Succesmeter.Outbound"] = ["Succesmeter"],
        ["Succesmeter.Platforms"] = ["Succesmeter", "Succesmeter.Outbound"],
        ["Succesmeter.Storage"] = ["Succesmeter"],
        ["Succesmeter.Pipeline"] = ["Succesmeter"],
        ["Succesmeter.LocalWorker"] = [],
        ["Succesmeter.Functions"] = ["Succesmeter.Learning", "Succesmeter.LocalWorker", "Succesmeter.Outbound", "Succesmeter.Pipeline", "Succesmeter.Platforms", "Succesmeter.Storage"],
        ["Succesmeter.LocalHost"] = ["Succesmeter.Functions", "Succesmeter.LocalWorker"],
    };

    [Fact]
    public void Every_project_knows_only_those_below_it()
    {
        var projects = Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories);
        Assert.Equal(May.Keys.Order(StringComparer.Ordinal), projects.Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));
        foreach (var project in projects)
        {
            var known = XDocument.Load(project).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
            Assert.Subset(May[Path.GetFileNameWithoutExtension(project)].ToHashSet(StringComparer.Ordinal), known.ToHashSet(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_domain_knows_the_base_library_alone() =>
        Assert.All(typeof(Succesmeter.Campaigns.CampaignId).Assembly.GetReferencedAssemblies(), assembly => Assert.StartsWith("System", assembly.Name, StringComparison.Ordinal));

    [Fact]
    public void Only_the_functions_and_their_local_host_know_the_worker()
    {
        var known = Directory.GetFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(path => File.ReadAllText(path).Contains("using Microsoft.Azure.Functions.Worker", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Path.Combine(Root, "src"), path).Split(Path.DirectorySeparatorChar)[0])
            .Distinct(StringComparer.Ordinal);
        Assert.Subset(new HashSet<string>(["Succesmeter.Functions", "Succesmeter.LocalWorker", "Succesmeter.LocalHost"], StringComparer.Ordinal), known.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>README's flow line, Triggers.cs and the stage files agree.</summary>
    [Fact]
    public void The_flow_in_the_readme_is_the_flow_in_the_code()
    {
        var stages = Directory.GetFiles(Path.Combine(Root, "src", "Succesmeter.Pipeline"), "*To*.cs").Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => StageName().IsMatch(name)).Order(StringComparer.Ordinal).ToList();
        var triggers = File.ReadAllText(Path.Combine(Root, "src", "Succesmeter.Functions", "Triggers.cs"));
        var flow = File.ReadAllLines(Path.Combine(Root, "README.md")).Single(line => line.Contains("FilesToSnapshots", StringComparison.Ordinal) && line.Contains('→', StringComparison.Ordinal));

        Assert.NotEmpty(stages);
        Assert.All(stages, stage => Assert.Contains($"[Function(nameof({stage}))]", triggers, StringComparison.Ordinal));
        Assert.All(stages, stage => Assert.Contains(stage, flow, StringComparison.Ordinal));
    }

    /// <summary>A stage is named after both its ends: FilesToSnapshots.</summary>
    [GeneratedRegex("^[A-Z][a-z]+To[A-Z][a-z]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex StageName();

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "succesmeter-functions.sln")))
                folder = folder.Parent ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds the solution.");
            return folder.FullName;
        }
    }
}

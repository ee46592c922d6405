using System.Globalization;

namespace Succesmeter.Repository.Tests.Scripts;

/// <summary><c>.ci/dependencies</c>, with stand-ins for the registries' answers.</summary>
public sealed class DependenciesTests
{
    private const string NothingFromNuGet = """{"version":1,"parameters":"--vulnerable --include-transitive","sources":["feed"],"projects":[{"path":"/a.csproj"}]}""";

    private const string NothingFromNpm = """{"auditReportVersion":2,"vulnerabilities":{},"metadata":{}}""";

    private const string OneFromNuGet =
        """{"version":1,"projects":[{"path":"/a.csproj","frameworks":[{"framework":"net10.0","transitivePackages":[{"id":"Some.Package","resolvedVersion":"1.0.0","vulnerabilities":[{"severity":"High","advisoryurl":"https://github.com/advisories/GHSA-aaaa-bbbb-cccc"}]}]}]}]}""";

    private const string OneFromNpm =
        """{"auditReportVersion":2,"vulnerabilities":{"outer":{"name":"outer","severity":"moderate","via":["inner"]},"inner":{"name":"inner","severity":"moderate","via":[{"source":1,"name":"inner","url":"https://github.com/advisories/GHSA-dddd-eeee-ffff","severity":"moderate","range":"<2.0.0"}]}}}""";

    [Fact]
    public async Task Without_an_advisory_it_passes_and_has_asked_for_all()
    {
        using var folder = With(NothingFromNuGet, NothingFromNpm);
        var (exitCode, output) = await RunAsync(folder);

        Assert.True(exitCode == 0, output);
        Assert.Contains(folder.Calls, static call => call.StartsWith("dotnet list succesmeter-functions.sln package --vulnerable --include-transitive", StringComparison.Ordinal));
        Assert.Contains(folder.Calls, static call => call.StartsWith("dotnet list src/Succesmeter.Functions/Succesmeter.Functions.csproj package --vulnerable", StringComparison.Ordinal));
        Assert.Equal(Checkout.Files.Keys.Count(static path => Path.GetFileName(path) == "package-lock.json"), folder.Calls.Count(static call => call.StartsWith("npm audit", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(OneFromNuGet, NothingFromNpm, "GHSA-aaaa-bbbb-cccc (high) NuGet Some.Package 1.0.0")]
    [InlineData(NothingFromNuGet, OneFromNpm, "GHSA-dddd-eeee-ffff (moderate) npm inner <2.0.0")]
    public async Task An_advisory_fails_and_is_named(string nuget, string npm, string said)
    {
        using var folder = With(nuget, npm);
        var (exitCode, output) = await RunAsync(folder);

        Assert.Equal(1, exitCode);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9999-12-31", 0)]
    [InlineData("2020-01-01", 1)]
    public async Task What_was_accepted_passes_until_its_last_day(string until, int expected)
    {
        using var folder = With(OneFromNuGet, NothingFromNpm);
        var (exitCode, output) = await RunAsync(folder, string.Create(CultureInfo.InvariantCulture, $"# why\nGHSA-aaaa-bbbb-cccc {until} never called\n"));

        Assert.True(exitCode == expected, output);
    }

    [Theory]
    [InlineData("""{"version":1,"problems":[{"level":"error","text":"No assets file was found."}]}""", NothingFromNpm, "No assets file was found.")]
    [InlineData("", NothingFromNpm, "NuGet said nothing")]
    [InlineData(NothingFromNuGet, """{"message":"405 Method Not Allowed"}""", "405 Method Not Allowed")]
    [InlineData(NothingFromNuGet, "", "no answer")]
    public async Task Who_could_not_ask_does_not_pass(string nuget, string npm, string said)
    {
        using var folder = With(nuget, npm);
        var (exitCode, output) = await RunAsync(folder);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.DoesNotContain("No package has an advisory", output, StringComparison.Ordinal);
    }

    private static ScriptFolder With(string nuget, string npm)
    {
        var folder = new ScriptFolder();
        folder.Write("nuget.json", nuget);
        folder.Write("npm.json", npm);
        folder.StandIn("dotnet", $"if [ \"$1\" = list ]; then cat '{folder.At("nuget.json")}'; fi");
        folder.StandIn("npm", $"cat '{folder.At("npm.json")}'; exit 1");
        return folder;
    }

    private static Task<(int ExitCode, string Output)> RunAsync(ScriptFolder folder, string accepted = "")
    {
        folder.Write("advisories.txt", accepted);
        return folder.RunAsync(".ci/dependencies", new() { ["ADVISORIES"] = folder.At("advisories.txt") });
    }
}

using Succesmeter.Testing;

namespace Succesmeter.Browser.Tests;

/// <summary>Lists of many pages, read by the application's own module in Node.js: a browser would need a host with as much in it.</summary>
public sealed class ListTests
{
    [Fact]
    public async Task A_long_history_keeps_its_newest_part_and_each_days_last()
    {
        var (exitCode, output) = await NpmPackages.RunAsync(
            "node", SolutionFolder.Path, null, Path.Combine("tests", "Succesmeter.Browser.Tests", "ListTests.mjs"), Path.Combine("src", "Succesmeter.Functions", "Web", "app", "lists.js"));
        Assert.True(exitCode == 0, output);
    }
}

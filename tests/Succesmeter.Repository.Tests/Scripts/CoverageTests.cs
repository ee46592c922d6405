namespace Succesmeter.Repository.Tests.Scripts;

/// <summary><c>.ci/coverage.mjs</c> on files as coverlet writes them.</summary>
public sealed class CoverageTests
{
    [Fact]
    public async Task A_line_counts_once_and_as_covered_if_any_test_project_ran_it()
    {
        using var folder = new ScriptFolder();
        folder.Write("a/one.cobertura.xml", Cobertura("Succesmeter/Money.cs", (1, 3), (2, 0), (3, 0)));
        folder.Write("b/two.cobertura.xml", Cobertura("Succesmeter/Money.cs", (1, 0), (2, 1), (3, 0)));
        folder.Write("c/three.cobertura.xml", Cobertura("Succesmeter.Storage/Blobs/Names.cs", (7, 1)));
        var (exitCode, output) = await CoverageAsync(folder);

        Assert.True(exitCode == 0, output);
        Assert.Contains("| Succesmeter | 2 | 3 | 66.7 % |", output, StringComparison.Ordinal);
        Assert.Contains("| Succesmeter.Storage | 1 | 1 | 100.0 % |", output, StringComparison.Ordinal);
        Assert.Contains("| **all** | 3 | 4 | 75.0 % |", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_generator_wrote_is_left_out()
    {
        using var folder = new ScriptFolder();
        folder.Write("one.cobertura.xml", Cobertura("Succesmeter/Money.cs", (1, 1)) + Cobertura("Succesmeter/obj/Debug/net10.0/Some.Generator/Log.g.cs", (1, 0)));
        var (_, output) = await CoverageAsync(folder);

        Assert.Contains("| **all** | 1 | 1 | 100.0 % |", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_counted_nothing_fails()
    {
        using var folder = new ScriptFolder();
        var (exitCode, _) = await CoverageAsync(folder);

        Assert.Equal(1, exitCode);
    }

    private static Task<(int ExitCode, string Output)> CoverageAsync(ScriptFolder folder) => Checkout.RunAsync("node", null, null, Path.Combine(Checkout.Root, ".ci", "coverage.mjs"), folder.Path);

    /// <summary>Lines stand twice: under their method and under their class.</summary>
    private static string Cobertura(string file, params (int Line, int Hits)[] lines)
    {
        var counted = string.Concat(lines.Select(static line => $"<line number=\"{line.Line}\" hits=\"{line.Hits}\" branch=\"False\" />"));
        return $"<packages><package name=\"P\"><classes><class name=\"C\" filename=\"{file}\" line-rate=\"0.5\"><methods><method name=\"M\"><lines>{counted}</lines></method></methods><lines>{counted}</lines></class></classes></package></packages>";
    }
}

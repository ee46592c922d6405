namespace Succesmeter.Repository.Tests.Scripts;

/// <summary>The script of the night, on made-up answers: what it counts, and that it fails where a part does.</summary>
public sealed class NightlyTests
{
    private const string Calm =
        """
        case "$*" in
          *Hostile*) printf 'Standard Output Messages:\n JSON: 1000000 cases, 9.1 s, 2 MB, 5 outcomes; seed 1\n robots.txt: 1000000 cases, 1.0 s, 2 MB, 5 outcomes; seed 1\nTotal tests: 2\n     Passed: 2\n' ;;
          *Faults*) printf 'Total tests: 200\n     Passed: 200\n' ;;
          *) echo soaked ;;
        esac
        """;

    [Fact]
    public async Task It_runs_all_parts_and_counts()
    {
        using var folder = new ScriptFolder();
        var (exitCode, output) = await RunAsync(folder, Calm);
        Assert.Equal(0, exitCode);
        Assert.Equal("2 readers held 2000000 cases, 0 did not, seed 77; faults: 200 passed, 0 failed; soak: flat; 0 of 3 parts failed", output.TrimEnd().Split('\n')[^1]);
        Assert.Equal(3, folder.Calls.Count);
        Assert.Contains("soaked", await File.ReadAllTextAsync(folder.At("logs/soak.log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_fails_fails_the_night_and_the_others_still_run()
    {
        using var folder = new ScriptFolder();
        var (exitCode, output) = await RunAsync(folder, """case "$*" in *Hostile*) printf ' JSON: 20 cases, 1 s\n     Passed: 1\n     Failed: 1\n'; exit 1 ;; *Faults*) printf '     Passed: 3\n' ;; esac""");
        Assert.Equal(1, exitCode);
        Assert.Equal("1 readers held 20 cases, 1 did not, seed 77; faults: 3 passed, 0 failed; soak: flat; 1 of 3 parts failed", output.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public async Task One_part_runs_alone_and_what_is_none_is_refused()
    {
        using var folder = new ScriptFolder();
        var (exitCode, output) = await RunAsync(folder, Calm, "soak");
        Assert.Equal((0, "soak: flat; 0 of 1 parts failed"), (exitCode, output.TrimEnd().Split('\n')[^1]));
        (exitCode, output) = await RunAsync(folder, Calm, "sleep");
        Assert.Equal(2, exitCode);
        Assert.Contains("'sleep' is no part", output, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Output)> RunAsync(ScriptFolder folder, string dotnet, params string[] parts)
    {
        folder.StandIn("dotnet", dotnet);
        return folder.RunAsync(".ci/nightly", new Dictionary<string, string>(StringComparer.Ordinal) { ["NIGHTLY"] = folder.At("logs"), ["SUCCESMETER_SEED"] = "77" }, parts);
    }
}

namespace Succesmeter.Repository.Tests.Scripts;

/// <summary>Scripts that workflows and people start.</summary>
public sealed class ScriptTests
{
    public static TheoryData<string> Shell => [.. Checkout.Files.Keys.Where(static path => FirstLine(path).EndsWith("bash", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Shell))]
    public async Task Bash_can_read_it(string path)
    {
        var (exitCode, output) = await Checkout.RunAsync("bash", null, null, "-n", path);
        Assert.True(exitCode == 0, output);
    }

    [ShellcheckTheory]
    [MemberData(nameof(Shell))]
    public async Task Shellcheck_finds_nothing_to_complain_of(string path)
    {
        var (exitCode, output) = await Checkout.RunAsync("shellcheck", null, null, path);
        Assert.True(exitCode == 0, output);
    }

    /// <summary>A script stops at what fails, or it says itself what to make of it.</summary>
    [Theory]
    [MemberData(nameof(Shell))]
    public void It_minds_failures(string path) => Assert.Contains("pipefail", Checkout.Read(path), StringComparison.Ordinal);

    [Fact]
    public void What_begins_like_a_program_can_be_started() =>
        Assert.All(Checkout.Files.Where(static file => FirstLine(file.Key).StartsWith("#!", StringComparison.Ordinal)), static file => Assert.True(file.Value, $"{file.Key} is not executable: git update-index --chmod=+x {file.Key}"));

    private static string FirstLine(string path)
    {
        using var reader = new StreamReader(Path.Combine(Checkout.Root, path));
        Span<char> start = stackalloc char[64];
        var text = start[..reader.ReadBlock(start)];
        return text.StartsWith("#!") ? new string(text[..Math.Max(text.IndexOf('\n'), 2)]) : "";
    }
}

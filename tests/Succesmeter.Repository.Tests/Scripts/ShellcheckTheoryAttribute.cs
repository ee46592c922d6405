namespace Succesmeter.Repository.Tests.Scripts;

/// <summary>A theory that needs ShellCheck, and without it is skipped with the reason. CI's machines have it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ShellcheckTheoryAttribute : TheoryAttribute
{
    private static readonly bool IsInstalled =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "shellcheck.exe" : "shellcheck")));

    public ShellcheckTheoryAttribute() => Skip = IsInstalled ? null : "ShellCheck is not on the path (Debian: apt-get install shellcheck).";
}

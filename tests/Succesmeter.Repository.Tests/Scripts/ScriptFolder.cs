namespace Succesmeter.Repository.Tests.Scripts;

/// <summary>A folder of a test's own, with programs that stand in for those on the path: they say what they are told to, and write down how they were called.</summary>
internal sealed class ScriptFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("succesmeter-script-");

    public string Path => _folder.FullName;

    /// <summary>How each stand-in was called, a line a call, in order.</summary>
    public IReadOnlyList<string> Calls => File.Exists(At("calls")) ? File.ReadAllLines(At("calls")) : [];

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
    }

    /// <param name="program">Its name.</param>
    /// <param name="body">What it does, in bash.</param>
    public void StandIn(string program, string body)
    {
        Write($"bin/{program}", $"#!/usr/bin/env bash\necho \"{program} $*\" >> '{At("calls")}'\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(At($"bin/{program}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <param name="script">Of the repository.</param>
    /// <param name="environment">What is set beside what the tests have.</param>
    /// <param name="arguments">As they are.</param>
    /// <returns>Its exit code and all that it said.</returns>
    public Task<(int ExitCode, string Output)> RunAsync(string script, Dictionary<string, string>? environment = null, params string[] arguments) =>
        Checkout.RunAsync(
            "bash",
            null,
            new Dictionary<string, string>(environment ?? [], StringComparer.Ordinal) { ["PATH"] = $"{At("bin")}{System.IO.Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}" },
            [System.IO.Path.Combine(Checkout.Root, script), .. arguments]);

    public void Dispose() => _folder.Delete(recursive: true);
}

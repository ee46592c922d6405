using System.Runtime.Versioning;

namespace Succesmeter.LocalHost.Tests.CommandLine;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("succesmeter-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>A program for a PATH.</summary>
    [UnsupportedOSPlatform("windows")]
    public void AddScript(string folder, string name, string text)
    {
        Directory.CreateDirectory(this[folder]);
        var file = Path.Combine(this[folder], name);
        File.WriteAllText(file, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

namespace Succesmeter.LocalHost.CommandLine;

/// <summary>A small file that only its owner reads, made once.</summary>
internal static class PrivateFile
{
    /// <returns>What it holds, or what was just written to it.</returns>
    /// <exception cref="CannotStartException">It cannot be written, for instance because the disk is full.</exception>
    public static string ReadOrMake(string file, Func<string> make)
    {
        if (File.Exists(file))
            return File.ReadAllText(file);

        var content = make();
        try
        {
            Make(file, content);
            return content;
        }
        catch (IOException e)
        {
            throw new CannotStartException($"{file} cannot be written: {e.Message}", e);
        }
    }

    private static void Make(string file, string content)
    {
        var draft = $"{file}.new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };

        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        // Whoever is killed here leaves a draft and no half a key.
        using (var writer = new StreamWriter(draft, options))
            writer.Write(content);

        File.Move(draft, file);
    }
}

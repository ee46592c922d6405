namespace Succesmeter.LocalHost.CommandLine;

/// <summary>The folder that Azurite's data and the keys lie in, held by one host at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private const int LinuxLocked = 11;
    private const int MacLocked = 35;
    private const int WindowsLocked = unchecked((int)0x80070020);

    private readonly FileStream _held;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _held = held;
    }

    public string Path { get; }

    public static DataFolder Hold(string path)
    {
        var full = System.IO.Path.GetFullPath(path);

        try
        {
            Directory.CreateDirectory(full);
            var file = System.IO.Path.Combine(full, "host.lock");
            return new(full, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CannotStartException($"The data folder {full} cannot be written: {e.Message}", e);
        }
        catch (IOException e) when (e.HResult is LinuxLocked or MacLocked or WindowsLocked)
        {
            throw new CannotStartException($"Another host runs on the data folder {full}: stop it, or name another folder with --data.", e);
        }
        catch (IOException e)
        {
            throw new CannotStartException($"The data folder {full} cannot be written: {e.Message}", e);
        }
    }

    public void Dispose() => _held.Dispose();
}

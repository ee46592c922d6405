namespace Succesmeter.Browser.Tests;

/// <summary>Pictures of what was looked at, for people: only when PICTURES names a folder.</summary>
internal static class Picture
{
    public static async Task KeepAsync(Window window, string name, bool whole = true)
    {
        if (Environment.GetEnvironmentVariable("PICTURES") is not { Length: > 0 } folder)
            return;
        Directory.CreateDirectory(folder);
        await window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = whole });
    }
}

using Microsoft.Playwright;

namespace Succesmeter.Browser.Tests;

/// <summary>How somebody looks at it. A wide, light window in Dutch unless said otherwise.</summary>
internal sealed record Looks
{
    public const int Phone = 360;

    public string Language { get; init; } = "nl";

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 800;

    public ColorScheme Scheme { get; init; } = ColorScheme.Light;

    /// <summary>The key that the window holds.</summary>
    public string? Key { get; init; }
}

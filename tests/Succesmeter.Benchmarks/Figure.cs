using System.Globalization;

namespace Succesmeter.Benchmarks;

/// <summary>One line of what a command prints: what was measured, and how much it was.</summary>
internal static class Figure
{
    public static void Print(string what, double figure) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-64} {figure,14:#,0.####}"));
}

using Succesmeter.Scores;

namespace Succesmeter.Functions.Endpoints;

/// <summary>Figures with as many digits as a score shows.</summary>
internal static class Figures
{
    public static double Rounded(double value) => Math.Round(value, ScoreJson.Digits);

    public static double? Rounded(double? value) => value is { } known ? Rounded(known) : null;
}

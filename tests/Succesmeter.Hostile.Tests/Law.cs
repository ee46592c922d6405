using System.Diagnostics.CodeAnalysis;

namespace Succesmeter.Hostile.Tests;

/// <summary>What a law says, cheaper than an assertion that makes its message whether or not it is needed.</summary>
internal static class Law
{
    public static void Holds([DoesNotReturnIf(false)] bool holds, string law)
    {
        if (!holds)
            throw new InvalidOperationException($"broken: {law}");
    }

    /// <summary>Digits and what is quoted vary without end; the rule behind them does not.</summary>
    public static string Shape(string? rule)
    {
        if (rule is null)
            return "";
        var shape = new System.Text.StringBuilder(60);
        foreach (var c in rule)
        {
            if (shape.Length >= 60 || c is '\'' or '"' or '(')
                break;
            if (!char.IsAsciiDigit(c))
                shape.Append(c);
        }

        return shape.ToString();
    }
}

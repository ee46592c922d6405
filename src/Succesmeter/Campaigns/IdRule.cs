using System.Diagnostics.CodeAnalysis;

namespace Succesmeter.Campaigns;

/// <summary>The one rule for platform and campaign ids. It keeps them safe in table keys, routes, blob names and file names.</summary>
public static class IdRule
{
    public const string Text = "must match [a-z0-9][a-z0-9._~-]{0,127} after lower-casing";

    private const int MaxLength = 128;

    public static bool TryNormalise(string? text, [NotNullWhen(true)] out string? id)
    {
        id = null;
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength)
            return false;

        var lower = text.ToLowerInvariant();
        if (!IsStart(lower[0]))
            return false;

        foreach (var c in lower)
            if (!IsStart(c) && c is not ('.' or '_' or '~' or '-'))
                return false;

        id = lower;
        return true;
    }

    internal static string Checked(string value) =>
        TryNormalise(value, out var id) ? id : throw new FormatException($"Id '{value}' {Text}.");

    private static bool IsStart(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9');
}

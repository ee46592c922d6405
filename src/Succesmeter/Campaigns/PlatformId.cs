using System.Diagnostics.CodeAnalysis;

namespace Succesmeter.Campaigns;

/// <summary>The name of a platform, as it stands in keys, addresses and configuration: <c>growfunding</c>.</summary>
public sealed record PlatformId
{
    /// <param name="value">Lower-cased here; must then match <see cref="IdRule.Text"/>.</param>
    /// <exception cref="FormatException">The value breaks the rule for ids.</exception>
    public PlatformId(string value) => Value = IdRule.Checked(value);

    private PlatformId(string value, bool _) => Value = value;

    public string Value { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out PlatformId? id)
    {
        id = IdRule.TryNormalise(text, out var value) ? new PlatformId(value, true) : null;
        return id is not null;
    }

    public override string ToString() => Value;
}

using System.Diagnostics.CodeAnalysis;

namespace Succesmeter.Campaigns;

/// <summary>A campaign on its platform; written <c>growfunding/kidical-mass</c>.</summary>
public sealed record CampaignId
{
    /// <param name="platform">Where the campaign runs.</param>
    /// <param name="name">Lower-cased here; must then match <see cref="IdRule.Text"/>.</param>
    /// <exception cref="FormatException">The name breaks the rule for ids.</exception>
    public CampaignId(PlatformId platform, string name)
    {
        Platform = platform;
        Name = IdRule.Checked(name);
    }

    private CampaignId(PlatformId platform, string name, bool _)
    {
        Platform = platform;
        Name = name;
    }

    public PlatformId Platform { get; }

    public string Name { get; }

    public static bool TryParse(string? platform, string? name, [NotNullWhen(true)] out CampaignId? id)
    {
        id = PlatformId.TryParse(platform, out var on) && IdRule.TryNormalise(name, out var value)
            ? new CampaignId(on, value, true)
            : null;
        return id is not null;
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CampaignId? id)
    {
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        id = null;
        return slash > 0 && TryParse(text![..slash], text[(slash + 1)..], out id);
    }

    public override string ToString() => $"{Platform.Value}/{Name}";
}

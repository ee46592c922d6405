using System.Diagnostics.CodeAnalysis;
using Succesmeter.Campaigns;

namespace Succesmeter.Access;

/// <summary>Where the rights of a token hold: on everything, on one platform, or on one campaign.</summary>
public sealed record TokenScope
{
    private TokenScope(PlatformId? platform, CampaignId? campaign)
    {
        Platform = platform;
        Campaign = campaign;
    }

    public static TokenScope All { get; } = new(null, null);

    /// <summary>Null for all; of one campaign, its platform.</summary>
    public PlatformId? Platform { get; }

    /// <summary>Null for all and for a whole platform.</summary>
    public CampaignId? Campaign { get; }

    public static TokenScope Of(PlatformId platform) => new(platform, null);

    public static TokenScope Of(CampaignId campaign) => new(campaign.Platform, campaign);

    public bool Covers(CampaignId campaign) => Campaign is { } one ? one == campaign : Covers(campaign.Platform);

    /// <param name="platform">The whole of it; null for all platforms.</param>
    public bool Covers(PlatformId? platform) => Campaign is null && (Platform is null || Platform == platform);

    /// <summary>Whether all that lies in another scope lies in this one.</summary>
    public bool Covers(TokenScope other) => other.Campaign is { } campaign ? Covers(campaign) : Covers(other.Platform);

    /// <summary><c>*</c>, <c>growfunding</c> or <c>growfunding/kidical-mass</c>; ids hold neither a star nor a slash.</summary>
    public override string ToString() => Campaign?.ToString() ?? Platform?.ToString() ?? "*";

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TokenScope? scope)
    {
        scope = text == "*" ? All
            : CampaignId.TryParse(text, out var campaign) ? Of(campaign)
            : PlatformId.TryParse(text, out var platform) ? Of(platform)
            : null;
        return scope is not null;
    }
}

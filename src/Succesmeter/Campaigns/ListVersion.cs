namespace Succesmeter.Campaigns;

/// <param name="Version">Derived from the campaigns: the same again is the same version.</param>
/// <param name="Campaigns">In order of their names.</param>
public sealed record ListVersion(PlatformId Platform, string Version, IReadOnlyList<CampaignListing> Campaigns);

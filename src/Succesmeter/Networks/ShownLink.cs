namespace Succesmeter.Networks;

/// <summary>A <see cref="CampaignLink"/> by names, as it is served.</summary>
/// <param name="One">The first in the alphabet.</param>
/// <param name="Shared">In steps of five, at least five.</param>
public sealed record ShownLink(string One, string Other, int Shared);

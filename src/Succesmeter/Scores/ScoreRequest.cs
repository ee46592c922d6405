using Succesmeter.Campaigns;

namespace Succesmeter.Scores;

/// <summary>What a message in <c>campaigns-to-score</c> says of one campaign. It carries no snapshots, so that duplicates collapse.</summary>
/// <param name="Campaign">Whose parcels are to be folded in.</param>
/// <param name="Tick">A whole hour of the campaign clock at which the silence is to be scored, or null.</param>
public sealed record ScoreRequest(CampaignId Campaign, DateTimeOffset? Tick = null)
{
    /// <summary>More keys than this are not listed.</summary>
    public const int MostParcels = 32;

    /// <summary>
    /// The keys of the parcels that the message is about, so that they are read by key; those that are gone were folded in already.
    /// Empty means whatever waits.
    /// </summary>
    public IReadOnlyList<string> Parcels { get; init; } = [];
}

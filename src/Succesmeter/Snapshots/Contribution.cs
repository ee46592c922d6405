using Succesmeter.Campaigns;

namespace Succesmeter.Snapshots;

/// <summary>One gift.</summary>
public sealed record Contribution
{
    /// <summary>The platform's id of the gift, where it shows one.</summary>
    public string? Id { get; init; }

    public Moment? At { get; init; }

    /// <summary>In the campaign's currency; null when hidden.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Null for an anonymous gift.</summary>
    public Pseudonym? Donor { get; init; }

    public IdentityQuality? Identity { get; init; }

    public bool Anonymous { get; init; }

    /// <summary>Characters of the message left with the gift; the message itself is never kept.</summary>
    public int? MessageLength { get; init; }

    public string? Place { get; init; }

    public bool RewardWaived { get; init; }

    /// <summary>Who stands behind the gift: 25 for an envelope of 25 neighbours.</summary>
    public int People { get; init; } = 1;

    /// <summary>The donor goes by the name or id that the snapshot gives as the campaign's holder. Known only where a snapshot is read, since a holder's pseudonym is kept nowhere.</summary>
    public bool ByHolder { get; init; }
}

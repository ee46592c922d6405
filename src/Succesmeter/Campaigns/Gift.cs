using Succesmeter.Snapshots;

namespace Succesmeter.Campaigns;

/// <summary>One gift as the campaign's state keeps it, merged over all snapshots that showed it.</summary>
public sealed record Gift
{
    /// <summary>What the gift is known by: a hash of the platform's id, or of moment, amount, donor and ordinal (DESIGN: Snapshot).</summary>
    public required ulong Key { get; init; }

    /// <summary>When it was given, as far as the source says; otherwise <see cref="FirstSeenAt"/> bounds it from above.</summary>
    public Moment? At { get; init; }

    /// <summary>The instant of the first snapshot that showed it.</summary>
    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>In minor units of the campaign's currency; null when hidden.</summary>
    public long? AmountMinor { get; init; }

    public Pseudonym? Donor { get; init; }

    public IdentityQuality? Identity { get; init; }

    public bool Anonymous { get; init; }

    /// <summary>Who stands behind the gift, at least 1.</summary>
    public int People { get; init; } = 1;

    public int? MessageLength { get; init; }

    public string? Place { get; init; }

    /// <summary>The time the source gives, a whole day's middle; never later than it was seen, which also heals clocks that run ahead. Without a time, when it was first seen.</summary>
    public DateTimeOffset GivenAt
    {
        get
        {
            if (At is not { } at)
                return FirstSeenAt;

            var middle = at.IsWholeDay && at.At <= DateTimeOffset.MaxValue.AddDays(-1) ? at.At.AddHours(12) : at.At;
            return middle < FirstSeenAt ? middle : FirstSeenAt;
        }
    }

    public bool RewardWaived { get; init; }

    /// <summary>The holder gave it: it is money and no backing.</summary>
    public bool ByHolder { get; init; }
}

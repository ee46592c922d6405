using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Intake;

/// <summary>What became of one file that was dropped or pushed.</summary>
public sealed record Receipt
{
    /// <summary>More rejected rows than this are counted here and listed in the quarantine only.</summary>
    public const int MostRejections = 100;

    public required string Id { get; init; }

    /// <summary>The blob's name.</summary>
    public required string Source { get; init; }

    /// <summary>The blob's creation time.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Every row is either durable or in the quarantine.</summary>
    public bool IsRead { get; init; }

    /// <summary>Rows up to this line are durable: a reader that starts again need not write them again.</summary>
    public long DurableThrough { get; init; }

    public long Accepted { get; init; }

    public long Rejected { get; init; }

    /// <summary>Fields that were left out because the schema does not know them.</summary>
    public long UnknownFields { get; init; }

    /// <summary>The first <see cref="MostRejections"/>.</summary>
    public ImmutableArray<Rejection> Rejections { get; init; } = [];

    public long Campaigns { get; init; }

    /// <summary>Each campaign with the newest instant that the file has of it; null when they are too many to keep.</summary>
    public ImmutableArray<TouchedCampaign>? Touched { get; init; }

    /// <summary>A receipt's id: a hash of the blob's name and ETag, so that a retry finds the same one and another version gets its own.</summary>
    public static string IdOf(string source, string etag) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{etag}")).AsSpan(0, 16));
}

/// <param name="Campaign">Which one.</param>
/// <param name="NewestAt">The newest instant that the file has of it.</param>
public readonly record struct TouchedCampaign(CampaignId Campaign, DateTimeOffset NewestAt);

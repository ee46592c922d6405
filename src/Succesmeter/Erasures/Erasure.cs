using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Erasures;

/// <summary>
/// One donor's request to be forgotten, and how far it is. It holds tombstones and no name. Histories are gone through twice: at once, and again when whatever was being read while the
/// tombstones were put has ended.
/// </summary>
public sealed record Erasure
{
    /// <summary>32 hexadecimal digits, made of the tombstones: asked again it is the same erasure, unless a key became known since.</summary>
    public required string Id { get; init; }

    public required PlatformId Platform { get; init; }

    /// <summary>Of every form of the name and every key known; not empty.</summary>
    public required ImmutableArray<Tombstone> Tombstones { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it was first gone through histories for it, the tombstones standing; null before that.</summary>
    public DateTimeOffset? FirstBegunAt { get; init; }

    /// <summary>When the going through histories that is under way was begun; null where none is.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>The campaign through which that one came; null for none yet.</summary>
    public string? Through { get; init; }

    /// <summary>When the first one was at its end: whatever stood anywhere before is gone since.</summary>
    public DateTimeOffset? SweptAt { get; init; }

    /// <summary>When the last one was at its end: nothing can come any more.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <param name="pseudonyms">Under which the donor may stand; not empty.</param>
    public static Erasure Of(PlatformId platform, IEnumerable<Pseudonym> pseudonyms, DateTimeOffset requestedAt)
    {
        var tombstones = pseudonyms.Select(Tombstone.Of).Distinct().ToImmutableArray();
        var all = string.Concat(tombstones.Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.High:x16}{one.Low:x16}")));
        return new Erasure { Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(all)).AsSpan(0, 16)), Platform = platform, Tombstones = tombstones, RequestedAt = requestedAt };
    }

    /// <param name="settles">How long a reader may go on with what it knew of tombstones when it began.</param>
    public bool IsDue(DateTimeOffset now, TimeSpan settles) => FinishedAt is null && (SweptAt is null || BegunAt is not null || now >= FirstBegunAt + settles);

    /// <summary>Begins to go through histories, or goes on where that was broken off.</summary>
    public Erasure Begun(DateTimeOffset now) => this with { FirstBegunAt = FirstBegunAt ?? now, BegunAt = BegunAt ?? now };

    /// <summary>Histories are gone through to their end.</summary>
    public Erasure Swept(DateTimeOffset now, TimeSpan settles) => this with
    {
        BegunAt = null,
        Through = null,
        SweptAt = SweptAt ?? now,
        FinishedAt = BegunAt >= FirstBegunAt + settles ? now : null,
    };
}

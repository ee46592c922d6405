using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Succesmeter.Snapshots;

namespace Succesmeter.Campaigns;

/// <summary>The gifts of one campaign as merged over its snapshots, in the order in which they became known.</summary>
public sealed record GiftLedger
{
    /// <summary>More open gifts than this and the oldest are sealed: at about 30 bytes each they keep a state row under its 512 KiB.</summary>
    public const int MostOpen = 12_000;

    private const int SealedAtOnce = 8_000;

    public static readonly GiftLedger Empty = new();

    /// <summary>Gifts that scoring sees one by one.</summary>
    public ImmutableArray<Gift> Open { get; init; } = [];

    /// <summary>What is remembered of the gifts in sealed segments.</summary>
    public SealedGifts Sealed { get; init; } = SealedGifts.None;

    /// <summary>How the newest list read; null while no snapshot showed one.</summary>
    public ContributionsAre? Kind { get; init; }

    /// <summary>Gifts that once stood in a complete list and later did not.</summary>
    public int Withdrawn { get; init; }

    /// <summary>Nothing is missing: the newest list was of everything, or each list was of everything new.</summary>
    public bool IsComplete { get; init; }

    public int Count => Open.Length + Sealed.Count;

    /// <summary>The ledger after one more snapshot.</summary>
    /// <param name="snapshot">Newer than all that the ledger has seen.</param>
    /// <param name="currency">The campaign's currency, for the minor unit.</param>
    public GiftLedger With(Snapshot snapshot, string? currency)
    {
        if (snapshot.ContributionsAre is not { } kind)
            return this;

        var shown = Shown(snapshot, kind, currency);
        var known = new Dictionary<ulong, Gift>(Open.Length);
        foreach (var gift in Open)
            known[gift.Key] = gift;

        if (kind == Snapshots.ContributionsAre.All)
        {
            // The newest complete list is the truth, order included; only when each gift was first seen is remembered.
            var stayed = 0;
            var all = ImmutableArray.CreateBuilder<Gift>(shown.Count);
            foreach (var gift in shown)
            {
                var before = known.GetValueOrDefault(gift.Key);
                stayed += before is null ? 0 : 1;
                all.Add(before is null ? gift : gift with { FirstSeenAt = before.FirstSeenAt });
            }

            return this with
            {
                Open = all.DrainToImmutable(),
                Sealed = SealedGifts.None,
                Kind = kind,
                Withdrawn = Withdrawn + Open.Length - stayed,
                IsComplete = true,
            };
        }

        var grown = Open.ToBuilder();
        var positions = new Dictionary<ulong, int>(grown.Count);
        for (var i = 0; i < grown.Count; i++)
            positions[grown[i].Key] = i;
        foreach (var gift in shown)
        {
            if (positions.TryGetValue(gift.Key, out var at))
            {
                grown[at] = gift with { FirstSeenAt = grown[at].FirstSeenAt };
            }
            else if (kind == Snapshots.ContributionsAre.New || !Sealed.Covers(gift))
            {
                positions[gift.Key] = grown.Count;
                grown.Add(gift);
            }
        }

        return this with
        {
            Open = grown.DrainToImmutable(),
            Kind = kind,
            IsComplete = kind == Snapshots.ContributionsAre.New && (Kind is null || IsComplete),
        };
    }

    /// <summary>Moves the oldest gifts into a segment when there are more than <see cref="MostOpen"/>.</summary>
    public GiftLedger Seal(out GiftSegment? segment)
    {
        segment = null;
        if (Open.Length <= MostOpen)
            return this;

        var sealedNow = Open[..SealedAtOnce];
        segment = new GiftSegment(Sealed.Segments, sealedNow);
        return this with { Open = Open[SealedAtOnce..], Sealed = Sealed.With(sealedNow) };
    }

    private static List<Gift> Shown(Snapshot snapshot, ContributionsAre kind, string? currency)
    {
        var ordinals = new Dictionary<ulong, int>();
        var gifts = new List<Gift>(snapshot.Contributions.Count);
        for (var position = 0; position < snapshot.Contributions.Count; position++)
        {
            var given = snapshot.Contributions[position];
            var amount = given.Amount is { } shown ? Money.ToMinor(shown, currency) : (long?)null;
            ulong key;
            if (given.Id is { } id)
            {
                key = Key("i", id);
            }
            else if (kind == Snapshots.ContributionsAre.New)
            {
                key = Key("n", $"{snapshot.TakenAt.UtcTicks}:{position}");
            }
            else
            {
                var equals = Key("e", $"{given.At?.At.UtcTicks}:{amount}:{given.Donor?.High}:{given.Donor?.Low}");
                var ordinal = ordinals.GetValueOrDefault(equals);
                ordinals[equals] = ordinal + 1;
                key = ordinal == 0 ? equals : Key("o", $"{equals}:{ordinal}");
            }

            gifts.Add(new Gift
            {
                Key = key,
                At = given.At,
                FirstSeenAt = snapshot.TakenAt,
                AmountMinor = amount,
                Donor = given.Donor,
                Identity = given.Identity,
                Anonymous = given.Anonymous,
                People = given.People,
                MessageLength = given.MessageLength,
                Place = given.Place,
                RewardWaived = given.RewardWaived,
            });
        }

        return gifts;
    }

    /// <remarks>A cryptographic hash, because ids come from outside and a made collision would hide a gift.</remarks>
    private static ulong Key(string kind, string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(kind + text), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}

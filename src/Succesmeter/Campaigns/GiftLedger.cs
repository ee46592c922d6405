using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Succesmeter.Snapshots;

namespace Succesmeter.Campaigns;

/// <summary>The gifts of one campaign as merged over its snapshots, in the order in which they became known.</summary>
public sealed record GiftLedger
{
    /// <summary>More open gifts than this and the oldest are sealed: at about 30 bytes each they keep a state row under its 512 KiB.</summary>
    public const int MostOpen = 12_000;

    private const int SealedAtOnce = 8_000;

    /// <summary>What a key was made of where there is no id.</summary>
    private const byte Positioned = 2;
    private const byte Alike = 3;
    private const byte Ordinal = 4;

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

    /// <summary>Whether there could be so many donors with a pseudonym; one with two gifts counts twice, so that nothing need be remembered.</summary>
    public bool MayHaveDonors(int least)
    {
        var gifts = Sealed.Donors;
        foreach (var gift in Open)
            if (gift.Donor is not null && ++gifts >= least)
                return true;
        return gifts >= least;
    }

    /// <summary>The ledger after one more snapshot.</summary>
    /// <param name="snapshot">Newer than all that the ledger has seen.</param>
    /// <param name="currency">The campaign's currency, for the minor unit.</param>
    public GiftLedger With(Snapshot snapshot, string? currency)
    {
        if (snapshot.ContributionsAre is not { } kind)
            return this;

        var shown = Shown(snapshot, kind, currency);
        var known = new Dictionary<ulong, int>(Open.Length);
        for (var i = 0; i < Open.Length; i++)
            known[Open[i].Key] = i;

        if (kind == Snapshots.ContributionsAre.All)
        {
            // The newest complete list is the truth, order included; only when each gift was first seen is remembered.
            var stayed = 0;
            var all = ImmutableArray.CreateBuilder<Gift>(shown.Count);
            var listed = new HashSet<ulong>(shown.Count);
            foreach (var gift in shown)
            {
                // A list that moves while it is paged through may show one id twice.
                if (!listed.Add(gift.Key))
                    continue;

                var isKnown = known.TryGetValue(gift.Key, out var at);
                stayed += isKnown ? 1 : 0;
                all.Add(isKnown ? gift with { FirstSeenAt = Open[at].FirstSeenAt } : gift);
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
        foreach (var gift in shown)
        {
            if (known.TryGetValue(gift.Key, out var at))
            {
                grown[at] = gift with { FirstSeenAt = grown[at].FirstSeenAt };
            }
            else if (kind == Snapshots.ContributionsAre.New || !Sealed.Covers(gift))
            {
                known[gift.Key] = grown.Count;
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
        var equals = new Dictionary<ulong, int>();
        var gifts = new List<Gift>(snapshot.Contributions.Count);
        for (var position = 0; position < snapshot.Contributions.Count; position++)
        {
            var given = snapshot.Contributions[position];
            var amount = given.Amount is { } shown ? Money.ToMinor(shown, currency) : (long?)null;
            var key = given.Id is { } id ? LedgerKeys.Of(id)
                : kind == Snapshots.ContributionsAre.New ? KeyOf(Positioned, snapshot.TakenAt.UtcTicks, position, default)
                : KeyOfEquals(given, amount);

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
                ByHolder = given.ByHolder,
            });
        }

        return gifts;

        // Gifts that are alike in all that is shown are told apart by their ordinal among equals.
        ulong KeyOfEquals(Contribution given, long? amount)
        {
            var alike = KeyOf(Alike, given.At?.At.UtcTicks ?? long.MinValue, amount ?? long.MinValue, given.Donor ?? default);
            var ordinal = CollectionsMarshal.GetValueRefOrAddDefault(equals, alike, out _)++;
            return ordinal == 0 ? alike : KeyOf(Ordinal, (long)alike, ordinal, default);
        }
    }

    private static ulong KeyOf(byte kind, long moment, long number, Pseudonym donor)
    {
        Span<byte> fields = stackalloc byte[33];
        fields[0] = kind;
        BinaryPrimitives.WriteInt64BigEndian(fields[1..], moment);
        BinaryPrimitives.WriteInt64BigEndian(fields[9..], number);
        BinaryPrimitives.WriteUInt64BigEndian(fields[17..], donor.High);
        BinaryPrimitives.WriteUInt64BigEndian(fields[25..], donor.Low);
        return LedgerKeys.Of(fields);
    }
}

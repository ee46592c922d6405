using System.Collections.Immutable;
using System.Text;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Storage.Tables;

/// <summary>
/// The binary form of a campaign's state: one byte of version, then the fields in a fixed order, whole numbers as 7-bit groups.
/// Moments of gifts are differences to the one before; donors stand once in a table.
/// </summary>
internal static class CampaignStateCodec
{
    public static byte[] Write(CampaignState state)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write((byte)CampaignState.CurrentVersion);
        writer.Write7BitEncodedInt(state.Snapshots);
        WriteFacts(writer, state.Facts);
        WriteNullable(writer, (int?)state.DeclaredStatus);
        WriteInstant(writer, state.FirstSeenAt);
        writer.Write(state.Latest is not null);
        if (state.Latest is { } latest)
            WriteReading(writer, latest);
        WriteTrail(writer, state.Trail);
        WriteLedger(writer, state.Gifts);
        writer.Write7BitEncodedInt(state.Actions.Length);
        foreach (var action in state.Actions)
        {
            WriteMoment(writer, action.At);
            writer.Write((byte)action.Kind);
        }

        TiesCodec.Write(writer, state.Ties);
        SocialStateCodec.Write(writer, state);
        writer.Flush();
        return buffer.ToArray();
    }

    /// <returns>Null for a state of another version: it is folded anew.</returns>
    /// <exception cref="InvalidDataException">The bytes are no state.</exception>
    public static CampaignState? Read(CampaignId campaign, byte[] bytes)
    {
        if (bytes.Length == 0 || bytes[0] != CampaignState.CurrentVersion)
            return null;

        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
            reader.ReadByte();
            return SocialStateCodec.Read(reader, CampaignState.Of(campaign) with
            {
                Snapshots = ReadWhole(reader),
                Facts = ReadFacts(reader),
                DeclaredStatus = (CampaignStatus?)ReadNullable(reader),
                FirstSeenAt = ReadInstant(reader),
                Latest = reader.ReadBoolean() ? ReadReading(reader) : null,
                Trail = ReadTrail(reader),
                Gifts = ReadLedger(reader),
                Actions = ReadActions(reader),
                Ties = TiesCodec.Read(reader),
            });
        }
        catch (Exception broken) when (broken is FormatException or ArgumentException or IOException or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"The stored state of {campaign} cannot be read: {broken.Message}", broken);
        }
    }

    internal static byte[] WriteSegment(GiftSegment segment)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write((byte)CampaignState.CurrentVersion);
        WriteGifts(writer, segment.Gifts);
        writer.Flush();
        return buffer.ToArray();
    }

    private static void WriteFacts(BinaryWriter writer, CampaignFacts facts)
    {
        WriteText(writer, facts.Title);
        WriteText(writer, facts.Holder);
        WriteText(writer, facts.Url);
        WriteText(writer, facts.Language);
        WriteText(writer, facts.Category);
        WriteText(writer, facts.Place);
        WriteNullable(writer, facts.Latitude);
        WriteNullable(writer, facts.Longitude);
        WriteText(writer, facts.Currency);
        WriteNullable(writer, facts.Goal);
        WriteNullable(writer, facts.LaunchGoal);
        WriteNullable(writer, facts.StretchGoal);
        writer.Write((byte)facts.GoalUnit);
        WriteNullable(writer, (int?)facts.Funding);
        WriteNullable(writer, facts.LaunchedAt);
        WriteNullable(writer, facts.EndsAt);
        writer.Write(facts.Sensitive);
        WriteNullable(writer, facts.DescriptionWords);
        WriteNullable(writer, facts.Rewards);
        writer.Write7BitEncodedInt(facts.RewardPrices.Length);
        foreach (var price in facts.RewardPrices)
            writer.Write(price);
        writer.Write(facts.ActionLogKept);
    }

    private static CampaignFacts ReadFacts(BinaryReader reader) => new()
    {
        Title = ReadText(reader),
        Holder = ReadText(reader),
        Url = ReadText(reader),
        Language = ReadText(reader),
        Category = ReadText(reader),
        Place = ReadText(reader),
        Latitude = ReadNullableDouble(reader),
        Longitude = ReadNullableDouble(reader),
        Currency = ReadText(reader),
        Goal = ReadNullableDecimal(reader),
        LaunchGoal = ReadNullableDecimal(reader),
        StretchGoal = ReadNullableDecimal(reader),
        GoalUnit = (GoalUnit)reader.ReadByte(),
        Funding = (FundingModel?)ReadNullable(reader),
        LaunchedAt = ReadNullableMoment(reader),
        EndsAt = ReadNullableMoment(reader),
        Sensitive = reader.ReadBoolean(),
        DescriptionWords = ReadNullable(reader),
        Rewards = ReadNullable(reader),
        RewardPrices = ReadPrices(reader),
        ActionLogKept = reader.ReadBoolean(),
    };

    private static ImmutableArray<decimal> ReadPrices(BinaryReader reader)
    {
        var prices = ImmutableArray.CreateBuilder<decimal>(ReadCount(reader, sizeof(decimal)));
        for (var i = prices.Capacity; i > 0; i--)
            prices.Add(reader.ReadDecimal());
        return prices.MoveToImmutable();
    }

    private static void WriteReading(BinaryWriter writer, Reading reading)
    {
        WriteInstant(writer, reading.At);
        WriteNullable(writer, reading.PledgedMinor);
        WriteNullable(writer, reading.Backers);
        WriteNullable(writer, reading.Comments);
        WriteNullable(writer, reading.Updates);
        WriteNullable(writer, reading.Followers);
        WriteNullable(writer, reading.Shares);
        WriteNullable(writer, reading.Collaborators);
        WriteNullable(writer, reading.Needs?.Asked);
        WriteNullable(writer, reading.Needs?.Filled);
        writer.Write(reading.Needs?.Declared == true);
        WriteNullable(writer, reading.Members?.Active);
        WriteNullable(writer, reading.Members?.Started);
        WriteNullable(writer, reading.Members?.Stopped);
    }

    private static Reading ReadReading(BinaryReader reader) => new()
    {
        At = ReadInstant(reader) ?? throw new InvalidDataException("A reading without an instant."),
        PledgedMinor = ReadNullableLong(reader),
        Backers = ReadNullable(reader),
        Comments = ReadNullable(reader),
        Updates = ReadNullable(reader),
        Followers = ReadNullable(reader),
        Shares = ReadNullable(reader),
        Collaborators = ReadNullable(reader),
        Needs = ReadNeeds(reader),
        Members = (ReadNullable(reader), ReadNullable(reader), ReadNullable(reader)) is ({ } active, var started, var stopped)
            ? new Members(active, started, stopped)
            : null,
    };

    internal static Needs? ReadNeeds(BinaryReader reader) =>
        (ReadNullable(reader), ReadNullable(reader), reader.ReadBoolean()) is ({ } asked, { } filled, var declared) ? new Needs(asked, filled) { Declared = declared } : null;

    private static void WriteTrail(BinaryWriter writer, ReadingTrail trail)
    {
        writer.Write7BitEncodedInt(trail.Points.Length);
        var before = 0L;
        foreach (var point in trail.Points)
        {
            var milliseconds = point.At.ToUnixTimeMilliseconds();
            WriteSigned(writer, milliseconds - before);
            before = milliseconds;
            WriteNullable(writer, point.PledgedMinor);
            WriteNullable(writer, point.Backers);
        }
    }

    private static ReadingTrail ReadTrail(BinaryReader reader)
    {
        var points = ImmutableArray.CreateBuilder<TrailPoint>(ReadCount(reader, 3));
        var before = 0L;
        for (var i = points.Capacity; i > 0; i--)
        {
            before += ReadSigned(reader);
            points.Add(new TrailPoint(DateTimeOffset.FromUnixTimeMilliseconds(before), ReadNullableLong(reader), ReadNullable(reader)));
        }

        return new ReadingTrail { Points = points.MoveToImmutable() };
    }

    private static void WriteLedger(BinaryWriter writer, GiftLedger ledger)
    {
        WriteNullable(writer, (int?)ledger.Kind);
        writer.Write7BitEncodedInt(ledger.Withdrawn);
        writer.Write(ledger.IsComplete);
        var sealedGifts = ledger.Sealed;
        writer.Write7BitEncodedInt(sealedGifts.Segments);
        if (sealedGifts.Segments > 0)
        {
            writer.Write7BitEncodedInt(sealedGifts.Count);
            writer.Write(sealedGifts.SumMinor);
            writer.Write7BitEncodedInt(sealedGifts.WithAmount);
            writer.Write7BitEncodedInt(sealedGifts.Donors);
            writer.Write7BitEncodedInt(sealedGifts.Anonymous);
            writer.Write7BitEncodedInt(sealedGifts.PeopleBeyondGivers);
            writer.Write(sealedGifts.SumOfSquares);
            WriteInstant(writer, sealedGifts.Through);
        }

        WriteGifts(writer, ledger.Open);
    }

    private static GiftLedger ReadLedger(BinaryReader reader)
    {
        var kind = (ContributionsAre?)ReadNullable(reader);
        var withdrawn = ReadWhole(reader);
        var complete = reader.ReadBoolean();
        var segments = ReadWhole(reader);
        var sealedGifts = segments == 0
            ? SealedGifts.None
            : new SealedGifts
            {
                Segments = segments,
                Count = ReadWhole(reader),
                SumMinor = reader.ReadInt64(),
                WithAmount = ReadWhole(reader),
                Donors = ReadWhole(reader),
                Anonymous = ReadWhole(reader),
                PeopleBeyondGivers = ReadWhole(reader),
                SumOfSquares = reader.ReadDouble(),
                Through = ReadInstant(reader),
            };
        return new GiftLedger { Kind = kind, Withdrawn = withdrawn, IsComplete = complete, Sealed = sealedGifts, Open = ReadGifts(reader) };
    }

    private static void WriteGifts(BinaryWriter writer, ImmutableArray<Gift> gifts)
    {
        var donors = new Dictionary<Pseudonym, int>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var gift in gifts)
        {
            if (gift.Donor is { } donor)
                donors.TryAdd(donor, donors.Count);
            if (gift.Place is { } place)
                places.TryAdd(place, places.Count);
        }

        writer.Write7BitEncodedInt(donors.Count);
        foreach (var donor in donors.Keys)
        {
            writer.Write(donor.High);
            writer.Write(donor.Low);
            writer.Write(donor.KeyVersion);
        }

        writer.Write7BitEncodedInt(places.Count);
        foreach (var place in places.Keys)
            writer.Write(place);

        writer.Write7BitEncodedInt(gifts.Length);
        var before = 0L;
        foreach (var gift in gifts)
        {
            // One byte says which fields follow; most gifts have few.
            var flags = (gift.At is null ? 0 : 1) | (gift.At is { IsWholeDay: true } ? 2 : 0) | (gift.AmountMinor is null ? 0 : 4) | (gift.Donor is null ? 0 : 8)
                | (gift.Anonymous ? 16 : 0) | (gift.RewardWaived ? 32 : 0) | (gift.Place is null ? 0 : 64) | (gift.People == 1 && gift.MessageLength is null ? 0 : 128);
            writer.Write((byte)flags);
            writer.Write(gift.Key);
            var seen = gift.FirstSeenAt.ToUnixTimeMilliseconds();
            WriteSigned(writer, seen - before);
            before = seen;
            if (gift.At is { } at)
                WriteSigned(writer, seen - at.At.ToUnixTimeMilliseconds());
            if (gift.AmountMinor is { } amount)
                WriteSigned(writer, amount);
            if (gift.Donor is { } donor)
                writer.Write7BitEncodedInt(donors[donor]);
            writer.Write((byte)((gift.Identity is { } identity ? (int)identity + 1 : 0) | (gift.ByHolder ? HolderBit : 0)));
            if (gift.Place is { } place)
                writer.Write7BitEncodedInt(places[place]);
            if ((flags & 128) != 0)
            {
                writer.Write7BitEncodedInt(gift.People);
                WriteNullable(writer, gift.MessageLength);
            }
        }
    }

    /// <summary>Shares the byte of the identity, of which there are few.</summary>
    private const int HolderBit = 128;

    private static ImmutableArray<Gift> ReadGifts(BinaryReader reader)
    {
        var donors = new Pseudonym[ReadCount(reader, 17)];
        for (var i = 0; i < donors.Length; i++)
            donors[i] = new Pseudonym(reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadByte());
        var places = new string[ReadCount(reader, 1)];
        for (var i = 0; i < places.Length; i++)
            places[i] = reader.ReadString();

        var gifts = ImmutableArray.CreateBuilder<Gift>(ReadCount(reader, 11));
        var before = 0L;
        for (var i = gifts.Capacity; i > 0; i--)
        {
            int flags = reader.ReadByte(), last;
            var key = reader.ReadUInt64();
            before += ReadSigned(reader);
            var gift = new Gift
            {
                Key = key,
                FirstSeenAt = DateTimeOffset.FromUnixTimeMilliseconds(before),
                At = (flags & 1) == 0 ? null : new Moment(DateTimeOffset.FromUnixTimeMilliseconds(before - ReadSigned(reader)), (flags & 2) != 0),
                AmountMinor = (flags & 4) == 0 ? null : ReadSigned(reader),
                Donor = (flags & 8) == 0 ? null : donors[ReadWhole(reader)],
                Anonymous = (flags & 16) != 0,
                RewardWaived = (flags & 32) != 0,
                Identity = (last = reader.ReadByte()) % HolderBit is var identity and > 0 ? (IdentityQuality)(identity - 1) : null,
                ByHolder = last >= HolderBit,
                Place = (flags & 64) == 0 ? null : places[ReadWhole(reader)],
            };
            gifts.Add((flags & 128) == 0 ? gift : gift with { People = ReadWhole(reader), MessageLength = ReadNullable(reader) });
        }

        return gifts.MoveToImmutable();
    }

    /// <summary>Nothing that is counted is negative. Of a negative number of segments nothing would be written that is read.</summary>
    /// <exception cref="InvalidDataException">The number is negative.</exception>
    internal static int ReadWhole(BinaryReader reader)
    {
        var number = reader.Read7BitEncodedInt();
        return number >= 0 ? number : throw new InvalidDataException($"{number} counts nothing.");
    }

    /// <param name="reader">Of bytes in memory.</param>
    /// <param name="leastBytes">That one of them takes. More than there are bytes for cannot be there, so that a damaged number makes no room for two billion.</param>
    /// <exception cref="InvalidDataException">The number is none.</exception>
    internal static int ReadCount(BinaryReader reader, int leastBytes)
    {
        var count = ReadWhole(reader);
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        return (long)count * leastBytes <= left ? count : throw new InvalidDataException($"{count} of at least {leastBytes} bytes each do not lie in {left}.");
    }

    private static ImmutableArray<HolderAction> ReadActions(BinaryReader reader)
    {
        var actions = ImmutableArray.CreateBuilder<HolderAction>(ReadCount(reader, 3));
        for (var i = actions.Capacity; i > 0; i--)
            actions.Add(new HolderAction(ReadMoment(reader), (ActionKind)reader.ReadByte()));
        return actions.MoveToImmutable();
    }

    private static void WriteText(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
            writer.Write(text);
    }

    private static string? ReadText(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    internal static void WriteNullable(BinaryWriter writer, long? value)
    {
        writer.Write(value is not null);
        if (value is { } number)
            WriteSigned(writer, number);
    }

    internal static int? ReadNullable(BinaryReader reader) => (int?)ReadNullableLong(reader);

    internal static long? ReadNullableLong(BinaryReader reader) => reader.ReadBoolean() ? ReadSigned(reader) : null;

    internal static void WriteNullable(BinaryWriter writer, double? value) => writer.Write(value ?? double.NaN);

    internal static double? ReadNullableDouble(BinaryReader reader) => reader.ReadDouble() is var value && double.IsNaN(value) ? null : value;

    private static void WriteNullable(BinaryWriter writer, decimal? value)
    {
        writer.Write(value is not null);
        if (value is { } number)
            writer.Write(number);
    }

    private static decimal? ReadNullableDecimal(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadDecimal() : null;

    private static void WriteNullable(BinaryWriter writer, Moment? moment)
    {
        writer.Write(moment is not null);
        if (moment is { } known)
            WriteMoment(writer, known);
    }

    private static Moment? ReadNullableMoment(BinaryReader reader) => reader.ReadBoolean() ? ReadMoment(reader) : null;

    private static void WriteMoment(BinaryWriter writer, Moment moment)
    {
        WriteSigned(writer, moment.At.ToUnixTimeMilliseconds());
        writer.Write(moment.IsWholeDay);
    }

    private static Moment ReadMoment(BinaryReader reader) => new(DateTimeOffset.FromUnixTimeMilliseconds(ReadSigned(reader)), reader.ReadBoolean());

    internal static void WriteInstant(BinaryWriter writer, DateTimeOffset? instant) => WriteNullable(writer, instant?.ToUnixTimeMilliseconds());

    internal static DateTimeOffset? ReadInstant(BinaryReader reader) =>
        ReadNullableLong(reader) is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    /// <remarks>Zigzag: small numbers of either sign stay small.</remarks>
    internal static void WriteSigned(BinaryWriter writer, long value) => writer.Write7BitEncodedInt64((value << 1) ^ (value >> 63));

    internal static long ReadSigned(BinaryReader reader)
    {
        var zigzag = (ulong)reader.Read7BitEncodedInt64();
        return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
    }
}

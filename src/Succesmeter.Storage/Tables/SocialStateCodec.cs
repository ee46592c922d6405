using System.Collections.Immutable;
using Succesmeter.Campaigns;
using Succesmeter.Emergence;
using Succesmeter.Social;
using static Succesmeter.Storage.Tables.CampaignStateCodec;

namespace Succesmeter.Storage.Tables;

/// <summary>What a state keeps for the social profile beside gifts, behind the rest of <see cref="CampaignStateCodec"/>: comments, what was last shown, bursts, the look at emergence.</summary>
internal static class SocialStateCodec
{
    public static void Write(BinaryWriter writer, CampaignState state)
    {
        WriteComments(writer, state.Comments);
        WriteLastShown(writer, state.LastShown);
        WriteBursts(writer, state.Bursts);
        WriteBursts(writer, state.ConfirmedBursts);
        writer.Write7BitEncodedInt(state.Envelopes.Length);
        foreach (var envelope in state.Envelopes)
        {
            WriteInstant(writer, envelope.At);
            writer.Write7BitEncodedInt(envelope.People);
            WriteSigned(writer, envelope.AmountMinor);
            writer.Write(envelope.Confirmed);
        }
        WriteLook(writer, state.Emergence);
    }

    public static CampaignState Read(BinaryReader reader, CampaignState state) => state with
    {
        Comments = ReadComments(reader),
        LastShown = ReadLastShown(reader),
        Bursts = ReadBursts(reader),
        ConfirmedBursts = ReadBursts(reader),
        Envelopes = ReadEnvelopes(reader),
        Emergence = ReadLook(reader),
    };

    private static void WriteLook(BinaryWriter writer, EmergenceLook? look)
    {
        WriteInstant(writer, look?.At);
        if (look is not { Estimate: var estimate })
            return;

        writer.Write7BitEncodedInt(look.Gifts);
        writer.Write7BitEncodedInt(look.DaysInARow);
        writer.Write(look.IsFinal);
        WriteNullable(writer, estimate.BranchingRatio);
        WriteNullable(writer, estimate.Interval?.Low);
        WriteNullable(writer, estimate.Interval?.High);
        WriteNullable(writer, estimate.HalfLifeHours);
        writer.Write7BitEncodedInt(estimate.Contributions);
        WriteNullable(writer, estimate.TimeResolutionHours);
        WriteNullable(writer, estimate.ShareThatFollowed);
        WriteNullable(writer, estimate.LikelihoodRatio);
        writer.Write((byte)estimate.Verdict);
        writer.Write((byte)estimate.Observability);
        writer.Write(estimate.Reason ?? "");
    }

    private static EmergenceLook? ReadLook(BinaryReader reader)
    {
        if (ReadInstant(reader) is not { } at)
            return null;

        var (gifts, daysInARow, isFinal) = (ReadWhole(reader), ReadWhole(reader), reader.ReadBoolean());
        var estimate = new EmergenceEstimate
        {
            BranchingRatio = ReadNullableDouble(reader),
            Interval = (ReadNullableDouble(reader), ReadNullableDouble(reader)) is ({ } low, { } high) ? new RatioInterval(low, high) : null,
            HalfLifeHours = ReadNullableDouble(reader),
            Contributions = ReadWhole(reader),
            TimeResolutionHours = ReadNullableDouble(reader),
            ShareThatFollowed = ReadNullableDouble(reader),
            LikelihoodRatio = ReadNullableDouble(reader),
            Verdict = (EmergenceVerdict)reader.ReadByte(),
            Observability = (Observability)reader.ReadByte(),
            Reason = reader.ReadString() is { Length: > 0 } reason ? reason : null,
        };
        return new EmergenceLook(at, estimate, gifts, daysInARow, isFinal);
    }

    private static void WriteComments(BinaryWriter writer, CommentLedger comments)
    {
        WriteInstant(writer, comments.ShownAt);
        if (comments.ShownAt is null)
            return;

        writer.Write((byte)((comments.LacksRoles ? 1 : 0) | (comments.ShowsReplies ? 2 : 0) | (comments.HasLooseWords ? 4 : 0)));
        writer.Write7BitEncodedInt(comments.OthersWords);
        writer.Write7BitEncodedInt(comments.Settled);
        writer.Write7BitEncodedInt(comments.SettledAnswered);
        writer.Write7BitEncodedInt(comments.SettledPerhaps);
        WriteInstant(writer, comments.SettledThrough);
        writer.Write7BitEncodedInt(comments.Commenters.Length);
        foreach (var commenter in comments.Commenters)
            writer.Write(commenter);

        writer.Write7BitEncodedInt(comments.Open.Length);
        var before = 0L;
        foreach (var comment in comments.Open)
        {
            writer.Write(comment.Key);
            var at = comment.At.ToUnixTimeMilliseconds();
            WriteSigned(writer, at - before);
            before = at;
            WriteNullable(writer, comment.AnsweredAt?.ToUnixTimeMilliseconds() - at);
            WriteNullable(writer, comment.FollowedAt?.ToUnixTimeMilliseconds() - at);
        }
    }

    private static CommentLedger ReadComments(BinaryReader reader)
    {
        if (ReadInstant(reader) is not { } shownAt)
            return CommentLedger.Empty;

        var flags = reader.ReadByte();
        return new CommentLedger
        {
            ShownAt = shownAt,
            LacksRoles = (flags & 1) != 0,
            ShowsReplies = (flags & 2) != 0,
            HasLooseWords = (flags & 4) != 0,
            OthersWords = ReadWhole(reader),
            Settled = ReadWhole(reader),
            SettledAnswered = ReadWhole(reader),
            SettledPerhaps = ReadWhole(reader),
            SettledThrough = ReadInstant(reader),
            Commenters = ReadCommenters(reader),
            Open = ReadOpen(reader),
        };
    }

    private static ImmutableArray<ulong> ReadCommenters(BinaryReader reader)
    {
        var commenters = ImmutableArray.CreateBuilder<ulong>(ReadCount(reader, sizeof(ulong)));
        for (var i = commenters.Capacity; i > 0; i--)
            commenters.Add(reader.ReadUInt64());
        return commenters.MoveToImmutable();
    }

    private static ImmutableArray<SeenComment> ReadOpen(BinaryReader reader)
    {
        var open = ImmutableArray.CreateBuilder<SeenComment>(ReadCount(reader, 11));
        var before = 0L;
        for (var i = open.Capacity; i > 0; i--)
        {
            var key = reader.ReadUInt64();
            before += ReadSigned(reader);
            open.Add(new SeenComment(key, DateTimeOffset.FromUnixTimeMilliseconds(before), After(ReadNullableLong(reader)), After(ReadNullableLong(reader))));
        }

        return open.MoveToImmutable();

        DateTimeOffset? After(long? difference) => difference is { } later ? DateTimeOffset.FromUnixTimeMilliseconds(before + later) : null;
    }

    private static void WriteLastShown(BinaryWriter writer, LastShown last)
    {
        WriteNullable(writer, last.Backers);
        WriteNullable(writer, last.Needs?.Asked);
        WriteNullable(writer, last.Needs?.Filled);
        writer.Write(last.Needs?.Declared == true);
        writer.Write7BitEncodedInt(last.MostAsked);
        WriteInstant(writer, last.NeedsAt);
        WriteNullable(writer, last.Collaborators);
        WriteNullable(writer, last.Comments);
        WriteNullable(writer, last.PledgedAtListMinor);
    }

    private static LastShown ReadLastShown(BinaryReader reader) => new()
    {
        Backers = ReadNullable(reader),
        Needs = ReadNeeds(reader),
        MostAsked = ReadWhole(reader),
        NeedsAt = ReadInstant(reader),
        Collaborators = ReadNullable(reader),
        Comments = ReadNullable(reader),
        PledgedAtListMinor = ReadNullableLong(reader),
    };

    private static ImmutableArray<Envelope> ReadEnvelopes(BinaryReader reader)
    {
        var envelopes = ImmutableArray.CreateBuilder<Envelope>(ReadCount(reader, 5));
        for (var i = envelopes.Capacity; i > 0; i--)
            envelopes.Add(new Envelope(
                ReadInstant(reader) ?? throw new InvalidDataException("An envelope without an instant."), ReadWhole(reader), ReadSigned(reader), reader.ReadBoolean()));
        return envelopes.MoveToImmutable();
    }

    private static void WriteBursts(BinaryWriter writer, ImmutableArray<GiftBurst> bursts)
    {
        writer.Write7BitEncodedInt(bursts.Length);
        foreach (var burst in bursts)
        {
            WriteSigned(writer, burst.AmountMinor);
            WriteInstant(writer, burst.From);
            WriteInstant(writer, burst.Until);
            writer.Write7BitEncodedInt(burst.Gifts);
        }
    }

    private static ImmutableArray<GiftBurst> ReadBursts(BinaryReader reader)
    {
        var bursts = ImmutableArray.CreateBuilder<GiftBurst>(ReadCount(reader, 6));
        for (var i = bursts.Capacity; i > 0; i--)
            bursts.Add(new GiftBurst(ReadSigned(reader), Instant(reader), Instant(reader), ReadWhole(reader)));
        return bursts.MoveToImmutable();

        static DateTimeOffset Instant(BinaryReader reader) => ReadInstant(reader) ?? throw new InvalidDataException("A burst without an instant.");
    }
}

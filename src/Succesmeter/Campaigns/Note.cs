using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Succesmeter.Snapshots;

namespace Succesmeter.Campaigns;

/// <summary>
/// What holder or coach says of a campaign beside what its platform shows: an entry of the history like a snapshot, folded in at its instant. One that says the same is the same note,
/// so that what is sent twice counts once; of two the later received wins.
/// </summary>
public abstract record Note
{
    private Note(DateTimeOffset at) => At = at;

    /// <summary>When it happened; UTC, to the millisecond.</summary>
    public DateTimeOffset At { get; }

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>It was taken back; as if it had never been said.</summary>
    public bool Withdrawn { get; init; }

    /// <summary>Derived from what is said; begins with the instant, so that the note is found by key. Safe in addresses and keys.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{At.ToUnixTimeMilliseconds():D15}-{What}");

    private protected abstract string What { get; }

    /// <summary>The holder did something to reach people.</summary>
    public sealed record Acted(DateTimeOffset Instant, ActionKind Kind) : Note(Instant)
    {
        private protected override string What => Kind.ToString().ToLowerInvariant();
    }

    /// <summary>People gave by hand.</summary>
    public sealed record GaveByHand(DateTimeOffset Instant, int People, long AmountMinor) : Note(Instant)
    {
        private protected override string What => string.Create(CultureInfo.InvariantCulture, $"by-hand-{People}-{AmountMinor}");
    }

    /// <summary>A coach looked at what people gave by hand. A note of its own, so that its order to the other does not matter; stands behind it at the same instant.</summary>
    public sealed record ConfirmedByHand(DateTimeOffset Instant, int People, long AmountMinor) : Note(Instant)
    {
        private protected override string What => string.Create(CultureInfo.InvariantCulture, $"by-hand-{People}-{AmountMinor}-confirmed");
    }

    /// <summary>A coach said that a burst is real.</summary>
    public sealed record ConfirmedBurst(DateTimeOffset Instant, GiftBurst Burst) : Note(Instant)
    {
        private protected override string What => $"burst-{Burst.Id}-confirmed";
    }

    /// <summary>The instant that an id begins with.</summary>
    public static bool TryInstant(string id, [NotNullWhen(true)] out DateTimeOffset? at)
    {
        at = null;
        if (id.Length is < 17 or > 100 || id[15] != '-' || id.AsSpan(16).ContainsAnyExcept(Letters)
            || !long.TryParse(id.AsSpan(0, 15), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            return false;

        at = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return true;
    }
}

/// <param name="Note">What was said.</param>
/// <param name="Received">When it arrived, and by whose token: the source of a note.</param>
public sealed record ReceivedNote(Note Note, Received Received)
{
    /// <summary>Whether this replaces what is already known under the same id, as with snapshots: what says the same never does.</summary>
    public bool Corrects(ReceivedNote known) => Received > known.Received && Note != known.Note;
}

using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Succesmeter.Snapshots;

namespace Succesmeter.Campaigns;

/// <summary>
/// Who asked and what was answered, as merged over a campaign's snapshots. Bounded: past <see cref="MostOpen"/> comments the oldest half become counts, and what lies before them is not taken in again.
/// </summary>
public sealed record CommentLedger
{
    public const int MostOpen = 1_000;

    public const int MostCommenters = 1_000;

    public static readonly CommentLedger Empty = new();

    /// <summary>Backers' comments one by one, in order of time.</summary>
    public ImmutableArray<SeenComment> Open { get; init; } = [];

    /// <summary>Backers' comments that are counts by now.</summary>
    public int Settled { get; init; }

    /// <summary>Of them, answered in time.</summary>
    public int SettledAnswered { get; init; }

    /// <summary>Of them, answered in time or perhaps so.</summary>
    public int SettledPerhaps { get; init; }

    /// <summary>The newest of the settled.</summary>
    public DateTimeOffset? SettledThrough { get; init; }

    /// <summary>Halves of the pseudonyms of backers who wrote, rising; at most <see cref="MostCommenters"/>.</summary>
    public ImmutableArray<ulong> Commenters { get; init; } = [];

    /// <summary>When a list was shown last; null when there never was one.</summary>
    public DateTimeOffset? ShownAt { get; init; }

    /// <summary>A comment came without saying whether a backer or the holder wrote it.</summary>
    public bool LacksRoles { get; init; }

    /// <summary>Some comment said which one it answers.</summary>
    public bool ShowsReplies { get; init; }

    /// <summary>The holder wrote without saying what was answered.</summary>
    public bool HasLooseWords { get; init; }

    /// <summary>The most comments in one list that were not a backer's: a page's own count has them in it.</summary>
    public int OthersWords { get; init; }

    /// <param name="snapshot">Newer than all that the ledger has seen.</param>
    public CommentLedger With(Snapshot snapshot)
    {
        if (snapshot.CommentList is not { } list)
            return this;

        var shown = new List<Shown>(list.Count);
        var equals = new Dictionary<ulong, int>();
        foreach (var comment in list)
            shown.Add(new Shown(KeyOf(comment, equals), At(comment.At, snapshot.TakenAt), comment));

        return (this with
        {
            Open = Merged(shown),
            Commenters = Merged(Commenters, list),
            ShownAt = snapshot.TakenAt,
            LacksRoles = LacksRoles || list.Any(static comment => comment.By is null),
            ShowsReplies = ShowsReplies || list.Any(static comment => comment.Answers is not null),
            HasLooseWords = HasLooseWords || list.Any(static comment => comment is { By: CommentAuthor.Holder, Answers: null }),
            OthersWords = Math.Max(OthersWords, list.Count(static comment => comment.By != CommentAuthor.Backer)),
        }).Settle(snapshot.TakenAt);
    }

    /// <summary>Comments that are 72 hours old, those of them answered within that time, and those perhaps answered.</summary>
    public (int Due, int Answered, int Perhaps) Due(DateTimeOffset asOf)
    {
        var (due, answered, perhaps) = SettledThrough <= asOf ? (Settled, SettledAnswered, SettledPerhaps) : (0, 0, 0);
        foreach (var comment in Open)
            if (comment.IsDue(asOf))
            {
                due++;
                answered += comment.WasAnswered(asOf) ? 1 : 0;
                perhaps += comment.WasPerhapsAnswered(asOf) ? 1 : 0;
            }

        return (due, answered, perhaps);
    }

    private ImmutableArray<SeenComment> Merged(List<Shown> shown)
    {
        var answers = new Dictionary<ulong, DateTimeOffset>();
        var loose = new List<DateTimeOffset>();
        foreach (var word in shown.Where(static word => word.Comment.By == CommentAuthor.Holder))
        {
            if (word.Comment.Answers is not { } answered)
                loose.Add(word.At);
            else if (LedgerKeys.Of(answered) is var key && !(answers.TryGetValue(key, out var first) && first <= word.At))
                answers[key] = word.At;
        }

        loose.Sort();
        var known = Open.ToDictionary(static comment => comment.Key);
        foreach (var (key, at, comment) in shown)
            if (comment.By == CommentAuthor.Backer && !known.ContainsKey(key) && !(SettledThrough is { } through && (at <= through || comment.At is null)))
                known.Add(key, new SeenComment(key, at, null, null));

        return [.. known.Values.Select(comment => comment with
        {
            AnsweredAt = Earlier(comment.AnsweredAt, answers.TryGetValue(comment.Key, out var at) ? at : null),
            FollowedAt = Earlier(comment.FollowedAt, FirstFrom(loose, comment.At)),
        }).OrderBy(static comment => comment.At).ThenBy(static comment => comment.Key)];
    }

    private CommentLedger Settle(DateTimeOffset takenAt)
    {
        if (Open.Length <= MostOpen)
            return this;

        var past = Open[..(Open.Length - (MostOpen / 2))];
        return this with
        {
            Open = Open[past.Length..],
            Settled = Settled + past.Length,
            SettledAnswered = SettledAnswered + past.Count(comment => comment.WasAnswered(takenAt)),
            SettledPerhaps = SettledPerhaps + past.Count(comment => comment.WasPerhapsAnswered(takenAt)),
            SettledThrough = past[^1].At,
        };
    }

    private static ImmutableArray<ulong> Merged(ImmutableArray<ulong> known, IReadOnlyList<Comment> shown)
    {
        var all = new SortedSet<ulong>(known);
        foreach (var comment in shown)
            if (comment is { By: CommentAuthor.Backer, Author: { } author } && all.Count < MostCommenters)
                all.Add(author.High);

        return all.Count == known.Length ? known : [.. all];
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is { } first && !(other < first) ? first : other;

    private static DateTimeOffset? FirstFrom(List<DateTimeOffset> sorted, DateTimeOffset from)
    {
        var at = sorted.BinarySearch(from);
        at = at < 0 ? ~at : at;
        return at < sorted.Count ? sorted[at] : null;
    }

    private static DateTimeOffset At(Moment? moment, DateTimeOffset seen)
    {
        if (moment is not { } known)
            return seen;

        var at = known.IsWholeDay && known.At <= DateTimeOffset.MaxValue.AddDays(-1) ? known.At.AddHours(12) : known.At;
        return at < seen ? at : seen;
    }

    private static ulong KeyOf(Comment comment, Dictionary<ulong, int> equals)
    {
        if (comment.Id is { } id)
            return LedgerKeys.Of(id);

        // Comments that are alike in all that is shown are told apart by their ordinal among equals.
        Span<byte> fields = stackalloc byte[30];
        fields.Clear();
        fields[0] = Alike;
        BinaryPrimitives.WriteInt64BigEndian(fields[1..], comment.At?.At.UtcTicks ?? long.MinValue);
        BinaryPrimitives.WriteUInt64BigEndian(fields[9..], comment.Author?.High ?? 0);
        BinaryPrimitives.WriteUInt64BigEndian(fields[17..], comment.Author?.Low ?? 0);
        fields[25] = (byte)(comment.By is { } by ? (int)by + 1 : 0);
        ref var ordinal = ref CollectionsMarshal.GetValueRefOrAddDefault(equals, LedgerKeys.Of(fields), out _);
        BinaryPrimitives.WriteInt32BigEndian(fields[26..], ++ordinal);
        return LedgerKeys.Of(fields);
    }

    /// <summary>What a key was made of where there is no id.</summary>
    private const byte Alike = 2;

    private readonly record struct Shown(ulong Key, DateTimeOffset At, Comment Comment);
}

namespace Succesmeter.Campaigns;

/// <summary>A backer's comment as the state keeps it, merged over all snapshots that showed it. One that vanished stays: hiding a question does not answer it.</summary>
/// <param name="Key">A hash of the platform's id, or of moment, author and ordinal.</param>
/// <param name="At">When it was written, of a date alone noon; never later than it was first seen.</param>
/// <param name="AnsweredAt">When the holder answered it first; null so far.</param>
/// <param name="FollowedAt">When the holder first wrote after it without saying what was answered: an answer, perhaps.</param>
public readonly record struct SeenComment(ulong Key, DateTimeOffset At, DateTimeOffset? AnsweredAt, DateTimeOffset? FollowedAt)
{
    /// <summary>So long an answer may take, and so old a comment must be before it counts.</summary>
    public static readonly TimeSpan Allowed = TimeSpan.FromHours(72);

    public bool IsDue(DateTimeOffset asOf) => asOf - At >= Allowed;

    /// <summary>Whatever the holder wrote after it may have been the answer: only a comment that nothing followed waits for sure.</summary>
    public bool Waits(DateTimeOffset asOf) => At <= asOf && !(AnsweredAt <= asOf) && !(FollowedAt <= asOf);

    public bool WasAnswered(DateTimeOffset asOf) => IsInTime(AnsweredAt, asOf);

    public bool WasPerhapsAnswered(DateTimeOffset asOf) => WasAnswered(asOf) || IsInTime(FollowedAt, asOf);

    private bool IsInTime(DateTimeOffset? answer, DateTimeOffset asOf) => answer is { } at && at <= asOf && at - At <= Allowed;
}

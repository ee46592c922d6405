namespace Succesmeter.Social;

/// <summary>
/// Backers' comments that the holder answered within 72 hours, as a share of those at least 72 hours old (the construct: Kromidha and Robson 2016). Comments that vanished count as they
/// last stood.
/// </summary>
internal static class Dialogue
{
    public const string Unit = "share of comments answered within 72 hours";

    /// <param name="crowd">With all comments that are known.</param>
    /// <param name="reach">Of the same instant.</param>
    /// <param name="until">The instant that the share is of.</param>
    public static Measure Of(Crowd crowd, Measure reach, DateTimeOffset until)
    {
        var comments = crowd.Comments;
        if (comments.ShownAt is not { } shownAt)
            return crowd.CommentCount switch
            {
                null => Measure.Unobservable(Reasons.CommentsNotShown),
                0 => Measure.Nothing(Reasons.NothingToAnswer),
                { } count => Measure.AnyShare(count, Reasons.CommentCountOnly),
            };

        var (due, answered, perhaps) = comments.Due(until);
        if (comments.LacksRoles)
            return Measure.AnyShare(due, Reasons.AuthorRolesUnknown);
        var beside = SideFigure.PerHundredBackers("commenters", comments.Commenters.Length == 0 ? null : comments.Commenters.Length, reach);
        if (crowd.LatestAt - shownAt > Campaigns.LastShown.UntilHidden)
            return Hidden(crowd, due, answered, until) with { Beside = beside };
        if (due == 0)
            return Measure.Nothing(Reasons.NothingToAnswer);

        // A flat list shows that the holder wrote, not to whom.
        return (comments is { HasLooseWords: true, ShowsReplies: false }
            ? Measure.Share(answered, perhaps, due, Observability.Bounded, Reasons.RepliesNotLinked)
            : Measure.Share(answered, answered, due, Observability.Observed, null)) with { Beside = beside };
    }

    /// <summary>
    /// Nobody sees any more whether what was open got an answer. The least is that none of it did, nor any comment that the page's count has gained since; the most, that all did.
    /// </summary>
    private static Measure Hidden(Crowd crowd, int due, int answered, DateTimeOffset until)
    {
        var comments = crowd.Comments;
        var seen = comments.Open.Length + comments.Settled;
        var unseen = Math.Max(0, (crowd.CommentCount ?? 0) - seen - comments.OthersWords);
        var unsure = comments.Open.Count(comment => comment.IsDue(until) && !comment.WasAnswered(until) && comment.At + Campaigns.SeenComment.Allowed > comments.ShownAt);
        return due + unseen == 0
            ? Measure.Nothing(Reasons.NothingToAnswer)
            : Measure.Share(answered, answered + unsure + unseen, due + unseen, Observability.Bounded, Reasons.Hidden);
    }
}

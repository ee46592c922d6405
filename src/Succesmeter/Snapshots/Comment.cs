using Succesmeter.Campaigns;

namespace Succesmeter.Snapshots;

/// <param name="Id">The platform's id of the comment.</param>
/// <param name="At">When it was written.</param>
/// <param name="By">backer, holder, other; null where the source does not say.</param>
/// <param name="Author">A pseudonym; the holder's comments have none.</param>
/// <param name="Answers">The id of the comment that this one answers.</param>
public sealed record Comment(string? Id, Moment? At, CommentAuthor? By, Pseudonym? Author, string? Answers);

public enum CommentAuthor
{
    Backer,
    Holder,
    Other,
}

using CsCheck;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Testing;

/// <summary>Histories for properties.</summary>
public static class SomeHistory
{
    /// <summary>A campaign seen now and then, with corrections, other currencies, lists of gifts in each of the three kinds, and facts that come late.</summary>
    public static readonly Gen<ReceivedSnapshot[]> Any =
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, 9000], Gen.Int[0, 11], Gen.Int[0, 5]).Array[1, 70].Select(rows =>
            rows.Select((row, i) =>
            {
                var (sixHours, pledged, kind, facts) = row;
                var taken = Some.Launch.AddHours(6 * sixHours);
                var snapshot = Some.Snapshot with
                {
                    TakenAt = taken,
                    Pledged = pledged,
                    Backers = pledged / 30,
                    Goal = facts == 0 ? null : 7500,
                    LaunchedAt = facts == 1 ? null : Some.Snapshot.LaunchedAt,
                    Currency = kind == 11 && facts == 2 ? "USD" : "EUR",
                    Comments = kind == 9 ? null : pledged / 100,
                    CommentList = kind % 3 != 0 ? null : [.. Enumerable.Range(0, pledged / 900).Select(comment => new Comment(
                        $"{pledged % 40}-{comment}",
                        new Moment(taken.AddHours(-30 * comment)),
                        comment % 3 == 2 ? CommentAuthor.Holder : CommentAuthor.Backer,
                        new Pseudonym(2, (ulong)comment, 1),
                        comment % 3 == 2 && pledged % 2 == 0 ? $"{pledged % 40}-{comment - 1}" : null))],
                    Needs = kind % 4 == 0 ? new Needs(5, pledged % 6) { Declared = facts == 3 } : null,
                    Collaborators = kind % 4 == 0 ? pledged % 4 : null,
                    ContributionsAre = kind switch { < 4 => ContributionsAre.All, < 6 => ContributionsAre.New, < 8 => ContributionsAre.Recent, _ => null },
                    Contributions = [.. Enumerable.Range(0, kind >= 8 ? 0 : Math.Min(6, pledged / 30)).Select(gift => new Contribution
                    {
                        Amount = 10 + (5 * (gift % 3)),
                        // In short histories by the hour: each look at emergence then costs an estimate, and the laws about order need few of those.
                        At = rows.Length < 12 ? new Moment(taken.AddHours(-gift)) : new Moment(new DateTimeOffset(taken.AddHours(-gift).Date, TimeSpan.Zero), IsWholeDay: true),
                        Donor = gift % 2 == 0 ? new Pseudonym(1, (ulong)gift, 1) : null,
                        Anonymous = gift % 2 == 1,
                        ByHolder = gift == 4,
                        Identity = gift % 2 == 0 ? IdentityQuality.FullName : null,
                    })],
                };
                return Some.Received(snapshot, second: i);
            }).ToArray());
}

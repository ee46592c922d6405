using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Snapshots;

/// <summary>Snapshots of every shape that the reader can give, and a few that only other code makes.</summary>
internal static class Generated
{
    private static readonly Gen<string> s_text = Gen.String[Gen.OneOf(Gen.Char['a', 'z'], Gen.Char[' ', '~'], Gen.Char['\u00C0', '\u017F'], Gen.OneOf('"', '\\', '\n', '\u2028', '<')), 1, 12];

    private static readonly Gen<DateTimeOffset> s_instant = Gen.Long[946_684_800_000, 4_133_980_799_999].Select(DateTimeOffset.FromUnixTimeMilliseconds);

    private static readonly Gen<Moment> s_moment = Gen.Select(s_instant, Gen.Bool, (at, isWholeDay) => new Moment(at, isWholeDay));

    /// <remarks>With and without trailing zeros: 25.50 equals 25.5.</remarks>
    private static readonly Gen<decimal> s_amount = Gen.Select(Gen.Long[0, 10_000_000_000], Gen.Int[0, 4], (units, scale) => new decimal((int)units, (int)(units >> 32), 0, false, (byte)scale));

    private static readonly Gen<Pseudonym> s_person = Gen.Select(Gen.ULong, Gen.ULong, Gen.Byte[1, 255], (high, low, version) => new Pseudonym(high, low, version));

    private static readonly Gen<Contribution> s_gift = Gen.Select(
        Gen.Select(Maybe(s_text), Maybe(s_moment), Maybe(s_amount), Maybe(s_person)),
        Gen.Select(Maybe(Gen.Enum<IdentityQuality>()), Gen.Bool, Maybe(Gen.Int[0, 500]), Maybe(s_text), Gen.Bool, Gen.Int[1, 30]),
        (a, b) => new Contribution
        {
            Id = a.Item1,
            At = a.Item2,
            Amount = a.Item3,
            Donor = a.Item4,
            Identity = b.Item1,
            Anonymous = b.Item2,
            MessageLength = b.Item3,
            Place = b.Item4,
            RewardWaived = b.Item5,
            ByHolder = b.Item6 % 5 == 0,
            People = b.Item6,
        });

    private static readonly Gen<Supporter> s_supporter =
        Gen.Select(Maybe(s_person), Maybe(Gen.Enum<IdentityQuality>()), Gen.Bool, Maybe(s_moment), (donor, identity, anonymous, seen) => new Supporter(donor, identity, anonymous, seen));

    private static readonly Gen<Comment> s_comment =
        Gen.Select(Maybe(s_text), Maybe(s_moment), Maybe(Gen.Enum<CommentAuthor>()), Maybe(s_person), Maybe(s_text), (id, at, by, author, answers) => new Comment(id, at, by, author, answers));

    private static readonly Gen<CampaignId> s_campaign =
        Gen.Select(Gen.OneOf("growfunding", "goteo"), Gen.String[Gen.OneOf(Gen.Char['a', 'z'], Gen.Char['0', '9']), 1, 8], (platform, name) => new CampaignId(new PlatformId(platform), name));

    public static readonly Gen<Snapshot> Snapshots =
        Gen.Select(
            Gen.Select(s_campaign, s_instant, Maybe(Gen.Enum<CampaignStatus>()), Maybe(s_text), Maybe(s_text), Maybe(s_text), Maybe(s_text), Maybe(s_text)),
            Gen.Select(Maybe(Gen.Double[-90, 90]), Maybe(Gen.Double[-180, 180]), Maybe(Gen.OneOf("EUR", "GBP")), Maybe(s_amount), Maybe(s_amount), Maybe(Gen.Enum<GoalUnit>()), Maybe(Gen.Enum<FundingModel>()), Maybe(s_text)),
            Gen.Select(Maybe(s_moment), Maybe(s_moment), Maybe(s_amount), Maybe(Gen.Int[0, 999]), Maybe(Gen.Int[0, 999]), Maybe(Gen.Int[0, 999]), Maybe(Gen.Int[0, 999]), Maybe(Gen.Int[0, 999])),
            Gen.Select(Maybe(Gen.Int[0, 999]), Maybe(Gen.Bool), Maybe(Gen.Bool), Gen.OneOf<string[]>([], ["nl"], ["nl", "fr"])),
            Gen.Select(
                Gen.Select(Maybe(s_text), Maybe(s_amount), Maybe(Gen.Int[0, 9]), Maybe(Gen.Int[0, 9]), (title, price, claimed, limit) => new Reward(title, price, claimed, limit)).Array[0, 3],
                Maybe(Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9], (asked, filled) => new Needs(asked, filled) { Declared = asked % 2 == 1 })),
                Maybe(Gen.Select(Gen.Int[0, 9], Maybe(Gen.Int[0, 9]), Maybe(Gen.Int[0, 9]), (active, started, stopped) => new Members(active, started, stopped)))),
            Gen.Select(
                Maybe(Gen.Enum<ContributionsAre>()),
                s_gift.Array[0, 4],
                Maybe(s_supporter.Array[0, 3]),
                Maybe(s_comment.Array[0, 3]),
                Gen.Select(s_moment, Gen.Enum<ActionKind>(), (at, kind) => new HolderAction(at, kind)).Array[0, 3]),
            (a, b, c, d, e, f) => new Snapshot
            {
                Campaign = a.Item1,
                TakenAt = a.Item2,
                Status = a.Item3,
                Title = a.Item4,
                Holder = a.Item5,
                Url = a.Item6,
                Category = a.Item7,
                Place = a.Item8,
                Latitude = b.Item1,
                Longitude = b.Item2,
                Currency = b.Item3,
                Goal = b.Item4,
                StretchGoal = b.Item5,
                GoalUnit = b.Item6,
                Funding = b.Item7,
                Description = b.Item8,
                LaunchedAt = c.Item1,
                EndsAt = c.Item2,
                Pledged = c.Item3,
                Backers = c.Item4,
                Comments = c.Item5,
                Updates = c.Item6,
                Followers = c.Item7,
                Shares = c.Item8,
                Collaborators = d.Item1,
                Sensitive = d.Item2,
                ActionLogKept = d.Item3,
                Languages = d.Item4,
                Rewards = e.Item1,
                Needs = e.Item2,
                Members = e.Item3,
                ContributionsAre = f.Item1,
                Contributions = f.Item2,
                Supporters = f.Item3,
                CommentList = f.Item4,
                Actions = f.Item5,
            });

    private static Gen<T?> Maybe<T>(Gen<T> gen, T? _ = null) where T : struct => Gen.Select(Gen.Bool, gen, (isThere, value) => isThere ? value : (T?)null);

    private static Gen<T?> Maybe<T>(Gen<T> gen) where T : class => Gen.Select(Gen.Bool, gen, (isThere, value) => isThere ? value : null);
}

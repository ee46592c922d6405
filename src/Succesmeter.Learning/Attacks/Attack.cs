using Succesmeter.Snapshots;

namespace Succesmeter.Learning.Attacks;

/// <summary>One way to look better than one is.</summary>
/// <param name="Name">In words.</param>
/// <param name="Cost">In words.</param>
/// <param name="On">What the page shows at the end of a day under it.</param>
internal sealed record Attack(string Name, string Cost, Func<SimulatedTown, double, Snapshot> On)
{
    /// <summary>The day of the judgement, and of the attack a day before.</summary>
    public const double Day = 21.5;

    private const double Struck = Day - 1;

    public static readonly Attack None = new("none", "", static (campaign, day) => campaign.On(day));

    public static IReadOnlyList<Attack> All { get; } =
    [
        Adding("20 accounts give 1 euro within an hour", "20 euros", i => (Struck + (i / 1000.0), 1)),
        Adding("20 accounts give 10 euros within an hour", "200 euros", i => (Struck + (i / 1000.0), 10)),
        Adding("20 accounts give 10 euros, one a day", "200 euros", i => (1 + i, 10)),
        Adding("20 accounts give 6 to 15 euros within an hour", "210 euros", i => (Struck + (i / 1000.0), 6 + (i % 10))),
        new("the holder gives 500 euros under the own name", "500 euros", static (campaign, day) => With(campaign.On(day), day < Struck ? [] : [SimulatedTown.Gift("own", Struck, 500, 900_000) with { ByHolder = true }])),
        new("one of the team gives 500 euros", "500 euros", static (campaign, day) => With(campaign.On(day), day < Struck ? [] : [SimulatedTown.Gift("team", Struck, 500, 900_000)])),
        new("an envelope of 500 euros that claims 100 people", "nothing, if unchecked", static (campaign, day) => With(campaign.On(day), day < Struck ? [] : [SimulatedTown.Gift("envelope", Struck, 500, 900_000) with { People = 100 }])),
        Splitting("every gift in two by the same account", sameAccount: true),
        Splitting("every gift in two anonymous halves", sameAccount: false),
        new("unanswered comments are taken off the page", "nothing", static (campaign, day) => campaign.On(day) is var page && day < Struck ? page : page with { CommentList = Answered(page.CommentList!) }),
        new("comments are hidden after the first week", "nothing", static (campaign, day) => day <= 7.5 ? campaign.On(day) : campaign.On(day) with { CommentList = null, Comments = campaign.On(day).CommentList!.Count }),
        new("unfilled needs are taken off the page", "nothing", static (campaign, day) => day < Struck ? campaign.On(day) : campaign.On(day) with { Needs = new Needs(campaign.Needs.Filled, campaign.Needs.Filled) }),
        new("gifts and backers are hidden after the first week", "nothing", static (campaign, day) => day <= 7.5 ? campaign.On(day) : campaign.On(day) with { ContributionsAre = null, Contributions = [], Backers = null }),
        new("20 questions of one's own, each answered", "20 accounts", static (campaign, day) => campaign.On(day) is var page ? page with { CommentList = [.. page.CommentList!, .. Staged(day)] } : page),
        new("an empty word under every comment within a day", "an hour", static (campaign, day) => campaign.On(day) is var page ? page with { CommentList = [.. page.CommentList!, .. Thanked(campaign, day)] } : page),
    ];

    private static Attack Adding(string name, string cost, Func<int, (double Day, decimal Amount)> gift) => new(name, cost, (campaign, day) => With(
        campaign.On(day),
        [.. Enumerable.Range(0, 20).Select(i => (gift(i), i)).Where(row => row.Item1.Day <= day).Select(row => SimulatedTown.Gift($"added{row.i}", row.Item1.Day, row.Item1.Amount, (ulong)(900_000 + row.i)))]));

    private static Attack Splitting(string name, bool sameAccount) => new(name, "nothing", (campaign, day) => campaign.On(day) is var page ? page with
    {
        Contributions = [.. page.Contributions.SelectMany(gift => Halves(gift, sameAccount))],
        Backers = sameAccount ? page.Backers : 2 * page.Contributions.Count,
    } : page);

    private static Contribution[] Halves(Contribution gift, bool sameAccount)
    {
        var half = sameAccount ? gift with { Amount = gift.Amount / 2 } : gift with { Amount = gift.Amount / 2, Donor = null, Identity = null, Anonymous = true };
        return [half, half with { Id = gift.Id + "b" }];
    }

    private static Snapshot With(Snapshot page, Contribution[] more) => page with
    {
        Contributions = [.. page.Contributions, .. more],
        Pledged = page.Pledged + more.Sum(static gift => gift.Amount ?? 0),
        Backers = page.Backers + more.Length,
    };

    private static Comment[] Answered(IReadOnlyList<Comment> list)
    {
        var answered = list.Select(static comment => comment.Answers).ToHashSet();
        return [.. list.Where(comment => comment.By == CommentAuthor.Holder || answered.Contains(comment.Id))];
    }

    private static IEnumerable<Comment> Staged(double day) => Enumerable.Range(0, 20).Where(i => i / 4.0 < day).SelectMany(static i => new[]
    {
        new Comment($"staged{i}", new Campaigns.Moment(SimulatedTown.At(i / 4.0)), CommentAuthor.Backer, new Pseudonym(7, (ulong)(800_000 + i), 1), null),
        new Comment($"staged{i}-answer", new Campaigns.Moment(SimulatedTown.At((i / 4.0) + 0.1)), CommentAuthor.Holder, null, $"staged{i}"),
    });

    private static IEnumerable<Comment> Thanked(SimulatedTown campaign, double day) => campaign.Comments
        .Where(row => row.Comment.By == CommentAuthor.Backer && row.Day + 1 <= day)
        .Select(static row => new Comment($"{row.Comment.Id}-word", new Campaigns.Moment(SimulatedTown.At(row.Day + 1)), CommentAuthor.Holder, null, row.Comment.Id));
}

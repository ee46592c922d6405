using Succesmeter.Campaigns;
using Succesmeter.Snapshots;
using Succesmeter.Social;

namespace Succesmeter.Learning.Attacks;

/// <summary>
/// Campaigns of a made-up platform that shows all that the meter asks for: accounts, amounts, comments with answers, needs. Goals of €2,000 to €20,000 and forty days; the crowd grows with the goal,
/// and how evenly it gives, how well the holder answers and how much help is found are each campaign's own and have nothing to do with size.
/// </summary>
internal sealed class SimulatedTown
{
    public const double PlannedDays = 40;

    public static readonly PlatformId Platform = new("simulated");

    private static readonly DateTimeOffset Launch = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private readonly List<(double Day, Contribution Gift)> gifts = [];
    private readonly List<(double Day, Comment Comment)> comments = [];

    private SimulatedTown(int number, decimal goal)
    {
        Number = number;
        Goal = goal;
    }

    public int Number { get; }

    public decimal Goal { get; }

    public Needs Needs { get; private set; } = new(0, 0);

    public IEnumerable<(double Day, Comment Comment)> Comments => comments;

    public static DateTimeOffset At(double day) => Launch.AddMinutes(Math.Round(1440 * day));

    public static IReadOnlyList<SimulatedTown> Campaigns(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number => Campaign(number, random))];
    }

    /// <summary>What the page shows at the end of a day.</summary>
    public Snapshot On(double day)
    {
        Contribution[] given = [.. gifts.Where(gift => gift.Day <= day).Select(static gift => gift.Gift)];
        return new Snapshot
        {
            Campaign = new CampaignId(Platform, $"c{Number}"),
            TakenAt = At(day),
            Currency = "EUR",
            Goal = Goal,
            Funding = FundingModel.AllOrNothing,
            LaunchedAt = new Moment(Launch),
            EndsAt = new Moment(Launch.AddDays(PlannedDays)),
            Pledged = given.Sum(static gift => gift.Amount ?? 0),
            Backers = given.Select(static gift => gift.Donor).Distinct().Count(),
            ContributionsAre = ContributionsAre.All,
            Contributions = given,
            CommentList = [.. comments.Where(comment => comment.Day <= day).Select(static comment => comment.Comment)],
            Needs = Needs,
        };
    }

    public SocialCourse Course() => new(
        $"c{Number:D5}", (double)Goal, PlannedDays, [.. FittedReferences.Days.Where(static day => day <= PlannedDays).Select(day => OwnReferences.LookAt(Folded([On(day)]), At(day), day))]);

    public static CampaignState Folded(IEnumerable<Snapshot> snapshots) =>
        snapshots.Aggregate(CampaignState.Of(new CampaignId(Platform, "c")), static (state, snapshot) => state.With(snapshot with { Campaign = state.Campaign }, out _));

    public static Contribution Gift(string id, double day, decimal amount, ulong donor) =>
        new() { Id = id, At = new Moment(At(day)), Amount = amount, Donor = new Pseudonym(7, donor, 1), Identity = IdentityQuality.Account };

    private static SimulatedTown Campaign(int number, Random random)
    {
        var goal = Math.Round((decimal)(2000 * Math.Pow(10, random.NextDouble())) / 100) * 100;
        var campaign = new SimulatedTown(number, goal);
        var people = Math.Max(25, (int)((double)goal / 45 * Math.Exp(0.4 * random.Normal())));
        var unevenness = 0.3 + random.NextDouble();
        for (var i = 0; i < people; i++)
        {
            // A third comes in the first week, whatever the size.
            var day = random.NextDouble() < 0.33 ? 7 * random.NextDouble() : PlannedDays * random.NextDouble();
            var amount = Math.Max(5, 5 * Math.Round((decimal)(30 * Math.Exp(unevenness * random.Normal())) / 5));
            campaign.gifts.Add((day, Gift($"g{i}", day, amount, (ulong)i)));
        }

        var answers = random.NextDouble();
        for (var i = 0; i < Math.Max(4, people / 12); i++)
        {
            var day = 0.6 * PlannedDays * random.NextDouble();
            campaign.comments.Add((day, new Comment($"q{i}", new Moment(At(day)), CommentAuthor.Backer, new Pseudonym(7, (ulong)i, 1), null)));
            if (random.NextDouble() < answers)
                campaign.comments.Add((day + 1, new Comment($"a{i}", new Moment(At(day + 1)), CommentAuthor.Holder, null, $"q{i}")));
        }

        var asked = random.Next(2, 9);
        campaign.Needs = new Needs(asked, random.Next(0, asked + 1));
        return campaign;
    }
}

using Succesmeter.Campaigns;
using Succesmeter.Snapshots;
using Succesmeter.Social;

namespace Succesmeter.Tests.Social;

/// <summary>Plain values of a campaign three weeks after its launch.</summary>
internal static class Some
{
    public static readonly DateTimeOffset AsOf = new(2026, 5, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly CampaignContext Context = new() { Goal = 5000, Currency = "EUR", PlannedDays = 60, DaysSinceLaunch = 21 };

    /// <summary>Thirty donors, €10 to €39, one a day and a half, the last one an hour ago.</summary>
    public static readonly Gift[] Gifts = [.. Enumerable.Range(0, 30).Select(i => Gift(10 + i, (ulong)i, daysAgo: (1 / 24.0) + ((29 - i) * 0.7)))];

    public static readonly Crowd Crowd = CrowdOf(Gifts);

    public static Gift Gift(double amount, ulong? donor, double daysAgo = 10) => new()
    {
        Key = unchecked(((donor ?? 77) * 1_000_003) + (ulong)Math.Abs(amount * 100)),
        At = new Moment(AsOf.AddDays(-daysAgo)),
        FirstSeenAt = AsOf.AddDays(-daysAgo),
        AmountMinor = (long)Math.Round(amount * 100),
        Donor = donor is { } d ? new Pseudonym(1, d, 1) : null,
        Identity = donor is null ? null : IdentityQuality.Account,
        Anonymous = donor is null,
    };

    public static Crowd CrowdOf(IEnumerable<Gift> gifts)
    {
        Gift[] all = [.. gifts];
        return new Crowd { Gifts = all, ListIsComplete = true, Pledged = all.Sum(g => g.AmountMinor ?? 0) / 100m, ObservedSince = AsOf.AddDays(-21) };
    }

    public static SocialProfile Profile(IEnumerable<Gift> gifts, CampaignContext? context = null) => Profile(CrowdOf(gifts), context);

    public static SocialProfile Profile(Crowd crowd, CampaignContext? context = null) =>
        SocialProfile.Of(crowd, context ?? Context, References.Shipped, AsOf);

    public static Indicator Reach(this SocialProfile profile) => profile.Indicators[0];

    public static Indicator Breadth(this SocialProfile profile) => profile.Indicators[1];

    /// <summary>With four comments of ten days ago, three of them answered in a day, and two of five needs filled.</summary>
    public static Crowd Asked(Crowd crowd) => crowd with
    {
        Comments = new CommentLedger
        {
            ShownAt = AsOf,
            ShowsReplies = true,
            Open = [.. Enumerable.Range(0, 4).Select(i => new SeenComment((ulong)i, AsOf.AddDays(-10), i < 3 ? AsOf.AddDays(-9) : null, null))],
        },
        CommentCount = 7,
        Needs = new Needs(5, 2),
        MostAsked = 5,
        NeedsAt = AsOf,
        LatestAt = AsOf,
    };

    /// <summary>References that have all four: 100 campaigns, evenly spread over what each indicator can be, the meter over 0 to 100.</summary>
    public static readonly References Four = new(
        References.Shipped.Card,
        [
            Table(IndicatorNames.Reach, 100), Table(IndicatorNames.Breadth, 20), Table(IndicatorNames.Dialogue, 1), Table(IndicatorNames.InKind, 1),
            .. FittedReferences.Meters.Select(set => Table(References.MeterOf(set), 100)),
        ]);

    private static ReferenceTable Table(string name, double most) => new(name, false, [1000], [5], [new ReferenceCell(100, [.. Enumerable.Range(0, 100).Select(i => most * (i + 0.5) / 100)])]);

    /// <summary>Everything a profile says, so that two can be compared byte by byte.</summary>
    public static string Text(this SocialProfile profile) =>
        $"{profile.Meter} {profile.Interval} {profile.Reason}\n{string.Join('\n', profile.Indicators)}\n{string.Join('\n', profile.Compass)}\n{profile.Forecast}";
}

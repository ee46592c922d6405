using Succesmeter.Social;

namespace Succesmeter.Learning.References;

/// <summary>Whether the meter leans on size, on campaigns that the tables were not fitted to, on one day after the launch.</summary>
/// <param name="Day">0 is the launch day.</param>
/// <param name="Campaigns">Held-out campaigns that have a meter.</param>
/// <param name="Seen">Held-out campaigns in all.</param>
/// <param name="WithGoal">Spearman(meter, goal).</param>
/// <param name="WithMoneyGivenGoal">Partial Spearman(meter, money so far | goal).</param>
/// <param name="ReachWithGoal">Spearman(percentile of reach, goal), of all that have one.</param>
/// <param name="MedianWidth">Median width of the meter's interval.</param>
internal sealed record Fairness(int Day, int Campaigns, int Seen, double WithGoal, double WithMoneyGivenGoal, double ReachWithGoal, double MedianWidth)
{
    private const int Folds = 5;

    /// <summary>Days of the tables and days between them.</summary>
    private static readonly int[] Days = [3, 6, 12, 30, 60];

    /// <summary>Each campaign is scored with tables made from the four fifths that it is not in.</summary>
    public static IReadOnlyList<Fairness> CrossFitted(IReadOnlyList<PastCampaign> campaigns)
    {
        var folds = campaigns.ToLookup(c => Fold(c.Id));
        var tables = Enumerable.Range(0, Folds).Select(f => ReferenceFit.Of([.. campaigns.Where(c => Fold(c.Id) != f)])).ToArray();
        return [.. Days.Select(day => Of(day, [.. Enumerable.Range(0, Folds).SelectMany(f => Scored(day, folds[f], tables[f]))]))];
    }

    /// <summary>Tables made from the earliest 70 % by launch score the rest.</summary>
    public static IReadOnlyList<Fairness> OutOfTime(IReadOnlyList<PastCampaign> campaigns)
    {
        var inOrder = campaigns.OrderBy(c => c.Launched).ThenBy(c => c.Id, StringComparer.Ordinal).ToArray();
        var cut = inOrder.Length * 7 / 10;
        var tables = ReferenceFit.Of(inOrder[..cut]);
        return [.. Days.Select(day => Of(day, [.. Scored(day, inOrder[cut..], tables)]))];
    }

    private static IEnumerable<(PastCampaign Campaign, SocialProfile Profile)> Scored(int day, IEnumerable<PastCampaign> campaigns, Social.References tables) =>
        campaigns.Where(c => c.WasSeenOn(day)).Select(c => (c, c.ProfileBy(day, tables)));

    private static Fairness Of(int day, (PastCampaign Campaign, SocialProfile Profile)[] scored)
    {
        var metered = scored.Where(s => s.Profile.Meter is not null).ToArray();
        double[] meters = [.. metered.Select(s => (double)s.Profile.Meter!)];
        double[] goals = [.. metered.Select(s => s.Campaign.LaunchGoal)];
        double[] money = [.. metered.Select(s => s.Campaign.MoneyBy(day))];
        var reached = scored.Where(s => s.Profile.Indicators[0].Percentile is not null).ToArray();
        var widths = metered.Select(s => s.Profile.Interval!.Value).Select(i => i.High - i.Low).Order().ToArray();
        return new Fairness(
            day,
            metered.Length,
            scored.Length,
            RankCorrelation.Of(meters, goals),
            RankCorrelation.Given(meters, money, goals),
            RankCorrelation.Of([.. reached.Select(s => (double)s.Profile.Indicators[0].Percentile!)], [.. reached.Select(s => s.Campaign.LaunchGoal)]),
            widths[widths.Length / 2]);
    }

    /// <summary>By FNV-1a of the id, so that a campaign keeps its fold whatever else the data hold.</summary>
    private static int Fold(string id)
    {
        var hash = 2166136261u;
        foreach (var c in id)
            hash = (hash ^ c) * 16777619;
        return (int)(hash % Folds);
    }
}

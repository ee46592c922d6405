using Succesmeter.Social;

namespace Succesmeter.Learning.References;

/// <summary>
/// Whether the part of the meter that the data have, the mean of reach and breadth, leans on size, on campaigns that the tables were not fitted to, on one day after the launch.
/// </summary>
/// <param name="Day">0 is the launch day.</param>
/// <param name="Campaigns">Held-out campaigns that have both percentiles.</param>
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
        var tables = Enumerable.Range(0, Folds).Select(f => ReferenceFit.ForJudging([.. campaigns.Where(c => Fold(c.Id) != f)])).ToArray();
        return [.. Days.Select(day => Of(day, [.. Enumerable.Range(0, Folds).SelectMany(f => Scored(day, folds[f], tables[f]))]))];
    }

    /// <summary>Tables made from the earliest 70 % by launch score the rest.</summary>
    public static IReadOnlyList<Fairness> OutOfTime(IReadOnlyList<PastCampaign> campaigns)
    {
        var inOrder = campaigns.OrderBy(c => c.Launched).ThenBy(c => c.Id, StringComparer.Ordinal).ToArray();
        var cut = inOrder.Length * 7 / 10;
        var tables = ReferenceFit.ForJudging(inOrder[..cut]);
        return [.. Days.Select(day => Of(day, [.. Scored(day, inOrder[cut..], tables)]))];
    }

    private static IEnumerable<Judged> Scored(int day, IEnumerable<PastCampaign> campaigns, Social.References tables) =>
        campaigns.Where(c => c.WasSeenOn(day)).Select(c => Judge(c, day, tables));

    private static Judged Judge(PastCampaign campaign, int day, Social.References tables)
    {
        var look = SocialLook.Of(day + 0.5, campaign.MeasuresBy(day));
        var places = ReferenceFit.Judged.Select(name => look[name] is { } value ? Placed(name, value) : null).ToArray();
        var mean = places.Any(static place => place is null) ? null : Placed(Social.References.MeterOf(ReferenceFit.Judged), places.Average(static place => place!.Value.Percentile));
        return new Judged(campaign, places[0]?.Percentile, mean?.Percentile, mean is { } at ? Width(at) : 0);

        Placement? Placed(string table, double value) =>
            tables.Place(table, value, campaign.LaunchGoal * ReferenceFit.PoundInEuros, look.Days) is { N: >= Social.References.FewestForPercentile } place ? place : null;
    }

    private static double Width(Placement place) =>
        JeffreysInterval.Of(place.Percentile / 100 * place.N, place.N) is var (low, high) ? 100 * (high - low) : 0;

    private static Fairness Of(int day, Judged[] scored)
    {
        var metered = scored.Where(static s => s.Meter is not null).ToArray();
        double[] meters = [.. metered.Select(static s => s.Meter!.Value)];
        double[] goals = [.. metered.Select(static s => s.Campaign.LaunchGoal)];
        double[] money = [.. metered.Select(s => s.Campaign.MoneyBy(day))];
        var reached = scored.Where(static s => s.Reach is not null).ToArray();
        return new Fairness(
            day,
            metered.Length,
            scored.Length,
            RankCorrelation.Of(meters, goals),
            RankCorrelation.Partial(meters, money, [goals]),
            RankCorrelation.Of([.. reached.Select(static s => s.Reach!.Value)], [.. reached.Select(static s => s.Campaign.LaunchGoal)]),
            metered.Select(static s => s.Width).Order().ElementAt(metered.Length / 2));
    }

    private sealed record Judged(PastCampaign Campaign, double? Reach, double? Meter, double Width);

    /// <summary>By FNV-1a of the id, so that a campaign keeps its fold whatever else the data hold.</summary>
    private static int Fold(string id)
    {
        var hash = 2166136261u;
        foreach (var c in id)
            hash = (hash ^ c) * 16777619;
        return (int)(hash % Folds);
    }
}

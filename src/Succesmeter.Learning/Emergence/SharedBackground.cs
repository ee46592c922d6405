using Succesmeter.Emergence;

namespace Succesmeter.Learning.Emergence;

/// <summary>
/// The estimate that should not be made: one background by age for all pages. Pages differ in size, so a gift on a page predicts more gifts there, and that passes for following. Printed beside the other to show
/// by how much.
/// </summary>
internal static class SharedBackground
{
    private const int Rounds = 60;

    /// <summary>Ends of the age bins, hours.</summary>
    private static readonly double[] Ages = [3, 6, 12, 24, 48, 72, 96, 168, 336, 720, 1440, 2880, double.PositiveInfinity];

    /// <summary>Log-likelihoods, a row a half-life and a column a ratio, by expectation and maximisation of the rates.</summary>
    public static double[,] Of(IReadOnlyList<GiftTimeline> pages, IReadOnlyList<double> ratios, IReadOnlyList<double> halfLives)
    {
        var exposure = new double[Ages.Length];
        var ages = new List<int>();
        foreach (var page in pages)
        {
            var (from, to) = ((page.WatchedFrom - page.LaunchedAt).TotalHours, (page.AsOf - page.LaunchedAt).TotalHours);
            for (var bin = 0; bin < Ages.Length; bin++)
                exposure[bin] += Math.Max(0, Math.Min(to, Ages[bin]) - Math.Max(from, bin == 0 ? 0 : Ages[bin - 1]));
            ages.AddRange(Counted(page).Select(at => Array.FindIndex(Ages, age => (at - page.LaunchedAt).TotalHours < age)));
        }

        var values = new double[halfLives.Count, ratios.Count];
        for (var row = 0; row < halfLives.Count; row++)
        {
            var (excited, followers) = Excited(pages, Math.Log(2) / halfLives[row]);
            for (var column = 0; column < ratios.Count; column++)
                values[row, column] = Likelihood(ages, excited, exposure, ratios[column], followers);
        }

        return values;
    }

    private static double Likelihood(List<int> ages, List<double> excited, double[] exposure, double ratio, double followers)
    {
        var rates = exposure.Select(hours => hours > 0 ? 0.5 * ages.Count / exposure.Sum() : 0).ToArray();
        var value = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            var own = new double[rates.Length];
            value = 0;
            for (var i = 0; i < ages.Count; i++)
            {
                var rate = rates[ages[i]] + (ratio * excited[i]);
                own[ages[i]] += rates[ages[i]] / rate;
                value += Math.Log(rate);
            }

            for (var bin = 0; bin < rates.Length; bin++)
            {
                value -= rates[bin] * exposure[bin];
                rates[bin] = exposure[bin] > 0 ? Math.Max(own[bin] / exposure[bin], 1e-12) : 0;
            }
        }

        return value - (ratio * followers);
    }

    private static (List<double> Excited, double Followers) Excited(IReadOnlyList<GiftTimeline> pages, double decay)
    {
        var (excited, followers) = (new List<double>(), 0.0);
        foreach (var page in pages)
        {
            var (sum, last) = (0.0, page.WatchedFrom);
            if (!page.ListIsComplete)
                (sum, followers) = (1, followers + 1 - Math.Exp(-decay * (page.AsOf - page.WatchedFrom).TotalHours));
            foreach (var at in Counted(page))
            {
                sum *= Math.Exp(-decay * (at - last).TotalHours);
                excited.Add(decay * sum);
                followers += 1 - Math.Exp(-decay * (page.AsOf - at).TotalHours);
                sum++;
                last = at;
            }
        }

        return (excited, followers);
    }

    /// <summary>Without the gift that begins the watch of a list that is cut off.</summary>
    private static IEnumerable<DateTimeOffset> Counted(GiftTimeline page) =>
        page.Gifts.Select(static gift => gift.Earliest).Order().Skip(page.ListIsComplete ? 0 : 1);
}

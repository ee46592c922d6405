using System.CommandLine;
using System.Text.Json;
using Succesmeter.Emergence;
using Succesmeter.Learning.Datasets;

namespace Succesmeter.Learning.Emergence;

/// <summary><c>emergence-pooled --data DIR</c>: how many followers a gift has on real pages, which are too small to say it one by one.</summary>
internal static class EmergencePooledCommand
{
    /// <summary>Fewer gifts than this carry nothing about following.</summary>
    private const int FewestGifts = 5;

    /// <summary>Pages live a year, but hardly any gift comes later than this.</summary>
    private const int Days = 180;

    private static readonly double[] Ratios = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    private static readonly double[] HalfLives = [0.1, 0.3, 1, 3, 9, 27];

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Required = true, Description = "Folder that holds uk-community-fundraisers and justgiving; what is missing is left out." };
        var command = new Command("emergence-pooled", "The branching ratio that real pages share, and what would be said of each alone.") { data };
        command.SetAction((parsed, cancellation) =>
        {
            var directory = parsed.GetRequiredValue(data).FullName;
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var halfLife = 6.0;
            if (Directory.Exists(Path.Combine(directory, JustGivingPages.Name)))
            {
                var all = PooledPage.OfJustGiving(directory);
                var pages = Enough(all);
                error.WriteLine($"{pages.Count} of {all.Count} pages of {JustGivingPages.Name} have {FewestGifts} gifts or more");
                var own = Closer(JustGivingPages.Name, "one-a-page", pages, (ratios, halfLives) => Sum(pages, page => EmergenceProfile.Of(page, ratios, halfLives), cancellation), HalfLives);
                halfLife = own.HalfLifeHours;
                Print(own);
                Print(Closer(JustGivingPages.Name, "one-a-page-uneven-days", pages, (ratios, halfLives) => Sum(pages, page => EmergenceProfile.Of(page, ratios, halfLives, spread: 0.6), cancellation), HalfLives));
                Print(Closer(JustGivingPages.Name, "one-for-all-pages", pages, (ratios, halfLives) => SharedBackground.Of(pages, ratios, halfLives), HalfLives));
                Print(Verdicts(JustGivingPages.Name, all, cancellation));
            }

            if (Directory.Exists(Path.Combine(directory, UkFundraisers.Name)))
            {
                var all = PooledPage.OfUk(directory);
                var campaigns = Enough(all);
                error.WriteLine($"{campaigns.Count} of {all.Count} campaigns of {UkFundraisers.Name} have {FewestGifts} gifts or more");
                Print(Closer(UkFundraisers.Name, "one-a-page-daily-counts", campaigns, (ratios, halfLives) => Sum(campaigns, campaign => AsRow(EmergenceProfile.OfCounts(campaign, ratios, halfLives[0], spanHours: 24)), cancellation), [halfLife]));
                Print(Verdicts(UkFundraisers.Name, all, cancellation));
            }

            return Task.FromResult(0);

            void Print<T>(T line) => output.WriteLine(JsonSerializer.Serialize(line, JsonSerializerOptions.Web));
        });
        return command;
    }

    private static List<GiftTimeline> Enough(IReadOnlyList<GiftTimeline> all) =>
        [.. all.Select(static page => page.Until(Days)).Where(static page => page.Gifts.Count >= FewestGifts && page.AsOf > page.WatchedFrom.AddDays(1))];

    /// <summary>On a coarse lattice first, then on a fine one around its peak.</summary>
    private static PooledRatio Closer(string dataset, string background, List<GiftTimeline> pages, Func<double[], double[], double[,]> sums, double[] halfLives)
    {
        var coarse = On(Ratios, halfLives);
        double[] near = [0, .. Enumerable.Range(-6, 13).Select(step => Math.Round(coarse.BranchingRatio + (0.015 * step), 3)).Where(static ratio => ratio is > 0 and < 1)];
        return On(near, halfLives.Length == 1 ? halfLives : [.. new[] { 0.45, 0.67, 1, 1.5, 2.2 }.Select(factor => Math.Round(coarse.HalfLifeHours * factor, 2))]);

        PooledRatio On(double[] ratios, double[] lives) => PooledRatio.Of(dataset, background, pages.Count, pages.Sum(static page => page.Gifts.Count), sums(ratios, lives), ratios, lives);
    }

    /// <remarks>Summed in the order of the pages, so that the last digit does not depend on which thread was first.</remarks>
    private static double[,] Sum(List<GiftTimeline> pages, Func<GiftTimeline, double[,]> of, CancellationToken cancellation)
    {
        var each = new double[pages.Count][,];
        Parallel.For(0, pages.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, at => each[at] = of(pages[at]));
        var sum = new double[each[0].GetLength(0), each[0].GetLength(1)];
        foreach (var values in each)
            for (var row = 0; row < sum.GetLength(0); row++)
                for (var column = 0; column < sum.GetLength(1); column++)
                    sum[row, column] += values[row, column];
        return sum;
    }

    private static double[,] AsRow(double[] values)
    {
        var row = new double[1, values.Length];
        for (var at = 0; at < values.Length; at++)
            row[0, at] = values[at];
        return row;
    }

    private static VerdictCounts Verdicts(string dataset, IReadOnlyList<GiftTimeline> all, CancellationToken cancellation)
    {
        var estimates = new EmergenceEstimate[all.Count];
        Parallel.For(0, all.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, at => estimates[at] = EmergenceEstimate.Of(all[at].Until(Days)));
        return new VerdictCounts(
            dataset,
            all.Count,
            estimates.GroupBy(static estimate => estimate.Verdict.ToString()).OrderByDescending(static group => group.Count()).ToDictionary(static group => group.Key, static group => group.Count()),
            estimates.GroupBy(static estimate => estimate.Reason ?? "none").OrderByDescending(static group => group.Count()).ToDictionary(static group => group.Key, static group => group.Count()));
    }

    private sealed record VerdictCounts(string Dataset, int Campaigns, IReadOnlyDictionary<string, int> Verdicts, IReadOnlyDictionary<string, int> Reasons);
}

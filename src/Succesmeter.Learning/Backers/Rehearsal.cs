using System.Globalization;
using Succesmeter.Learning.Datasets;
using Succesmeter.Learning.Evaluation;
using Succesmeter.Learning.Networks;
using Succesmeter.Networks;
using Succesmeter.Social;

namespace Succesmeter.Learning.Backers;

/// <summary>
/// Y1 and Y2 of docs/preregistration.md as far as justgiving lets them be had: donors are hashes of names and lists stop at about 25 gifts, so this rehearses the procedure and supports no claim.
/// </summary>
internal static class Rehearsal
{
    private const double TrainedShare = 0.7;

    public static void Print(string data, int seed, TextWriter output)
    {
        var history = JustGivingGifts.Read(data);
        var (from, until) = (int.MaxValue, 0);
        for (var donor = 0; donor < history.Graph.DonorCount; donor++)
            foreach (var minute in history.Graph.LastMinutesOf(donor))
                (from, until) = (Math.Min(from, minute), Math.Max(until, minute));

        var money = CsvFile.Read(Path.Combine(data, JustGivingPages.Name, "pages.csv.gz")).ToDictionary(static row => row["page"], static row => (Raised: row.Number("raised_total"), Goal: row.Number("target")), StringComparer.Ordinal);
        var pages = new List<(int Opens, double Money, double Goal, DonorCounts Counts)>();
        var (few, early) = (0, 0);
        foreach (var page in Enumerable.Range(0, history.Graph.CampaignCount))
        {
            var counts = DonorCounts.Of(history.Graph, page);
            var (raised, goal) = money[history.Graph.Campaigns[page]];
            if (counts.Identified == 0 || !(goal > 0) || !(raised >= 0))
                continue;
            if (counts.Identified < SmallNumbers.LeastIdentified)
                few++;
            else if (After(history.Opens[page], -12) < from || After(history.Closes[page], 12) > until)
                early++;
            else
                pages.Add((history.Opens[page], raised, goal, counts));
        }

        pages.Sort(static (one, other) => one.Opens.CompareTo(other.Opens));
        Line(output, $"justgiving, a rehearsal (names are not accounts, lists stop at 25): {pages.Count} pages; left out: {few} under {SmallNumbers.LeastIdentified} names, {early} without twelve months before and after");
        if (pages.Count < 10)
            return;

        var shown = pages.Count(static page => SmallNumbers.Share(page.Counts.Returned, page.Counts.Identified) is not null);
        double[] again = [.. pages.Select(static page => (double)page.Counts.Returned / page.Counts.Identified)], newcomers = [.. pages.Select(static page => (double)page.Counts.New / page.Counts.Identified)];
        Line(output, $"  Y1 gave to another page within 12 months: mean {again.Average():0.000}, most {again.Max():0.000}; could be shown under the small-number rules on {shown} pages");
        Line(output, $"  Y2 new to the platform: mean {newcomers.Average():0.000}, least {newcomers.Min():0.000}");

        double[][] final = [[.. pages.Select(static page => Math.Log(1 + page.Money))], [.. pages.Select(static page => Math.Log(page.Goal))], [.. pages.Select(static page => Math.Log(1.0 + page.Counts.Identified))]];
        Line(output, $"  rank correlation of Y1 with final money {RankCorrelation.Of(again, final[0]):0.000}, goal {RankCorrelation.Of(again, final[1]):0.000}, names {RankCorrelation.Of(again, final[2]):0.000}, Y2 {RankCorrelation.Of(again, newcomers):0.000}");
        var beyond = SkillBeyond.Of(again, newcomers, final, (int)(TrainedShare * pages.Count), seed);
        Line(output, $"  Y1 told from Y2, beyond final money, goal and names: fitted to {beyond.Fitted}, judged on {beyond.Judged}: skill {beyond.Skill?.Value:0.000} ({beyond.Skill?.Low:0.000} to {beyond.Skill?.High:0.000}), partial rank correlation {beyond.PartialRank:0.000}");
    }

    private static int After(int minute, int months) => DonorGraph.MinuteOf(DonorGraph.InstantOf(minute).AddMonths(months));

    private static void Line(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

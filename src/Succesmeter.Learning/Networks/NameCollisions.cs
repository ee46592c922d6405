using Succesmeter.Learning.Datasets;

namespace Succesmeter.Learning.Networks;

/// <summary>
/// How many of the repeats across pages may be two people of one name. That cannot be told from the names alone: the rate of equal names across pages is its upper
/// bound, as if nobody had given twice. (Within a page equal names are mostly one person who did.)
/// </summary>
/// <param name="NamesOnSeveralPages">Names that stand on at least two pages.</param>
/// <param name="Within">Of two named gifts on one page, the chance that they carry one name.</param>
/// <param name="Across">Of two named gifts on two pages.</param>
/// <param name="MostPages">Of the commonest name.</param>
/// <param name="RepeatsOfTopHundredth">Share of (name, page) pairs beyond a name's first that belong to the hundredth of repeated names with most pages.</param>
internal sealed record NameCollisions(int Names, int NamesOnSeveralPages, double Within, double Across, int MostPages, double RepeatsOfTopHundredth)
{
    public static NameCollisions Of(string directory)
    {
        var gifts = CsvFile.Read(Path.Combine(directory, JustGivingPages.Name, "donations.csv.gz"))
            .Select(static row => (Page: row["page"], Name: row["donor_hash"]))
            .Where(static gift => gift.Name.Length > 0)
            .ToList();
        var onPage = gifts.GroupBy(static gift => gift.Page).ToList();
        var pairsWithin = onPage.Sum(static page => Pairs(page.Count()));
        var equalWithin = onPage.Sum(static page => page.GroupBy(static gift => gift.Name).Sum(static name => Pairs(name.Count())));
        var byName = gifts.GroupBy(static gift => gift.Name).Select(static name => (Gifts: name.Count(), Pages: name.Select(static gift => gift.Page).Distinct().Count())).ToList();
        var equal = byName.Sum(static name => Pairs(name.Gifts));
        var repeated = byName.Where(static name => name.Pages > 1).Select(static name => name.Pages - 1).OrderDescending().ToList();
        return new NameCollisions(
            byName.Count,
            repeated.Count,
            equalWithin / pairsWithin,
            (equal - equalWithin) / (Pairs(gifts.Count) - pairsWithin),
            byName.Max(static name => name.Pages),
            (double)repeated.Take(repeated.Count / 100).Sum() / repeated.Sum());
    }

    private static double Pairs(int n) => n * (n - 1.0) / 2;
}

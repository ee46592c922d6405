using Succesmeter.Learning.Datasets;

namespace Succesmeter.Learning.References;

/// <summary>How far a count of gifts overstates people: gifts per distinct name on pages whose gifts are all listed (at most about 25, which is why no table comes from there).</summary>
internal sealed record RepeatedGivers(int Pages, int Gifts, int NamedGifts, int Names)
{
    public double GiftsPerName => (double)NamedGifts / Names;

    public static RepeatedGivers Read(string folder)
    {
        var complete = CsvFile.Read(Path.Combine(folder, "pages.csv.gz"), "page", "list_complete")
            .Where(static row => row["list_complete"] == "1").Select(static row => row["page"]).ToHashSet(StringComparer.Ordinal);
        var gifts = 0;
        var named = 0;
        var pages = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<(string, string)>();
        foreach (var row in CsvFile.Read(Path.Combine(folder, "donations.csv.gz"), "page", "donor_hash"))
        {
            if (!complete.Contains(row["page"]))
                continue;

            gifts++;
            pages.Add(row["page"]);
            if (row["donor_hash"].Length == 0)
                continue;

            named++;
            names.Add((row["page"], row["donor_hash"]));
        }

        return new RepeatedGivers(pages.Count, gifts, named, names.Count);
    }
}

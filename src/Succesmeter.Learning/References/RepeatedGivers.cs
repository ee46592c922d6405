namespace Succesmeter.Learning.References;

/// <summary>How far a count of gifts overstates people: gifts per distinct name on pages whose gifts are all listed (at most about 25, which is why no table comes from there).</summary>
internal sealed record RepeatedGivers(int Pages, int Gifts, int NamedGifts, int Names)
{
    public double GiftsPerName => (double)NamedGifts / Names;

    public static RepeatedGivers Read(string folder)
    {
        var complete = GzippedRows.Of(Path.Combine(folder, "pages.csv.gz"), "page", "list_complete")
            .Where(row => row[1] == "1").Select(row => row[0]).ToHashSet(StringComparer.Ordinal);
        var gifts = 0;
        var named = 0;
        var pages = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<(string, string)>();
        foreach (var row in GzippedRows.Of(Path.Combine(folder, "donations.csv.gz"), "page", "donor_hash"))
        {
            if (!complete.Contains(row[0]))
                continue;

            gifts++;
            pages.Add(row[0]);
            if (row[1].Length == 0)
                continue;

            named++;
            names.Add((row[0], row[1]));
        }

        return new RepeatedGivers(pages.Count, gifts, named, names.Count);
    }
}

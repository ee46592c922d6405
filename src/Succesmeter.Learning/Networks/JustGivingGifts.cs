using Succesmeter.Learning.Datasets;
using Succesmeter.Networks;

namespace Succesmeter.Learning.Networks;

/// <summary>justgiving as a network. A donor is a display name, so two people of one name are one donor here: see <see cref="NameCollisions"/>.</summary>
internal static class JustGivingGifts
{
    public static GiftHistory Read(string directory)
    {
        var folder = Path.Combine(directory, JustGivingPages.Name);
        var pages = new Dictionary<int, int>();
        var (names, opens, closes) = (new List<string>(), new List<int>(), new List<int>());
        foreach (var row in CsvFile.Read(Path.Combine(folder, "pages.csv.gz")))
        {
            if (row.Instant("created") is not { } created)
                continue;
            pages[row.Whole("page")] = names.Count;
            names.Add(row["page"]);
            opens.Add(Minute(created));
            closes.Add(Minute(row.Instant("expiry") ?? created.AddYears(1)));
        }

        var donors = new Dictionary<string, int>(StringComparer.Ordinal);
        var pairs = new List<DonorPair>();
        foreach (var row in CsvFile.Read(Path.Combine(folder, "donations.csv.gz")))
        {
            var name = row["donor_hash"];
            if (name.Length == 0 || !pages.TryGetValue(row.Whole("page"), out var page) || row.Instant("timestamp") is not { } at)
                continue;
            if (!donors.TryGetValue(name, out var donor))
                donors[name] = donor = donors.Count;
            pairs.Add(new DonorPair(donor, page, Minute(at), Minute(at)));
        }

        return new GiftHistory(JustGivingPages.Name, DonorGraph.Of(names, donors.Count, pairs.ToArray()), [.. opens], [.. closes], null);
    }

    private static int Minute(DateTime utc) => DonorGraph.MinuteOf(new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)));
}

namespace Succesmeter.Learning.Datasets;

/// <summary>justgiving: pages of walkers, runners and the like, keep-it-all; those whose gifts are all listed and that were watched for sixty days.</summary>
internal static class JustGivingPages
{
    public const string Name = "justgiving";

    public static IReadOnlyList<PastCampaign> AsCampaigns(string directory)
    {
        var folder = Path.Combine(directory, Name);
        var gifts = CsvFile.Read(Path.Combine(folder, "donations.csv.gz")).ToLookup(static row => row.Whole("page"), static row => (At: row.Instant("timestamp"), Amount: row.Number("amount")));

        var campaigns = new List<PastCampaign>();
        foreach (var row in CsvFile.Read(Path.Combine(folder, "pages.csv.gz")))
        {
            if (row["list_complete"] != "1" || !(row.Number("target") > 0) || row.Instant("created") is not { } created
                || row.Instant("last_pull") is not { } lastSeen || lastSeen < created.AddDays(UkFundraisers.Horizon))
                continue;

            var pledged = new double[UkFundraisers.Horizon];
            var count = new int[UkFundraisers.Horizon];
            foreach (var (at, amount) in gifts[row.Whole("page")])
            {
                var day = at is null ? UkFundraisers.Horizon : (int)Math.Max(0, Math.Floor((at.Value - created).TotalDays));
                if (day >= UkFundraisers.Horizon || !(amount > 0))
                    continue;

                pledged[day] += amount;
                count[day]++;
            }

            for (var day = 1; day < UkFundraisers.Horizon; day++)
            {
                pledged[day] += pledged[day - 1];
                count[day] += count[day - 1];
            }

            campaigns.Add(new PastCampaign
            {
                Dataset = Name,
                Id = row.Whole("page"),
                LaunchedOn = created.Date,
                AllOrNothing = false,
                PlannedDays = UkFundraisers.Horizon,
                Currency = row["currency"],
                Pledged = [.. pledged],
                Gifts = [.. count],
                FinalPledged = pledged[^1],
                Goals = [(0, row.Number("target"))],
            });
        }

        return campaigns;
    }
}

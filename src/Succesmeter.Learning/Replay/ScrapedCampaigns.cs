using System.Globalization;
using Succesmeter.Learning.Datasets;
using Succesmeter.Snapshots;

namespace Succesmeter.Learning.Replay;

/// <summary>Reads the three tables of uk-community-fundraisers. They are sorted by campaign, so campaigns come out one by one while the tables stream.</summary>
internal static class ScrapedCampaigns
{
    public const string Name = "uk-community-fundraisers";

    /// <param name="directory">Holds <c>campaigns.csv.gz</c>, <c>donations.csv.gz</c> and <c>snapshots.csv.gz</c>.</param>
    /// <exception cref="InvalidDataException">A table is not what the data set's description says.</exception>
    public static IEnumerable<ScrapedCampaign> Read(string directory)
    {
        using var gifts = new Sorted<ScrapedGift>(Path.Combine(directory, "donations.csv.gz"), static row =>
            new ScrapedGift(Day(row["date"]) ?? throw new InvalidDataException($"A donation has the date '{row["date"]}'."), Amount(row["amount"]) ?? 0));
        using var scrapes = new Sorted<Scrape>(Path.Combine(directory, "snapshots.csv.gz"), static row =>
        {
            var raised = Amount(row["raised"]);
            var donations = int.TryParse(row["donations_reported"], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : (int?)null;
            return new Scrape(
                Day(row["scraped"]) ?? throw new InvalidDataException($"A snapshot has the date '{row["scraped"]}'."),
                raised,
                Amount(row["goal"]) is > 0 and <= SnapshotLimits.MostAmount and var goal ? goal : null,
                donations == 0 && raised > 0 ? null : donations);
        });

        var before = int.MinValue;
        foreach (var row in CsvFile.Read(Path.Combine(directory, "campaigns.csv.gz")))
        {
            var number = row.Whole("campaign");
            if (number <= before)
                throw new InvalidDataException($"Campaign {number} stands behind campaign {before}: the tables must be sorted by campaign.");

            before = number;
            yield return new ScrapedCampaign
            {
                Number = number,
                Platform = row["platform"] switch
                {
                    "just" => "justgiving",
                    "virgin" => "virginmoneygiving",
                    var other => other,
                },
                Created = Day(row["created"]),
                IsListComplete = row["list_complete"] == "1",
                Scrapes = [.. scrapes.Of(number).OrderBy(static scrape => scrape.Day)],
                Gifts = [.. gifts.Of(number).OrderBy(static gift => gift.Day)],
            };
        }
    }

    /// <summary>How many <see cref="Read"/> will give.</summary>
    public static int Count(string directory) => CsvFile.Read(Path.Combine(directory, "campaigns.csv.gz")).Count();

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <remarks>The data set writes -1 for what a page did not show.</remarks>
    private static decimal? Amount(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && amount >= 0 ? amount : null;

    /// <summary>A table read along with another that is sorted by the same number.</summary>
    private sealed class Sorted<T> : IDisposable
    {
        private readonly string _path;
        private readonly Func<CsvRow, T> _read;
        private readonly IEnumerator<CsvRow> _rows;
        private bool _hasRow;
        private int _before = int.MinValue;

        public Sorted(string path, Func<CsvRow, T> read)
        {
            _path = path;
            _read = read;
            _rows = CsvFile.Read(path).GetEnumerator();
            _hasRow = _rows.MoveNext();
        }

        public List<T> Of(int campaign)
        {
            var items = new List<T>();
            while (_hasRow && _rows.Current.Whole("campaign") is var number && number <= campaign)
            {
                if (number < _before)
                    throw new InvalidDataException($"{_path}: campaign {number} stands behind campaign {_before}: the tables must be sorted by campaign.");

                _before = number;
                if (number == campaign)
                    items.Add(_read(_rows.Current));

                _hasRow = _rows.MoveNext();
            }

            return items;
        }

        public void Dispose() => _rows.Dispose();
    }
}

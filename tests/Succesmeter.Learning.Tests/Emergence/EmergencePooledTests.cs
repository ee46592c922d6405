using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Succesmeter.Learning.Emergence;

namespace Succesmeter.Learning.Tests.Emergence;

public sealed class EmergencePooledTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("succesmeter-emergence-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Pages_that_differ_only_in_size_have_no_followers_unless_they_share_a_background()
    {
        WriteJustGiving(ratio: 0);
        var lines = Run();
        Assert.InRange(Number(lines, "one-a-page", "branchingRatio"), 0, 0.1);
        Assert.InRange(Number(lines, "one-for-all-pages", "branchingRatio"), 0.2, 1);
    }

    [Fact]
    public void Followers_are_found_with_their_half_life_and_single_pages_are_hardly_ever_told()
    {
        WriteJustGiving(ratio: 0.4);
        var lines = Run();
        Assert.InRange(Number(lines, "one-a-page", "branchingRatio"), 0.2, 0.55);
        Assert.InRange(Number(lines, "one-a-page", "halfLifeHours"), 0.4, 2.5);
        var verdicts = lines.Single(line => line.TryGetProperty("verdicts", out _)).GetProperty("verdicts");

        // Without a log of actions the most that may be said is waves; with followers as many as here, nobody is called pushed.
        Assert.InRange(verdicts.GetProperty("CannotTell").GetInt32(), 30, 40);
        Assert.Subset(new HashSet<string>(["CannotTell", "Waves"]), verdicts.EnumerateObject().Select(verdict => verdict.Name).ToHashSet());
    }

    [Fact]
    public void A_page_whose_list_is_cut_off_is_watched_from_its_oldest_gift()
    {
        Write("pages.csv.gz", ["page,created,last_pull,list_complete", "1,2021-01-01T00:00:00,2021-02-01T00:00:00Z,0", "2,2021-01-01T00:00:00,2021-02-01T00:00:00Z,1", "3,,2021-02-01T00:00:00Z,1"]);
        Write("donations.csv.gz", ["page,timestamp", "1,2021-01-20T00:00:01", "1,2021-01-21T00:00:01", "1,2020-12-01T00:00:00", "2,2021-01-20T00:00:01", "3,2021-01-20T00:00:01"]);
        var pages = PooledPage.OfJustGiving(folder.FullName);
        Assert.Equal([new DateTimeOffset(2021, 1, 20, 0, 0, 1, TimeSpan.Zero), new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero)], pages.Select(page => page.WatchedFrom));
        Assert.Equal([2, 1], pages.Select(page => page.Gifts.Count));
    }

    private static double Number(List<JsonElement> lines, string background, string field) =>
        lines.Single(line => line.TryGetProperty("background", out var text) && text.GetString() == background).GetProperty(field).GetDouble();

    private List<JsonElement> Run()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(0, EmergencePooledCommand.Create().Parse(["--data", folder.FullName]).Invoke(new InvocationConfiguration { Output = output, Error = error }));
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    /// <summary>Forty pages of thirty days, half of them five times as large as the others.</summary>
    private void WriteJustGiving(double ratio)
    {
        var random = new Random(3);
        var created = new DateTime(2021, 3, 1, 0, 0, 0, DateTimeKind.Utc);
        List<string> pages = ["page,created,last_pull,list_complete"], donations = ["page,timestamp"];
        for (var page = 0; page < 40; page++)
        {
            pages.Add($"{page},{created:s},{created.AddDays(30):s}Z,1");
            var hours = Enumerable.Range(0, (page % 2) == 0 ? 25 : 5).Select(_ => 720 * random.NextDouble()).ToList();
            for (var parent = 0; parent < hours.Count; parent++)
                for (var left = -Math.Log(1 - random.NextDouble()); left < ratio; left -= Math.Log(1 - random.NextDouble()))
                    hours.Add(hours[parent] - (Math.Log(1 - random.NextDouble()) / Math.Log(2)));
            donations.AddRange(hours.Where(hour => hour < 720).Select(hour => string.Create(CultureInfo.InvariantCulture, $"{page},{created.AddHours(hour):s}")));
        }

        Write("pages.csv.gz", pages);
        Write("donations.csv.gz", donations);
    }

    private void Write(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(folder.CreateSubdirectory("justgiving").FullName, name);
        using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest));
        foreach (var line in lines)
            writer.Write(line + "\n");
    }
}

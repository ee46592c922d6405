using System.CommandLine;
using System.IO.Compression;
using Succesmeter.Learning.References;
using Succesmeter.Social;

namespace Succesmeter.Learning.Tests.References;

public sealed class ReferencesCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("succesmeter-references-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void It_derives_the_same_file_from_the_same_data_and_prints_the_figures()
    {
        WriteData(campaigns: 400);
        var first = Run("a.references");
        var second = Run("b.references");

        Assert.Equal(File.ReadAllBytes(first.File), File.ReadAllBytes(second.File));
        using var stream = File.OpenRead(first.File);
        var card = ReferenceFile.Read(stream).Card;
        // Of the 400 every tenth lacks a goal, every tenth another has no complete list.
        Assert.Equal((320, new DateOnly(2021, 1, 1)), (card.Campaigns, card.From));
        Assert.Contains("justgiving: 1 complete pages, 3 gifts, 3 under 2 names: 1.5000 gifts a name", first.Output, StringComparison.Ordinal);
        Assert.Contains("Held out by campaign (five folds)", first.Output, StringComparison.Ordinal);
        Assert.Contains("day 30:", first.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_goal_is_the_one_first_seen()
    {
        WriteData(campaigns: 10);
        var campaign = UkFundraisers.Read(Path.Combine(_folder.FullName, "uk-community-fundraisers"))[0];
        Assert.Equal(500, campaign.LaunchGoal);
    }

    [Fact]
    public void A_missing_column_is_told_by_its_name()
    {
        WriteData(campaigns: 1);
        Write("uk-community-fundraisers/snapshots.csv.gz", ["campaign,scraped"]);
        var error = Assert.Throws<InvalidDataException>(() => UkFundraisers.Read(Path.Combine(_folder.FullName, "uk-community-fundraisers")));
        Assert.Contains("'goal'", error.Message, StringComparison.Ordinal);
    }

    private (string File, string Output) Run(string name)
    {
        var file = Path.Combine(_folder.FullName, name);
        using var output = new StringWriter();
        var exit = ReferencesCommand.Create().Parse(["--data", _folder.FullName, "--out", file]).Invoke(new InvocationConfiguration { Output = output });
        Assert.Equal(0, exit);
        return (file, output.ToString());
    }

    private void WriteData(int campaigns)
    {
        List<string> rows = ["campaign,platform,created,last_scrape,goal,list_complete"], gifts = ["campaign,date,amount"], snapshots = ["campaign,scraped,goal"];
        for (var i = 0; i < campaigns; i++)
        {
            var created = new DateOnly(2021, 1, 1).AddDays(i % 50);
            rows.Add($"{i},just,{created:O},{created.AddDays(120):O},{(i % 10 == 5 ? "" : "700")},{(i % 10 == 6 ? 0 : 1)}");
            if (i % 10 != 5)
            {
                snapshots.Add($"{i},{created.AddDays(3):O},{500 + (13 * i)}");
                snapshots.Add($"{i},{created.AddDays(17):O},700");
            }

            for (var g = 0; g < 20 + (i % 37); g++)
                gifts.Add($"{i},{created.AddDays(g % 3):O},{5 + (g * (i % 11))}");
        }

        Write("uk-community-fundraisers/campaigns.csv.gz", rows);
        Write("uk-community-fundraisers/donations.csv.gz", gifts);
        Write("uk-community-fundraisers/snapshots.csv.gz", snapshots);
        Write("justgiving/pages.csv.gz", ["page,list_complete", "1,1", "2,0"]);
        Write("justgiving/donations.csv.gz", ["page,donor_hash", "1,a", "1,a", "1,b", "2,a"]);
    }

    private void Write(string name, IEnumerable<string> lines)
    {
        var file = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var writer = new StreamWriter(new GZipStream(File.Create(file), CompressionLevel.Fastest));
        foreach (var line in lines)
            writer.WriteLine(line);
    }
}

using System.IO.Compression;
using System.Text;
using Succesmeter.Learning.Replay;

namespace Succesmeter.Learning.Tests.Replay;

/// <summary>Tables in the form of uk-community-fundraisers, invented here, in a folder that is deleted again.</summary>
internal sealed class SmallDataSet : IDisposable
{
    private const string Campaigns = """
        campaign,platform,keyword,created,first_scrape,last_scrape,n_scrapes,goal,raised,donations_reported,donations_listed,listed_sum,list_complete,is_charity_org
        3,gofundme,foodbank,2020-10-01,2020-10-05,2020-11-20,3,500.0,90.0,4,4,90.0,1,0
        7,just,foodbank,2020-10-10,2020-10-12,2020-10-26,2,0,60.5,,2,30.0,0,0
        9,virgin,soup,,2020-10-04,2020-10-18,2,,0.0,,0,0,0,0
        12,just,soup,2020-10-15,2020-10-05,2020-10-20,3,100.0,-1.0,0,0,0,1,0

        """;

    private const string Donations = """
        campaign,date,amount
        3,2020-10-02,10
        3,2020-10-05,20.5
        3,2020-10-06,20.5
        3,2020-11-20,39
        7,2020-10-11,20
        7,2020-10-30,10

        """;

    private const string Snapshots = """
        campaign,scraped,raised,goal,donations_reported,donations_listed
        3,2020-10-05,30.5,400,0,0
        3,2020-10-19,51,500,3,3
        3,2020-11-20,90,500,4,4
        7,2020-10-12,20,0,1,1
        7,2020-10-26,60.5,0,2,1
        9,2020-10-04,0,,,0
        9,2020-10-18,0,,,0
        12,2020-10-05,5,100,1,0
        12,2020-10-16,-1,100,0,0
        12,2020-10-20,0,1000000000000000,0,0

        """;

    public SmallDataSet(string campaigns = Campaigns, string donations = Donations, string snapshots = Snapshots)
    {
        Root = Directory.CreateTempSubdirectory("succesmeter-replay-").FullName;
        Output = Path.Combine(Root, "out");
        Directory.CreateDirectory(Path.Combine(Root, ScrapedCampaigns.Name));
        Write("campaigns", campaigns);
        Write("donations", donations);
        Write("snapshots", snapshots);
    }

    public string Root { get; }

    public string Output { get; }

    public ReplaySettings Settings => new() { Data = Path.Combine(Root, ScrapedCampaigns.Name), Output = Output };

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void Write(string table, string text)
    {
        using var file = new GZipStream(File.Create(Path.Combine(Root, ScrapedCampaigns.Name, $"{table}.csv.gz")), CompressionLevel.Fastest);
        file.Write(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n"));
    }
}

using System.IO.Compression;
using Succesmeter.Features;
using Succesmeter.Learning.Datasets;
using Succesmeter.Learning.Uk;

namespace Succesmeter.Learning.Tests.Datasets;

/// <summary>The readers on small files of the same layout, made here: the data sets themselves need not be present.</summary>
public sealed class DatasetsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("succesmeter-datasets-").FullName;

    [Fact]
    public void A_fundraiser_knows_each_days_total_its_goals_over_time_and_its_outcome()
    {
        Write("campaigns", "campaign,platform,keyword,created,first_scrape,last_scrape,n_scrapes,goal,raised,donations_reported,donations_listed,listed_sum,list_complete,is_charity_org",
            "7,gofundme,foodbank,2020-10-15,2020-10-18,2021-06-27,10,750.0,760.0,4,4,760.0,1,0",
            "8,gofundme,foodbank,2020-10-15,2020-10-18,2020-11-27,10,750.0,760.0,4,4,760.0,1,0",
            "9,gofundme,foodbank,2020-10-15,2020-10-18,2021-06-27,10,750.0,760.0,4,4,760.0,0,0");
        Write("donations", "campaign,date,amount", "7,2020-10-14,5", "7,2020-10-15,10", "7,2020-10-18,100", "7,2020-12-14,700", "7,2020-12-15,900");
        Write("snapshots", "campaign,scraped,raised,goal,donations_reported,donations_listed", "7,2020-10-18,40,1000,0,0", "7,2020-11-01,545,750,0,0");

        // 8 was not watched to day 60, 9's list is not complete.
        var fundraiser = Assert.Single(UkFundraisers.Read(folder));
        var campaign = fundraiser.Campaign;

        Assert.Equal([15, 15, 15, 115], campaign.Pledged.Take(4));
        Assert.Equal(815, campaign.FinalPledged);
        Assert.Equal((1000, 1000, 750), (campaign.GoalAfter(0), campaign.GoalAfter(16), campaign.GoalAfter(17)));
        Assert.Equal((5, 3, 750), (fundraiser.AllGifts, fundraiser.FirstSeenAfterDays, fundraiser.LastGoal));
        Assert.Equal(1, campaign.CurveAfter(4, 1000).Gifts - campaign.CurveAfter(3, 1000).Gifts);

        Assert.True(campaign.Met(new Aim(1, campaign.PlannedDays), 750));
        Assert.False(campaign.Met(new Aim(1, campaign.PlannedDays), 1000));
        Assert.False(campaign.Met(new Aim(1, 60), 750));
        Assert.Single(UkCuts.Of("as-specified", [fundraiser]));
        Assert.Empty(UkCuts.Of("as-specified", [fundraiser with { AllGifts = 4 }]));
        Assert.Equal(1000, Assert.Single(UkCuts.Of("early-scraped", [fundraiser])).GoalAfter(60));
        Assert.Empty(UkCuts.Of("early-scraped", [fundraiser with { FirstSeenAfterDays = 31 }]));
    }

    [Fact]
    public void What_happens_later_changes_no_curve() =>
        Gen.Select(Gen.Double[0, 50].Array[61], Gen.Int[0, 60], Gen.Double[1, 900]).Sample((daily, days, more) =>
        {
            var before = Campaign(daily);
            var later = Campaign([.. daily.Select((amount, day) => day >= days ? amount + more : amount)]);

            return FundingFeatures.Of(before.CurveAfter(days, 1000)).Values.SequenceEqual(FundingFeatures.Of(later.CurveAfter(days, 1000)).Values);
        });

    [Fact]
    public void Of_a_campaign_known_on_three_days_only_the_goals_own_day_can_be_asked()
    {
        var campaign = Campaign([10, 20, 30]) with { AllOrNothing = true, PlannedDays = 30, FinalPledged = 1200, ReachedAfter = 12 };

        Assert.True(campaign.Met(new Aim(1.2, 30), 1000));
        Assert.False(campaign.Met(new Aim(1.3, 30), 1000));
        Assert.True(campaign.Met(new Aim(1, 12), 1000));
        Assert.False(campaign.Met(new Aim(1, 11), 1000));
        Assert.Null(campaign.Met(new Aim(0.5, 11), 1000));
    }

    [Fact]
    public void A_row_with_too_many_fields_is_an_error_and_not_a_guess()
    {
        Write("campaigns", "campaign,platform", "7,just,giving");

        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(() => CsvFile.Read(Path.Combine(folder, UkFundraisers.Name, "campaigns.csv.gz")).ToArray()).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    internal static PastCampaign Campaign(double[] daily)
    {
        var total = 0.0;
        double[] totals = [.. daily.Select(amount => total += amount)];
        return new PastCampaign
        {
            Dataset = "made",
            Id = 1,
            AllOrNothing = false,
            PlannedDays = 61,
            Currency = "GBP",
            Pledged = [.. totals],
            Gifts = [.. daily.Select((_, day) => day + 1)],
            FinalPledged = totals[^1],
            Goals = [(0, 1000)],
        };
    }

    private void Write(string name, params string[] lines)
    {
        var path = Directory.CreateDirectory(Path.Combine(folder, UkFundraisers.Name)).FullName;
        using var writer = new StreamWriter(new GZipStream(File.Create(Path.Combine(path, name + ".csv.gz")), CompressionLevel.Fastest));
        foreach (var line in lines)
            writer.WriteLine(line);
    }
}

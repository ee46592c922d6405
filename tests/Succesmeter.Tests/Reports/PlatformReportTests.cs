using System.Collections.Immutable;
using Succesmeter.Campaigns;
using Succesmeter.Networks;
using Succesmeter.Outcomes;
using Succesmeter.Reports;
using Succesmeter.Social;

namespace Succesmeter.Tests.Reports;

public sealed class PlatformReportTests
{
    private static readonly TimeZoneInfo Brussels = TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels");
    private static readonly DateTimeOffset Now = new(2026, 2, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_small_town_worked_by_hand()
    {
        // 24 culture, six a quarter, one of which failed; five of mobility in the first; three of sport in the last, one of which failed.
        var report = Of([.. Six(2), .. Six(5), .. Six(8), .. Six(11), Ended(2025, 2, reached: false), .. Many(5, Ended(2025, 3, category: "mobility")), .. Many(2, Ended(2025, 12, category: "sport")), Ended(2025, 12, false, "sport")],
            drop: Ended(2025, 2));

        Assert.Equal((32.0, 32), Value(report, "2025", ReportDefinitions.Ended));
        Assert.Equal((30.0, 32), Value(report, "2025", ReportDefinitions.Reached));
        var rate = Figure(report, "2025", ReportDefinitions.SuccessRate);
        var (low, high) = JeffreysInterval.Of(30, 32);
        Assert.Equal((0.9375, 32, Math.Round(low, 4), Math.Round(high, 4)), (rate.Value!.Value, rate.N!.Value, rate.Low!.Value, rate.High!.Value));
        Assert.Equal([11.0, 6.0, 6.0, 9.0], Enumerable.Range(1, 4).Select(quarter => Value(report, $"2025-Q{quarter}", ReportDefinitions.Ended).Value!.Value));

        // Three are too few, so mobility, the next smallest, is hidden with them; both together are the other eight. Of quarters nothing can be shown: without culture in the second it would be known that the others had none.
        Assert.Equal((24.0, 24), Value(report, "2025", ReportDefinitions.Ended, "category", "culture"));
        Assert.Equal((23.0, 24), Value(report, "2025", ReportDefinitions.Reached, "category", "culture"));
        Assert.Equal((8.0, 8), Value(report, "2025", ReportDefinitions.Ended, "category", "other"));
        Assert.Equal((7.0, 8), Value(report, "2025", ReportDefinitions.Reached, "category", "other"));
        Assert.DoesNotContain(report.Figures, static figure => figure.Group is "sport" or "mobility");
        Assert.All(report.Figures.Where(static figure => figure is { Figure: ReportDefinitions.Ended, By: "category" } && figure.Period.Contains('Q')), static figure => Assert.Equal((null, null, "fewer-than-5"), (figure.Value, figure.N, figure.Reason)));
    }

    [Fact]
    public void The_last_half_hour_of_the_year_in_UTC_is_the_next_year_in_Brussels()
    {
        var late = Ended(2025, 1) with { EndedAt = new DateTimeOffset(2025, 12, 31, 23, 30, 0, TimeSpan.Zero) };
        var report = Of([.. Many(6, late)], asOf: new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Null(Value(report, "2025", ReportDefinitions.Ended).Value);
        Assert.Equal((6.0, 6), Value(report, "2026-Q1", ReportDefinitions.Ended));
        Assert.Equal(new DateTimeOffset(2026, 3, 31, 22, 0, 0, TimeSpan.Zero), report.Through);
        Assert.Equal((6.0, 6), Value(Of([.. Many(6, late)], zone: TimeZoneInfo.Utc), "2025", ReportDefinitions.Ended));
    }

    [Fact]
    public void Quarters_begin_where_the_zone_says_also_when_clocks_change() => Assert.Equal(
        [("2025-Q1", "2024-12-31T23"), ("2025-Q2", "2025-03-31T22"), ("2025-Q3", "2025-06-30T22"), ("2025-Q4", "2025-09-30T22"), ("2025", "2024-12-31T23")],
        ReportPeriod.Over(new DateTimeOffset(2025, 2, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2025, 12, 31, 23, 0, 0, TimeSpan.Zero), Brussels)
            .Select(static period => (period.Name, period.From(Brussels).UtcDateTime.ToString("yyyy-MM-ddTHH", System.Globalization.CultureInfo.InvariantCulture))));

    [Fact]
    public void Money_of_two_currencies_is_never_added()
    {
        var report = Of([.. Many(6, Ended(2025, 2)), .. Many(6, Ended(2025, 2) with { Currency = "GBP", Paid = 300 }), .. Many(3, Ended(2025, 2) with { Currency = "USD", Paid = 77 })]);

        Assert.Equal([("EUR", 7500.0), ("GBP", 1800.0)], report.Figures.Where(static figure => figure is { Figure: ReportDefinitions.MoneyPaid, Period: "2025", Group: null }).Select(static figure => (figure.Unit, figure.Value!.Value)));
        Assert.Equal(9300.0, Of([.. Many(6, Ended(2025, 2)), .. Many(6, Ended(2025, 2) with { Paid = 300 })]).Figures.Single(static figure => figure is { Figure: ReportDefinitions.MoneyPaid, Period: "2025", Group: null }).Value);
    }

    [Fact]
    public void A_platform_without_campaigns_and_one_with_a_single_one_show_no_number()
    {
        Assert.Equal([ReportDefinitions.Communities], Of([]).Figures.Select(static figure => figure.Figure));
        var one = Of([Ended(2025, 2) with { Yield = Yield() }]);
        Assert.NotEmpty(one.Figures);
        Assert.All(one.Figures, static figure => Assert.True(figure is { Value: null, N: null, Low: null, High: null, Reason: not null, Group: null }));
    }

    [Fact]
    public void In_kind_and_givers_by_place_are_counted_with_the_share_that_gave_a_place()
    {
        var report = Of([.. Many(6, Ended(2025, 2) with { Yield = Yield() })]);

        Assert.Equal((30.0, 6), Value(report, "2025", ReportDefinitions.NeedsAsked));
        Assert.Equal((12.0, 6), Value(report, "2025", ReportDefinitions.NeedsFilled));
        Assert.Equal((18.0, 6), Value(report, "2025", ReportDefinitions.Helpers));
        Assert.Equal((120.0, 120), Value(report, "2025", ReportDefinitions.GiversCounted));

        // Of each campaign's 20, eight live in Molenbeek, four in Jette, three in Ghent and one nowhere that is known.
        Assert.Equal((96.0, 96), Value(report, "2025", ReportDefinitions.WithPlace));
        Assert.Equal((0.8, 120), Value(report, "2025", ReportDefinitions.ShareWithPlace));
        Assert.Equal((72.0, 72), Value(report, "2025", ReportDefinitions.WithPlace, "region", "brussels"));
        Assert.Equal((18.0, 18), Value(report, "2025", ReportDefinitions.WithPlace, "community", "dutch"));

        // Nobody lives in Wallonia, which is hidden as fewer than five, and the six of whom it is unknown with it; so is Jette, the only other municipality with anybody.
        Assert.Null(Value(report, "2025", ReportDefinitions.WithPlace, "region", "unknown").Value);
        Assert.Null(Value(report, "2025", ReportDefinitions.WithPlace, "municipality", "jette").Value);
        Assert.Equal((48.0, 48), Value(report, "2025", ReportDefinitions.WithPlace, "municipality", "molenbeek"));
        Assert.Null(Value(report, "2025", ReportDefinitions.WithPlace, "municipality", "uccle").Value);
    }

    [Fact]
    public void Of_a_year_that_is_not_over_only_the_whole_of_its_quarters_is_told()
    {
        var report = Of([.. Many(6, Ended(2026, 1))], asOf: Now.AddMonths(2));
        Assert.Equal((6.0, 6), Value(report, "2026-Q1", ReportDefinitions.Ended));
        Assert.DoesNotContain(report.Figures, static figure => figure.Group is not null || figure.Period == "2026");
    }

    [Fact]
    public void Every_figure_has_a_definition_and_the_page_has_all_of_them()
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "report.md"));
        var report = Of([.. Many(6, Ended(2025, 2) with { Yield = Yield() })]);
        Assert.Subset(ReportDefinitions.All.Select(static one => one.Figure).ToHashSet(), report.Figures.Select(static figure => figure.Figure).ToHashSet());
        Assert.All(ReportDefinitions.All, one => Assert.Contains($"`{one.Figure}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Links_between_places_are_weighed_by_donors()
    {
        // One joins two places, one stays in one, and of the three pairs of the third two do: a mean of (1 + 0 + 2/3)/3.
        var links = CrossPlaceLinks.Of(Graph([0, 1], [0, 2], [0, 1, 2]), [0, 1, 0], 7);
        Assert.Equal((3, 2), (links.Donors, links.Crossing));
        Assert.Equal(5.0 / 9, links.Share, 12);
        Assert.Equal((0, null), (CrossPlaceLinks.Of(Graph([0], [1]), [0, -1], 7).Donors, CrossPlaceLinks.Of(Graph([0, 1]), [0, -1], 7).Ratio));
    }

    [Fact]
    public void Where_donors_keep_to_their_place_links_join_fewer_places_than_by_chance()
    {
        int[][] rows = [.. Enumerable.Range(0, 60).Select(static donor => donor % 10 == 0 ? (int[])[0, 5] : donor % 2 == 0 ? [donor % 4, (donor % 4) + 1] : [5 + (donor % 4), 6 + (donor % 4)])];
        var links = CrossPlaceLinks.Of(Graph(rows), [0, 0, 0, 0, 0, 1, 1, 1, 1, 1], 7);
        Assert.True(links is { Crossing: >= 6, Ratio: < 0.5, High: < 0.8 } && links.Low <= links.Ratio && links.Ratio <= links.High, links.ToString());
    }

    [Fact]
    public void Figures_about_donors_stay_as_they_were_until_five_are_new()
    {
        var zone = TimeZoneInfo.Utc;
        var period = new ReportPeriod(2024, 1);
        var asOf = new DateTimeOffset(2024, 4, 2, 0, 0, 0, TimeSpan.Zero);

        var made = KeptDonors.Next([], Town(40), Places, zone, asOf);
        var four = KeptDonors.Next(made, Town(44), Places, zone, asOf);
        var five = KeptDonors.Next(four, Town(45), Places, zone, asOf);
        var fewer = KeptDonors.Next(five, Town(20), Places, zone, asOf);

        Assert.Equal((40, 10), (One(made).Donors, One(made).InTwoOrMore));
        Assert.Equal([40, 40, 45, 45], ((ImmutableArray<KeptDonors>[])[made, four, five, fewer]).Select(kept => One(kept).Donors));
        Assert.Null(One(made).Returning);

        PeriodDonors One(ImmutableArray<KeptDonors> kept) => kept.Single(donors => donors.Shown.Period == period).Shown;

        static DonorGraph Town(int donors) => Graph([.. Enumerable.Range(0, donors).Select(static donor => donor < 10 ? (int[])[0, 1] : [donor % 2])]);
    }

    private static readonly int[] Places = [0, 1];

    /// <summary>A donor a day from the first of January 2024.</summary>
    private static DonorGraph Graph(params int[][] rows) => Networks.Some.Graph(rows);

    private static CampaignYield Yield() => new()
    {
        Language = "nl",
        NeedsAsked = 5,
        NeedsFilled = 2,
        Helpers = 3,
        Givers = 20,
        Places = [new PlaceCount("east-flanders", 3), new PlaceCount("jette", 4), new PlaceCount("molenbeek", 8), new PlaceCount("unknown", 1)],
    };

    private static IEnumerable<ReportCampaign> Six(int month) => Many(6, Ended(2025, month));

    private static IEnumerable<ReportCampaign> Many(int count, ReportCampaign campaign) => Enumerable.Repeat(campaign, count);

    private static ReportCampaign Ended(int year, int month, bool reached = true, string category = "culture")
    {
        var end = new DateTimeOffset(year, month, 15, 12, 0, 0, TimeSpan.Zero);
        return new ReportCampaign
        {
            LaunchedAt = end.AddDays(-10),
            EndedAt = end,
            Reached = reached,
            Category = category,
            Place = "1080 Molenbeek",
            Funding = FundingModel.AllOrNothing,
            Currency = "EUR",
            Paid = reached ? 1250 : 0,
        };
    }

    private static PlatformReport Of(List<ReportCampaign> campaigns, DateTimeOffset? asOf = null, TimeZoneInfo? zone = null, ReportCampaign? drop = null)
    {
        if (drop is not null)
            campaigns.Remove(drop);
        return PlatformReport.Of(new PlatformId("town"), zone ?? Brussels, asOf ?? Now, new ReportSources { Campaigns = campaigns });
    }

    private static ReportFigure Figure(PlatformReport report, string period, string figure, string? by = null, string? group = null) =>
        report.Figures.First(one => one.Period == period && one.Figure == figure && one.By == by && one.Group == group);

    private static (double? Value, int? N) Value(PlatformReport report, string period, string figure, string? by = null, string? group = null)
    {
        var found = Figure(report, period, figure, by, group);
        return (found.Value, found.N);
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "succesmeter-functions.sln")))
                folder = folder.Parent!;
            return folder.FullName;
        }
    }
}

using System.Collections.Immutable;
using Succesmeter.Campaigns;
using Succesmeter.Networks;

namespace Succesmeter.Reports;

/// <summary>Evidence on what a platform does for its city, by quarters and years that are over; all of it may be seen by anybody.</summary>
/// <param name="Zone">Name of the zone in which years begin; null before the first report was made.</param>
/// <param name="Through">When the newest period in it ended; null while none is over.</param>
/// <param name="Figures">In the order of periods and definitions.</param>
public sealed record PlatformReport(PlatformId Platform, string? Zone, DateTimeOffset? Through, ImmutableArray<ReportFigure> Figures)
{
    public static PlatformReport Of(PlatformId platform, TimeZoneInfo zone, DateTimeOffset asOf, ReportSources sources)
    {
        var figures = new List<ReportFigure>();
        var quarters = QuartersOver(sources.Campaigns, zone, asOf);
        foreach (var year in quarters.GroupBy(static quarter => quarter.Year))
            figures.AddRange(YearFigures.Of(year.Key, year.Select(static quarter => quarter.Quarter!.Value).ToHashSet(), zone, sources));
        figures.AddRange(NetworkFigures(sources.Network));
        figures.AddRange(sources.Aftercare);
        return new PlatformReport(platform, zone.Id, quarters.Count > 0 ? quarters[^1].Until(zone) : null, [.. figures]);
    }

    /// <summary>From the first launch on. Campaigns launched in the future, or with clocks gone wrong, are no reason to begin in antiquity.</summary>
    private static List<ReportPeriod> QuartersOver(IReadOnlyCollection<ReportCampaign> campaigns, TimeZoneInfo zone, DateTimeOffset asOf)
    {
        var first = campaigns.Select(static campaign => campaign.LaunchedAt).Where(launch => launch >= s_earliest && launch <= asOf).Min();
        return first is { } begin ? [.. ReportPeriod.Over(begin, asOf, zone).Where(static period => period.Quarter is not null)] : [];
    }

    /// <summary>No platform of this kind is older.</summary>
    private static readonly DateTimeOffset s_earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What the network says was through the small-number rules before it came here.</summary>
    private static IEnumerable<ReportFigure> NetworkFigures(PlatformNetwork? network)
    {
        foreach (var cohort in network?.Cohorts ?? [])
            yield return new ReportFigure(
                "all", ReportDefinitions.Retention, "cohort", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{cohort.Cohort:D4}+{cohort.YearsLater}"),
                cohort.Returning, cohort.Donors, null, null, "donors", cohort.Returning is null ? ReportReasons.TooFewDonors : null);

        var untold = network is null ? ReportReasons.NotKnown : network.CommunitiesUntold;
        yield return new ReportFigure(
            "all", ReportDefinitions.Communities, null, null, untold is null ? network!.Communities.Length : null, network?.Donors, null, null, "communities", untold);
    }
}

/// <summary>What a report is made of.</summary>
public sealed record ReportSources
{
    public required IReadOnlyCollection<ReportCampaign> Campaigns { get; init; }

    public IReadOnlyCollection<KeptDonors> Donors { get; init; } = [];

    /// <summary>As it is served; null while it was never made.</summary>
    public PlatformNetwork? Network { get; init; }

    /// <summary>Of follow-ups, small numbers hidden already: <see cref="AftercareFigures"/>.</summary>
    public IReadOnlyCollection<ReportFigure> Aftercare { get; init; } = [];
}

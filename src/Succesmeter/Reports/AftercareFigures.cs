using Succesmeter.Aftercare;
using Succesmeter.Campaigns;

namespace Succesmeter.Reports;

/// <summary>What holders said after the end, by the year in which their campaigns ended. A year's figures come once, when nobody of that year can answer any more: two reports never differ by one answer.</summary>
public static class AftercareFigures
{
    /// <summary>Figures on fewer campaigns are not shown.</summary>
    private const int Fewest = 5;

    /// <summary>Shares are shown in twentieths, and people in fives, so that no single answer can be worked out.</summary>
    private const double ShareStep = 0.05;

    private const int PeopleStep = 5;

    /// <param name="answers">All of the platform.</param>
    /// <param name="campaigns">By their names on the platform.</param>
    /// <param name="zone">In which years begin.</param>
    /// <param name="asOf">The instant of the report.</param>
    public static IEnumerable<ReportFigure> Of(IReadOnlyCollection<AftercareAnswer> answers, IReadOnlyDictionary<string, ReportCampaign> campaigns, TimeZoneInfo zone, DateTimeOffset asOf)
    {
        if (answers.Count == 0)
            yield break;

        // A wave that had closed before anybody was ever asked is no silence.
        var since = answers.Min(static answer => answer.AnsweredAt);
        var ended = campaigns.Where(static pair => pair.Value is { IsCancelled: false, EndedAt: not null, Funding: not FundingModel.Recurring })
            .GroupBy(pair => ReportPeriod.QuarterOf(pair.Value.EndedAt!.Value, zone).Year).OrderBy(static year => year.Key);
        foreach (var year in ended)
        {
            foreach (var wave in Wave.All)
            {
                var period = new ReportPeriod(year.Key, null);
                if (wave.ClosesAt(period.Until(zone)) > asOf)
                    continue;

                var names = year.Select(static pair => pair.Key).ToHashSet(StringComparer.Ordinal);
                var said = answers.Where(answer => answer.Wave == wave && names.Contains(answer.Campaign)).ToList();
                var heard = said.Select(static answer => answer.Campaign).ToHashSet(StringComparer.Ordinal);
                var asked = year.Count(pair => heard.Contains(pair.Key) || wave.ClosesAt(pair.Value.EndedAt!.Value) > since);
                if (asked == 0)
                    continue;

                yield return Share(period, wave, ReportDefinitions.AftercareAnswered, said.Count, asked);
                yield return Share(period, wave, ReportDefinitions.AftercareDone, said.Count(static answer => OutcomeMeasure.Done.Of(answer) > 0), said.Count);
                yield return People(period, wave, ReportDefinitions.AftercareVolunteers, [.. said.Select(static answer => answer.Volunteers).OfType<int>()]);
                yield return People(period, wave, ReportDefinitions.AftercareNewContacts, [.. said.Select(static answer => answer.NewContacts).OfType<int>()]);
            }
        }
    }

    private static ReportFigure Share(ReportPeriod period, Wave wave, string figure, int part, int n) =>
        Figure(period, wave, figure, n, n < Fewest ? null : Math.Round(Math.Round((double)part / n / ShareStep) * ShareStep, 2), "share");

    private static ReportFigure People(ReportPeriod period, Wave wave, string figure, IReadOnlyCollection<int> said) =>
        Figure(period, wave, figure, said.Count, said.Count < Fewest ? null : Math.Round(said.Sum() / (double)PeopleStep) * PeopleStep, "people");

    private static ReportFigure Figure(ReportPeriod period, Wave wave, string figure, int n, double? value, string unit) => new(
        period.Name, figure, "wave", $"{wave.Months}-months", value, value is null ? null : n, null, null, unit, value is null ? ReportReasons.FewerThanFive : null);
}

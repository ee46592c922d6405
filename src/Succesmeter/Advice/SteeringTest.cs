namespace Succesmeter.Advice;

/// <summary>
/// The project's test of steering: since a lot decides which piece of advice stands first, a difference in how often first and later pieces are done is an effect of the place, and
/// so of the advice itself. Days with one piece alone say nothing of it, and only campaigns whose holder agreed count.
/// </summary>
/// <param name="Campaigns">That count.</param>
/// <param name="First">Pieces that stood first.</param>
/// <param name="FirstDone">Of them done.</param>
/// <param name="Later">Pieces on the same days that stood later.</param>
/// <param name="LaterDone">Of them done.</param>
/// <param name="Difference">Share done of the first less that of the later, within days; null under <see cref="FewestCampaigns"/>.</param>
/// <param name="Low">Lower end of the 90 % interval, by campaigns.</param>
/// <param name="High">Upper end.</param>
public sealed record SteeringTest(int Campaigns, int First, int FirstDone, int Later, int LaterDone, double? Difference, double? Low, double? High)
{
    /// <summary>With fewer an interval by campaigns is too narrow to be believed.</summary>
    public const int FewestCampaigns = 20;

    public static SteeringTest Of(IEnumerable<AdviceLog> logs)
    {
        var rows = new List<WithinCells.Row>();
        var campaigns = 0;
        foreach (var log in logs.Where(static log => log.Agreed == true))
        {
            rows.AddRange(log.Entries.Where(static entry => entry is { Place: not null, Of: > 1 }).Select(entry => new WithinCells.Row(
                ((long)campaigns << 32) + entry.Day.DayNumber, campaigns, entry.Place == 1, entry.Answer == AdviceAnswer.Done ? 1 : 0, [])));
            campaigns++;
        }

        var alike = WithinCells.WithBothSides(rows);
        var counted = alike.Select(static row => row.Cluster).Distinct().Count();
        var estimate = counted < FewestCampaigns ? null : WithinCells.Difference(alike, counted - 1);
        return new SteeringTest(
            counted,
            alike.Count(static row => row.IsTreated),
            alike.Count(static row => row is { IsTreated: true, Outcome: > 0 }),
            alike.Count(static row => !row.IsTreated),
            alike.Count(static row => row is { IsTreated: false, Outcome: > 0 }),
            estimate?.Difference,
            estimate?.Low,
            estimate?.High);
    }
}

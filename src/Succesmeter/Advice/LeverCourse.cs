using System.Collections.Immutable;
using Succesmeter.Campaigns;
using Succesmeter.Features;
using Succesmeter.Snapshots;

namespace Succesmeter.Advice;

/// <summary>Of a campaign that is over: how it stood day by day, and when its holder did what. Nothing in it says who gave.</summary>
public sealed record LeverCourse
{
    /// <summary>Longer courses are cut: past this day hardly any campaign is left to compare with.</summary>
    public const int MostDays = 120;

    /// <summary>A reading stands for a day's end if it is at most this old; an older one would lend the day what came before or after an act.</summary>
    private const double StaleDays = 1;

    /// <summary>Pledged as a share of the goal by the end of so many whole days since launch, from day 0; not a number where nobody looked.</summary>
    public required ImmutableArray<double> Shares { get; init; }

    /// <summary>What the holder did to reach people, in days since launch and in order of time; null where no complete log of it was kept.</summary>
    public ImmutableArray<DatedAct>? Acts { get; init; }

    /// <summary>Comments of backers; null where the source does not show which of them were answered.</summary>
    public ImmutableArray<DatedComment>? Comments { get; init; }

    /// <param name="state">At or after the end.</param>
    /// <param name="curve">Of that state.</param>
    /// <param name="isDated">Every gift is listed with its moment, so that the curve's days are exact.</param>
    /// <returns>Null where neither acts nor answers can be seen.</returns>
    public static LeverCourse? Of(CampaignState state, FundingCurve curve, bool isDated)
    {
        var seesAnswers = state.Comments is { ShownAt: not null, LacksRoles: false, Settled: 0, Open.IsEmpty: false } comments && (comments.ShowsReplies || !comments.HasLooseWords);
        if (state.Facts.LaunchedAt is not { } launch || !(state.Facts.ActionLogKept || seesAnswers))
            return null;

        var days = 1 + Math.Min(MostDays, (int)Math.Min(curve.PlannedDays, curve.ElapsedDays));
        return new LeverCourse
        {
            Shares = [.. (isDated ? ByCurve(curve, days) : ByReadings(state, launch.At, days)).Select(pledged => Math.Round(pledged / curve.Goal, Digits))],
            Acts = state.Facts.ActionLogKept ? [.. state.Actions.Select(action => new DatedAct(Since(launch, action.At), action.Kind)).OrderBy(static act => act.Days)] : null,
            Comments = seesAnswers ? [.. state.Comments.Open.Select(comment => new DatedComment(Since(launch, new Moment(comment.At)), comment.AnsweredAt is { } at ? Since(launch, new Moment(at)) : null))] : null,
        };
    }

    private static IEnumerable<double> ByCurve(FundingCurve curve, int days)
    {
        for (var day = 0; day < days; day++)
            yield return day == 0 ? 0 : day <= curve.Days.Count ? curve.Days[day - 1].Pledged : curve.Pledged;
    }

    private static IEnumerable<double> ByReadings(CampaignState state, DateTimeOffset launch, int days)
    {
        var points = state.Trail.Points;
        var next = 0;
        for (var day = 0; day < days; day++)
        {
            while (next < points.Length && (points[next].At - launch).TotalDays <= day)
                next++;
            yield return day == 0 ? 0
                : next > 0 && points[next - 1].PledgedMinor is { } minor && (launch.AddDays(day) - points[next - 1].At).TotalDays <= StaleDays ? (double)Money.ToMajor(minor, state.Facts.Currency)
                : double.NaN;
        }
    }

    /// <summary>A date alone is taken at its noon.</summary>
    private static double Since(Moment launch, Moment at) => Math.Round((at.At - launch.At).TotalDays + (at.IsWholeDay ? 0.5 : 0), Digits);

    private const int Digits = 4;
}

/// <param name="Days">Since launch, with a fraction.</param>
/// <param name="Kind">Of the act.</param>
public readonly record struct DatedAct(double Days, ActionKind Kind);

/// <param name="Asked">Days since launch, with a fraction.</param>
/// <param name="Answered">Likewise, of the holder's first answer; null where there is none.</param>
public readonly record struct DatedComment(double Asked, double? Answered);

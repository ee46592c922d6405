using System.Collections.Immutable;
using System.Globalization;
using Succesmeter.Campaigns;
using Succesmeter.Forecasts;
using Succesmeter.Scores;

namespace Succesmeter.Events;

/// <summary>
/// What a new score makes worth telling. What is entered at one border is left at another (hysteresis), so that a figure that flickers around a border tells once.
/// </summary>
public static class EventRules
{
    private static readonly ImmutableArray<int> Milestones = [10, 25, 50, 75, 100, 150, 200];

    /// <summary>One alarm may be chance.</summary>
    private const int DaysToIgnite = 2;

    /// <summary>So far past a border of the forecast's statuses the probability must be for the status to have turned.</summary>
    public const double Band = 0.05;

    /// <summary>A goal that was reached is lost when the amount falls so far short of it; refunds of a few euros are no news.</summary>
    private const double LostBelow = 0.98;

    /// <summary>The pace is too slow when it would have to be so many times as fast, and enough again when it need not be faster.</summary>
    private const double TooSlow = 1.5;

    /// <summary>The first days of a campaign tell nothing of its pace.</summary>
    private const double DaysBeforePace = 3;

    /// <param name="told">What was told before.</param>
    /// <param name="state">As of the instant.</param>
    /// <param name="score">Null while facts are awaited.</param>
    /// <param name="pace">As of the instant.</param>
    /// <param name="asOf">An instant that was looked at already tells nothing: replays end here.</param>
    /// <param name="events">In the order in which they are told.</param>
    public static ToldEvents Tell(ToldEvents told, CampaignState state, ScoreSummary? score, Pace pace, DateTimeOffset asOf, out IReadOnlyList<CampaignEvent> events)
    {
        events = [];
        if (told.Through is { } through && asOf <= through)
            return told;

        var news = new List<CampaignEvent>();
        var seen = SeenAt(state, score, asOf);
        var isLive = state.StatusAt(asOf) == CampaignStatus.Live;
        var after = told with { Through = asOf };
        if (!told.Discovered)
        {
            after = after with { Discovered = true };
            Add(EventTypes.Discovered, "", 1);
        }

        foreach (var milestone in Milestones)
        {
            if (seen.GoalShare * 100 >= milestone && !after.Milestones.Contains(milestone))
            {
                after = after with { Milestones = after.Milestones.Add(milestone) };
                Add(EventTypes.MilestoneReached, milestone.ToString(CultureInfo.InvariantCulture), 1);
            }
        }

        if (score is not null && HasTurned(after.Status, score, seen.GoalShare))
        {
            var episode = after.StatusEpisodes.GetValueOrDefault(score.Status) + 1;
            var before = after.Status;
            after = after with { Status = score.Status, StatusEpisodes = after.StatusEpisodes.SetItem(score.Status, episode) };

            // The first status is where the forecast begins, not a turn.
            if (before is not null)
                Add(EventTypes.ForecastTurned, score.Status, episode, one => one with { Before = before });
        }

        if (!after.IsBehind && isLive && pace is { NeededPerDay: > 0 and var needed, PerDay: { } perDay } && needed > TooSlow * perDay && DaysSinceLaunch(state, asOf) >= DaysBeforePace)
        {
            after = after with { IsBehind = true, TimesBehind = after.TimesBehind + 1 };
            Add(EventTypes.PaceBehind, "", after.TimesBehind, one => one with { PacePerDay = perDay, NeededPerDay = needed });
        }
        else if (pace.NeededPerDay <= pace.PerDay)
        {
            after = after with { IsBehind = false };
        }

        var (waiting, stalled) = Waiting(state.Comments, asOf);
        if (!after.IsStalled && isLive && stalled > 0)
        {
            after = after with { IsStalled = true, Stalls = after.Stalls + 1 };
            Add(EventTypes.DialogueStalled, "", after.Stalls, one => one with { OpenComments = waiting });
        }
        else if (waiting == 0)
        {
            after = after with { IsStalled = false };
        }

        var daysInARow = state.Emergence?.DaysInARow ?? 0;
        if (daysInARow >= DaysToIgnite && !after.IsIgnited)
        {
            after = after with { IsIgnited = true, Ignitions = after.Ignitions + 1 };
            Add(EventTypes.CommunityIgnited, "", after.Ignitions);
        }
        else if (daysInARow == 0)
        {
            // Another verdict ends the episode; the next two days in a row are news again.
            after = after with { IsIgnited = false };
        }

        if (!after.Ended && !isLive)
        {
            after = after with { Ended = true };
            Add(EventTypes.Ended, "", 1);
        }

        events = news;
        return after;

        void Add(string type, string level, int episode, Func<CampaignEvent, CampaignEvent>? withMore = null)
        {
            after = after with { Count = after.Count + 1 };
            var one = seen with { Type = type, Level = level, Episode = episode, Number = after.Count };
            news.Add(withMore?.Invoke(one) ?? one);
        }
    }

    /// <summary>What every event of the instant says beside its own.</summary>
    private static CampaignEvent SeenAt(CampaignState state, ScoreSummary? score, DateTimeOffset asOf)
    {
        var (facts, pledged) = (state.Facts, state.Latest?.PledgedMinor);
        return new CampaignEvent(state.Campaign, "", "", 1, asOf)
        {
            Title = facts.Title ?? state.Campaign.Name,
            Pledged = pledged is { } minor ? Money.ToMajor(minor, facts.Currency) : null,
            Goal = facts.Goal,
            Currency = facts.GoalUnit == GoalUnit.Orders ? null : facts.Currency,
            Backers = state.Latest?.Members?.Active ?? state.Latest?.Backers,
            GoalShare = state.GoalShare,
            Probability = score?.Probability,
            Confidence = score?.Confidence,
        };
    }

    /// <remarks>A status stays while it lies between what the probability would say a band lower and a band higher.</remarks>
    private static bool HasTurned(string? before, ScoreSummary score, double? share)
    {
        if (score.Status == before)
            return false;
        if (before == ScoreJson.Text(ForecastStatus.Reached) && score.Status != ScoreJson.Text(ForecastStatus.Ended) && share >= LostBelow)
            return false;
        if (score.Probability is not { } probability || RankOf(before) is not { } rank || RankOf(score.Status) is null)
            return true;

        return rank < (int)Forecast.StatusOf(probability + Band) || rank > (int)Forecast.StatusOf(probability - Band);
    }

    /// <summary>The place among the statuses that a probability gives, the best first; null for others.</summary>
    private static int? RankOf(string? status)
    {
        foreach (var known in (ReadOnlySpan<ForecastStatus>)[ForecastStatus.OnTrack, ForecastStatus.Uncertain, ForecastStatus.Behind, ForecastStatus.Unlikely])
            if (ScoreJson.Text(known) == status)
                return (int)known;

        return null;
    }

    private static double? DaysSinceLaunch(CampaignState state, DateTimeOffset asOf) => (asOf - state.Facts.LaunchedAt?.At)?.TotalDays;

    /// <returns>Backers' comments that nothing of the holder's followed, and how many of them have waited longer than an answer may take.</returns>
    private static (int Waiting, int Stalled) Waiting(CommentLedger comments, DateTimeOffset asOf)
    {
        var (waiting, stalled) = (0, 0);
        foreach (var comment in comments.Open)
        {
            if (!comment.Waits(asOf))
                continue;
            waiting++;
            if (comment.IsDue(asOf))
                stalled++;
        }

        return (waiting, stalled);
    }
}

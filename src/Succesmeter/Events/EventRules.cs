using System.Collections.Immutable;
using System.Globalization;
using Succesmeter.Campaigns;
using Succesmeter.Scores;

namespace Succesmeter.Events;

/// <summary>What a new score makes worth telling.</summary>
public static class EventRules
{
    private static readonly ImmutableArray<int> Milestones = [10, 25, 50, 75, 100, 150, 200];

    /// <summary>One alarm may be chance.</summary>
    private const int DaysToIgnite = 2;

    /// <param name="told">What was told before.</param>
    /// <param name="state">As of the instant.</param>
    /// <param name="score">Null while facts are awaited.</param>
    /// <param name="asOf">An instant that was looked at already tells nothing: replays end here.</param>
    /// <param name="events">In the order in which they are told.</param>
    public static ToldEvents Tell(ToldEvents told, CampaignState state, ScoreSummary? score, DateTimeOffset asOf, out IReadOnlyList<CampaignEvent> events)
    {
        events = [];
        if (told.Through is { } through && asOf <= through)
            return told;

        var share = state is { GoalMinor: > 0 and var goal, Latest.PledgedMinor: { } pledged } ? (double)pledged / goal : (double?)null;
        var news = new List<CampaignEvent>();
        var after = told with { Through = asOf };
        if (!told.Discovered)
        {
            after = after with { Discovered = true };
            Add(EventTypes.Discovered, "", 1);
        }

        foreach (var milestone in Milestones)
        {
            if (share * 100 >= milestone && !after.Milestones.Contains(milestone))
            {
                after = after with { Milestones = after.Milestones.Add(milestone) };
                Add(EventTypes.MilestoneReached, milestone.ToString(CultureInfo.InvariantCulture), 1);
            }
        }

        if (score is not null && score.Status != after.Status)
        {
            var episode = after.StatusEpisodes.GetValueOrDefault(score.Status) + 1;
            var before = after.Status;
            after = after with { Status = score.Status, StatusEpisodes = after.StatusEpisodes.SetItem(score.Status, episode) };

            // The first status is where the forecast begins, not a turn.
            if (before is not null)
                news.Add(new CampaignEvent(state.Campaign, EventTypes.ForecastTurned, score.Status, episode, asOf) { GoalShare = share, Probability = score.Probability, Before = before });
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

        if (!after.Ended && state.StatusAt(asOf) != CampaignStatus.Live)
        {
            after = after with { Ended = true };
            Add(EventTypes.Ended, "", 1);
        }

        events = news;
        return after;

        void Add(string type, string level, int episode) =>
            news.Add(new CampaignEvent(state.Campaign, type, level, episode, asOf) { GoalShare = share, Probability = score?.Probability });
    }
}

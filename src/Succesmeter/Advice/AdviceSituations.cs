using Succesmeter.Campaigns;
using Succesmeter.Forecasts;
using Succesmeter.Snapshots;
using Succesmeter.Social;

namespace Succesmeter.Advice;

/// <summary>The situation of a campaign as its state knows it.</summary>
public static class AdviceSituations
{
    /// <summary>A comment that is younger is no neglect.</summary>
    private static readonly TimeSpan UntilOpen = TimeSpan.FromDays(1);

    /// <param name="state">Folded from snapshots taken up to the instant, and none later.</param>
    /// <param name="crowd">As of then.</param>
    /// <param name="forecast">As of then, for the pace.</param>
    /// <param name="asOf">The instant of scoring.</param>
    public static AdviceSituation Of(CampaignState state, Crowd crowd, Forecast forecast, DateTimeOffset asOf)
    {
        var facts = state.Facts;
        var launch = facts.LaunchedAt?.At;
        var elapsed = (asOf - launch)?.TotalDays;
        var backers = crowd.Backers ?? (state.Gifts.IsComplete ? state.Gifts.Count : null);
        return new AdviceSituation
        {
            IsLive = elapsed >= 0 && state.StatusAt(asOf) == CampaignStatus.Live,
            ElapsedDays = elapsed,

            // An end that is only assumed is no reason to hurry anybody.
            DaysLeft = facts.HorizonIsAssumed || facts.IsRecurring ? null : (facts.Horizon - asOf)?.TotalDays,
            Share = state.GoalShare,
            Backers = backers,
            BackersLastWeek = backers - crowd.BackersAWeekAgo is { } came ? Math.Max(0, came) : null,
            OpenComments = state.Comments.ShownAt is null ? null : state.Comments.Open.Count(comment => IsOpen(comment, asOf)),
            DaysSinceLastGift = LastGiftAt(state, asOf) is { } last ? Math.Max(0, (asOf - last).TotalDays) : null,
            DaysSinceThanks = facts.ActionLogKept && launch is { } from ? Math.Max(0, (asOf - (LastThanksAt(state, asOf) ?? from)).TotalDays) : null,
            PacePerDay = forecast.PacePerDay,
            NeededPerDay = forecast.NeededPerDay,
            RewardPrices = facts.RewardPrices,
        };
    }

    private static bool IsOpen(SeenComment comment, DateTimeOffset asOf) => asOf - comment.At > UntilOpen && comment.Waits(asOf);

    /// <summary>The newest gift of the list, or the newest reading with more money than the one before, whichever is later: a list may not be shown each time. With nothing given yet, the launch.</summary>
    private static DateTimeOffset? LastGiftAt(CampaignState state, DateTimeOffset asOf)
    {
        DateTimeOffset? last = null;
        foreach (var gift in state.Gifts.Open)
            if (gift is { AmountMinor: not < 0, ByHolder: false } && gift.GivenAt <= asOf && !(gift.GivenAt <= last))
                last = gift.GivenAt;

        // Where the list is whole it says it all; a total seen to have grown says less exactly when.
        if (last is not null && state.Gifts.IsComplete && state.LastShown.PledgedAtListMinor == state.Latest?.PledgedMinor)
            return last;

        long? before = null;
        foreach (var point in state.Trail.Points)
        {
            if (point.PledgedMinor > before && !(point.At <= last))
                last = point.At;
            before = point.PledgedMinor ?? before;
        }

        return last ?? (before == 0 ? state.Facts.LaunchedAt?.At : null);
    }

    private static DateTimeOffset? LastThanksAt(CampaignState state, DateTimeOffset asOf)
    {
        for (var at = state.Actions.Length - 1; at >= 0; at--)
            if (state.Actions[at] is { Kind: ActionKind.Thanks or ActionKind.Update } action && action.At.At <= asOf)
                return action.At.At;

        return null;
    }
}

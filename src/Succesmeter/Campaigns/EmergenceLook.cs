using Succesmeter.Emergence;
using Succesmeter.Social;

namespace Succesmeter.Campaigns;

/// <summary>
/// Whether the crowd carried itself when that was last asked. An estimate costs as much as a hundred scores, and the false alarms of a campaign's life are counted by daily looks (docs/emergence.md): so there is one
/// at the first instant of a local day after the launch, and one when the campaign is over. It stands in the state, so that a replay makes the same looks at the same instants.
/// </summary>
/// <param name="At">The instant of the snapshot or tick that was the first of its day.</param>
/// <param name="Estimate">Of what was known then.</param>
/// <param name="Gifts">How many had been listed.</param>
/// <param name="DaysInARow">So many days up to this one the verdict was self-sustaining; a day without a look breaks the row.</param>
/// <param name="IsFinal">The campaign was over. From then on a look is made only if more gifts come to light.</param>
public sealed record EmergenceLook(DateTimeOffset At, EmergenceEstimate Estimate, int Gifts, int DaysInARow, bool IsFinal)
{
    /// <param name="state">With everything up to the instant folded in, and the last look.</param>
    /// <param name="asOf">Of a snapshot or a tick.</param>
    /// <param name="zone">The platform's.</param>
    /// <returns>The last look where none is due; null, at no cost, while no gift is listed or the campaign is not launched.</returns>
    public static EmergenceLook? Of(CampaignState state, DateTimeOffset asOf, TimeZoneInfo zone)
    {
        if (state.Gifts.Open.IsEmpty || !(state.Facts.LaunchedAt?.At < asOf))
            return null;

        var isOver = (!state.Facts.HorizonIsAssumed && !state.Facts.IsRecurring && state.Facts.Horizon <= asOf) || state.DeclaredStatus is not (null or CampaignStatus.Live);
        var last = state.Emergence;
        var days = last is null ? 0 : (DayOf(asOf) - DayOf(last.At)).Days;
        var isDue = last is null || (isOver ? !last.IsFinal || (days > 0 && state.Gifts.Count != last.Gifts) : days > 0);
        if (!isDue || GiftTimelines.Of(state, asOf, zone) is not { } timeline)
            return last;

        var estimate = EmergenceEstimate.Of(timeline);
        var before = days <= 1 ? last?.DaysInARow ?? 0 : 0;
        var inARow = estimate.Verdict != EmergenceVerdict.SelfSustaining ? 0 : days == 0 ? Math.Max(1, before) : before + 1;
        return new EmergenceLook(asOf, estimate, state.Gifts.Count, inARow, isOver);

        DateTime DayOf(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).Date;
    }

    /// <summary>What a score says: the last look, or why there was none.</summary>
    public static EmergenceEstimate Shown(CampaignState state, DateTimeOffset asOf) => state.Emergence?.Estimate ?? new EmergenceEstimate
    {
        Observability = Observability.Unobservable,
        Reason = state.Facts.LaunchedAt?.At >= asOf ? EmergenceReasons.BeforeLaunch : state.Gifts.Kind is null ? Reasons.GiftsNotListed : EmergenceReasons.NoGifts,
    };
}

using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Campaigns;

/// <summary>Plain snapshots of one campaign; a test bends them with <c>with</c>.</summary>
internal static class Seen
{
    public static readonly CampaignId Campaign = new(new PlatformId("growfunding"), "kidical-mass");

    public static readonly DateTimeOffset Launch = new(2026, 4, 20, 8, 0, 0, TimeSpan.Zero);

    public static Snapshot On(double day, decimal pledged = 100) => new()
    {
        Campaign = Campaign,
        TakenAt = Launch.AddDays(day),
        Currency = "EUR",
        Goal = 1000,
        Funding = FundingModel.AllOrNothing,
        LaunchedAt = new Moment(Launch),
        EndsAt = new Moment(Launch.AddDays(40)),
        Pledged = pledged,
    };

    public static CampaignState State(params ReadOnlySpan<Snapshot> snapshots)
    {
        var state = CampaignState.Of(Campaign);
        foreach (var snapshot in snapshots)
            state = state.With(snapshot, out _);
        return state;
    }

    public static Snapshot Listing(this Snapshot snapshot, ContributionsAre kind, params Contribution[] gifts) =>
        snapshot with { ContributionsAre = kind, Contributions = gifts };
}

using Succesmeter.Campaigns;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Models;
using Succesmeter.Models;
using Succesmeter.Scores;
using Succesmeter.Snapshots;
using Succesmeter.Social;

namespace Succesmeter.Testing;

/// <summary>Plain valid values; a test bends them with <c>with</c>.</summary>
public static class Some
{
    public static readonly CampaignId Campaign = new(new PlatformId("growfunding"), "kidical-mass");

    public static readonly DateTimeOffset Launch = new(2026, 4, 20, 8, 0, 0, TimeSpan.Zero);

    public static readonly DateTimeOffset End = new(2026, 5, 30, 22, 0, 0, TimeSpan.Zero);

    /// <summary>A third of the way.</summary>
    public static readonly Snapshot Snapshot = new()
    {
        Campaign = Campaign,
        TakenAt = Launch.AddDays(12),
        Status = CampaignStatus.Live,
        Title = "Kidical Mass",
        Currency = "EUR",
        Goal = 7500,
        Funding = FundingModel.AllOrNothing,
        LaunchedAt = new Moment(Launch),
        EndsAt = new Moment(End),
        Pledged = 2310.5m,
        Backers = 64,
    };

    /// <summary>The shipped model.</summary>
    public static ScoringModel Model { get; } = new(ShippedModels.Serving, References.Shipped) { Prototypes = ShippedModels.Prototypes };

    /// <summary>The shipped model, and Growfunding's published year.</summary>
    public static StartingPoint Start { get; } = new(Model, new Dictionary<PlatformId, PlatformPrior> { [Campaign.Platform] = PlatformPrior.Growfunding });

    public static ReceivedNote Received(Note note, int second = 0) => new(note, new Received(Launch.AddYears(1).AddSeconds(second), "0123456789abcdef", 1));

    public static ReceivedSnapshot Received(Snapshot snapshot, int second = 0, long line = 1) =>
        new(snapshot, new Received(Launch.AddYears(1).AddSeconds(second), "some.ndjson", line));
}

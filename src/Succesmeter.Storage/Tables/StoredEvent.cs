using Succesmeter.Campaigns;
using Succesmeter.Events;

namespace Succesmeter.Storage.Tables;

/// <summary>An event as rows and messages hold it; whose it is, their key or a field beside it says.</summary>
internal sealed record StoredEvent(string Type, string Level, int Episode, long AsOf)
{
    public int Number { get; init; }

    public string? Title { get; init; }

    public decimal? Pledged { get; init; }

    public decimal? Goal { get; init; }

    public string? Currency { get; init; }

    public int? Backers { get; init; }

    public double? GoalShare { get; init; }

    public double? Probability { get; init; }

    public string? Confidence { get; init; }

    public string? Before { get; init; }

    public double? PacePerDay { get; init; }

    public double? NeededPerDay { get; init; }

    public int? OpenComments { get; init; }

    public static StoredEvent Of(CampaignEvent told) => new(told.Type, told.Level, told.Episode, told.AsOf.ToUnixTimeMilliseconds())
    {
        Number = told.Number,
        Title = told.Title,
        Pledged = told.Pledged,
        Goal = told.Goal,
        Currency = told.Currency,
        Backers = told.Backers,
        GoalShare = told.GoalShare,
        Probability = told.Probability,
        Confidence = told.Confidence,
        Before = told.Before,
        PacePerDay = told.PacePerDay,
        NeededPerDay = told.NeededPerDay,
        OpenComments = told.OpenComments,
    };

    public CampaignEvent ToEvent(CampaignId campaign) => new(campaign, Type, Level, Episode, DateTimeOffset.FromUnixTimeMilliseconds(AsOf))
    {
        Number = Number,
        Title = Title,
        Pledged = Pledged,
        Goal = Goal,
        Currency = Currency,
        Backers = Backers,
        GoalShare = GoalShare,
        Probability = Probability,
        Confidence = Confidence,
        Before = Before,
        PacePerDay = PacePerDay,
        NeededPerDay = NeededPerDay,
        OpenComments = OpenComments,
    };
}

/// <summary>A platform's event as rows hold it.</summary>
internal sealed record StoredPlatformEvent(string Platform, string Type, int Episode, long At, int Failing, int Followed)
{
    public static StoredPlatformEvent Of(PlatformEvent told) => new(told.Platform.Value, told.Type, told.Episode, told.At.ToUnixTimeMilliseconds(), told.Failing, told.Followed);

    public PlatformEvent ToEvent() =>
        new(new PlatformId(Platform), Type, Episode, DateTimeOffset.FromUnixTimeMilliseconds(At)) { Failing = Failing, Followed = Followed };
}

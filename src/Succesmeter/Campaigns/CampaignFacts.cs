using System.Collections.Immutable;
using Succesmeter.Snapshots;

namespace Succesmeter.Campaigns;

/// <summary>What is known of a campaign beside its course: of each fact the newest that any snapshot showed.</summary>
public sealed record CampaignFacts
{
    /// <summary>The span that stands in where no end is declared.</summary>
    public static readonly TimeSpan AssumedSpan = TimeSpan.FromDays(60);

    public static readonly CampaignFacts None = new();

    public string? Title { get; init; }

    public string? Holder { get; init; }

    public string? Url { get; init; }

    /// <summary>The main language as declared, ISO 639-1.</summary>
    public string? Language { get; init; }

    public string? Category { get; init; }

    public string? Place { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    /// <summary>The currency of the earliest snapshot that named one; a campaign has one currency.</summary>
    public string? Currency { get; init; }

    public decimal? Goal { get; init; }

    /// <summary>The first goal that was seen: what a campaign set out for, if the goal was moved later.</summary>
    public decimal? LaunchGoal { get; init; }

    public decimal? StretchGoal { get; init; }

    public GoalUnit GoalUnit { get; init; }

    public FundingModel? Funding { get; init; }

    public Moment? LaunchedAt { get; init; }

    public Moment? EndsAt { get; init; }

    public bool Sensitive { get; init; }

    public int? DescriptionWords { get; init; }

    public int? Rewards { get; init; }

    /// <summary>In major units, rising, each once; the lowest <see cref="MostRewardPrices"/> of the newest snapshot that showed rewards.</summary>
    public ImmutableArray<decimal> RewardPrices { get; init; } = [];

    public bool ActionLogKept { get; init; }

    private const int MostRewardPrices = 50;

    /// <summary>Recurring support has members instead of a goal.</summary>
    public bool IsRecurring => Funding == FundingModel.Recurring;

    /// <summary>Enough to score: when it began and, unless support is recurring, what it wants.</summary>
    public bool AreEnough => LaunchedAt is not null && (IsRecurring || Goal is not null);

    public bool HorizonIsAssumed => EndsAt is null;

    /// <summary>The declared end, or <see cref="AssumedSpan"/> after the launch; null while neither is known. A declared day counts to its last moment.</summary>
    public DateTimeOffset? Horizon => (LaunchedAt, EndsAt) switch
    {
        (_, { IsWholeDay: true } end) => end.At.AddDays(1),
        (_, { } end) => end.At,
        ({ } launch, null) => launch.At + AssumedSpan,
        _ => null,
    };

    /// <summary>These facts with what a newer snapshot shows laid over them.</summary>
    public CampaignFacts With(Snapshot newer) => this with
    {
        Title = newer.Title ?? Title,
        Holder = newer.Holder ?? Holder,
        Url = newer.Url ?? Url,
        Language = newer.Languages.Count > 0 ? newer.Languages[0] : Language,
        Category = newer.Category ?? Category,
        Place = newer.Place ?? Place,
        Latitude = newer.Latitude ?? Latitude,
        Longitude = newer.Longitude ?? Longitude,
        Currency = Currency ?? newer.Currency,
        Goal = newer.Goal ?? Goal,
        LaunchGoal = LaunchGoal ?? newer.Goal,
        StretchGoal = newer.StretchGoal ?? StretchGoal,
        GoalUnit = newer.GoalUnit ?? GoalUnit,
        Funding = newer.Funding ?? Funding,
        LaunchedAt = newer.LaunchedAt ?? LaunchedAt,
        EndsAt = newer.EndsAt ?? EndsAt,
        Sensitive = newer.Sensitive ?? Sensitive,
        DescriptionWords = newer.Description is { } text ? Words(text) : DescriptionWords,
        Rewards = newer.Rewards.Count > 0 ? newer.Rewards.Count : Rewards,
        RewardPrices = newer.Rewards.Count > 0 ? PricesOf(newer.Rewards) : RewardPrices,
        ActionLogKept = newer.ActionLogKept ?? ActionLogKept,
    };

    private static ImmutableArray<decimal> PricesOf(IReadOnlyList<Reward> rewards) =>
        [.. rewards.Select(static reward => reward.Price).OfType<decimal>().Where(static price => price > 0).Distinct().Order().Take(MostRewardPrices)];

    private static int Words(string text)
    {
        var words = 0;
        var inside = false;
        foreach (var c in text)
        {
            var letter = char.IsLetterOrDigit(c);
            if (letter && !inside)
                words++;
            inside = letter;
        }

        return words;
    }
}

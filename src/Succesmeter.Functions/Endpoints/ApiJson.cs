using System.Text.Json;
using System.Text.Json.Serialization;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Snapshots;

namespace Succesmeter.Functions.Endpoints;

/// <summary>What the API writes: camelCase, instants in UTC, null for what is not known.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcConverter)])]
[JsonSerializable(typeof(AcceptedPush))]
[JsonSerializable(typeof(ReceiptAnswer))]
[JsonSerializable(typeof(ListAnswer<CampaignAnswer>))]
[JsonSerializable(typeof(CampaignAnswer))]
[JsonSerializable(typeof(CampaignDetail))]
[JsonSerializable(typeof(ListAnswer<HistoryAnswer>))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(WhatIfAnswer))]
[JsonSerializable(typeof(ModelsAnswer))]
[JsonSerializable(typeof(NetworkAnswer))]
[JsonSerializable(typeof(CampaignNetworkAnswer))]
[JsonSerializable(typeof(ScoreAnswer))]
[JsonSerializable(typeof(OutcomeRequest))]
[JsonSerializable(typeof(RatingRequest))]
[JsonSerializable(typeof(OutcomeAnswer))]
[JsonSerializable(typeof(PlatformAftercareAnswer))]
[JsonSerializable(typeof(NextRatingAnswer))]
[JsonSerializable(typeof(KeptRatingAnswer))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(ListAnswer<TokenAnswer>))]
[JsonSerializable(typeof(ReadAgainRequest))]
[JsonSerializable(typeof(ReadAgainAnswer))]
[JsonSerializable(typeof(ErasureRequest))]
[JsonSerializable(typeof(ErasureAnswer))]
[JsonSerializable(typeof(ActionRequest))]
[JsonSerializable(typeof(BurstRequest))]
[JsonSerializable(typeof(SaidAnswer))]
[JsonSerializable(typeof(ListAnswer<ActionAnswer>))]
[JsonSerializable(typeof(AdviceWord))]
[JsonSerializable(typeof(AdviceLogAnswer))]
[JsonSerializable(typeof(SteeringAnswer))]
[JsonSerializable(typeof(ReportAnswer))]
[JsonSerializable(typeof(CrawlAnswer))]
[JsonSerializable(typeof(ListAnswer<CrawlAnswer>))]
[JsonSerializable(typeof(VisitAnswer))]
[JsonSerializable(typeof(ListAnswer<VisitAnswer>))]
[JsonSerializable(typeof(EmbedAnswer))]
[JsonSerializable(typeof(MeAnswer))]
[JsonSerializable(typeof(SubscriptionRequest))]
[JsonSerializable(typeof(SubscriptionAnswer))]
[JsonSerializable(typeof(ListAnswer<SubscriptionAnswer>))]
[JsonSerializable(typeof(ReplayRequest))]
[JsonSerializable(typeof(ReplayAnswer))]
[JsonSerializable(typeof(TryAnswer))]
[JsonSerializable(typeof(ListAnswer<DeliveryAnswer>))]
[JsonSerializable(typeof(ListAnswer<EventAnswer>))]
internal sealed partial class ApiJson : JsonSerializerContext;

/// <param name="Items">One page.</param>
/// <param name="Continuation">Sent back as <c>continuation</c> it brings the next page; null on the last.</param>
internal sealed record ListAnswer<T>(IReadOnlyList<T> Items, string? Continuation);

internal sealed record AcceptedPush(string Receipt, string Location);

internal sealed record ReceiptAnswer(
    string Id,
    string Source,
    DateTimeOffset ReceivedAt,
    string State,
    long Accepted,
    long Rejected,
    long UnknownFields,
    IReadOnlyList<Rejection> Rejections,
    long Campaigns,
    int? Scored,
    int? AwaitingFacts,
    int? Waiting);

internal record CampaignAnswer
{
    public required string Campaign { get; init; }

    public required string Title { get; init; }

    public string? Url { get; init; }

    /// <summary>live, succeeded, failed, cancelled.</summary>
    public required string State { get; init; }

    public required bool AwaitsFacts { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    public required DateTimeOffset TakenAt { get; init; }

    public string? Currency { get; init; }

    public decimal? Goal { get; init; }

    public required string GoalUnit { get; init; }

    public decimal? Pledged { get; init; }

    public int? Backers { get; init; }

    public DateTimeOffset? LaunchedAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>declared, assumed.</summary>
    public required string Horizon { get; init; }

    /// <summary>Null where scores may not be read, or while facts are awaited.</summary>
    public double? Probability { get; init; }

    /// <summary>ok, low, abstain: an abstained probability is not to be acted upon.</summary>
    public string? Confidence { get; init; }

    public string? Status { get; init; }

    public int? Meter { get; init; }
}

internal sealed record CampaignDetail : CampaignAnswer
{
    public string? Holder { get; init; }

    public string? Language { get; init; }

    public string? Category { get; init; }

    public string? Place { get; init; }

    public string? Funding { get; init; }

    public int? Comments { get; init; }

    public int? Updates { get; init; }

    public required int Snapshots { get; init; }

    /// <summary>What a coach should look at; null to who is no coach of this platform.</summary>
    public UnconfirmedAnswer? Unconfirmed { get; init; }

    /// <summary>The score as <c>/score</c> serves it; null where it may not be read.</summary>
    [Shaped(typeof(ScoreAnswer))]
    public JsonElement? Score { get; init; }
}

internal sealed record HistoryAnswer
{
    public required DateTimeOffset At { get; init; }

    /// <summary>snapshot, note, tick.</summary>
    public required string Kind { get; init; }

    public decimal? Pledged { get; init; }

    public int? Backers { get; init; }

    public double? Elapsed { get; init; }

    public double? Probability { get; init; }

    public string? Confidence { get; init; }

    public string? Status { get; init; }

    public double? FinalRatioP10 { get; init; }

    public double? FinalRatioP50 { get; init; }

    public double? FinalRatioP90 { get; init; }

    public int? Meter { get; init; }

    /// <summary>Why the snapshot's money was left out, or null.</summary>
    public string? SetAside { get; init; }
}

/// <param name="Drift">By platform, as of the last daily run; null where it cannot be read.</param>
internal sealed record HealthAnswer(string Status, string? Model, IReadOnlyDictionary<string, string> Parts, IReadOnlyList<DriftAnswer>? Drift, IReadOnlyList<CrawlAnswer>? Crawl);

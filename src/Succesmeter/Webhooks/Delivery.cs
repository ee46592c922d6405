using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Succesmeter.Campaigns;
using Succesmeter.Events;

namespace Succesmeter.Webhooks;

/// <summary>What one subscription is told: an event, or a bundle of them.</summary>
public sealed record Delivery
{
    /// <summary>So many tries are remembered; a schedule has ten.</summary>
    public const int MostTries = 10;

    public required SubscriptionId Subscription { get; init; }

    /// <summary>The <c>webhook-id</c>: the same for every try, every replay and every subscription. It has no full stop, which parts what is signed.</summary>
    public required string Id { get; init; }

    /// <summary>Of the newest event in it, on the clock of its campaign.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One of <see cref="EventTypes"/>, or <see cref="Bundle"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Empty where a platform's event is told.</summary>
    public ImmutableArray<CampaignEvent> Events { get; init; } = [];

    /// <summary>Null where campaigns' events are told.</summary>
    public PlatformEvent? OfPlatform { get; init; }

    /// <summary>On the machine's clock.</summary>
    public required DateTimeOffset AnnouncedAt { get; init; }

    public DeliveryState State { get; init; }

    /// <summary>Tries of this round that are over.</summary>
    public int Attempts { get; init; }

    /// <summary>From 0; grows with each replay.</summary>
    public int Round { get; init; }

    /// <summary>When the next try is due, about; null when none is.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The newest <see cref="MostTries"/>, in order of time.</summary>
    public ImmutableArray<DeliveryTry> Tries { get; init; } = [];

    /// <summary>Several events in one body.</summary>
    public const string Bundle = "events.bundled";

    /// <summary>The one campaign that it is about; null for a bundle and for a platform's event.</summary>
    public CampaignId? Campaign => Events.Length == 1 ? Events[0].Campaign : null;

    public bool IsDone => State is DeliveryState.Delivered or DeliveryState.Failed or DeliveryState.Stopped or DeliveryState.Held;

    public static Delivery Of(Subscription subscription, CampaignEvent happened, DateTimeOffset now) => new()
    {
        Subscription = subscription.Id,
        Id = IdOf(happened.Id),
        At = happened.AsOf,
        Type = happened.Type,
        Events = [happened],
        AnnouncedAt = now,
        State = StateFor(subscription),
    };

    public static Delivery Of(Subscription subscription, PlatformEvent happened, DateTimeOffset now) => new()
    {
        Subscription = subscription.Id,
        Id = IdOf(happened.Id),
        At = happened.At,
        Type = happened.Type,
        OfPlatform = happened,
        AnnouncedAt = now,
        State = StateFor(subscription),
    };

    /// <param name="events">In the order in which they are told, at least one.</param>
    /// <param name="now">On the machine's clock.</param>
    public static Delivery OfBundle(SubscriptionId subscription, IReadOnlyList<CampaignEvent> events, DateTimeOffset now) => new()
    {
        Subscription = subscription,
        Id = IdOf(string.Join('\n', events.Select(static one => one.Id))),
        At = events.Max(static one => one.AsOf),
        Type = Bundle,
        Events = [.. events],
        AnnouncedAt = now,
        State = DeliveryState.Pending,
    };

    /// <summary>Derived from what happened, so that a receiver knows it again however often it comes.</summary>
    public static string IdOf(string happened) => $"evt_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(happened)).AsSpan(0, 16))}";

    /// <summary>Begins a new round of tries, under the same id.</summary>
    public Delivery Again(DateTimeOffset now) => this with { State = DeliveryState.Pending, Attempts = 0, Round = Round + 1, NextAt = now };

    private static DeliveryState StateFor(Subscription subscription) => subscription switch
    {
        { Rhythm.IsBundled: true } => DeliveryState.Held,
        { State: not SubscriptionState.Active } => DeliveryState.Stopped,
        _ => DeliveryState.Pending,
    };
}

public enum DeliveryState
{
    /// <summary>A message of the queue will have it tried.</summary>
    Pending,

    /// <summary>Waits for its bundle.</summary>
    Held,

    /// <summary>The endpoint took it.</summary>
    Delivered,

    /// <summary>All tries failed; it can be replayed.</summary>
    Failed,

    /// <summary>The subscription was paused or disabled before it was taken; it is sent when that goes on.</summary>
    Stopped,
}

/// <summary>One try.</summary>
/// <param name="At">When it began.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Status">Of the answer; null when there was none.</param>
/// <param name="Error">Why there was no answer; null when there was one.</param>
/// <param name="Answer">The first kilobyte of the answer's body, where it is text.</param>
public sealed record DeliveryTry(DateTimeOffset At, double Milliseconds, int? Status, string? Error, string? Answer);

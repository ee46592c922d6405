using System.Collections.Immutable;
using Succesmeter.Access;

namespace Succesmeter.Webhooks;

/// <summary>Somebody's wish to hear of events at an address.</summary>
public sealed record Subscription
{
    /// <summary>Of one scope.</summary>
    public const int MostOfCampaign = 10;

    /// <summary>Of a platform, and of all platforms.</summary>
    public const int MostOfMore = 100;

    public static readonly TimeSpan LeastInterval = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan MostInterval = TimeSpan.FromDays(7);

    /// <summary>So long after a rotation the secret of before still signs.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public required SubscriptionId Id { get; init; }

    /// <summary>Of which campaigns it hears.</summary>
    public required TokenScope Scope { get; init; }

    public required Uri Address { get; init; }

    /// <summary>Of which types; empty for all.</summary>
    public ImmutableArray<string> Events { get; init; } = [];

    /// <summary>nl, fr or en.</summary>
    public required string Language { get; init; }

    /// <summary>One of <see cref="WebhookFormats"/>.</summary>
    public string Format { get; init; } = WebhookFormats.Standard;

    /// <summary>Whether events come one by one or bundled.</summary>
    public Rhythm Rhythm { get; init; } = Rhythm.AtOnce;

    /// <summary>In the words of who made it; may be empty.</summary>
    public string Label { get; init; } = "";

    /// <summary>The token that it was made with, or root: with its end the subscription rests.</summary>
    public required string MadeBy { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Sealed by <see cref="SecretSeal"/>.</summary>
    public required ImmutableArray<byte> Secret { get; init; }

    /// <summary>The secret of before the rotation; empty when there is none.</summary>
    public ImmutableArray<byte> SecretBefore { get; init; } = [];

    /// <summary>Until when the secret of before signs too.</summary>
    public DateTimeOffset? SecretBeforeUntil { get; init; }

    public SubscriptionState State { get; init; }

    /// <summary>One of <see cref="RestReasons"/>; null while it is active, or paused by hand.</summary>
    public string? Why { get; init; }

    /// <summary>When the endpoint failed first, if it has not taken anything since.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Nothing is sent before.</summary>
    public DateTimeOffset? SlowUntil { get; init; }

    /// <summary>How often in a row the endpoint asked for patience or did not answer.</summary>
    public int SlowInARow { get; init; }

    /// <summary>When a bundle was made last; null before the first.</summary>
    public DateTimeOffset? BundledAt { get; init; }

    public bool Hears(string type) => Events.IsEmpty || Events.Contains(type, StringComparer.Ordinal);
}

public enum SubscriptionState
{
    Active,

    /// <summary>By its owner. What happens meanwhile is kept and sent when it goes on.</summary>
    Paused,

    /// <summary>By us; <see cref="Subscription.Why"/> says why.</summary>
    Disabled,
}

/// <summary>Why a subscription was disabled.</summary>
public static class RestReasons
{
    /// <summary>The endpoint has taken nothing for five days.</summary>
    public const string Failing = "failing";

    /// <summary>The endpoint answered 410.</summary>
    public const string Gone = "gone";

    /// <summary>The token that it was made with has expired, was revoked, or lacks a right that it needs.</summary>
    public const string TokenEnded = "token-ended";
}

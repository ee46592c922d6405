using System.Collections.Immutable;
using Succesmeter.Forecasts;

namespace Succesmeter.Models;

/// <summary>Which model serves, which ones could, what was decided last, and how the served one stands on each platform.</summary>
public sealed record ModelLedger
{
    /// <summary>Enough to go back two years of promotions.</summary>
    public const int MostKept = 5;

    /// <summary>The version that serves.</summary>
    public required string Serving { get; init; }

    /// <summary>Newest first, the served one among them.</summary>
    public required ImmutableArray<KeptModel> Kept { get; init; }

    /// <summary>The shipped version that was taken up last: a release is taken up once, so that going back from it lasts.</summary>
    public required string Released { get; init; }

    /// <summary>When challengers were promoted, within the last year.</summary>
    public ImmutableArray<DateTimeOffset> Promotions { get; init; } = [];

    public ModelDecision? Last { get; init; }

    /// <summary>When a challenger was last fitted.</summary>
    public DateTimeOffset? RefitAt { get; init; }

    /// <summary>The end of the newest campaign that was known then: what ended later is new.</summary>
    public DateTimeOffset? RefitThrough { get; init; }

    /// <summary>By platform, in order of their ids.</summary>
    public ImmutableArray<PlatformStanding> Platforms { get; init; } = [];

    public bool Keeps(string version) => Kept.Any(kept => kept.Version == version);

    public static ModelLedger Of(ForecastModel shipped) => new()
    {
        Serving = shipped.Version,
        Released = shipped.Version,
        Kept = [Card(shipped)],
    };

    /// <summary>Takes up the model of a new release, which serves unless one fitted here does.</summary>
    public ModelLedger TakeUp(ForecastModel shipped, DateTimeOffset asOf)
    {
        if (Released == shipped.Version)
            return this;

        var servesShipped = Kept.Any(kept => kept.Version == Serving && kept.IsShipped);
        var after = this with { Released = shipped.Version };
        return servesShipped
            ? after.Put(Card(shipped) with { PromotedAt = asOf }, serve: true) with
            {
                Last = new ModelDecision { At = asOf, Reason = ModelDecision.Released, Champion = Serving, Challenger = shipped.Version, Promoted = true },
            }
            : after.Put(Card(shipped), serve: false);
    }

    /// <summary>After a challenger was fitted and judged.</summary>
    /// <param name="card">Of the challenger.</param>
    /// <param name="decision">How it came out.</param>
    /// <param name="through">The end of the newest campaign that was known.</param>
    public ModelLedger With(KeptModel card, ModelDecision decision, DateTimeOffset through)
    {
        var after = this with { Last = decision, RefitAt = decision.At, RefitThrough = through };
        return decision.Promoted
            ? after.Put(card with { PromotedAt = decision.At }, serve: true) with { Promotions = [.. Promotions.Where(at => at > decision.At.AddYears(-1)), decision.At] }
            : after;
    }

    /// <returns>Null when the version is not kept.</returns>
    public ModelLedger? Serve(string version, DateTimeOffset asOf) => !Keeps(version) ? null : version == Serving ? this : this with
    {
        Serving = version,
        Last = new ModelDecision { At = asOf, Reason = ModelDecision.ServedByHand, Champion = Serving, Challenger = version, Promoted = true },
    };

    /// <summary>When the served model cannot be read by this release: it goes, and the shipped one serves.</summary>
    public ModelLedger Abandon(ForecastModel shipped, DateTimeOffset asOf)
    {
        var gone = Serving;
        return (this with { Kept = Kept.RemoveAll(kept => kept.Version == gone) }).Put(Card(shipped) with { PromotedAt = asOf }, serve: true) with
        {
            Released = shipped.Version,
            Last = new ModelDecision { At = asOf, Reason = ModelDecision.Unreadable, Champion = gone, Challenger = shipped.Version, Promoted = true },
        };
    }

    /// <summary>Two ledgers are equal when they say the same, list by list: what says the same is not written again.</summary>
    public bool Equals(ModelLedger? other) =>
        other is not null && Serving == other.Serving && Released == other.Released && Last == other.Last && RefitAt == other.RefitAt && RefitThrough == other.RefitThrough
        && Kept.SequenceEqual(other.Kept) && Promotions.SequenceEqual(other.Promotions) && Platforms.SequenceEqual(other.Platforms);

    public override int GetHashCode() => HashCode.Combine(Serving, Released, Last, RefitAt, RefitThrough);

    private ModelLedger Put(KeptModel card, bool serve)
    {
        var serving = serve ? card.Version : Serving;
        List<KeptModel> kept = [card, .. Kept.Where(other => other.Version != card.Version)];

        // The oldest goes, but never the one that serves.
        while (kept.Count > MostKept)
            kept.RemoveAt(kept.FindLastIndex(other => other.Version != serving));

        return this with { Serving = serving, Kept = [.. kept] };
    }

    private static KeptModel Card(ForecastModel shipped) => new() { Name = shipped.Name, Version = shipped.Version, IsShipped = true, Trees = shipped.Trees.Trees.Count };
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Networks;

/// <summary>What one more snapshot says about who gave: the block that is appended before the snapshot's own commit, so that a repeated commit repeats it and nothing is lost.</summary>
public static class ChangedEdges
{
    /// <summary>After an ordinary snapshot, newer than all before.</summary>
    /// <param name="knownAt">Of the commit that follows: <see cref="EdgeClock.Before"/>.</param>
    /// <param name="pseudonyms">Of the holder, whose public name is in the state; null = nothing is said of holders.</param>
    /// <returns>Null when there is nothing to append. The size does not grow with what was known before.</returns>
    public static EdgeBlock? Between(CampaignState before, CampaignState after, DateTimeOffset knownAt, IPseudonyms? pseudonyms = null)
    {
        // Most snapshots, and all ticks, bring no gift.
        if (ReferenceEquals(before.Gifts, after.Gifts)
            && (before.Facts.Sensitive, before.Facts.Holder, before.Facts.LaunchedAt) == (after.Facts.Sensitive, after.Facts.Holder, after.Facts.LaunchedAt))
            return null;

        // A campaign that is no longer sensitive comes in whole.
        var known = before.Facts.Sensitive ? [] : Spans(before.Gifts);
        if (after.Facts.Sensitive)
            return known.Count + before.Gifts.Sealed.Count == 0 ? null : new EdgeBlock(after.Campaign.Name, [], knownAt);

        var now = Spans(after.Gifts);
        var edges = ImmutableArray.CreateBuilder<DonorEdge>();
        foreach (var (donor, span) in now)
            if (!known.TryGetValue(donor, out var old) || old != span)
                edges.Add(new DonorEdge(donor, span.First, span.Last, span.Identity, Withdrawn: false, knownAt));

        // Only a complete list shows that a gift is gone; elsewhere a donor out of sight may be sealed or older than the list.
        if (after.Gifts.Kind == ContributionsAre.All && before.Gifts.Sealed.Count + after.Gifts.Sealed.Count == 0)
            foreach (var (donor, span) in known)
                if (!now.ContainsKey(donor))
                    edges.Add(new DonorEdge(donor, span.First, span.Last, span.Identity, Withdrawn: true, knownAt));

        var (was, holder) = (HolderOf(before, known, knownAt, pseudonyms), HolderOf(after, now, knownAt, pseudonyms));
        var block = new EdgeBlock(after.Campaign.Name, edges.DrainToImmutable()) { Holder = holder == was ? null : holder ?? was!.Value with { Withdrawn = true } };
        return block.IsEmpty ? null : block;
    }

    /// <summary>What a commit is about to make true, after whatever steps led to it.</summary>
    /// <param name="told">The state of the last commit that was told; null when a replay that was cut short has overwritten it.</param>
    /// <param name="replayed">A late or corrected snapshot is among what is committed.</param>
    /// <returns>Null when nothing about donors changes.</returns>
    public static EdgeBlock? Of(CampaignState? told, CampaignState after, bool replayed, DateTimeOffset knownAt, IPseudonyms? pseudonyms = null)
    {
        if (told is null)
            return Whole(after, knownAt, pseudonyms);
        if (!replayed)
            return Between(told, after, knownAt, pseudonyms);

        return told.Facts.Sensitive == after.Facts.Sensitive && (after.Facts.Sensitive || IsSame()) ? null : Whole(after, knownAt, pseudonyms);

        bool IsSame()
        {
            var (before, now) = (Spans(told.Gifts), Spans(after.Gifts));
            return Same(before, now) && HolderOf(told, before, knownAt, pseudonyms) == HolderOf(after, now, knownAt, pseudonyms);
        }
    }

    /// <summary>
    /// After a replay (a late or corrected snapshot), where a word that was appended may have become untrue: what was known before <paramref name="knownAt"/> is hidden,
    /// and all that is true is said again.
    /// </summary>
    public static EdgeBlock Whole(CampaignState after, DateTimeOffset knownAt, IPseudonyms? pseudonyms = null)
    {
        // Edges are known to the second, so the second before is the last that is replaced. Gifts in sealed segments stay as they were said.
        var isWhole = after.Facts.Sensitive || after.Gifts.Sealed.Count == 0;
        DateTimeOffset? hidden = !isWhole ? null : after.Facts.Sensitive ? knownAt : knownAt.AddSeconds(-1);
        var spans = after.Facts.Sensitive ? [] : Spans(after.Gifts);
        return new EdgeBlock(
            after.Campaign.Name,
            [.. spans.Select(pair => new DonorEdge(pair.Key, pair.Value.First, pair.Value.Last, pair.Value.Identity, Withdrawn: false, knownAt))],
            hidden) { Holder = HolderOf(after, spans, knownAt, pseudonyms) };
    }

    /// <summary>Only where donors have accounts, for elsewhere it could tell nothing; so a platform without donors' accounts costs no append.</summary>
    private static DonorEdge? HolderOf(CampaignState state, Dictionary<Pseudonym, Span> spans, DateTimeOffset knownAt, IPseudonyms? pseudonyms)
    {
        if (state.Facts is { Sensitive: true } or { Holder: null } || (state.Gifts.Sealed.Count == 0 && spans.Values.All(static span => span.Identity != IdentityQuality.Account)))
            return null;

        // Without a launch there is no figure, and the word lives as long as gifts to the campaign do.
        var launch = state.Facts.LaunchedAt?.At ?? DateTimeOffset.UnixEpoch;
        return pseudonyms?.Of(state.Campaign.Platform, AccountId.Settled(state.Facts.Holder)) is { } holder
            ? new DonorEdge(holder, launch, launch, IdentityQuality.Account, Withdrawn: false, knownAt)
            : null;
    }

    private static bool Same(Dictionary<Pseudonym, Span> one, Dictionary<Pseudonym, Span> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var span) && span == pair.Value);

    private static Dictionary<Pseudonym, Span> Spans(GiftLedger gifts)
    {
        var spans = new Dictionary<Pseudonym, Span>();
        foreach (var gift in gifts.Open)
        {
            // What the holder gives to the own campaign ties nobody to it, and an expired pseudonym is a number within its campaign.
            if (gift.Donor is not { IsExpired: false } donor || gift.ByHolder || gift.Identity == IdentityQuality.FirstName)
                continue;

            var at = gift.At?.At < gift.FirstSeenAt ? gift.At.Value.At : gift.FirstSeenAt;
            var identity = gift.Identity ?? IdentityQuality.FullName;
            ref var span = ref CollectionsMarshal.GetValueRefOrAddDefault(spans, donor, out var isKnown);
            span = isKnown
                ? new Span(at < span.First ? at : span.First, at > span.Last ? at : span.Last, identity > span.Identity ? identity : span.Identity)
                : new Span(at, at, identity);
        }

        return spans;
    }

    private readonly record struct Span(DateTimeOffset First, DateTimeOffset Last, IdentityQuality Identity);
}

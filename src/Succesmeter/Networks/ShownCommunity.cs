using System.Collections.Immutable;

namespace Succesmeter.Networks;

/// <summary>A community of donors, by the campaigns that may be named: those of which at least five of twenty donors gave elsewhere.</summary>
/// <param name="Number">From 1, largest first; it means nothing from one making to the next.</param>
/// <param name="Donors">Rounded down to five; null where the rules hide it.</param>
public sealed record ShownCommunity(int Number, int? Donors, ImmutableArray<string> Campaigns);

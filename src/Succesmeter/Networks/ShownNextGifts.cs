using System.Collections.Immutable;

namespace Succesmeter.Networks;

/// <summary>What is told of gifts to come: sums over many donors alone, by a model fitted to the platform's own gifts.</summary>
/// <param name="Untold">Null where a model could be fitted and applied; otherwise a code of <see cref="NextGifts"/>.</param>
/// <param name="Returning">Expected within twelve months; null also where the small-number rules hide it.</param>
/// <param name="CrowdsUntold">The same of <paramref name="Crowds"/>.</param>
/// <param name="Crowds">Whose donors are likely to reach which live campaign.</param>
public sealed record ShownNextGifts(string? Untold, ExpectedReturn? Returning, string? CrowdsUntold, ImmutableArray<ShownCrowd> Crowds)
{
    public static readonly ShownNextGifts None = new(NextGifts.NotEnoughGifts, null, NextGifts.NotEnoughGifts, []);
}

/// <param name="Reached">A live campaign.</param>
/// <param name="Crowd">Another one, whose donors these are.</param>
/// <param name="Expected">Within twelve months, in steps of five, at least five.</param>
public sealed record ShownCrowd(string Reached, string Crowd, int Expected);

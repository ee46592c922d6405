using System.Collections.Immutable;

namespace Succesmeter.Campaigns;

/// <summary>
/// The course of a campaign as a bounded list of totals. Past <see cref="Most"/> readings every second one of the older half goes, so that
/// a trail thins towards its beginning and one more reading costs the same however long the history.
/// </summary>
public sealed record ReadingTrail
{
    public const int Most = 512;

    public static readonly ReadingTrail Empty = new();

    /// <summary>In order of time.</summary>
    public ImmutableArray<TrailPoint> Points { get; init; } = [];

    public ReadingTrail With(TrailPoint newest)
    {
        if (Points.Length < Most)
            return new ReadingTrail { Points = Points.Add(newest) };

        var thinned = ImmutableArray.CreateBuilder<TrailPoint>(Most);
        for (var i = 0; i < Points.Length; i++)
            if (i >= Points.Length / 2 || i % 2 == 0)
                thinned.Add(Points[i]);
        thinned.Add(newest);
        return new ReadingTrail { Points = thinned.ToImmutable() };
    }
}

/// <param name="At">When the totals were seen.</param>
/// <param name="PledgedMinor">In minor units; null for recurring support.</param>
/// <param name="Backers">Backers, or gifts where only those are known, or members of recurring support.</param>
public readonly record struct TrailPoint(DateTimeOffset At, long? PledgedMinor, int? Backers);

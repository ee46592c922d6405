using Succesmeter.Features;

namespace Succesmeter.Learning.Training;

/// <summary>Beside the goal by the end, each campaign at each instant answers for so many other amounts, drawn at random.</summary>
internal static class OtherRatios
{
    public const int Count = Drawn + 2;

    private const int Drawn = 2;

    /// <summary>How wide they reach: the natural logarithm of the gap as a multiple of what the goal needs.</summary>
    private const double NearestGap = -5, FarthestGap = 3;

    /// <summary>How far above the goal "just above" reaches.</summary>
    private const double NearGoal = 0.6;

    /// <param name="now">Pledged, as a ratio of the goal.</param>
    /// <param name="dice">Thrown for each ratio as it is asked for.</param>
    public static IEnumerable<double> Of(double now, Random dice)
    {
        var gap = now < 1 ? 1 - now : Math.Max(now, 0.2);
        yield return now + Aim.AnythingMore;
        for (var other = 0; other < Drawn; other++)
            yield return now + (gap * Math.Exp(NearestGap + ((FarthestGap - NearestGap) * dice.NextDouble())));

        // Many campaigns end just above their goal: people fill a gap and stop. The trees need questions there to see the edge.
        yield return Math.Max(now + Aim.AnythingMore, 1 + (NearGoal * dice.NextDouble() * dice.NextDouble()));
    }
}

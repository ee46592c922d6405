namespace Succesmeter.Emergence;

/// <summary>Log-likelihoods of one campaign over given branching ratios and half-lives, its background its own: what is summed to pool campaigns that are too small to speak alone.</summary>
public static class EmergenceProfile
{
    /// <param name="timeline">With times known to the hour or better.</param>
    /// <param name="spread">Standard deviation of the background's logarithm from day to day; zero for even days.</param>
    /// <returns>A row a half-life, a column a ratio.</returns>
    public static double[,] Of(GiftTimeline timeline, IReadOnlyList<double> ratios, IReadOnlyList<double> halfLivesHours, double spread = 0)
    {
        var arrivals = Arrivals.Of(timeline);
        var background = Background.Of(timeline, arrivals.Count);
        var likelihood = new MarginalLikelihood(arrivals, background, spread > 0 ? new UnevenDays(background, spread) : null);
        var values = new double[halfLivesHours.Count, ratios.Count];
        for (var row = 0; row < halfLivesHours.Count; row++)
        {
            likelihood.Use(halfLivesHours[row]);
            for (var column = 0; column < ratios.Count; column++)
                values[row, column] = likelihood.At(ratios[column], spread: 0);
        }

        return values;
    }

    /// <summary>The same where gifts are only counted, in spans of a given length, for one half-life.</summary>
    public static double[] OfCounts(GiftTimeline timeline, IReadOnlyList<double> ratios, double halfLifeHours, double spanHours)
    {
        var arrivals = Arrivals.Of(timeline);
        var counted = new CountedGifts(arrivals, Background.InSpansOf(spanHours, timeline, arrivals.Count), halfLifeHours);
        return [.. ratios.Select(counted.At)];
    }
}

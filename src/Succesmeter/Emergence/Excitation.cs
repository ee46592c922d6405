namespace Succesmeter.Emergence;

/// <summary>What earlier gifts add to the rate at each gift, per unit of branching ratio, for an exponential kernel β·e^(−βt).</summary>
internal static class Excitation
{
    /// <summary>Ozaki's recursion (1979, section 2): one pass. Gifts of one instant do not excite each other.</summary>
    /// <param name="instants">Hours, in order.</param>
    /// <param name="watchedFrom">When the watch began; gifts before it excite only from then on.</param>
    /// <param name="hours">When the watch ends.</param>
    /// <param name="decay">β, per hour.</param>
    /// <param name="rates">Receives the rate at each instant.</param>
    /// <returns>The integral over the watch: how many direct followers are expected in it for a branching ratio of one.</returns>
    public static double Write(ReadOnlySpan<double> instants, double watchedFrom, double hours, double decay, Span<double> rates)
    {
        var followers = 0.0;
        var sum = 0.0;
        var atOnce = 0;
        for (var i = 0; i < instants.Length; i++)
        {
            var gap = i == 0 ? 0 : instants[i] - instants[i - 1];
            if (gap > 0)
            {
                sum = (sum + atOnce) * Math.Exp(-decay * gap);
                atOnce = 0;
            }

            atOnce++;
            rates[i] = decay * sum;
            followers += Math.Exp(-decay * Math.Max(watchedFrom - instants[i], 0)) - Math.Exp(-decay * (hours - instants[i]));
        }

        return followers;
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Succesmeter.Emergence;

namespace Succesmeter.Benchmarks.Duels;

/// <summary>
/// The likelihood of gifts that bring gifts, written a second time with numpy from its formulas, over a grid of ratios and half-lives; then its maximum with days even, ours by the search that the alarm uses, scipy's by a
/// simplex. Both begin at the gifts' instants (we also sort them and look for rounding) and build the background anew each time.
/// </summary>
internal static class HawkesDuels
{
    private static readonly double[] Ratios = [0, 0.2, 0.5, 0.8];
    private static readonly double[] HalfLives = [1, 4, 16];

    public static IEnumerable<IDuel> In(PeerProcess peer)
    {
        foreach (var gifts in (int[])[100, 1_000, 100_000])
        {
            var timeline = MadeGifts.Of(gifts);
            Write(peer, gifts, timeline);
            var size = string.Create(CultureInfo.InvariantCulture, $"{gifts:#,0} gifts");
            yield return new Duel<double[,]>($"Hawkes likelihood at 12 points, {size}", "numpy", $"surface/{gifts}", () => EmergenceProfile.Of(timeline, Ratios, HalfLives), static (ours, theirs) =>
            {
                // We stop climbing where a step promises less than .005 and read the determinant before that step (MarginalLikelihood); the peer climbs to the top.
                const double Most = 0.1;
                var most = 0.0;
                for (var row = 0; row < HalfLives.Length; row++)
                    for (var column = 0; column < Ratios.Length; column++)
                    {
                        PeerException.ThrowIfApart($"The log-likelihood of ratio {Ratios[column]}, half-life {HalfLives[row]}", ours[row, column], theirs[row][column].GetDouble(), Most);
                        most = Math.Max(most, Math.Abs(ours[row, column] - theirs[row][column].GetDouble()));
                    }

                return string.Create(CultureInfo.InvariantCulture, $"12 log-likelihoods to {Most}; the furthest apart by {most:0.0000}");
            });
            yield return new Duel<double>($"Hawkes fit with even days, {size}", "scipy", $"fit/{gifts}", () => EmergenceTest.LikelihoodRatio(timeline, unlessBelow: double.PositiveInfinity), static (ours, theirs) =>
            {
                // Twice the difference of two such values, at a maximum that we close in on in a few steps. To find less than that would be a fault, to find more is not.
                var other = theirs.GetProperty("likelihoodRatio").GetDouble();
                if (!(ours >= other - Math.Max(0.3, 0.01 * other)))
                    throw new PeerException(string.Create(CultureInfo.InvariantCulture, $"The likelihood ratio: ours is {ours}, scipy found {other} at {theirs}."));
                return string.Create(CultureInfo.InvariantCulture, $"likelihood ratio {ours:0.00}, scipy's {other:0.00} at ratio {theirs.GetProperty("ratio").GetDouble():0.00}");
            });
        }
    }

    private static void Write(PeerProcess peer, int gifts, GiftTimeline timeline)
    {
        File.WriteAllBytes(peer.PathOf($"{gifts}.bin"), MemoryMarshal.AsBytes<double>(Arrivals.Of(timeline).Instants));
        File.WriteAllText(peer.PathOf($"{gifts}.json"), JsonSerializer.Serialize(new
        {
            hours = (timeline.AsOf - timeline.WatchedFrom).TotalHours,
            planned = (timeline.EndsAt!.Value - timeline.LaunchedAt).TotalHours,
            firstHour = Rhythm.HourOfWeek(timeline.WatchedFrom, timeline.Zone),
            ratios = Ratios,
            halfLives = HalfLives,
        }));
    }
}

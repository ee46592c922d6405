using Succesmeter.Networks;

namespace Succesmeter.Reports;

/// <summary>How often the links that donors make between campaigns join two places, beside random graphs in which every donor and every campaign has as many gifts.</summary>
/// <param name="Donors">Who gave to two or more campaigns with a known place.</param>
/// <param name="Crossing">Of them, whose campaigns lie in more than one place.</param>
/// <param name="Share">Observed share of links that join two places; every donor's links weigh one together, so that nobody who gives everywhere decides.</param>
/// <param name="Ratio">The share ÷ its mean over the null; null where chance never joins two places.</param>
/// <param name="Low">Share ÷ the null's 95th percentile.</param>
/// <param name="High">Share ÷ the null's 5th percentile. An interval around 1 says: as often as by chance.</param>
public sealed record CrossPlaceLinks(int Donors, int Crossing, double Share, double? Ratio, double? Low, double? High)
{
    private const int MostDraws = 1_000;
    private const int FewestDraws = 20;

    /// <summary>Some seconds' work on one core.</summary>
    private const long MostEdgesDrawn = 20_000_000;

    /// <param name="places">Of each campaign a number from 0, or −1 where its place is unknown.</param>
    /// <param name="seed">The same gives the same draws.</param>
    public static CrossPlaceLinks Of(DonorGraph graph, ReadOnlySpan<int> places, ulong seed)
    {
        var known = new bool[graph.CampaignCount];
        for (var campaign = 0; campaign < known.Length; campaign++)
            known[campaign] = places[campaign] >= 0;
        var judged = graph.WithCampaigns(known);

        var (donors, crossing) = (0, 0);
        var placeOf = places.ToArray();
        for (var donor = 0; donor < judged.DonorCount; donor++)
        {
            var campaigns = judged.CampaignsOf(donor);
            if (campaigns.Length < 2)
                continue;
            donors++;
            foreach (var campaign in campaigns)
                if (placeOf[campaign] != placeOf[campaigns[0]])
                {
                    crossing++;
                    break;
                }
        }

        if (donors == 0)
            return new CrossPlaceLinks(0, 0, 0, null, null, null);

        var observed = ShareOf(judged.CampaignStarts, judged.CampaignDonors, judged.DonorCount, placeOf, degrees: judged);
        var draws = (int)Math.Clamp(MostEdgesDrawn / Math.Max(1, judged.EdgeCount), FewestDraws, MostDraws);

        // The observed graph counts as one of the draws, as in every null here: no percentile lies outside all that was seen.
        var drawn = new double[draws + 1];
        drawn[draws] = observed;
        var donorsOf = judged.CampaignDonors.AsSpan().ToArray();
        var random = new Curveball(judged.CampaignStarts, donorsOf, judged.DonorCount, seed);
        random.Trade(random.Mixing);
        for (var draw = 0; draw < draws; draw++)
        {
            random.Trade(random.Between);
            drawn[draw] = ShareOf(judged.CampaignStarts, donorsOf, judged.DonorCount, placeOf, judged);
        }

        Array.Sort(drawn);
        return new CrossPlaceLinks(donors, crossing, observed, Over(drawn.Average()), Over(Quantile(drawn, 0.95)), Over(Quantile(drawn, 0.05)));

        double? Over(double by) => by > 0 ? observed / by : null;
    }

    /// <summary>Mean over donors with two or more campaigns of 1 − Σ_p c_p(c_p − 1)/[d(d − 1)], c_p of a donor's d campaigns lying in place p.</summary>
    private static double ShareOf(int[] starts, int[] donors, int donorCount, int[] places, DonorGraph degrees)
    {
        // Campaigns are walked place by place, so that one counter a donor is enough.
        var order = Enumerable.Range(0, starts.Length - 1).Where(campaign => places[campaign] >= 0).OrderBy(campaign => places[campaign]).ToArray();
        var (count, met, same) = (new int[donorCount], new List<int>(), new long[donorCount]);
        for (var i = 0; i < order.Length; i++)
        {
            for (var at = starts[order[i]]; at < starts[order[i] + 1]; at++)
            {
                // The n-th campaign of a donor in one place makes n − 1 pairs within it.
                same[donors[at]] += count[donors[at]]++;
                met.Add(donors[at]);
            }

            if (i + 1 < order.Length && places[order[i + 1]] == places[order[i]])
                continue;
            foreach (var donor in met)
                count[donor] = 0;
            met.Clear();
        }

        var (sum, linking) = (0.0, 0);
        for (var donor = 0; donor < donorCount; donor++)
        {
            var degree = (long)degrees.DegreeOfDonor(donor);
            if (degree < 2)
                continue;
            linking++;
            sum += 1 - (same[donor] / (degree * (degree - 1) / 2.0));
        }

        return sum / linking;
    }

    private static double Quantile(double[] sorted, double share) => sorted[(int)Math.Clamp(Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}

using Succesmeter.Networks;

namespace Succesmeter.Learning.Networks;

/// <summary>A made town: campaigns of communities, live for forty days each, and donors who come once, come back at rates of their own and prefer their own community.</summary>
internal static class SimulatedGifts
{
    private const int Months = 48;
    private const int MinutesADay = 24 * 60;
    private const int LiveDays = 40;

    /// <param name="donors">Who come at all.</param>
    /// <param name="campaigns">Over four years.</param>
    /// <param name="communities">Of equal size.</param>
    /// <param name="preference">How many times more likely the own community's campaign is chosen; 1 = no communities.</param>
    /// <param name="rate">Gifts a year after the first, by which a donor's own rate is scaled: .22 makes about one in five return within a year.</param>
    /// <param name="seed">One seed, one town.</param>
    public static GiftHistory Of(int donors, int campaigns, int communities, double preference, double rate, int seed)
    {
        var random = new Random(seed);
        var opens = new int[campaigns];
        var popularity = new double[campaigns];
        var community = new int[campaigns];
        const int horizon = Months * 30 * MinutesADay;
        for (var c = 0; c < campaigns; c++)
        {
            // The first campaigns are open from the start, so that there is always something to give to.
            opens[c] = Math.Max(0, random.Next(horizon) - (LiveDays * MinutesADay));
            popularity[c] = Math.Exp(0.8 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
            community[c] = random.Next(communities);
        }

        var closes = opens.Select(static open => open + (LiveDays * MinutesADay)).ToArray();
        var truth = new Town(new double[donors], new int[donors], popularity, community, preference);
        var pairs = new List<DonorPair>();
        for (var donor = 0; donor < donors; donor++)
        {
            truth.Homes[donor] = random.Next(communities);

            // An exponential to the power 1.5: most hardly ever return, a few often.
            truth.Rate[donor] = rate * Math.Pow(-Math.Log(1 - random.NextDouble()), 1.5);
            for (double at = random.Next(horizon); at < horizon; at -= Math.Log(1 - random.NextDouble()) / truth.Rate[donor] * 365 * MinutesADay)
                if (Chosen(random, truth, donor, opens, closes, (int)at) is { } campaign)
                    pairs.Add(new DonorPair(donor, campaign, (int)at, (int)at));
        }

        return new GiftHistory($"simulated, own community preferred {preference} times, returns at {rate} a year", DonorGraph.Of(new string[campaigns], donors, pairs.ToArray()), opens, closes, truth);
    }

    /// <summary>The same town known by names: each donor carries one of so many, as likely, so that two gifts of two people are one name's with chance 1/<paramref name="names"/>.</summary>
    public static GiftHistory WithNames(GiftHistory history, int names, int seed)
    {
        var random = new Random(seed);
        var pairs = new List<DonorPair>();
        for (var donor = 0; donor < history.Graph.DonorCount; donor++)
        {
            var name = random.Next(names);
            var firsts = history.Graph.FirstMinutesOf(donor);
            foreach (var campaign in history.Graph.CampaignsOf(donor))
            {
                pairs.Add(new DonorPair(name, campaign, firsts[0], firsts[0]));
                firsts = firsts[1..];
            }
        }

        return history with { Name = $"{history.Name}, known by {names} names", Graph = DonorGraph.Of(history.Graph.Campaigns, names, pairs.ToArray()), Truth = null };
    }

    private static int? Chosen(Random random, Town town, int donor, int[] opens, int[] closes, int at)
    {
        var all = 0.0;
        for (var c = 0; c < opens.Length; c++)
            all += opens[c] <= at && closes[c] > at ? town.Pull(donor, c) : 0;

        var thrown = random.NextDouble() * all;
        for (var c = 0; c < opens.Length; c++)
            if (opens[c] <= at && closes[c] > at && (thrown -= town.Pull(donor, c)) < 0)
                return c;
        return null;
    }

    private sealed record Town(double[] Rate, int[] Homes, double[] Popularity, int[] Community, double Preference) : IGiftTruth
    {
        public double ReturnRate(int donor) => Rate[donor];

        public int Home(int donor) => Homes[donor];

        public double Pull(int donor, int campaign) => Popularity[campaign] * (Community[campaign] == Homes[donor] ? Preference : 1);
    }
}

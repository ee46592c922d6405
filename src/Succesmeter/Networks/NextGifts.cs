using System.Collections.Immutable;

namespace Succesmeter.Networks;

/// <summary>
/// Fits, on a platform's own gifts, whether donors give again and where (<see cref="NextGiftModel"/>), and tells the sums. Fitted is on what was known twelve months
/// ago and what came of it; applied is the fit to what is known now.
/// </summary>
public static class NextGifts
{
    /// <summary>Donors who came back, donors who did not, and gifts of those who had given before: ten for each weight (Peduzzi et al. 1996, J. Clin. Epidemiol. 49:1373).</summary>
    public const int LeastOfEach = 50;

    public const string NotEnoughGifts = "not-enough-gifts";

    /// <summary>The platform is so large that the ways between all its donors are not walked every hour.</summary>
    public const string TooManyGifts = "too-many-gifts";

    /// <summary>Ways from donors over campaigns to donors: some seconds.</summary>
    private const long MostWays = 100_000_000;

    /// <summary>Live campaigns times all.</summary>
    private const long MostPlaces = 4_000_000;

    /// <summary>Alternatives a choice is fitted with, drawn at random: the estimate stays consistent (McFadden 1978).</summary>
    private const int Alternatives = 50;

    private const int MostChoices = 2_000;

    /// <param name="spans">Of each campaign; null = not known, and never an alternative.</param>
    /// <param name="seed">Of what is drawn and of communities.</param>
    public static ShownNextGifts Of(DonorGraph graph, IReadOnlyList<CampaignSpan?> spans, DateTimeOffset asOf, ulong seed)
    {
        var since = asOf.AddMonths(-ReturnFeatures.MonthsAhead);
        if (ReturnFit(graph, since, asOf) is not { } again)
            return ShownNextGifts.None;

        var returning = ExpectedReturns.Of(graph, new NextGiftModel(again, new LogisticModel(new double[LinkFeatures.Count])), asOf);
        int[] live = [.. Enumerable.Range(0, graph.CampaignCount).Where(campaign => graph.DegreeOfCampaign(campaign) > 0 && spans[campaign]?.Holds(asOf) == true)];
        if (WaysOf(graph) > MostWays || (long)live.Length * graph.CampaignCount > MostPlaces)
            return new ShownNextGifts(null, returning, TooManyGifts, []);
        if (NextFit(graph, spans, since, asOf, seed) is not { } next)
            return new ShownNextGifts(null, returning, NotEnoughGifts, []);
        if (live.Length == 0)
            return new ShownNextGifts(null, returning, null, []);

        var crowds = LikelyCrowds.All(graph, new NextGiftModel(again, next), live, Leiden.Of(graph.Within(DateTimeOffset.MinValue, asOf), seed), asOf);
        return new ShownNextGifts(null, returning, null, [.. live.SelectMany((reached, place) => crowds[place]
            .Select(crowd => new ShownCrowd(graph.Campaigns[reached], graph.Campaigns[crowd.Campaign], crowd.Expected)))]);
    }

    /// <returns>Null where too few came back or stayed away.</returns>
    internal static LogisticModel? ReturnFit(DonorGraph graph, DateTimeOffset since, DateTimeOffset until)
    {
        var (from, end) = (DonorGraph.MinuteOf(since), DonorGraph.MinuteOf(until));
        var rows = new List<(double[] Features, bool Returned)>();
        for (var donor = 0; donor < graph.DonorCount; donor++)
        {
            var features = new double[ReturnFeatures.Names.Count];
            if (!ReturnFeatures.Of(graph, donor, from, features))
                continue;

            var returned = false;
            foreach (var first in graph.FirstMinutesOf(donor))
                returned |= first >= from && first < end;
            rows.Add((features, returned));
        }

        var came = rows.Count(static row => row.Returned);
        return came < LeastOfEach || rows.Count - came < LeastOfEach ? null : LogisticFit.Binary(rows);
    }

    private static LogisticModel? NextFit(DonorGraph graph, IReadOnlyList<CampaignSpan?> spans, DateTimeOffset since, DateTimeOffset until, ulong seed)
    {
        var (from, end) = (DonorGraph.MinuteOf(since), DonorGraph.MinuteOf(until));
        var gifts = new List<(int Donor, int Campaign, int At)>();
        for (var donor = 0; donor < graph.DonorCount; donor++)
        {
            var campaigns = graph.CampaignsOf(donor);
            var firsts = graph.FirstMinutesOf(donor);
            var came = int.MaxValue;
            foreach (var first in firsts)
                came = Math.Min(came, first);
            for (var i = 0; i < firsts.Length; i++)
                if (firsts[i] > came && firsts[i] >= from && firsts[i] < end && spans[campaigns[i]]?.Holds(DonorGraph.InstantOf(firsts[i])) == true)
                    gifts.Add((donor, campaigns[i], firsts[i]));
        }

        var (dice, order) = (new Dice(seed), Enumerable.Range(0, gifts.Count).ToArray());
        dice.Shuffle(order);
        var links = new LinkFeatures(graph, Leiden.Of(graph.Within(DateTimeOffset.MinValue, since), seed));
        var choices = new List<double[]>();
        foreach (var gift in order.Take(MostChoices).Select(place => gifts[place]))
        {
            int[] others = [.. Enumerable.Range(0, graph.CampaignCount).Where(campaign =>
                campaign != gift.Campaign && graph.DegreeOfCampaign(campaign) > 0 && spans[campaign]?.Holds(DonorGraph.InstantOf(gift.At)) == true && !HadGiven(gift.Donor, campaign, gift.At))];
            if (others.Length == 0)
                continue;

            dice.Shuffle(others);
            int[] candidates = [gift.Campaign, .. others.Take(Alternatives)];
            var features = new double[candidates.Length * LinkFeatures.Count];
            links.Of(gift.Donor, gift.At, candidates, features);
            choices.Add(features);
        }

        return choices.Count < LeastOfEach ? null : LogisticFit.Conditional(choices, LinkFeatures.Count);

        bool HadGiven(int donor, int campaign, int at) =>
            graph.CampaignsOf(donor).BinarySearch(campaign) is var place && place >= 0 && graph.FirstMinutesOf(donor)[place] < at;
    }

    private static long WaysOf(DonorGraph graph)
    {
        var ways = 0L;
        for (var campaign = 0; campaign < graph.CampaignCount; campaign++)
            ways += (long)graph.DegreeOfCampaign(campaign) * graph.DegreeOfCampaign(campaign);
        return ways;
    }
}

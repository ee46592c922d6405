using Succesmeter.Learning.Evaluation;
using Succesmeter.Networks;

namespace Succesmeter.Learning.Networks;

/// <summary>Fits on what came before an instant and judges on what came after: who gives again, and to which campaign.</summary>
internal sealed class NextGiftStudy(GiftHistory history, int trainAsOf, int testAsOf, int seed)
{
    /// <summary>Alternatives a choice is fitted with, drawn at random: the estimate stays consistent (McFadden 1978).</summary>
    private const int Alternatives = 200;

    private const int MostChoices = 4_000;

    private readonly DonorGraph graph = history.Graph;

    public ReturnResult Return()
    {
        var model = LogisticFit.Binary([.. Donors(trainAsOf).Select(static row => (row.Features, row.Returned))]);
        var rows = Donors(testAsOf);
        bool[] happened = [.. rows.Select(static row => row.Returned)];
        double[] probabilities = [.. rows.Select(row => model.Probability(row.Features))];
        double[] gifts = [.. rows.Select(static row => row.Features[1])];
        var ceiling = history.Truth is { } truth ? ProbabilityMeasures.AreaUnderCurve([.. rows.Select(row => truth.ReturnRate(row.Donor))], happened) : (double?)null;
        return new ReturnResult(
            rows.Count,
            happened.Count(static returned => returned),
            probabilities.Sum(),
            ProbabilityMeasures.AreaUnderCurve(probabilities, happened),
            ProbabilityMeasures.AreaUnderCurve(gifts, happened),
            ceiling,
            AtTen(probabilities, happened),
            AtTen(gifts, happened),
            ProbabilityMeasures.BrierSkill(probabilities, happened),
            model);
    }

    public (IReadOnlyList<RankingMeasures> Rankings, int Choices, double Candidates, LogisticModel Model) Next()
    {
        var random = new Random(seed);
        var links = LinksKnownAt(trainAsOf);
        var fitted = new List<double[]>();
        foreach (var choice in Choices(trainAsOf, testAsOf, random))
        {
            int[] others = [.. choice.Live.Where(campaign => campaign != choice.Campaign)];
            random.Shuffle(others);
            int[] candidates = [choice.Campaign, .. others.Take(Alternatives)];
            fitted.Add(Features(links, choice, candidates));
        }

        var model = LogisticFit.Conditional(fitted, LinkFeatures.Count);
        List<RankingMeasures> rankings = [new("popularity"), new("popularity, last 14 days"), new("common neighbours"), new("Adamic-Adar"), new("community"), new("trained")];
        if (history.Truth is not null)
            rankings.Add(new("the truth (ceiling)"));
        links = LinksKnownAt(testAsOf);
        var (choices, live) = (0, 0L);
        foreach (var choice in Choices(testAsOf, int.MaxValue, random))
        {
            var features = Features(links, choice, choice.Live);
            var scores = new double[choice.Live.Length];
            var chosen = Array.IndexOf(choice.Live, choice.Campaign);
            for (var ranking = 0; ranking < rankings.Count; ranking++)
            {
                for (var i = 0; i < scores.Length; i++)
                    scores[i] = ranking < LinkFeatures.Count ? features[(i * LinkFeatures.Count) + ranking]
                        : ranking == LinkFeatures.Count ? model.Score(features.AsSpan(i * LinkFeatures.Count, LinkFeatures.Count))
                        : history.Truth!.Pull(choice.Donor, choice.Live[i]); // the last ranking is there with a truth only
                rankings[ranking].Add(scores, chosen);
            }

            choices++;
            live += choice.Live.Length;
        }

        return (rankings, choices, (double)live / Math.Max(1, choices), model);
    }

    /// <summary>Communities as they were found in the gifts before an instant.</summary>
    private LinkFeatures LinksKnownAt(int minute) =>
        new(graph, Leiden.Of(graph.Within(DateTimeOffset.MinValue, DonorGraph.InstantOf(minute)), (ulong)seed));

    /// <summary>How well the communities found by the time of judging are the planted ones, over donors who gave to two campaigns; null where none were planted.</summary>
    public (int Found, double Agreement)? Planted()
    {
        if (history.Truth is not { } truth)
            return null;

        var before = graph.Within(DateTimeOffset.MinValue, DonorGraph.InstantOf(testAsOf));
        var found = Leiden.Of(before, (ulong)seed);
        int[] linking = [.. Enumerable.Range(0, graph.DonorCount).Where(donor => before.DegreeOfDonor(donor) > 1)];
        return (found.Count, AdjustedRand.Of([.. linking.Select(donor => found.Labels[donor])], [.. linking.Select(truth.Home)]));
    }

    private static double[] Features(LinkFeatures links, Choice choice, int[] candidates)
    {
        var features = new double[candidates.Length * LinkFeatures.Count];
        links.Of(choice.Donor, choice.At, candidates, features);
        return features;
    }

    private List<(int Donor, double[] Features, bool Returned)> Donors(int asOf)
    {
        var until = DonorGraph.MinuteOf(DonorGraph.InstantOf(asOf).AddMonths(ReturnFeatures.MonthsAhead));
        var rows = new List<(int, double[], bool)>();
        for (var donor = 0; donor < graph.DonorCount; donor++)
        {
            var features = new double[ReturnFeatures.Names.Count];
            if (!ReturnFeatures.Of(graph, donor, asOf, features))
                continue;

            var returned = false;
            foreach (var first in graph.FirstMinutesOf(donor))
                returned |= first >= asOf && first < until;
            rows.Add((donor, features, returned));
        }

        return rows;
    }

    /// <summary>Gifts of donors who had given elsewhere before, in [from, until), to a campaign that was live; at most <see cref="MostChoices"/>, drawn at random.</summary>
    private List<Choice> Choices(int from, int until, Random random)
    {
        var all = new List<(int Donor, int Campaign, int At)>();
        for (var donor = 0; donor < graph.DonorCount; donor++)
        {
            var firsts = graph.FirstMinutesOf(donor);
            var campaigns = graph.CampaignsOf(donor);
            for (var i = 0; i < firsts.Length; i++)
            {
                var at = firsts[i];
                var hadGiven = false;
                foreach (var other in firsts)
                    hadGiven |= other < at;
                if (hadGiven && at >= from && at < until && history.Opens[campaigns[i]] <= at && history.Closes[campaigns[i]] > at)
                    all.Add((donor, campaigns[i], at));
            }
        }

        var drawn = all.ToArray();
        random.Shuffle(drawn);
        return [.. drawn.Take(MostChoices).Select(gift =>
        {
            // Whom a donor gave to before is no alternative.
            var given = new HashSet<int>();
            for (var i = 0; i < graph.CampaignsOf(gift.Donor).Length; i++)
                if (graph.FirstMinutesOf(gift.Donor)[i] < gift.At)
                    given.Add(graph.CampaignsOf(gift.Donor)[i]);
            return new Choice(gift.Donor, gift.Campaign, gift.At, [.. history.LiveAt(gift.At).Where(campaign => !given.Contains(campaign))]);
        }).Where(static choice => choice.Live.Length > 1)];
    }

    private static double AtTen(double[] scores, bool[] happened)
    {
        // Ties at the tenth place count by their mean.
        var border = scores.OrderDescending().Take(RankingMeasures.Top).Last();
        var above = scores.Count(score => score > border);
        var atBorder = Enumerable.Range(0, scores.Length).Where(i => scores[i] == border).ToList();
        var hits = Enumerable.Range(0, scores.Length).Count(i => scores[i] > border && happened[i]);
        return (hits + ((RankingMeasures.Top - above) * (double)atBorder.Count(i => happened[i]) / atBorder.Count)) / RankingMeasures.Top;
    }

    private sealed record Choice(int Donor, int Campaign, int At, int[] Live);
}

/// <param name="Donors">Who had given before.</param>
/// <param name="Returned">Of them within twelve months.</param>
/// <param name="Expected">The sum of their probabilities.</param>
/// <param name="Area">Of the model.</param>
/// <param name="AreaOfGifts">Of the number of campaigns given to so far.</param>
/// <param name="Ceiling">Of the true rates, in a simulation.</param>
internal sealed record ReturnResult(
    int Donors, int Returned, double Expected, double Area, double AreaOfGifts, double? Ceiling, double AtTen, double AtTenOfGifts, double BrierSkill, LogisticModel Model);

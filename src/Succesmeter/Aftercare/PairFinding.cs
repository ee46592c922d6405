namespace Succesmeter.Aftercare;

/// <summary>What the answers so far say of one pair. An association: nobody was made to have more of the indicator.</summary>
/// <param name="Pair">The question.</param>
/// <param name="N">Campaigns with both the indicator and the outcome.</param>
/// <param name="Bounded">Those among them whose indicator is a lower bound.</param>
public sealed record PairFinding(OutcomePair Pair, int N, int Bounded)
{
    /// <summary>Fewer are counted and not reckoned with: an interval from thirty campaigns is nearly half of what is possible.</summary>
    public const int Fewest = 60;

    /// <summary>Null under <see cref="Fewest"/> campaigns, and where one side does not vary.</summary>
    public RankAssociation? Association { get; init; }

    /// <summary>The same with final money, goal and backers taken out of both sides; null where fewer than <see cref="Fewest"/> campaigns have all of these.</summary>
    public RankAssociation? BeyondSize { get; init; }

    /// <summary>Of an exploratory pair the p-value adjusted for the number of pairs that were looked at; null of a registered one.</summary>
    public double? FalseDiscoveryRate { get; init; }

    /// <summary>Of a registered pair the p-value of <see cref="BeyondSize"/>, adjusted for all registered pairs that can be told; null of an exploratory one.</summary>
    public double? FamilyErrorRate { get; init; }

    /// <summary>The registered pairs in their order, then every other one with its false-discovery rate.</summary>
    public static (IReadOnlyList<PairFinding> Registered, IReadOnlyList<PairFinding> Exploratory) Of(IReadOnlyCollection<AftercareAnswer> answers)
    {
        var explored = OutcomePair.Exploratory.Select(pair => Of(pair, answers)).ToList();
        var tested = Enumerable.Range(0, explored.Count).Where(at => explored[at].Association is not null).ToList();
        var rates = FalseDiscovery.Of([.. tested.Select(at => explored[at].Association!.PValue)]);
        for (var at = 0; at < tested.Count; at++)
            explored[tested[at]] = explored[tested[at]] with { FalseDiscoveryRate = rates[at] };

        return (WithFamilyErrors([.. OutcomePair.Registered.Select(pair => Of(pair, answers))]), explored);
    }

    private static List<PairFinding> WithFamilyErrors(List<PairFinding> registered)
    {
        var told = Enumerable.Range(0, registered.Count).Where(at => registered[at].BeyondSize is not null).ToList();
        var errors = FamilyError.Of([.. told.Select(at => registered[at].BeyondSize!.PValue)]);
        for (var at = 0; at < told.Count; at++)
            registered[told[at]] = registered[told[at]] with { FamilyErrorRate = errors[at] };

        return registered;
    }

    private static PairFinding Of(OutcomePair pair, IReadOnlyCollection<AftercareAnswer> answers)
    {
        var (indicators, outcomes, sized) = (new List<double>(), new List<double>(), new List<(double Indicator, double Outcome, double Money, double Goal, double Backers)>());
        var bounded = 0;
        foreach (var answer in answers)
        {
            if (answer.Wave != pair.Wave || !answer.Seen.Indicators.TryGetValue(pair.Indicator, out var indicator) || pair.Outcome.Of(answer) is not { } outcome)
                continue;

            indicators.Add(indicator.Value);
            outcomes.Add(outcome);
            bounded += indicator.IsBounded ? 1 : 0;
            if (answer.Seen is { Money: { } money, Goal: { } goal, Backers: { } backers })
                sized.Add((indicator.Value, outcome, money, goal, backers));
        }

        return new PairFinding(pair, indicators.Count, bounded)
        {
            Association = indicators.Count < Fewest ? null : RankAssociation.Of([.. indicators], [.. outcomes], []),
            BeyondSize = sized.Count < Fewest
                ? null
                : RankAssociation.Of(
                    [.. sized.Select(static one => one.Indicator)],
                    [.. sized.Select(static one => one.Outcome)],
                    [[.. sized.Select(static one => one.Money)], [.. sized.Select(static one => one.Goal)], [.. sized.Select(static one => one.Backers)]]),
        };
    }
}

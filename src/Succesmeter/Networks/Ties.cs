using Succesmeter.Snapshots;
using Succesmeter.Social;

namespace Succesmeter.Networks;

/// <summary>
/// What a campaign's donors have to do with each other and with the platform: loyalty, bridging, bonding. Exact figures for the state; what is shown of them
/// goes through <see cref="ShownTies"/>.
/// </summary>
/// <param name="Identified">Donors with an account or a full name.</param>
/// <param name="WithPrior">Of them, those with a gift elsewhere in the 24 months before.</param>
/// <param name="Sharing">Of them, those who share an earlier campaign with another one.</param>
/// <param name="Loyalty">Share of donors with a prior gift.</param>
/// <param name="Bridging">Over how many places or categories the donors' prior gifts are spread, less than expected (below 0) or more.</param>
/// <param name="Bonding">log₂ of how many times more pairs share an earlier campaign than expected.</param>
/// <param name="BridgingNull">What it was compared with; null without a value.</param>
/// <param name="BondingNull">The same.</param>
public sealed record Ties(int Identified, int WithPrior, int Sharing, Measure Loyalty, Measure Bridging, Measure Bonding, TieNull? BridgingNull, TieNull? BondingNull)
{
    /// <summary>Of <see cref="Networks.Reciprocity.Shown"/>: already in steps.</summary>
    public int? Reciprocity { get; init; }

    public const int LeastDonors = SmallNumbers.LeastIdentified;

    public const int LeastSharing = SmallNumbers.LeastEachSide;

    public const int MonthsOfHistory = 12;

    public const int MostDraws = 1_000;

    /// <summary>On a platform so large that it is sampled.</summary>
    public const int MostDrawsSampled = 250;

    /// <summary>Of a campaign that is not in the network, or no longer.</summary>
    public static readonly Ties None = new(
        0, 0, 0, Measure.Unobservable(TieReasons.FewerThanTwentyDonors), Measure.Unobservable(TieReasons.FewerThanTwentyDonors), Measure.Unobservable(TieReasons.FewerThanTwentyDonors), null, null);

    /// <param name="graph">Of the platform, the campaign's own gifts included.</param>
    /// <param name="campaign">Its number.</param>
    /// <param name="groups">Of each campaign a number for its declared place or category; negative = undeclared.</param>
    /// <param name="crowd">What the campaign's own state says of its donors.</param>
    /// <param name="asOf">Gifts after it are ignored.</param>
    /// <param name="seed">Of the null.</param>
    /// <param name="draws">At least 1.</param>
    public static Ties Of(DonorGraph graph, int campaign, IReadOnlyList<int> groups, TieCrowd crowd, DateTimeOffset asOf, ulong seed, int draws = MostDraws)
    {
        var prior = PriorGifts.Of(graph, campaign, asOf, seed);
        draws = prior.IsSampled ? Math.Min(draws, MostDrawsSampled) : draws;
        if (crowd.Worst == IdentityQuality.FirstName)
        {
            var hidden = Measure.Unobservable(TieReasons.FirstNamesOnly);
            return new Ties(prior.Donors, prior.WithPrior, 0, hidden, hidden, hidden, null, null);
        }

        var (observed, drawn) = Draw(prior, groups, draws, seed);
        var bonding = Null(observed.Pairs, drawn.Select(static d => (double)d.Pairs), prior, draws);
        var bridging = observed.Spread is { } spread ? Null(spread, drawn.Select(static d => d.Spread ?? double.NaN).Where(double.IsFinite), prior, draws) : null;
        return new Ties(
            prior.Donors,
            prior.WithPrior,
            observed.Sharing,
            LoyaltyOf(prior, crowd, graph, asOf),
            BridgingOf(prior, crowd, bridging),
            BondingOf(prior, crowd, observed.Sharing, bonding),
            bridging,
            observed.Pairs == 0 ? null : bonding);
    }

    private static Measure LoyaltyOf(PriorGifts prior, TieCrowd crowd, DonorGraph graph, DateTimeOffset asOf)
    {
        if (prior.Donors < LeastDonors)
            return Measure.Unobservable(TieReasons.FewerThanTwentyDonors);

        // Where the platform was not watched long enough nobody can have come back yet.
        if (graph.EdgeCount == 0 || DonorGraph.InstantOf(graph.FirstMinutes.Min()).AddMonths(MonthsOfHistory) > asOf)
            return Measure.Unobservable(TieReasons.UnderTwelveMonthsOfHistory);

        var n = (double)prior.Donors + crowd.Anonymous;
        return Known((double)prior.WithPrior / prior.Donors, prior.WithPrior / n, (prior.WithPrior + crowd.Anonymous) / n, prior.Donors, crowd);
    }

    private static Measure BridgingOf(PriorGifts prior, TieCrowd crowd, TieNull? bridging) =>
        prior.WithPrior < LeastDonors ? Measure.Unobservable(TieReasons.FewerThanTwentyWithPriorGift)
        : bridging is null ? Measure.Unobservable(TieReasons.NoDeclaredPlaceOrCategory)
        : Known(bridging.Observed - bridging.Expected, bridging.Observed - bridging.Expected, bridging.Observed - bridging.Expected, prior.WithPrior, crowd);

    private static Measure BondingOf(PriorGifts prior, TieCrowd crowd, int sharing, TieNull bonding)
    {
        if (prior.Donors < LeastDonors)
            return Measure.Unobservable(TieReasons.FewerThanTwentyDonors);
        if (sharing < LeastSharing)
            return Measure.Unobservable(TieReasons.FewerThanFiveShare);

        var value = Math.Log2(bonding.Observed / bonding.Expected);
        return Known(value, value, value, prior.Donors, crowd);
    }

    private static Measure Known(double value, double low, double high, int n, TieCrowd crowd) =>
        crowd.Worst == IdentityQuality.Account
            ? new Measure(value, low, high, n, Observability.Observed, IsComparable: false)
            : new Measure(value, low, high, n, Observability.Bounded, IsComparable: false, TieReasons.NamesNotAccounts);

    private static (CircleFigures Observed, CircleFigures[] Drawn) Draw(PriorGifts prior, IReadOnlyList<int> groups, int draws, ulong seed)
    {
        var graph = prior.Graph;
        var random = new Curveball(graph.CampaignStarts, graph.CampaignDonors.AsSpan().ToArray(), graph.DonorCount, Dice.SeedOf(seed, 1));
        var count = new CircleCount(prior.Circle, groups);
        var observed = count.Of(random);
        var drawn = new CircleFigures[prior.WithPrior < LeastSharing ? 0 : draws];
        random.Trade(drawn.Length == 0 ? 0 : random.Mixing);
        for (var draw = 0; draw < drawn.Length; draw++)
        {
            random.Trade(random.Between);
            drawn[draw] = count.Of(random);
        }

        return (observed, drawn);
    }

    private static TieNull Null(double observed, IEnumerable<double> drawn, PriorGifts prior, int draws)
    {
        var (sum, reaching, n) = (observed, 1, 1);
        foreach (var value in drawn)
        {
            sum += value;
            reaching += value >= observed ? 1 : 0;
            n++;
        }

        return new TieNull(observed, sum / n, (double)reaching / n, Math.Min(draws, n - 1), prior.IsSampled);
    }
}

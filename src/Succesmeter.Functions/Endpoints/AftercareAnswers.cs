using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Succesmeter.Aftercare;
using Succesmeter.Campaigns;
using Succesmeter.Ratings;

namespace Succesmeter.Functions.Endpoints;

/// <summary>After-care, its evidence and the coaches' ratings as clients read them.</summary>
internal static class AftercareAnswers
{
    /// <summary>Of what is due and of what was answered; the counts are of all.</summary>
    private const int MostCampaigns = 500;

    public static ProjectOutcome? ParseOutcome(string? text) => text switch
    {
        "as-planned" => ProjectOutcome.AsPlanned,
        "adapted" => ProjectOutcome.Adapted,
        "under-way" => ProjectOutcome.UnderWay,
        "not" => ProjectOutcome.Not,
        _ => null,
    };

    /// <summary>When a campaign may be answered about, as the end of a sentence on <c>months</c>.</summary>
    public static string Windows(DateTimeOffset ended) =>
        "must name a wave that is open: " + string.Join(", ", Wave.All.Select(wave => string.Create(
            CultureInfo.InvariantCulture, $"{wave.Months} from {wave.OpensAt(ended).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} until {wave.ClosesAt(ended).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}")));

    public static OutcomeAnswer Answered(PlatformId platform, AftercareAnswer answer, CampaignListing? listing) => new(
        $"{platform}/{answer.Campaign}", listing?.Title, answer.Wave.Months, Text(answer.Outcome), answer.Volunteers, answer.NewContacts, answer.AnsweredAt, answer.ChangedAt);

    public static PlatformAftercareAnswer Of(
        PlatformId platform, IReadOnlyList<CampaignListing> finished, IReadOnlyList<AftercareAnswer> answers, IReadOnlyList<Rating> ratings, DateTimeOffset now)
    {
        var tallies = WaveTally.Of(finished, answers, now);
        var listings = finished.ToDictionary(static listing => listing.Campaign.Name, StringComparer.Ordinal);
        var (registered, exploratory) = PairFinding.Of(answers);
        return new PlatformAftercareAnswer(
            platform.Value,
            [.. tallies.Select(static tally => new WaveAnswer(
                tally.Wave.Months,
                tally.Wave.OpensAfterMonths,
                tally.Wave.ClosesAfterMonths,
                tally.Asked,
                tally.Answered,
                Figures.Rounded(tally.ResponseRate),
                tally.Due.Count,
                new OutcomeCounts(tally.Outcomes[0], tally.Outcomes[1], tally.Outcomes[2], tally.Outcomes[3])))],
            [.. tallies
                .SelectMany(static tally => tally.Due.Select(listing => (tally.Wave, Listing: listing, Ended: Wave.EndOf(listing)!.Value)))
                .OrderBy(static due => due.Wave.ClosesAt(due.Ended))
                .Take(MostCampaigns)
                .Select(static due => new DueAnswer(
                    due.Listing.Campaign.ToString(), due.Listing.Title, due.Wave.Months, due.Ended, due.Wave.OpensAt(due.Ended), due.Wave.ClosesAt(due.Ended)))],
            [.. answers
                .OrderByDescending(static answer => answer.ChangedAt)
                .Take(MostCampaigns)
                .Select(answer => Answered(platform, answer, listings.GetValueOrDefault(answer.Campaign)))],
            new EvidenceAnswer(PairFinding.Fewest, FalseDiscovery.Level, [.. registered.Select(Pair)], [.. exploratory.Where(static pair => pair.N > 0).Select(Pair)]),
            Rated(platform, ratings));
    }

    private static PairAnswer Pair(PairFinding finding) => new(
        finding.Pair.Indicator,
        finding.Pair.Outcome.Name,
        finding.Pair.Wave.Months,
        finding.N,
        finding.Bounded,
        Association(finding.Association),
        Association(finding.BeyondSize),
        Figures.Rounded(finding.FamilyErrorRate),
        Figures.Rounded(finding.FalseDiscoveryRate));

    private static AssociationAnswer? Association(RankAssociation? found) => found is null
        ? null
        : new AssociationAnswer(found.N, Figures.Rounded(found.Spearman), [Figures.Rounded(found.Low), Figures.Rounded(found.High)], Figures.Rounded(found.PValue));

    private static RatingsAnswer Rated(PlatformId platform, IReadOnlyList<Rating> ratings)
    {
        var agreement = Agreement.Of(ratings);
        var decided = ratings.Count(static rating => rating.Better != Better.Equal);
        return new RatingsAnswer(
            ratings.Count,
            ratings.Select(static rating => rating.Rater).Distinct().Count(),
            ratings.Count == 0 ? null : Figures.Rounded((double)(ratings.Count - decided) / ratings.Count),
            decided == 0 ? null : Figures.Rounded((double)ratings.Count(static rating => rating.Better == Better.Left) / decided),
            new AgreementAnswer(agreement.Pairs, agreement.Ratings, Figures.Rounded(agreement.Alike), Interval(agreement.AlikeInterval), Figures.Rounded(agreement.Alpha), Interval(agreement.AlphaInterval)),
            [.. BradleyTerry.Of(ratings).Strengths.Where(static strength => strength.IsKnown).Select(strength => new StrengthAnswer(
                $"{platform}/{strength.Campaign}",
                Figures.Rounded(strength.LogOdds),
                strength.Low is { } low && strength.High is { } high ? [Figures.Rounded(low), Figures.Rounded(high)] : null,
                strength.Ratings,
                strength.Raters))]);

        static double[]? Interval((double Low, double High)? ends) => ends is { } known ? [Figures.Rounded(known.Low), Figures.Rounded(known.High)] : null;
    }

    private static string Text(ProjectOutcome outcome) => outcome switch
    {
        ProjectOutcome.AsPlanned => "as-planned",
        ProjectOutcome.Adapted => "adapted",
        ProjectOutcome.UnderWay => "under-way",
        _ => "not",
    };
}

/// <param name="Outcome">Of the project.</param>
/// <param name="Volunteers">Who helped.</param>
/// <param name="NewContacts">People who came to know each other.</param>
/// <param name="Months">Which time to answer, where it is not the one that is open.</param>
internal sealed record OutcomeRequest([Required, AllowedValues("as-planned", "adapted", "under-way", "not")] string Outcome, int? Volunteers, int? NewContacts, int? Months);

internal sealed record OutcomeAnswer(
    string Campaign, string? Title, int Months, string Outcome, int? Volunteers, int? NewContacts, DateTimeOffset AnsweredAt, DateTimeOffset ChangedAt);

internal sealed record PlatformAftercareAnswer(
    string Platform, IReadOnlyList<WaveAnswer> Waves, IReadOnlyList<DueAnswer> Due, IReadOnlyList<OutcomeAnswer> Answered, EvidenceAnswer Evidence, RatingsAnswer Ratings);

internal sealed record WaveAnswer(int Months, int OpensAfterMonths, int ClosesAfterMonths, int Asked, int Answered, double? ResponseRate, int Due, OutcomeCounts Outcomes);

internal sealed record OutcomeCounts(int AsPlanned, int Adapted, int UnderWay, int Not);

internal sealed record DueAnswer(string Campaign, string Title, int Months, DateTimeOffset EndedAt, DateTimeOffset OpensAt, DateTimeOffset ClosesAt);

/// <param name="Fewest">Campaigns before a pair is reckoned with.</param>
/// <param name="FalseDiscoveryLevel">At which an exploratory pair is worth a second look.</param>
/// <param name="Registered">Chosen before any answer was seen.</param>
/// <param name="Exploratory">All others that any campaign could tell of.</param>
internal sealed record EvidenceAnswer(int Fewest, double FalseDiscoveryLevel, IReadOnlyList<PairAnswer> Registered, IReadOnlyList<PairAnswer> Exploratory);

/// <param name="FamilyErrorRate">Of a registered pair; by Holm's method.</param>
/// <param name="FalseDiscoveryRate">Of an exploratory pair.</param>
internal sealed record PairAnswer(
    string Indicator, string Outcome, int Months, int N, int Bounded, AssociationAnswer? Association, AssociationAnswer? BeyondSize, double? FamilyErrorRate, double? FalseDiscoveryRate);

/// <param name="Interval">90 %.</param>
internal sealed record AssociationAnswer(int N, double Spearman, double[] Interval, double PValue);

/// <param name="EqualShare">Of all ratings.</param>
/// <param name="LeftShare">Of those that are not equal; far from a half, coaches prefer a side.</param>
/// <param name="Strengths">Of campaigns with ratings enough, in order of their names.</param>
internal sealed record RatingsAnswer(int Ratings, int Raters, double? EqualShare, double? LeftShare, AgreementAnswer Agreement, IReadOnlyList<StrengthAnswer> Strengths);

internal sealed record AgreementAnswer(int Pairs, int Ratings, double? Alike, double[]? AlikeInterval, double? Alpha, double[]? AlphaInterval);

internal sealed record StrengthAnswer(string Campaign, double LogOdds, double[]? Interval, int Ratings, int Raters);

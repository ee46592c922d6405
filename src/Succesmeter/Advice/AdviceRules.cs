using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Succesmeter.Campaigns;

namespace Succesmeter.Advice;

/// <summary>
/// At most three things to do. Where more apply, which of them are given and in what order is drawn by lot, the same all day for one campaign: an order by
/// merit would claim to know what works, and without chance nobody could ever find out.
/// </summary>
public static class AdviceRules
{
    public const int Most = 3;

    /// <param name="situation">As of the instant.</param>
    /// <param name="campaign">Part of the lot.</param>
    /// <param name="asOf">Its day, in UTC, is part of the lot.</param>
    /// <param name="own">What the platform's own finished campaigns say of levers: it takes the place of a published source, and has no say in the lot.</param>
    public static IReadOnlyList<AdvicePiece> Of(AdviceSituation situation, CampaignId campaign, DateTimeOffset asOf, IReadOnlyCollection<LeverEvidence>? own = null)
    {
        if (!situation.IsLive)
            return [];

        return [.. Applying(situation).OrderBy(piece => LotOf(piece.Code, campaign, asOf)).ThenBy(static piece => piece.Code, StringComparer.Ordinal).Take(Most).Select(piece => Beside(piece, own))];
    }

    /// <summary>The codes of all that applies, in the order of the rules: what the lot chose from.</summary>
    public static IReadOnlyList<string> CodesFor(AdviceSituation situation) => situation.IsLive ? [.. Applying(situation).Select(static piece => piece.Code)] : [];

    private static AdvicePiece Beside(AdvicePiece piece, IReadOnlyCollection<LeverEvidence>? own) =>
        own?.FirstOrDefault(lever => lever.Code == piece.Code) is { } compared ? piece with { Evidence = AdviceEvidence.OwnCampaigns, Compared = compared } : piece;

    private static IEnumerable<AdvicePiece> Applying(AdviceSituation now)
    {
        if (now.OpenComments is { } open and > 0)
            yield return new(AdviceCodes.AnswerComments, AdviceEvidence.Dialogue, [("comments", open)]);

        if (now is { BackersLastWeek: { } came and >= FewestToThank, DaysSinceThanks: { } silent and >= DaysBetweenThanks })
            yield return new(AdviceCodes.Thank, AdviceEvidence.Dialogue, [("backers", came), ("days", Math.Floor(silent))]);

        if (now is { Backers: { } early and >= FirstBackers and < 2 * FirstBackers, Share: < 1 })
            yield return new(AdviceCodes.BringOne, AdviceEvidence.EarlyBackers, [("backers", early)]);

        if (now is { Share: { } share and < 1, DaysSinceLastGift: { } days and >= DaysOfSilence, ElapsedDays: > DaysOfSilence })
            yield return new(AdviceCodes.NextCircle, AdviceEvidence.Circles, [("days", Math.Floor(days)), ("share", Rounded(share))]);

        if (GapOf(now.RewardPrices) is { } gap)
            yield return new(AdviceCodes.MissingReward, AdviceEvidence.Untested, [("below", (double)gap.Below), ("above", (double)gap.Above)]);

        if (now is { NeededPerDay: { } needed and > 0, PacePerDay: { } pace, DaysLeft: > 0 and var left } && needed > BehindBy * pace)
            yield return new(AdviceCodes.Pace, AdviceEvidence.Arithmetic, [("needed", Math.Ceiling(needed)), ("pace", Math.Floor(pace)), ("days", Math.Ceiling(left))]);

        if (now.Share is { } at && MomentNear(at) is { } moment)
            yield return new(AdviceCodes.Moment, AdviceEvidence.Untested, [("percent", 100 * moment), ("share", Rounded(at))]);
    }

    /// <summary>The widest step between two neighbouring prices, if it is wider than threefold.</summary>
    private static (decimal Below, decimal Above)? GapOf(IReadOnlyList<decimal> prices)
    {
        var ordered = prices.Where(static price => price > 0).Distinct().Order().ToArray();
        (decimal Below, decimal Above)? widest = null;
        for (var at = 1; at < ordered.Length; at++)
            if (ordered[at] >= WideStep * ordered[at - 1] && (widest is not { } known || ordered[at] / ordered[at - 1] > known.Above / known.Below))
                widest = (ordered[at - 1], ordered[at]);

        return widest;
    }

    /// <summary>A quarter, a half, three quarters, the whole: from five points below to two above.</summary>
    private static double? MomentNear(double share)
    {
        foreach (var moment in (ReadOnlySpan<double>)[0.25, 0.5, 0.75, 1])
            if (share >= moment - 0.05 && share <= moment + 0.02)
                return moment;

        return null;
    }

    private static ulong LotOf(string code, CampaignId campaign, DateTimeOffset asOf)
    {
        var drawn = SHA256.HashData(Encoding.UTF8.GetBytes($"{campaign} {asOf.UtcDateTime:yyyyMMdd} {code}"));
        return BinaryPrimitives.ReadUInt64BigEndian(drawn);
    }

    private static double Rounded(double share) => Math.Round(share, 2);

    private const int FewestToThank = 3;
    private const double DaysBetweenThanks = 7;
    private const int FirstBackers = 20;
    private const double DaysOfSilence = 3;
    private const decimal WideStep = 3;

    /// <summary>A pace that is a tenth too slow may be noise.</summary>
    private const double BehindBy = 1.1;
}

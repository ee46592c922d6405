using System.Collections.Immutable;

namespace Succesmeter.Features;

/// <summary>
/// An amount by a day: "1.2 times the goal by day 30". The model answers how likely it is, and every number of a forecast is read from such
/// answers: the probability is that of the goal by the end, the final amount that of all amounts by the end, the day that of the goal by all days.
/// </summary>
/// <param name="Ratio">The amount as a ratio of the goal; above what is already pledged.</param>
/// <param name="Day">Days since launch; later than now.</param>
public readonly record struct Aim(double Ratio, double Day)
{
    /// <summary>Below this ratio of the goal nothing more comes: the atom of the distribution of the final amount.</summary>
    public const double AnythingMore = 1e-4;

    /// <summary>What a model sees of an aim beside the campaign's own features, in the order in which <see cref="Write"/> fills them.</summary>
    public static ImmutableArray<FundingFeature> Features { get; } =
    [
        new("aim", "natural logarithm of the aim as a ratio of the goal", "always known", Effect.Lowers),
        new("gap", "natural logarithm of what is missing, as a ratio of the goal", "always known", Effect.Lowers),
        new("growth", "natural logarithm of the aim as a multiple of what is pledged", "always known", Effect.Lowers),
        new("needed-against-mean-pace", "natural logarithm of the needed pace as a multiple of the pace so far", "always known", Effect.Lowers),
        new("needed-against-last-week", "natural logarithm of the needed pace as a multiple of last week's", "always known", Effect.Lowers),
        new("days-left", "natural logarithm of days", "always known", Effect.Raises),
        new("gap-size", "decimal logarithm of euros", "unknown without a currency that we can size", Effect.Lowers),
    ];

    /// <param name="campaign">What is known now.</param>
    /// <param name="into">As many places as <see cref="Features"/>.</param>
    /// <remarks>
    /// Each value rises or falls in one direction when the ratio grows, the day is later, money comes in or silence lasts, in line with its
    /// <see cref="Effect"/>. The small constants keep a campaign without any gift finite: a hundredth of the goal pledged, a pace that would
    /// take 300 (mean) or 1,000 days (last week) to the goal, an hour left.
    /// </remarks>
    public void Write(FundingFeatures campaign, Span<double> into)
    {
        var curve = campaign.Curve;
        var values = campaign.Values;
        var pledged = values[0];
        var gap = Math.Max(Ratio - pledged, AnythingMore);
        var left = Math.Max(Day - curve.ElapsedDays, 1.0 / 24);
        var needed = gap / left;

        into[0] = Math.Log(Math.Max(Ratio, AnythingMore));
        into[1] = Math.Log(gap);
        into[2] = Math.Log(Math.Max(Ratio, AnythingMore) / Math.Max(pledged, 0.01));
        into[3] = Math.Log(needed / ((pledged / Math.Max(curve.ElapsedDays, 1)) + 0.003));
        into[4] = Math.Log(needed / ((values[LastWeek] / 7) + 0.001));
        into[5] = Math.Log(left);
        into[6] = values[GoalSize] + Math.Log10(gap);
    }

    private const int GoalSize = 1;
    private const int LastWeek = 11;
}

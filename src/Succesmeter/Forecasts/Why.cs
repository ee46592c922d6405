using System.Collections.Immutable;
using Succesmeter.Features;

namespace Succesmeter.Forecasts;

/// <summary>
/// What moved a probability, largest first: log-odds of the uncalibrated model. <see cref="Average"/> and all effects but the platform's make up the model's log-odds.
/// </summary>
/// <param name="Average">The model's log-odds for an average question in training.</param>
/// <param name="Entries">
/// One for each feature that moved it, the platform's shift as an entry of its own, and, with no effect, the features that are known but in no model.
/// </param>
public sealed record Why(double Average, ImmutableArray<WhyEntry> Entries)
{
    /// <summary>The name under which the platform's shift stands.</summary>
    public const string Platform = "platform";

    /// <returns>Null where nothing is asked: the goal is reached, or the time is over.</returns>
    public static Why? Of(ForecastModel model, FundingCurve curve, PlatformFit platform)
    {
        if (curve.Pledged >= curve.Goal || curve.ElapsedDays >= curve.PlannedDays)
            return null;

        var features = FundingFeatures.Of(curve);
        Span<double> row = stackalloc double[ForecastModel.FeatureNames.Length];
        Span<double> effects = stackalloc double[row.Length];
        features.Ask(new Aim(1, curve.PlannedDays), row);
        effects.Clear();
        var average = TreeAttribution.Of(model.Trees, row, effects);

        var entries = ImmutableArray.CreateBuilder<WhyEntry>();
        for (var at = 0; at < row.Length; at++)
            if (effects[at] != 0)
                entries.Add(new WhyEntry(ForecastModel.FeatureNames[at], double.IsNaN(row[at]) ? null : row[at], effects[at]));

        for (var at = ForecastModel.CampaignFeatureCount; at < FundingFeatures.Count; at++)
            if (!double.IsNaN(features.Values[at]))
                entries.Add(new WhyEntry(FundingFeatures.All[at].Name, features.Values[at], 0));

        if (platform.Shift != 0)
            entries.Add(new WhyEntry(Platform, null, platform.Shift));

        entries.Sort(static (a, b) => Math.Abs(b.Effect).CompareTo(Math.Abs(a.Effect)) is var order and not 0 ? order : string.CompareOrdinal(a.Feature, b.Feature));
        return new Why(average, entries.ToImmutable());
    }
}

/// <param name="Feature">A name of <see cref="FundingFeatures.All"/> or <see cref="Aim.Features"/>, or <see cref="Why.Platform"/>.</param>
/// <param name="Value">In the feature's unit; null where unknown.</param>
/// <param name="Effect">In log-odds, above zero where it raised the probability.</param>
public readonly record struct WhyEntry(string Feature, double? Value, double Effect);

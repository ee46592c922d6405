using System.Collections.Immutable;
using Succesmeter.Features;
using Succesmeter.Forecasts;

namespace Succesmeter.Outcomes;

/// <summary>What was known of a campaign at one instant while it was open, and what was said of it then.</summary>
public sealed record Look
{
    /// <summary>Of the campaign's time, as planned at the instant.</summary>
    public required double ElapsedShare { get; init; }

    /// <summary>The goal as known then, as a ratio of the goal as known last: goals are moved.</summary>
    public required double Goal { get; init; }

    /// <summary>As <see cref="FundingFeatures.Values"/> gave them, from nothing later than the instant.</summary>
    public required ImmutableArray<double> Features { get; init; }

    /// <summary>As <see cref="Scores.ScoreSummary.LogOdds"/>; null where it was not kept.</summary>
    public double? LogOdds { get; init; }

    /// <summary>The probability that was given, the platform's shift included.</summary>
    public double? Probability { get; init; }

    /// <summary>Anybody could read it; null where that was not kept.</summary>
    public bool? Shown { get; init; }

    /// <summary>Who said so; null where it was not kept.</summary>
    public string? Model { get; init; }

    /// <summary>Calibrated log-odds of the goal by the end, without a platform's shift: as they were said, or what another model would have said.</summary>
    public double LogOddsBy(ForecastModel model)
    {
        if (LogOdds is { } said && Model is { } name && name.StartsWith(model.FullName, StringComparison.Ordinal))
            return said;

        var features = Seen();
        return new Answers(model, features, 0).LogOddsOf(new Aim(1, features.Curve.PlannedDays));
    }

    internal FundingFeatures Seen() => FundingFeatures.Kept(Features.AsSpan());
}

using Succesmeter.Campaigns;
using Succesmeter.Forecasts;
using Succesmeter.Social;

namespace Succesmeter.Scores;

/// <summary>All that was learned and that a score depends on.</summary>
/// <param name="Forecast">Trained on finished campaigns.</param>
/// <param name="References">What social measures are compared with.</param>
public sealed record ScoringModel(ForecastModel Forecast, References References)
{
    /// <summary>What is known of single platforms beside what was learned from all.</summary>
    public IReadOnlyDictionary<PlatformId, PlatformFit> Platforms { get; init; } = new Dictionary<PlatformId, PlatformFit>();

    /// <summary>Courses of groups of finished campaigns, to set a live one beside while its platform has too few of its own.</summary>
    public IReadOnlyCollection<PastCurve> Prototypes { get; init; } = [];

    /// <summary>Names the model in each score, version included.</summary>
    public string Name => $"{Forecast.Name}-{Forecast.Version}";

    public PlatformFit FitOf(PlatformId platform) => Platforms.GetValueOrDefault(platform, PlatformFit.None);
}

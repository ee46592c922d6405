using Succesmeter.Forecasts;
using Succesmeter.Social;

namespace Succesmeter.Scores;

/// <summary>All that was learned and that a score depends on.</summary>
/// <param name="Forecast">Trained on finished campaigns.</param>
/// <param name="References">What social measures are compared with.</param>
public sealed record ScoringModel(ForecastModel Forecast, References References)
{
    /// <summary>What the platforms' own outcomes add to the forecast.</summary>
    public PlatformFit Platform { get; init; } = PlatformFit.None;

    /// <summary>Names the model in each score, version included.</summary>
    public string Name => $"{Forecast.Name}-{Forecast.Version}";
}

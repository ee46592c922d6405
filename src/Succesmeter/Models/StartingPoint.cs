using System.Collections.Immutable;
using Succesmeter.Campaigns;
using Succesmeter.Forecasts;
using Succesmeter.Scores;

namespace Succesmeter.Models;

/// <summary>What is known before any campaign of one's own has finished: the model that ships with the release, and what was published of platforms.</summary>
/// <param name="Model">With its references and prototypes; of platforms it knows nothing.</param>
/// <param name="Priors">By platform.</param>
public sealed record StartingPoint(ScoringModel Model, IReadOnlyDictionary<PlatformId, PlatformPrior> Priors)
{
    /// <summary>The shipped model as it scores while nothing else can be had: with priors and no outcomes.</summary>
    public ScoringModel Shipped { get; } = Model with { Platforms = PlatformsBefore(Priors, Model.Forecast) };

    /// <summary>What a model knows of platforms before any outcome: their priors.</summary>
    public ImmutableDictionary<PlatformId, PlatformModel> PlatformsBefore(ForecastModel forecast) => PlatformsBefore(Priors, forecast);

    private static ImmutableDictionary<PlatformId, PlatformModel> PlatformsBefore(IReadOnlyDictionary<PlatformId, PlatformPrior> priors, ForecastModel forecast) =>
        priors.ToImmutableDictionary(static pair => pair.Key, pair => new PlatformModel(PlatformFit.Of(forecast, pair.Value, []), []));

    public PlatformPrior? PriorOf(PlatformId platform) => Priors.GetValueOrDefault(platform);
}

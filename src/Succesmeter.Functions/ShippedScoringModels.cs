using Succesmeter.Campaigns;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Models;
using Succesmeter.Scores;
using Succesmeter.Social;

namespace Succesmeter.Functions;

/// <summary>The model that ships with the release.</summary>
internal sealed class ShippedScoringModels : IScoringModels
{
    private readonly Lazy<ScoringModel> model = new(() => new ScoringModel(ShippedModels.Serving, References.Shipped)
    {
        Platforms = new Dictionary<PlatformId, PlatformFit> { [new PlatformId("growfunding")] = PlatformFit.Of(ShippedModels.Serving, PlatformPrior.Growfunding, outcomes: []) },
        Prototypes = ShippedModels.Prototypes,
    });

    public ValueTask<ScoringModel?> CurrentAsync(CancellationToken cancellation) => new(model.Value);
}

using Succesmeter.Learning.Models;
using Succesmeter.Scores;
using Succesmeter.Social;

namespace Succesmeter.Functions;

/// <summary>The model that ships with the release.</summary>
internal sealed class ShippedScoringModels : IScoringModels
{
    private readonly Lazy<ScoringModel> model = new(() => new ScoringModel(ShippedModels.Serving, References.Shipped));

    public ValueTask<ScoringModel?> CurrentAsync(CancellationToken cancellation) => new(model.Value);
}

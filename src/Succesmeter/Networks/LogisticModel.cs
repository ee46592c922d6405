namespace Succesmeter.Networks;

/// <summary>Weights of a logistic model: of one alternative (a probability) or between alternatives (McFadden's conditional logit).</summary>
/// <param name="Weights">One for each feature.</param>
public sealed record LogisticModel(IReadOnlyList<double> Weights)
{
    public double Score(ReadOnlySpan<double> features)
    {
        if (features.Length != Weights.Count)
            throw new ArgumentException($"{features.Length} features for a model of {Weights.Count}.", nameof(features));

        var score = 0.0;
        for (var i = 0; i < features.Length; i++)
            score += Weights[i] * features[i];
        return score;
    }

    public double Probability(ReadOnlySpan<double> features) => Forecasts.Answers.Sigmoid(Score(features));
}

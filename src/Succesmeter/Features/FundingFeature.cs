namespace Succesmeter.Features;

/// <summary>One thing that the forecast looks at, with the words a person needs to read it.</summary>
/// <param name="Name">As it stands in a model file and in <c>why</c>; kebab-case English.</param>
/// <param name="Unit">What the value counts.</param>
/// <param name="WhenUnknown">What stands in where the source does not show it.</param>
/// <param name="Effect">The direction in which it may move a probability, held by every model.</param>
/// <param name="InModels">False: shown to people, but no training data has it, so no model uses it.</param>
public sealed record FundingFeature(string Name, string Unit, string WhenUnknown, Effect Effect, bool InModels = true);

/// <summary>The direction in which a feature may move the probability of reaching an amount.</summary>
public enum Effect
{
    /// <summary>Either way, as the data say.</summary>
    Free,

    /// <summary>More of it never lowers the probability.</summary>
    Raises,

    /// <summary>More of it never raises the probability.</summary>
    Lowers,
}

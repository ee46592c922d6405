using Succesmeter.Social;

namespace Succesmeter.Aftercare;

/// <summary>The question whether campaigns with more of an indicator are those with more of an outcome.</summary>
/// <param name="Indicator">One of <see cref="IndicatorNames"/>, at the end of the campaign.</param>
/// <param name="Outcome">In the answer.</param>
/// <param name="Wave">Of the answer.</param>
public sealed record OutcomePair(string Indicator, OutcomeMeasure Outcome, Wave Wave)
{
    /// <summary>The three of docs/preregistration.md, chosen before any answer was seen. Another choice is a change of what was registered, and is written down there as one.</summary>
    public static IReadOnlyList<OutcomePair> Registered { get; } =
    [
        new(IndicatorNames.Dialogue, OutcomeMeasure.Done, Wave.Twelve),
        new(IndicatorNames.InKind, OutcomeMeasure.Volunteers, Wave.Three),
        new(IndicatorNames.Bridging, OutcomeMeasure.NewContacts, Wave.Three),
    ];

    /// <summary>Every other one.</summary>
    public static IReadOnlyList<OutcomePair> Exploratory { get; } =
    [
        .. from wave in Wave.All
           from outcome in OutcomeMeasure.All
           from indicator in IndicatorNames.All
           let pair = new OutcomePair(indicator, outcome, wave)
           where !Registered.Contains(pair)
           select pair,
    ];
}

namespace Succesmeter.Social;

/// <summary>A plain figure beside an indicator; never compared, never in the meter.</summary>
/// <param name="Name">What it counts.</param>
/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Unit">With what it is set beside.</param>
public sealed record SideFigure(string Name, double Value, string Unit)
{
    /// <returns>Null where there are no backers to set it beside, or nothing was counted.</returns>
    internal static SideFigure? PerHundredBackers(string name, int? count, Measure reach) =>
        count is { } some && reach.Value is > 0 and var backers ? new SideFigure(name, Math.Round(100 * some / backers, 1), "per 100 backers") : null;
}

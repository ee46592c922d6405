namespace Succesmeter.Social;

/// <summary>Where a campaign stands between two kinds of success, neither of which is the better one. Null where it cannot be told.</summary>
/// <param name="Name">Both ends: <c>bonding-bridging</c>.</param>
/// <param name="Position">−1 is the first end, 1 the second.</param>
/// <param name="Low">Lower end of the 90 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Reason">Why there is no position.</param>
public sealed record CompassPoint(string Name, double? Position, double? Low, double? High, string? Reason)
{
    public const string BondingBridging = "bonding-bridging";
    public const string LocalCity = "local-city";
    public const string NewReturning = "new-returning";

    /// <summary>So much spread above the expected is all the way to bridging: a convention.</summary>
    private const double FullBridging = 0.25;

    /// <summary>So many doublings of pairs above the expected are all the way to bonding: a convention.</summary>
    private const double FullBonding = 3;

    /// <summary>The three points in their order.</summary>
    internal static IReadOnlyList<CompassPoint> Of(SocialMeasures measures) =>
    [
        BetweenTies(measures.Bonding, measures.Bridging),
        Between(LocalCity, measures.Locality, static share => 1 - (2 * share)),
        Between(NewReturning, measures.Loyalty, static share => (2 * share) - 1),
    ];

    private static CompassPoint Between(string name, Measure share, Func<double, double> position)
    {
        if (share.Value is not { } value)
            return Unknown(name, share.Reason);

        var (one, other) = (position(share.Low), position(share.High));
        return Known(name, position(value), Math.Min(one, other), Math.Max(one, other));
    }

    private static CompassPoint BetweenTies(Measure bonding, Measure bridging)
    {
        if (bonding.Value is not { } bond || bridging.Value is not { } bridge)
            return Unknown(BondingBridging, bridging.Value is null ? bridging.Reason : bonding.Reason);

        // Both are uncertain and not by the same draw, so their margins add as squares.
        var position = ((bridge / FullBridging) - (bond / FullBonding)) / 2;
        var margin = Math.Sqrt(Math.Pow((bridging.High - bridging.Low) / FullBridging / 4, 2) + Math.Pow((bonding.High - bonding.Low) / FullBonding / 4, 2));
        return Known(BondingBridging, position, position - margin, position + margin);
    }

    private static CompassPoint Unknown(string name, string? reason) => new(name, null, null, null, reason);

    private static CompassPoint Known(string name, double position, double low, double high) => new(name, Within(position), Within(low), Within(high), null);

    private static double Within(double position) => Math.Round(Math.Clamp(position, -1, 1), 2);
}

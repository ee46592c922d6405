namespace Succesmeter.Social;

/// <summary>Where a campaign stands between two kinds of success, neither of which is the better one.</summary>
/// <param name="Name">Both ends: <c>bonding-bridging</c>.</param>
/// <param name="Position">−1 is the first end, 1 the second.</param>
/// <param name="Low">Lower end of the 90 % interval.</param>
/// <param name="High">Upper end.</param>
public sealed record CompassPoint(string Name, double Position, double Low, double High);

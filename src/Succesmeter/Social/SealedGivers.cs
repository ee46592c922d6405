namespace Succesmeter.Social;

/// <summary>
/// What is remembered of gifts whose rows were sealed away because the state row was full. They are the oldest ones, so they say nothing of the last seven days.
/// </summary>
/// <param name="Gifts">How many.</param>
/// <param name="Donors">Distinct givers among them, each anonymous gift as one.</param>
/// <param name="SumMinor">Of all givers' totals, in minor units.</param>
/// <param name="SumOfSquaresMinor">Of the squares of the givers' totals, in minor units squared.</param>
public sealed record SealedGivers(long Gifts, long Donors, long SumMinor, double SumOfSquaresMinor);

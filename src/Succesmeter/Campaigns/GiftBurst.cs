using System.Globalization;

namespace Succesmeter.Campaigns;

/// <summary>Gifts of one small amount that came all at once, as one person with many cards would give them. Left out of the social indicators until a coach says they are real.</summary>
/// <param name="AmountMinor">Of each.</param>
/// <param name="From">The first.</param>
/// <param name="Until">The last.</param>
/// <param name="Gifts">How many.</param>
public readonly record struct GiftBurst(long AmountMinor, DateTimeOffset From, DateTimeOffset Until, int Gifts)
{
    /// <summary>By which a coach names it; 16 hexadecimal digits that tell nothing of the gifts.</summary>
    public string Id => LedgerKeys.Of(string.Create(CultureInfo.InvariantCulture, $"burst|{AmountMinor}|{From.ToUnixTimeMilliseconds()}|{Until.ToUnixTimeMilliseconds()}|{Gifts}")).ToString("x16", CultureInfo.InvariantCulture);

    public bool Holds(Gift gift) => gift.AmountMinor == AmountMinor && gift is { People: <= 1, At: not null } && gift.GivenAt is var at && at >= From && at <= Until;
}

namespace Succesmeter.Social;

/// <summary>
/// Round values of currencies in euros, one or two digits: enough to find campaigns of like size and the worth of five euros, and fixed, so that
/// a score does not move with an exchange rate. Not for reports, which never add currencies.
/// </summary>
internal static class EuroValue
{
    /// <returns>Null for a currency that is not in the table.</returns>
    public static double? Of(string? currency) => currency switch
    {
        "EUR" => 1,
        "GBP" => 1.15,
        "USD" => 0.9,
        "CHF" => 1.05,
        "DKK" => 0.134,
        "SEK" or "NOK" => 0.09,
        "PLN" => 0.23,
        "CZK" => 0.04,
        "HUF" => 0.0026,
        "RON" => 0.2,
        "BGN" => 0.51,
        "CAD" => 0.67,
        "AUD" => 0.6,
        "NZD" => 0.56,
        "SGD" => 0.68,
        "HKD" => 0.115,
        "AED" => 0.25,
        "JPY" => 0.0065,
        _ => null,
    };
}

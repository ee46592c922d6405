namespace Succesmeter.Features;

/// <summary>How large an amount is, on a scale that lets currencies stand side by side in a model. Never used to add money.</summary>
internal static class EuroSize
{
    /// <returns>Decimal logarithm of the amount in euros, rounded rates; not-a-number for a currency that we cannot size.</returns>
    public static double Log10Of(double amount, string? currency) => Math.Log10(amount * Rate(currency));

    /// <remarks>Rates of 2020–24, rounded to the five per cent that a logarithm of a goal can bear.</remarks>
    private static double Rate(string? currency) => currency switch
    {
        "EUR" => 1,
        "GBP" => 1.15,
        "USD" => 0.92,
        "CHF" => 1,
        "CAD" => 0.68,
        "AUD" => 0.61,
        "NZD" => 0.57,
        "SEK" or "NOK" => 0.09,
        "DKK" => 0.134,
        "PLN" => 0.22,
        _ => double.NaN,
    };
}

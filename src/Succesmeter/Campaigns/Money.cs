namespace Succesmeter.Campaigns;

/// <summary>Amounts as stored and counted: whole minor units (cents) of one ISO 4217 currency.</summary>
public static class Money
{
    /// <summary>Decimals of a currency's minor unit by ISO 4217; two for any that is not listed.</summary>
    public static int Decimals(string? currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    /// <summary>Rounds half to even: platforms show at most the minor unit, and what is finer has no bias this way.</summary>
    public static long ToMinor(decimal amount, string? currency) => (long)Math.Round(amount * Scale(currency), MidpointRounding.ToEven);

    public static decimal ToMajor(long minor, string? currency) => minor / Scale(currency);

    private static decimal Scale(string? currency) => Decimals(currency) switch { 0 => 1m, 3 => 1000m, _ => 100m };
}

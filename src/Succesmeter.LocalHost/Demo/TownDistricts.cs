using System.Globalization;

namespace Succesmeter.LocalHost.Demo;

/// <summary>The town's ten districts. Neither they nor their post codes exist; the coordinates lie in the North Sea.</summary>
internal static class TownDistricts
{
    private const int FirstPostCode = 9990;

    private static readonly string[] Names =
        ["Vaartwijk", "Dorpsplein", "Molenberg", "Les Tanneurs", "Oude Haven", "Quartier Velours", "Spoorzicht", "Sint-Ursmar", "Belle Vue", "Nieuwe Meers"];

    public static string Name(int district) => Names[district];

    public static string PostCode(int district) => (FirstPostCode + district).ToString(CultureInfo.InvariantCulture);

    public static (double Latitude, double Longitude) Position(int district) => (51.6 + (district * 0.008), 2.6 + (district % 3 * 0.012));
}

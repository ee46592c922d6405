using System.Globalization;

namespace Succesmeter.Faults.Tests;

/// <summary>How long these tests are: a minute among the others, or as long as it takes at night (<c>SUCCESMETER_NIGHTLY=1</c>). What is drawn follows from <c>SUCCESMETER_SEED</c>.</summary>
internal static class Nightly
{
    private const int UsualSeed = 20;

    public static bool Is { get; } = Environment.GetEnvironmentVariable("SUCCESMETER_NIGHTLY") == "1";

    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("SUCCESMETER_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : UsualSeed;

    /// <summary>A number of the environment's, for a night that is shorter.</summary>
    public static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : usual;
}

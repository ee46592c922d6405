namespace Succesmeter.Learning;

/// <summary>Numbers drawn for simulations.</summary>
internal static class Draws
{
    /// <summary>Standard normal, by Box and Muller 1958.</summary>
    public static double Normal(this Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

namespace Succesmeter.LocalHost.Demo;

/// <summary>Dice that fall the same every time for one seed and what they are thrown for.</summary>
internal sealed class TownDice(int seed, int about, int purpose)
{
    private readonly Random _random = new(Mixed(seed, about, purpose));

    public double Share() => _random.NextDouble();

    public bool Is(double share) => _random.NextDouble() < share;

    public int Below(int limit) => _random.Next(limit);

    public double Between(double least, double most) => least + ((most - least) * _random.NextDouble());

    public T Of<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];

    /// <summary>Mean of the exponential distribution.</summary>
    public double Delay(double mean) => -mean * Math.Log(1 - _random.NextDouble());

    /// <remarks>Box and Muller; 1 − u keeps the logarithm finite.</remarks>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    /// <remarks>Knuth's product; expected values here are small, and large ones are halved so that the product does not vanish.</remarks>
    public int Poisson(double expected)
    {
        if (expected > 30)
            return Poisson(expected / 2) + Poisson(expected / 2);

        var limit = Math.Exp(-expected);
        var count = -1;
        for (var product = 1.0; product > limit; count++)
            product *= 1 - _random.NextDouble();
        return Math.Max(count, 0);
    }

    /// <remarks>The finish of SplitMix64; HashCode would be another one in every process.</remarks>
    private static int Mixed(int seed, int about, int purpose)
    {
        unchecked
        {
            var mixed = ((ulong)(uint)seed << 32) ^ ((ulong)(uint)about * 0x9E3779B97F4A7C15) ^ ((ulong)(uint)purpose * 0xD1B54A32D192ED03);
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (int)(mixed ^ (mixed >> 31));
        }
    }
}

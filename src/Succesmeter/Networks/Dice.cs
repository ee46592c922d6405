using System.Numerics;

namespace Succesmeter.Networks;

/// <summary>Seeded chance: xoshiro256** (Blackman and Vigna 2021), filled by SplitMix64. The same on every machine and runtime.</summary>
/// <remarks>A mutable struct on purpose: it lives in one local or field and its four words stay in registers. Pass it by reference.</remarks>
internal struct Dice
{
    private ulong a;
    private ulong b;
    private ulong c;
    private ulong d;

    public Dice(ulong seed)
    {
        a = Split(ref seed);
        b = Split(ref seed);
        c = Split(ref seed);
        d = Split(ref seed);
    }

    /// <summary>A seed of its own for the n-th of several independent runs.</summary>
    public static ulong SeedOf(ulong seed, int run)
    {
        var mixed = seed ^ (0xD1B54A32D192ED03 * ((ulong)run + 1));
        return Split(ref mixed);
    }

    public ulong Next()
    {
        var result = BitOperations.RotateLeft(b * 5, 7) * 9;
        var t = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    /// <summary>0 to <paramref name="below"/> − 1, by one multiplication (Lemire 2019); its bias, below/2³², moves no figure here.</summary>
    public int Next(int below) => (int)(((Next() >> 32) * (ulong)below) >> 32);

    /// <summary>In [0, 1).</summary>
    public double NextShare() => (Next() >> 11) * (1.0 / (1UL << 53));

    public void Shuffle(Span<int> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Next(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private static ulong Split(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

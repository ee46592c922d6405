namespace Succesmeter.Hostile.Tests;

/// <summary>One reader of what comes from outside, and the law that it keeps whatever that is.</summary>
/// <param name="Name">Seeds its dice, and is told beside its figures.</param>
/// <param name="Seeds">Valid inputs, and those at which a fault was once found; short ones, for they are bent.</param>
/// <param name="Words">Of the form.</param>
/// <param name="Read">
/// Reads one input and throws where the law is broken: whatever leaves it is a fault, so it catches what the reader documents. It returns in short what came of it; an input
/// with a new outcome is bent on.
/// </param>
internal sealed record Reader(string Name, byte[][] Seeds, byte[][] Words, Func<byte[], string> Read)
{
    /// <summary>Inputs at which a cost was once found, as long as it takes; they are read once and not bent.</summary>
    public byte[][] Once { get; init; } = [];

    /// <summary>Of a mutant.</summary>
    public int MostBytes { get; init; } = 4 << 10;

    /// <summary>Of one that says the same over and over.</summary>
    public int MostPumpedBytes { get; init; } = 32 << 10;

    /// <summary>How many bytes the last reading read: more than its input where that is given again and again.</summary>
    public Func<byte[], long> BytesRead { get; init; } = static input => input.Length;

    /// <summary>So much may be allocated for any input.</summary>
    public long FreeBytes { get; init; } = 1 << 20;

    /// <summary>And so much for each byte that is read.</summary>
    public int BytesPerByte { get; init; } = 200;

    /// <summary>So long may any input take, in milliseconds of a debug build.</summary>
    public double FreeMilliseconds { get; init; } = 100;

    /// <summary>And so long each kilobyte that is read: what grows with the square of the length goes past it.</summary>
    public double MillisecondsPerKilobyte { get; init; } = 10;
}

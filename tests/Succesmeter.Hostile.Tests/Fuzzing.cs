using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Xunit.Abstractions;

namespace Succesmeter.Hostile.Tests;

/// <summary>
/// Gives a reader mutants of its seeds. Outcome-guided: a mutant that came to something no other came to joins the seeds, so that the next ones begin where it ended. No coverage of the code
/// is measured for it.
/// </summary>
internal static class Fuzzing
{
    /// <summary>Of each reader. 20,000 in a test run; the nightly sets a million.</summary>
    private const string CasesSetting = "SUCCESMETER_FUZZ_CASES";

    /// <summary>Fixed in a test run; the nightly draws one and prints it.</summary>
    private const string SeedSetting = "SUCCESMETER_SEED";

    private const int UsualCases = 20_000;
    private const int UsualSeed = 9;

    /// <summary>One case among so many is long.</summary>
    private const int PumpedEach = 400;

    /// <summary>What is remembered of inputs with an outcome of their own.</summary>
    private const int MostKept = 3_000;

    /// <summary>A machine that does something else at the moment is no fault: what seems slow is tried again.</summary>
    private const int TriesOfSlow = 4;

    private const int TriesToShorten = 3_000;

    public static void Run(Reader reader, ITestOutputHelper output)
    {
        var (cases, seed) = (Setting(CasesSetting, UsualCases), Setting(SeedSetting, UsualSeed));
        var dice = new Random(seed ^ BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(reader.Name))));
        var mutator = new Mutator(dice, reader.Words, reader.MostBytes);
        var kept = new List<byte[]>(reader.Seeds);
        var outcomes = new HashSet<string>(StringComparer.Ordinal);
        var (mostAllocated, mostMilliseconds, bytes, began, beganOnThread) = (0L, 0.0, 0L, Stopwatch.GetTimestamp(), ThreadTime.Milliseconds);

        foreach (var valid in reader.Seeds.Concat(reader.Once))
        {
            // The first reading compiles and fills caches: it is no measure.
            outcomes.Add(reader.Read(valid));
            if (Fault(reader, valid) is { } fault)
                Assert.Fail(Told(reader, -1, seed, valid, fault));
        }

        for (var number = 0; number < cases; number++)
        {
            var parent = dice.Next(3) == 0 ? reader.Seeds[dice.Next(reader.Seeds.Length)] : kept[dice.Next(kept.Count)];
            var input = number % PumpedEach == PumpedEach - 1 ? mutator.Pumped(parent, 1 + dice.Next(reader.MostPumpedBytes)) : mutator.Bent(parent, kept);
            bytes += input.Length;
            if (Fault(reader, input, out var outcome, out var allocated, out var milliseconds) is { } fault)
                Assert.Fail(Told(reader, number, seed, Shortened(reader, input, fault), fault));

            mostAllocated = Math.Max(mostAllocated, allocated);
            mostMilliseconds = Math.Max(mostMilliseconds, milliseconds);
            if (input.Length <= reader.MostBytes && kept.Count < MostKept && outcomes.Add(outcome))
                kept.Add(input);
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{reader.Name}: {cases} cases, {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s, {(ThreadTime.Milliseconds - beganOnThread) / 1000:F1} s of a processor, {bytes / 1e6:F0} MB, {outcomes.Count} outcomes; most of one case {mostAllocated / 1024} KiB, {mostMilliseconds:F0} ms; seed {seed}"));
    }

    /// <returns>What law the input broke, in words; null where it broke none.</returns>
    public static string? Fault(Reader reader, byte[] input) => Fault(reader, input, out _, out _, out _);

    private static string? Fault(Reader reader, byte[] input, out string outcome, out long allocated, out double milliseconds)
    {
        outcome = "";
        var before = GC.GetAllocatedBytesForCurrentThread();
        var began = ThreadTime.Milliseconds;
        try
        {
            outcome = reader.Read(input);
        }
#pragma warning disable CA1031 // Whatever leaves a reader is the fault that is looked for.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            (allocated, milliseconds) = (0, 0);
            return $"{fault.GetType().Name}: {fault.Message}\n{fault.StackTrace}";
        }

        milliseconds = ThreadTime.Milliseconds - began;
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var read = reader.BytesRead(input);
        if (allocated > reader.FreeBytes + (reader.BytesPerByte * read))
            return $"allocates {allocated} bytes for {read}";

        var mostMilliseconds = reader.FreeMilliseconds + (reader.MillisecondsPerKilobyte * read / 1024);
        for (var tries = 0; milliseconds > mostMilliseconds && tries < TriesOfSlow; tries++)
        {
            began = ThreadTime.Milliseconds;
            reader.Read(input);
            milliseconds = Math.Min(milliseconds, ThreadTime.Milliseconds - began);
        }

        return milliseconds > mostMilliseconds ? $"takes {milliseconds:F0} ms for {read} bytes" : null;
    }

    /// <summary>Takes pieces out for as long as the same fault stays.</summary>
    private static byte[] Shortened(Reader reader, byte[] input, string fault)
    {
        // Of a cost the length is the point.
        if (!fault.Contains('\n', StringComparison.Ordinal))
            return input;

        var kind = Kind(fault);
        for (var (piece, tries) = (input.Length / 2, 0); piece > 0 && tries < TriesToShorten;)
        {
            var isShorter = false;
            for (var at = 0; at + piece <= input.Length && tries < TriesToShorten; tries++)
            {
                byte[] shorter = [.. input[..at], .. input[(at + piece)..]];
                if (Fault(reader, shorter) is { } same && Kind(same) == kind)
                    (input, isShorter) = (shorter, true);
                else
                    at += piece;
            }

            piece = isShorter ? Math.Min(piece, input.Length) : piece / 2;
        }

        return input;
    }

    /// <summary>The exception's type and where it left from.</summary>
    private static string Kind(string fault) => $"{fault.Split(':')[0]} {fault.Split('\n').FirstOrDefault(static line => line.Contains(" at ", StringComparison.Ordinal))}";

    private static string Told(Reader reader, int number, int seed, byte[] input, string fault)
    {
        var shown = input.Length > 4_000 ? $"{Convert.ToBase64String(input[..2_000])}… ({input.Length} bytes)" : Convert.ToBase64String(input);
        var text = new string([.. Encoding.Latin1.GetString(input[..Math.Min(input.Length, 600)]).Select(static c => char.IsControl(c) ? '·' : c)]);
        return $"{reader.Name} broke its law at case {number} of seed {seed} ({SeedSetting}={seed}):\n{fault}\ninput: {text}\nBase64: {shown}";
    }

    private static int Setting(string name, int usual) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : usual;
}

using System.Collections.Immutable;
using Succesmeter.Forecasts;

namespace Succesmeter.Learning.Models;

/// <summary>Prototype courses in a <see cref="ModelBundle"/>: for each how many it stands for, the share that reached the goal, then the course.</summary>
internal static class PrototypeFile
{
    public static void Write(IReadOnlyList<PastCurve> prototypes, Stream stream)
    {
        var bundle = new ModelBundle();
        bundle.Add("count", [prototypes.Count]);
        foreach (var prototype in prototypes)
            bundle.Add(prototype.Name, [prototype.Stands, prototype.ReachedShare, .. prototype.Ratios]);

        bundle.Write(stream);
    }

    public static ImmutableArray<PastCurve> Read(Stream stream)
    {
        var bundle = ModelBundle.Read(stream);
        return [.. Enumerable.Range(1, (int)bundle.Numbers("count")[0]).Select(number =>
        {
            var name = "prototype-" + number.ToString("D2", System.Globalization.CultureInfo.InvariantCulture);
            var values = bundle.Numbers(name);
            return new PastCurve(name, (int)values[0], values[1], [.. values.Skip(2)]);
        })];
    }
}

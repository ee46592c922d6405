using System.Globalization;
using System.Text;
using Succesmeter.Forecasts;

namespace Succesmeter.Learning.Models;

/// <summary>
/// A file of several ensembles and numbers by name, for the benchmarks: text like a <see cref="ForecastModel"/>'s, with a version that is a hash of the
/// rest. A bundle is opened for the features it was trained on, or not at all.
/// </summary>
internal sealed class ModelBundle
{
    private const string Header = "succesmeter-benchmark 1";

    private readonly SortedDictionary<string, (string Features, IReadOnlyList<Tree> Trees)> ensembles = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, double[]> numbers = new(StringComparer.Ordinal);

    public string Version => ForecastModelFile.Hash(Body());

    /// <param name="name">Without spaces.</param>
    /// <param name="features">Their names, in order.</param>
    /// <param name="trees">To be kept.</param>
    public void Add(string name, IEnumerable<string> features, BoostedTrees trees) => ensembles.Add(name, (string.Join(',', features), trees.Trees));

    public void Add(string name, IEnumerable<double> values) => numbers.Add(name, [.. values]);

    /// <exception cref="InvalidDataException">It is not there, or was trained on other features.</exception>
    public BoostedTrees Trees(string name, IEnumerable<string> features)
    {
        if (!ensembles.TryGetValue(name, out var found))
            throw new InvalidDataException($"The bundle holds no trees '{name}'.");

        var expected = string.Join(',', features);
        return found.Features == expected
            ? new BoostedTrees(found.Trees)
            : throw new InvalidDataException($"The trees '{name}' were trained on other features ({found.Features}) than these ({expected}).");
    }

    public double[] Numbers(string name) =>
        numbers.TryGetValue(name, out var found) ? found : throw new InvalidDataException($"The bundle holds no numbers '{name}'.");

    public void Write(Stream stream)
    {
        var body = Body();
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Header);
        writer.WriteLine("version " + ForecastModelFile.Hash(body));
        writer.Write(body);
    }

    public static ModelBundle Read(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        if (reader.ReadLine() is var header && header != Header)
            throw new InvalidDataException($"A benchmark begins with '{Header}', not with '{header}'.");

        var version = reader.ReadLine();
        var body = reader.ReadToEnd();
        if (version != "version " + ForecastModelFile.Hash(body))
            throw new InvalidDataException("The benchmark does not hold what its version says: it is damaged.");

        var bundle = new ModelBundle();
        var lines = new Queue<string>(body.Split('\n'));
        while (lines.TryDequeue(out var line) && line.Length > 0)
        {
            var fields = line.Split(' ');
            if (fields[0] == "numbers")
            {
                bundle.numbers.Add(fields[1], [.. fields.Skip(2).Select(static x => double.Parse(x, CultureInfo.InvariantCulture))]);
                continue;
            }

            var width = fields[2].Split(',').Length;
            var trees = new Tree[int.Parse(fields[3], CultureInfo.InvariantCulture)];
            for (var tree = 0; tree < trees.Length; tree++)
                trees[tree] = TreeText.Read(lines.Dequeue(), width);

            bundle.ensembles.Add(fields[1], (fields[2], trees));
        }

        return bundle;
    }

    private string Body()
    {
        var text = new StringBuilder();
        foreach (var (name, values) in numbers)
            text.Append("numbers ").Append(name).Append(' ').AppendJoin(' ', values.Select(static x => x.ToString("R", CultureInfo.InvariantCulture))).Append('\n');

        foreach (var (name, (features, trees)) in ensembles)
        {
            text.Append("trees ").Append(name).Append(' ').Append(features).Append(' ').Append(trees.Count.ToString(CultureInfo.InvariantCulture)).Append('\n');
            foreach (var tree in trees)
                text.Append(TreeText.Of(tree, isShort: true)).Append('\n');
        }

        return text.ToString();
    }
}

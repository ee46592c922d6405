using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Succesmeter.Forecasts;

namespace Succesmeter.Social;

/// <summary>
/// The file of a <see cref="BackersModel"/>: lines of text in UTF-8, invariant numbers that read back to the same bits. The version is a hash of all that follows
/// it, so a damaged file is known as one.
/// </summary>
internal static class BackersModelFile
{
    internal const string Header = "succesmeter-backers 1";

    public static string VersionOf(BackersModel model) => Hash(Body(model));

    public static void Write(BackersModel model, Stream stream)
    {
        var body = Body(model);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Header);
        writer.WriteLine("version " + Hash(body));
        writer.Write(body);
    }

    public static BackersModel Read(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var header = reader.ReadLine();
        if (header != Header)
            throw new InvalidDataException($"A model of backers begins with '{Header}', not with '{header}'.");

        var version = After("version ", reader.ReadLine());
        var body = reader.ReadToEnd();
        if (Hash(body) != version)
            throw new InvalidDataException($"The model of backers says version '{version}' but holds '{Hash(body)}': it is damaged.");

        try
        {
            return Parse(version, body);
        }
        catch (Exception exception) when (exception is FormatException or IndexOutOfRangeException or OverflowException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"The model of backers '{version}' cannot be read: {exception.Message}", exception);
        }
    }

    private static string Body(BackersModel model)
    {
        var text = new StringBuilder();
        Line("name ", model.Name);
        Line("features ", string.Join(' ', BackersModel.FeatureNames));
        Line("margins ", string.Join(' ', model.Margins.Select(static margin => $"{Number(margin.Low)}:{Number(margin.Middle)}:{Number(margin.High)}")));
        foreach (var (name, trees) in ((string, BoostedTrees)[])[("low ", model.Low), ("middle ", model.Middle), ("high ", model.High)])
        {
            Line(name, trees.Trees.Count.ToString(CultureInfo.InvariantCulture));
            foreach (var tree in trees.Trees)
                Line("", TreeText.Of(tree));
        }

        return text.ToString();

        void Line(string name, string rest) => text.Append(name).Append(rest).Append('\n');
    }

    private static BackersModel Parse(string version, string body)
    {
        var lines = new Queue<string>(body.Split('\n'));
        var name = After("name ", lines.Dequeue());
        var features = After("features ", lines.Dequeue());
        var expected = string.Join(' ', BackersModel.FeatureNames);
        if (features != expected)
            throw new InvalidDataException($"The model of backers '{name}' was trained on other features ({features}) than these ({expected}).");

        var margins = After("margins ", lines.Dequeue()).Split(' ').Select(static text =>
        {
            var fields = text.Split(':');
            return new BackersMargin(Number(fields[0]), Number(fields[1]), Number(fields[2]));
        }).ToArray();
        if (margins.Length != BackersModel.Parts)
            throw new InvalidDataException($"The model of backers '{name}' has {margins.Length} margins, not {BackersModel.Parts}.");

        return new BackersModel { Name = name, Version = version, Margins = [.. margins], Low = Trees("low "), Middle = Trees("middle "), High = Trees("high ") };

        BoostedTrees Trees(string part)
        {
            var trees = new Tree[TreeText.Count(After(part, lines.Dequeue()), lines.Count)];
            for (var tree = 0; tree < trees.Length; tree++)
                trees[tree] = TreeText.Read(lines.Dequeue(), BackersModel.FeatureNames.Length);
            return new BoostedTrees(trees);
        }
    }

    private static string After(string name, string? line) =>
        line is not null && line.StartsWith(name, StringComparison.Ordinal)
            ? line[name.Length..]
            : throw new InvalidDataException($"A model of backers has a line '{name}' where this one has '{line}'.");

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Hash(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..16];
}

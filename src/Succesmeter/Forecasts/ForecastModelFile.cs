using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Succesmeter.Forecasts;

/// <summary>
/// The file of a <see cref="ForecastModel"/>: lines of text in UTF-8, invariant numbers that read back to the same bits, nothing that depends on the
/// clock or the machine. The version is a hash of all that follows it, so a damaged file is known as one.
/// </summary>
internal static class ForecastModelFile
{
    private const string Header = "succesmeter-forecast 1";

    public static string VersionOf(ForecastModel model) => Hash(Body(model));

    public static void Write(ForecastModel model, Stream stream)
    {
        var body = Body(model);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Header);
        writer.WriteLine("version " + Hash(body));
        writer.Write(body);
    }

    /// <exception cref="InvalidDataException">The file is of another version, damaged, or no model.</exception>
    public static ForecastModel Read(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var header = reader.ReadLine();
        if (header != Header)
            throw new InvalidDataException($"A forecast model begins with '{Header}', not with '{header}'.");

        var version = After("version ", reader.ReadLine());
        var body = reader.ReadToEnd();
        if (Hash(body) != version)
            throw new InvalidDataException($"The forecast model says version '{version}' but holds '{Hash(body)}': it is damaged.");

        try
        {
            return Parse(version, body);
        }
        catch (Exception exception) when (exception is FormatException or IndexOutOfRangeException or OverflowException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"The forecast model '{version}' cannot be read: {exception.Message}", exception);
        }
    }

    private static string Body(ForecastModel model)
    {
        var text = new StringBuilder();
        Line("name ", model.Name);
        Line("features ", string.Join(' ', ForecastModel.FeatureNames));
        Line("calibration ", Number(model.Calibration.Intercept) + ' ' + Number(model.Calibration.Slope));
        Line("seen ", string.Join(' ', model.Seen.Select(range => Number(range.Low) + ':' + Number(range.High))));
        Line("base-rates-all-or-nothing ", Rates(model.AllOrNothing));
        Line("base-rates-keep-it-all ", Rates(model.KeepItAll));
        Line("trees ", model.Trees.Trees.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var tree in model.Trees.Trees)
            Line("", TreeText.Of(tree));

        return text.ToString();

        void Line(string name, string rest) => text.Append(name).Append(rest).Append('\n');
    }

    private static ForecastModel Parse(string version, string body)
    {
        var lines = new Queue<string>(body.Split('\n'));
        var name = After("name ", lines.Dequeue());
        var features = After("features ", lines.Dequeue());
        var expected = string.Join(' ', ForecastModel.FeatureNames);
        if (features != expected)
            throw new InvalidDataException($"The forecast model '{name}' was trained on other features ({features}) than these ({expected}).");

        var calibration = After("calibration ", lines.Dequeue()).Split(' ');
        var seen = After("seen ", lines.Dequeue()).Split(' ').Select(range => range.Split(':'));
        var allOrNothing = ReadRates(After("base-rates-all-or-nothing ", lines.Dequeue()));
        var keepItAll = ReadRates(After("base-rates-keep-it-all ", lines.Dequeue()));
        var trees = new Tree[TreeText.Count(After("trees ", lines.Dequeue()), lines.Count)];
        for (var tree = 0; tree < trees.Length; tree++)
            trees[tree] = TreeText.Read(lines.Dequeue(), ForecastModel.FeatureNames.Length);

        return new ForecastModel
        {
            Name = name,
            Version = version,
            Calibration = new Calibration(Number(calibration[0]), Number(calibration[1])),
            Seen = [.. seen.Select(range => new SeenRange(Number(range[0]), Number(range[1])))],
            AllOrNothing = allOrNothing,
            KeepItAll = keepItAll,
            Trees = new BoostedTrees(trees),
        };
    }

    private static string Rates(BaseRateCurve curve) => string.Join(' ', curve.Points.Select(point =>
        Number(point.Share) + ':' + point.N.ToString(CultureInfo.InvariantCulture)));

    private static BaseRateCurve ReadRates(string text) => new(text.Split(' ').Select(static point =>
    {
        var fields = point.Split(':');
        return new BaseRate(Number(fields[0]), Whole(fields[1]));
    }));

    private static string After(string name, string? line) =>
        line is not null && line.StartsWith(name, StringComparison.Ordinal)
            ? line[name.Length..]
            : throw new InvalidDataException($"A forecast model has a line '{name}' where this one has '{line}'.");

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static int Whole(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    internal static string Hash(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..16];
}

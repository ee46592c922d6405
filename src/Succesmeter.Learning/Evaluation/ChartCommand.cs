using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Succesmeter.Learning.Evaluation;

/// <summary><c>chart --lines FILE --out DIR</c>: the reliability diagram and the skill against elapsed time, drawn from what crossvalidate or evaluate printed.</summary>
internal static class ChartCommand
{
    private const int Width = 640, Height = 420, Left = 60, Top = 30, Right = 20, Bottom = 50;
    private static readonly string[] Colours = ["#0b6e4f", "#b5446e", "#3d5a80", "#c17c00", "#6b4e9b"];

    public static Command Create()
    {
        var lines = new Option<FileInfo>("--lines") { Description = "JSON lines as printed by crossvalidate or evaluate.", Required = true };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for the pictures.", Required = true };
        var command = new Command("chart", "Draws reliability and skill from an evaluation's output.") { lines, output };
        command.SetAction(parsed =>
        {
            var read = File.ReadLines(parsed.GetRequiredValue(lines).FullName).Where(static line => line.Length > 0)
                .Select(static line => JsonSerializer.Deserialize(line, EvaluationJson.Default.EvaluationLine)!).ToArray();
            var folder = parsed.GetRequiredValue(output);
            folder.Create();
            File.WriteAllText(Path.Combine(folder.FullName, "reliability.svg"), Reliability(read));
            File.WriteAllText(Path.Combine(folder.FullName, "skill.svg"), Skill(read));
            return 0;
        });
        return command;
    }

    /// <summary>Share that happened against mean probability, a line for each row of the time split, and of Kickstarter's day 3; a dot's area follows its rows.</summary>
    public static string Reliability(IReadOnlyList<EvaluationLine> lines)
    {
        var shown = lines.Where(static line => line is { Cut: "time-split", Instant: "day0" or "day3" or "day12" } or { Cut: "clean", Instant: "day3" or "static" }).ToArray();
        var picture = new Picture("Reliability: what came of what was said", "probability said", "share that reached the goal");
        picture.Axis(0, 1, 0, 1);
        picture.Line([(0, 0), (1, 1)], "#999", "4 4");
        for (var at = 0; at < shown.Length; at++)
        {
            var colour = Colours[at % Colours.Length];
            picture.Line([.. shown[at].Reliability.Select(static bin => (bin.Forecast, bin.Happened))], colour);
            foreach (var bin in shown[at].Reliability)
                picture.Dot(bin.Forecast, bin.Happened, 2 + (10 * Math.Sqrt((double)bin.N / shown[at].N)), colour);
            picture.Legend(at, $"{shown[at].Dataset} {shown[at].Cut} {shown[at].Instant}", colour);
        }

        return picture.ToString();
    }

    /// <summary>Brier skill of model and baseline by day, for each cut of the UK fundraisers.</summary>
    public static string Skill(IReadOnlyList<EvaluationLine> lines)
    {
        var cuts = lines.Where(static line => line.Dataset.StartsWith("uk", StringComparison.Ordinal) && line.BrierSkill is not null).GroupBy(static line => line.Cut).ToArray();
        var picture = new Picture("Brier skill against elapsed time (dashed: plain boosting)", "days since launch", "Brier skill");
        picture.Axis(0, 30, 0, 0.35);
        for (var at = 0; at < cuts.Length; at++)
        {
            var colour = Colours[at % Colours.Length];
            picture.Line([.. cuts[at].Select(static line => (DayOf(line), line.BrierSkill!.Value))], colour);
            picture.Line([.. cuts[at].Select(static line => (DayOf(line), line.Baseline.BrierSkill ?? 0))], colour, "5 4");
            foreach (var line in cuts[at])
                picture.Dot(DayOf(line), line.BrierSkill!.Value, 4, colour);
            picture.Legend(at, "uk " + cuts[at].Key, colour);
        }

        return picture.ToString();
    }

    private static double DayOf(EvaluationLine line) => double.Parse(line.Instant["day".Length..], CultureInfo.InvariantCulture);

    private sealed class Picture
    {
        private readonly StringBuilder svg = new();
        private (double Low, double High) x, y;

        public Picture(string title, string across, string up)
        {
            Write($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"system-ui, sans-serif\" font-size=\"12\" role=\"img\">");
            Write($"<title>{title}</title><rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/><text x=\"{Left}\" y=\"18\" font-size=\"14\">{title}</text>");
            Write($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 12}\" text-anchor=\"middle\">{across}</text>");
            Write($"<text x=\"16\" y=\"{(Top + Height - Bottom) / 2}\" text-anchor=\"middle\" transform=\"rotate(-90 16 {(Top + Height - Bottom) / 2})\">{up}</text>");
        }

        public void Axis(double lowX, double highX, double lowY, double highY)
        {
            (x, y) = ((lowX, highX), (lowY, highY));
            for (var step = 0; step <= 5; step++)
            {
                var (atX, atY) = (lowX + ((highX - lowX) * step / 5), lowY + ((highY - lowY) * step / 5));
                Write($"<path d=\"M{X(atX):F1} {Top}V{Height - Bottom}M{Left} {Y(atY):F1}H{Width - Right}\" stroke=\"#e5e5e5\" fill=\"none\"/>");
                Write($"<text x=\"{X(atX):F1}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{atX:0.##}</text><text x=\"{Left - 6}\" y=\"{Y(atY) + 4:F1}\" text-anchor=\"end\">{atY:0.##}</text>");
            }
        }

        public void Line(IReadOnlyList<(double X, double Y)> points, string colour, string dash = "none")
        {
            var path = string.Join('L', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):F1} {Y(point.Y):F1}")));
            Write($"<path d=\"M{path}\" stroke=\"{colour}\" stroke-width=\"1.6\" stroke-dasharray=\"{dash}\" fill=\"none\"/>");
        }

        public void Dot(double atX, double atY, double radius, string colour) =>
            Write($"<circle cx=\"{X(atX):F1}\" cy=\"{Y(atY):F1}\" r=\"{radius:F1}\" fill=\"{colour}\" fill-opacity=\"0.5\"/>");

        public void Legend(int row, string text, string colour) =>
            Write($"<rect x=\"{Left + 10}\" y=\"{Top + 6 + (16 * row)}\" width=\"10\" height=\"10\" fill=\"{colour}\"/><text x=\"{Left + 26}\" y=\"{Top + 15 + (16 * row)}\">{text}</text>");

        public override string ToString() => svg + "</svg>\n";

        private double X(double value) => Left + ((value - x.Low) / (x.High - x.Low) * (Width - Left - Right));

        private double Y(double value) => Height - Bottom - ((value - y.Low) / (y.High - y.Low) * (Height - Top - Bottom));

        private void Write(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}

using System.Text.Json;
using System.Xml.Linq;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Evaluation;

namespace Succesmeter.Learning.Tests.Evaluation;

public sealed class ChartTests
{
    [Fact]
    public void Pictures_are_drawn_from_lines_that_were_printed()
    {
        var line = EvaluationLine.Of("uk-community-fundraisers", "time-split", "day0", "m", "b", [Row(true, 0.8), Row(false, 0.2), Row(false, 0.4)]);
        var read = JsonSerializer.Deserialize(line.AsJson(), EvaluationJson.Default.EvaluationLine)!;
        EvaluationLine[] lines = [read, read with { Instant = "day30" }];

        foreach (var svg in new[] { ChartCommand.Reliability(lines), ChartCommand.Skill(lines) })
        {
            var circles = XDocument.Parse(svg).Descendants().Count(element => element.Name.LocalName == "circle");
            Assert.InRange(circles, 2, 6);
        }
    }

    private static JudgedRow Row(bool happened, double probability) => new()
    {
        Happened = happened,
        Probability = probability,
        BaselineProbability = 0.5,
        FinalRatio = happened ? 1.1 : 0.4,
        Transform = 0.5,
        Ratio = new Quantiles(0.1, 0.5, 1.5),
        BaselineRatio = new Quantiles(0.2, 0.6, 1.6),
        NothingMore = 0.05,
    };
}

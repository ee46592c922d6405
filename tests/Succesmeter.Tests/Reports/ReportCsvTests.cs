using Succesmeter.Campaigns;
using Succesmeter.Reports;

namespace Succesmeter.Tests.Reports;

public sealed class ReportCsvTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@sum", "\"'@sum\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("  =1", "\"'  =1\"")]
    [InlineData("a;=1", "a;'=1")]
    [InlineData("a\n\"=1", "\"a\n'\"\"=1\"")]
    [InlineData("\u200B=1", "\"'\u200B=1\"")]
    [InlineData("zingen; dansen", "zingen; dansen")]
    [InlineData("culture, and more", "\"culture, and more\"")]
    [InlineData("mobility", "mobility")]
    [InlineData(null, "")]
    public void A_cell_is_never_a_formula(string? text, string cell) => Assert.Equal(cell, ReportCsv.Cell(text));

    [Fact]
    public void No_text_begins_a_cell_as_a_formula_does() =>
        Gen.String.Sample(static text =>
        {
            var cell = ReportCsv.Cell(text);
            var read = cell.StartsWith('"') ? cell[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : cell;
            Assert.Equal(text.Replace("'", "", StringComparison.Ordinal), read.Replace("'", "", StringComparison.Ordinal));
            Assert.DoesNotContain(read.TrimStart(' ').Take(1), static c => c is '=' or '+' or '-' or '@' or '\t' or '\r');
        });

    [Fact]
    public void A_hidden_figure_is_an_empty_cell_with_its_reason() => Assert.Equal(
        $"{ReportCsv.Header}\r\n2025,campaigns.ended,category,culture,24,24,,,campaigns,\r\n2025-Q1,campaigns.ended,category,sport,,,,,campaigns,fewer-than-5\r\n",
        ReportCsv.Of(new PlatformReport(
            new PlatformId("p"), "UTC", null,
            [
                new ReportFigure("2025", "campaigns.ended", "category", "culture", 24, 24, null, null, "campaigns", null),
                new ReportFigure("2025-Q1", "campaigns.ended", "category", "sport", null, null, null, null, "campaigns", "fewer-than-5"),
            ])));
}

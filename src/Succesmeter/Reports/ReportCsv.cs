using System.Globalization;
using System.Text;

namespace Succesmeter.Reports;

/// <summary>The figures as CSV (RFC 4180), one a row, safe to open in a spreadsheet.</summary>
public static class ReportCsv
{
    public const string Header = "period,figure,by,group,value,n,low,high,unit,reason";

    public static string Of(PlatformReport report)
    {
        var text = new StringBuilder(Header).Append("\r\n");
        foreach (var figure in report.Figures)
            text.AppendJoin(
                ',',
                Cell(figure.Period), Cell(figure.Figure), Cell(figure.By), Cell(figure.Group), Number(figure.Value), Number(figure.N), Number(figure.Low), Number(figure.High), Cell(figure.Unit), Cell(figure.Reason))
                .Append("\r\n");
        return text.ToString();
    }

    /// <summary>A text; one that a spreadsheet would take for a formula gets an apostrophe before it (OWASP: CSV injection).</summary>
    public static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        // Spreadsheets trim before they look, so blanks before the sign do not make it harmless.
        var first = text.AsSpan().TrimStart(' ');
        var safe = text[0] is '\t' or '\r' or '\n' || (!first.IsEmpty && first[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20') ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(",\"\r\n\t") || safe.StartsWith('\'') ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}

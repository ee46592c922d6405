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

    /// <summary>
    /// A text; where a spreadsheet would take it for a formula it gets an apostrophe (OWASP: CSV injection): at its beginning, and behind whatever parts cells in another country's
    /// spreadsheet, where quotation marks in the middle of a cell part nothing: <c>a;=1</c> is two cells in Belgium.
    /// </summary>
    public static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var safe = Harmless(text);
        return safe.AsSpan().ContainsAny(",\"\r\n\t") || safe.StartsWith('\'') ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string Harmless(string text)
    {
        var harmless = new StringBuilder(text.Length + 1);
        for (var from = 0; from < text.Length;)
        {
            var length = text.AsSpan(from).IndexOfAny(";\t\r\n") is >= 0 and var part ? part + 1 : text.Length - from;
            var cell = text.AsSpan(from, length);
            if (IsFormula(cell) || (from == 0 && cell[0] is '\t' or '\r' or '\n'))
                harmless.Append('\'');
            harmless.Append(cell);
            from += length;
        }

        return harmless.ToString();
    }

    /// <summary>Spreadsheets trim before they look, so what is not seen before the sign does not make it harmless.</summary>
    private static bool IsFormula(ReadOnlySpan<char> cell)
    {
        foreach (var c in cell)
            if (!char.IsWhiteSpace(c) && !char.IsControl(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format && c != '"')
                return c is '=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20';

        return false;
    }

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}

using System.Globalization;
using System.Text;

namespace Succesmeter.Hostile.Tests;

/// <summary>A table as a spreadsheet takes it in: RFC 4180 with any separator, quotes counting only where a cell begins.</summary>
internal static class Spreadsheet
{
    public static List<List<string>> Read(string table, char separator)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        for (var at = 0; at < table.Length;)
        {
            var cell = new StringBuilder();
            if (table[at] == '"')
                for (at++; at < table.Length && (table[at] != '"' || (++at < table.Length && table[at] == '"')); at++)
                    cell.Append(table[at]);
            while (at < table.Length && table[at] != separator && table[at] is not ('\r' or '\n'))
                cell.Append(table[at++]);
            row.Add(cell.ToString());
            if (at < table.Length && table[at] == separator)
            {
                at++;
                if (at == table.Length)
                    row.Add("");
                continue;
            }

            at += at + 1 < table.Length && table[at] == '\r' && table[at + 1] == '\n' ? 2 : 1;
            rows.Add(row);
            row = [];
        }

        return rows;
    }

    /// <summary>One of the signs that a formula begins with, also in its wide form, behind whatever is not seen.</summary>
    public static bool IsFormula(string cell)
    {
        var seen = cell.SkipWhile(static c => char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format || c == '"').FirstOrDefault();
        return seen is '=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20';
    }
}

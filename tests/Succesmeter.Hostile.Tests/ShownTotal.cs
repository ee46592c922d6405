using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Succesmeter.Hostile.Tests;

/// <summary>No total is made up: the digits of what was read as pledged stand on the page, with nothing but separators of numbers between them, and as a number of their own.</summary>
internal static class ShownTotal
{
    public static void Check(ReadOnlyMemory<byte> snapshot, byte[] page)
    {
        var text = Encoding.UTF8.GetString(page);
        if ((decimal?)JsonNode.Parse(snapshot.Span)!["pledged"] is { } pledged)
            Law.Holds(Stands(pledged, WebUtility.HtmlDecode(text)) || Stands(pledged, Parted(text)), $"the total {pledged.ToString(CultureInfo.InvariantCulture)} stands on the page");
    }

    /// <summary>
    /// As the elements show it, a bar at each beginning and end of one: what a browser reads over (comments, zeros, tags that are none or stand where they mean nothing) parts no digits.
    /// </summary>
    private static string Parted(string page)
    {
        var text = new StringBuilder();
        var open = new Stack<(INode Node, bool IsEnd)>([(new HtmlParser().ParseDocument(page), false)]);
        while (open.TryPop(out var next))
        {
            if (next.Node is IText data)
                text.Append(data.Data);
            else
                text.Append(next.Node is IElement ? "|" : "");
            if (next.IsEnd)
                continue;

            if (next.Node is IElement)
                open.Push((next.Node, true));
            foreach (var child in next.Node.ChildNodes.Reverse())
                open.Push((child, false));
        }

        return text.ToString();
    }

    private static bool Stands(decimal pledged, string text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            if (!char.IsAsciiDigit(text[start]) || (start > 0 && char.IsAsciiDigit(text[start - 1])))
                continue;

            var digits = new StringBuilder();
            var joint = -1;
            for (var i = start; i < text.Length && digits.Length <= 20 && (char.IsAsciiDigit(text[i]) || " \n\r\t\f.,'\u00A0\u202F\u2009\u2019".Contains(text[i], StringComparison.Ordinal)); i++)
            {
                if (char.IsAsciiDigit(text[i]))
                    digits.Append(text[i]);
                else if (text[i] is '.' or ',')
                    joint = digits.Length;
                if (Equals(digits.ToString(), joint, pledged))
                    return true;
            }
        }

        return false;
    }

    private static bool Equals(string digits, int decimalsFrom, decimal value)
    {
        if (digits.Length is 0 or > 20)
            return false;

        var whole = decimal.Parse(digits, CultureInfo.InvariantCulture) == value;
        return whole || (decimalsFrom > 0 && decimalsFrom < digits.Length && decimal.Parse($"{digits[..decimalsFrom]}.{digits[decimalsFrom..]}", CultureInfo.InvariantCulture) == value);
    }
}

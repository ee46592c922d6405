using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Tests.Recipes;

public sealed class MutatedPageTests
{
    private static readonly byte[][] Shapes =
        [.. new[] { Pages.LinkedData, Pages.OpenGraph, Pages.State, Pages.Css, Pages.French, Pages.Donors, Pages.Hostile }.Select(Encoding.UTF8.GetBytes)];

    private static readonly Gen<byte[]> Mutated =
        from shape in Gen.Int[0, Shapes.Length - 1]
        from other in Gen.Int[0, Shapes.Length - 1]
        from flips in Gen.Select(Gen.Int[0, 4000], Gen.Byte).Array[0, 12]
        from cut in Gen.Select(Gen.Int[0, 4000], Gen.Int[0, 200])
        from splice in Gen.Select(Gen.Int[0, 4000], Gen.Int[0, 4000], Gen.Int[0, 400])
        select Mutate(Shapes[shape], Shapes[other], flips, cut, splice);

    [Fact]
    public void A_thousand_mutated_pages_never_throw_and_never_invent_a_total() => Mutated.Sample(static body =>
    {
        var reading = Pages.Platform.Read(Pages.Found, [Pages.Page(body)], Pages.TakenAt);
        if (reading is not PageReading.Seen(var snapshot))
            return reading is PageReading.Unreadable { Complaints.Count: > 0 } or PageReading.Gone or PageReading.More;

        return (decimal?)JsonNode.Parse(snapshot.Span)!["pledged"] is not { } pledged || Stands(pledged, body);
    }, iter: 1_000);

    [Fact]
    public void Mutated_pages_never_throw_where_campaigns_are_looked_for() => Mutated.Sample(static body =>
    {
        for (var entrance = 0; entrance < Pages.Platform.Entrances.Count; entrance++)
            Pages.Platform.Discover(new FetchedPage(Pages.Platform.Entrances[entrance], null, body, Pages.TakenAt));
    }, iter: 200);

    /// <summary>The digits stand in the page's text one behind the other, with nothing but separators of numbers between them, and as a number of their own.</summary>
    private static bool Stands(decimal pledged, byte[] body)
    {
        var text = WebUtility.HtmlDecode(Encoding.UTF8.GetString(body));
        for (var start = 0; start < text.Length; start++)
        {
            if (!char.IsAsciiDigit(text[start]) || (start > 0 && char.IsAsciiDigit(text[start - 1])))
                continue;

            var digits = new StringBuilder();
            var joint = -1;
            for (var i = start; i < text.Length && (char.IsAsciiDigit(text[i]) || " .,'\u00A0\u202F\u2009\u2019".Contains(text[i], StringComparison.Ordinal)); i++)
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

    private static byte[] Mutate(byte[] shape, byte[] other, (int At, byte To)[] flips, (int At, int Length) cut, (int From, int To, int Length) splice)
    {
        var body = shape.ToList();
        foreach (var (at, to) in flips)
            body[at % body.Count] = to;

        var cutAt = cut.At % body.Count;
        body.RemoveRange(cutAt, Math.Min(cut.Length, body.Count - cutAt));
        var from = splice.From % other.Length;
        body.InsertRange(body.Count == 0 ? 0 : splice.To % body.Count, other[from..Math.Min(other.Length, from + splice.Length)]);
        return [.. body];
    }
}

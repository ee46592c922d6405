using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Css.Dom;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Text;
using Succesmeter.Platforms.Apis;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Recipes;

/// <summary>A fetched page, taken apart once: its text, its elements, its JSON. What cannot be taken apart is left out; nothing throws.</summary>
internal sealed partial class PageContent
{
    public const int MostBytes = 4 << 20;

    /// <summary>Pages of people are tens of levels deep; selectors are matched by recursion.</summary>
    private const int MostDepth = 400;

    /// <summary>Twenty times those of the longest page that was seen.</summary>
    private const int MostElements = 200_000;

    /// <summary>Marks that an element began or ended between two texts, so that digits of neighbours never become one number.</summary>
    internal const char Seam = '\u001F';

    /// <summary>Tags left open are opened anew in every block behind them, so a small page could become millions of elements.</summary>
    private const int MostLeftOpen = 200;

    private static readonly JsonDocumentOptions JsonOptions = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 128 };

    private static readonly JsonReaderOptions ReaderOptions = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 128 };

    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase)
        { "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "ins", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr", "data", "var" };

    /// <summary>A visit is read anew after each of its pages: each is taken apart once, for as long as it is kept.</summary>
    private static readonly ConditionalWeakTable<FetchedPage, Opening> Opened = [];

    private readonly List<(string Key, string Content)> metas = [];
    private readonly List<JsonElement> linkedData = [];
    private readonly Dictionary<(ISelector?, string?), List<JsonElement>> states = [];
    private readonly List<IElement> elements = [];

    private PageContent(string text) => Text = text;

    /// <summary>As it came, decoded.</summary>
    public string Text { get; }

    /// <summary>As the page says of itself, or null.</summary>
    public string? Language { get; private set; }

    /// <summary>Of a page that is JSON.</summary>
    public JsonElement? Json { get; private set; }

    public IReadOnlyList<JsonElement> LinkedData => linkedData;

    /// <returns>Null for what cannot be read; the rule says why.</returns>
    public static PageContent? TryOpen(FetchedPage page, out string rule)
    {
        (var content, rule) = Opened.GetValue(page, static page => new Opening(TryOpen(page.Body, page.ContentType, out var rule), rule));
        return content;
    }

    private static PageContent? TryOpen(ReadOnlyMemory<byte> body, string? contentType, out string rule)
    {
        rule = "";
        if (body.Length > MostBytes)
        {
            rule = $"must not be larger than {MostBytes >> 20} MiB";
            return null;
        }

        var page = new PageContent(Decode(body.Span, contentType));
        var trimmed = page.Text.AsSpan().TrimStart();
        if (trimmed is ['{' or '[', ..])
        {
            page.Json = Parse(page.Text);
            if (page.Json is null)
                rule = "must be whole JSON";
            return page.Json is null ? null : page;
        }

        if (IsTooDeep(page.Text, out rule))
            return null;

        try
        {
            return page.TakeApart(new HtmlParser(new HtmlParserOptions { OnCreated = new Growth().Check }).ParseDocument(page.Text), out rule) ? page : null;
        }
        catch (TooLargeException tooLarge)
        {
            rule = tooLarge.Message;
            return null;
        }
        catch (Exception e) when (e is DomException or RegexMatchTimeoutException or InvalidOperationException or ArgumentException or FormatException or NullReferenceException or IndexOutOfRangeException or KeyNotFoundException or NotSupportedException)
        {
            // The library's own flaws on odd markup are the page's flaw here.
            rule = $"must be HTML or JSON ({e.GetType().Name})";
            return null;
        }
    }

    public IEnumerable<string> Meta(string name) => metas.Where(meta => meta.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static meta => meta.Content);

    /// <param name="selector">What is looked for; null: the scope itself.</param>
    /// <param name="scope">Whose descendants are looked at; null: all elements.</param>
    /// <param name="most">How many are wanted.</param>
    public List<IElement> Select(ISelector? selector, IElement? scope, int most)
    {
        if (selector is null)
            return scope is null ? [] : [scope];

        return [.. (scope is null ? elements : Below(scope)).Where(element => selector.Match(element, scope)).Take(most)];
    }

    /// <summary>The JSON that scripts embed, or the page where it is JSON itself.</summary>
    public List<JsonElement> States(ISelector? script, string? after)
    {
        if (Json is { } json)
            return [json];

        if (!states.TryGetValue((script, after), out var found))
        {
            states[(script, after)] = found = [];
            foreach (var element in elements.Where(element => element is IHtmlScriptElement && (script is not null ? script.Match(element, null) : after is not null || IsJson(element))))
            {
                var content = Own(element);
                if (after is null)
                {
                    if (Parse(content) is { } state)
                        found.Add(state);
                    continue;
                }

                var at = content.IndexOf(after, StringComparison.Ordinal);
                if (at >= 0 && ParseStart(content.AsSpan(at + after.Length).TrimStart([' ', '\t', '\r', '\n', '='])) is { } begun)
                    found.Add(begun);
            }
        }

        return found;
    }

    /// <summary>What an element shows, seams included.</summary>
    public static string Shown(IElement element)
    {
        var text = new StringBuilder();
        var inHidden = 0;
        for (INode? node = element; node is not null;)
        {
            if (node is IText data && inHidden == 0)
                text.Append(data.Data);
            else if (node is IElement begun)
                Begin(begun, text, ref inHidden);

            if (node.FirstChild is { } child)
            {
                node = child;
                continue;
            }

            while (node is not null)
            {
                if (node is IElement ended)
                    End(ended, text, ref inHidden);
                if (node == element)
                    return text.ToString();
                if (node.NextSibling is { } sibling)
                {
                    node = sibling;
                    break;
                }

                node = node.Parent;
            }
        }

        return text.ToString();
    }

    private static void Begin(IElement element, StringBuilder text, ref int inHidden)
    {
        text.Append(Inline.Contains(element.LocalName) ? "\u001F" : " \u001F");
        if (IsHidden(element))
            inHidden++;
    }

    private static void End(IElement element, StringBuilder text, ref int inHidden)
    {
        text.Append(Inline.Contains(element.LocalName) ? "\u001F" : "\u001F ");
        if (IsHidden(element))
            inHidden--;
    }

    private static bool IsHidden(IElement element) => element.LocalName is "script" or "style" or "template" or "noscript";

    /// <summary>Asked before the page is parsed, since parsing takes time with the square of its depth.</summary>
    private static bool IsTooDeep(string text, out string rule)
    {
        rule = "";
        var (blocks, formatting) = (0, 0);
        for (var tag = NestingTag().Match(text); tag.Success && rule.Length == 0; tag = tag.NextMatch())
        {
            var step = tag.Groups["end"].Length > 0 ? -1 : 1;
            if (tag.Groups["formatting"].Success)
                formatting = Math.Max(0, formatting + step);
            else
                blocks = Math.Max(0, blocks + step);

            if (formatting > MostLeftOpen)
                rule = $"must not leave more than {MostLeftOpen} tags open";
            else if (blocks > MostDepth)
                rule = $"must not be nested deeper than {MostDepth} levels";
        }

        return rule.Length > 0;
    }

    /// <summary>
    /// Watches the tree while it grows. Tags of no known name nest as well, and each that ends is looked for through all that are open, so that the parser would take time with the square of the
    /// page's length.
    /// </summary>
    private sealed class Growth
    {
        private INode? newest;
        private int count;

        /// <exception cref="TooLargeException">The tree is too deep, or too large.</exception>
        public void Check(IElement created, TextPosition position)
        {
            if (++count > MostElements)
                throw new TooLargeException($"must not have more than {MostElements} elements");

            // The one before has found its place by now.
            var depth = 0;
            for (var node = newest; node is not null; node = node.Parent)
                if (++depth > MostDepth)
                    throw new TooLargeException($"must not be nested deeper than {MostDepth} levels");
            newest = created;
        }
    }

    private sealed class TooLargeException(string rule) : Exception(rule);

    private bool TakeApart(IHtmlDocument document, out string rule)
    {
        rule = "";
        var depth = 0;
        for (INode? node = document; node is not null;)
        {
            if (node is IElement element)
                elements.Add(element);

            if (node.FirstChild is { } child)
            {
                node = child;
                if (++depth > MostDepth)
                {
                    rule = $"must not be nested deeper than {MostDepth} levels";
                    return false;
                }

                continue;
            }

            while (node is not null && node.NextSibling is null)
            {
                node = node.Parent;
                depth--;
            }

            node = node?.NextSibling;
        }

        Language = document.DocumentElement?.GetAttribute("lang") is { Length: > 0 } tag ? tag : null;
        foreach (var element in elements)
        {
            if (element is IHtmlMetaElement && element.GetAttribute("content") is { } content && (element.GetAttribute("property") ?? element.GetAttribute("name") ?? element.GetAttribute("itemprop")) is { } key)
                metas.Add((key.Trim(), content));
            else if (element is IHtmlScriptElement && (element.GetAttribute("type") ?? "").Contains("ld+json", StringComparison.OrdinalIgnoreCase) && Parse(Own(element)) is { } root)
                AddNodes(root);
        }

        return true;
    }

    /// <summary>Arrays and graphs hold nodes of the same rank as a single one.</summary>
    private void AddNodes(JsonElement root)
    {
        foreach (var node in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().Take(1000) : [root])
        {
            if (node.ValueKind != JsonValueKind.Object)
                continue;
            linkedData.Add(node);
            if (node.TryGetProperty("@graph", out var graph) && graph.ValueKind == JsonValueKind.Array)
                linkedData.AddRange(graph.EnumerateArray().Where(static inner => inner.ValueKind == JsonValueKind.Object).Take(1000));
        }
    }

    private static IEnumerable<IElement> Below(IElement scope)
    {
        for (INode? node = scope.FirstChild; node is not null;)
        {
            if (node is IElement element)
                yield return element;

            if (node.FirstChild is { } child)
            {
                node = child;
                continue;
            }

            while (node is not null && node != scope && node.NextSibling is null)
                node = node.Parent;
            node = node is null || node == scope ? null : node.NextSibling;
        }
    }

    private static bool IsJson(IElement script) => (script.GetAttribute("type") ?? "") is var type && type.Contains("json", StringComparison.OrdinalIgnoreCase) && !type.Contains("ld+json", StringComparison.OrdinalIgnoreCase);

    /// <summary>A script has text alone, so this recurses no further.</summary>
    private static string Own(IElement script) => string.Concat(script.ChildNodes.OfType<IText>().Select(static text => text.Data));

    private static JsonElement? Parse(string text)
    {
        var json = text.AsSpan().Trim();
        foreach (var (start, end) in new[] { ("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>") })
            if (json.StartsWith(start) && json.EndsWith(end) && json.Length >= start.Length + end.Length)
                json = json[start.Length..^end.Length].Trim();

        try
        {
            using var document = JsonDocument.Parse(json.ToString(), JsonOptions);
            return Searchable(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The JSON value with which a script goes on; what follows it is the script's own.</summary>
    private static JsonElement? ParseStart(ReadOnlySpan<char> text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text.ToArray()), isFinalBlock: true, new JsonReaderState(ReaderOptions));
        try
        {
            return Searchable(JsonElement.ParseValue(ref reader));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>Null for a value in which no field can be looked for.</returns>
    private static JsonElement? Searchable(JsonElement value) => ApiAnswer.NamesAreText(JsonMarshal.GetRawUtf8Value(value), ReaderOptions) ? value : null;

    private static string Decode(ReadOnlySpan<byte> body, string? contentType)
    {
        if (body.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return Encoding.UTF8.GetString(body[3..]);
        if (body.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Encoding.Unicode.GetString(body[2..]);
        if (body.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Encoding.BigEndianUnicode.GetString(body[2..]);

        var named = Charset().Match(contentType ?? "");
        if (!named.Success)
            named = Charset().Match(Encoding.Latin1.GetString(body[..Math.Min(body.Length, 2048)]));
        return (named.Success ? Named(named.Groups["name"].Value) : Encoding.UTF8).GetString(body);
    }

    /// <summary>Browsers read latin1 as windows-1252, where the euro stands.</summary>
    private static Encoding Named(string name)
    {
        if (name.ToLower(CultureInfo.InvariantCulture) is "utf-8" or "utf8" or "unicode-1-1-utf-8" or "utf-7" or "utf-16" or "utf-32")
            return Encoding.UTF8;

        return CodePagesEncodingProvider.Instance.GetEncoding(name.ToLower(CultureInfo.InvariantCulture) is "iso-8859-1" or "latin1" or "us-ascii" or "ascii" ? "windows-1252" : name) ?? Encoding.UTF8;
    }

    [GeneratedRegex("charset\\s*=\\s*[\"']?(?<name>[A-Za-z0-9_:.-]{2,40})", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Charset();

    [GeneratedRegex(@"<(?<end>/?)(?:(?<formatting>a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)|div|section|article|span|main|header|footer|ul|ol|dl|table|blockquote|form|nav|aside|center|fieldset|figure)[\s/>]",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex NestingTag();

    /// <param name="Content">Null for what cannot be read.</param>
    /// <param name="Rule">That it breaks.</param>
    private sealed record Opening(PageContent? Content, string Rule);
}

using System.Globalization;
using System.Text;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Fetching;

/// <summary>What a host's robots.txt allows one robot (RFC 9309). Immutable; reading never throws.</summary>
public sealed class Robots
{
    /// <summary>What lies behind is not read.</summary>
    public const int MostBytes = HostState.MostRobotsBytes;

    /// <summary>What the file may name of sitemaps, so that a long one costs no memory.</summary>
    private const int MostSitemaps = 100;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(10);

    /// <summary>Where there is none (4xx): everything may be fetched (section 2.3.1.3).</summary>
    public static readonly Robots AllowAll = new([], null, []);

    private readonly Rule[] rules;

    private Robots(Rule[] rules, TimeSpan? crawlDelay, IReadOnlyList<string> sitemaps)
    {
        this.rules = rules;
        CrawlDelay = crawlDelay;
        Sitemaps = sitemaps;
    }

    /// <summary>The pause between two requests that the host asks for; no part of the RFC, honoured all the same, up to ten minutes.</summary>
    public TimeSpan? CrawlDelay { get; }

    /// <summary>As written, not checked.</summary>
    public IReadOnlyList<string> Sitemaps { get; }

    /// <param name="content">The file; what is past <see cref="MostBytes"/> is not looked at.</param>
    /// <param name="robot">The product token of our User-Agent, such as <c>Succesmeter</c>.</param>
    public static Robots Parse(ReadOnlySpan<byte> content, string robot)
    {
        content = content[..Math.Min(content.Length, MostBytes)];
        if (content.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            content = content[3..];

        Group own = new(), others = new();
        var sitemaps = new List<string>();
        var isNamed = false;
        var (forOwn, forOthers, inHeader) = (false, false, false);
        foreach (var (key, value) in Lines(Encoding.UTF8.GetString(content)))
        {
            if (key is "user-agent" or "useragent")
            {
                // Consecutive user-agent lines share what follows; any other record of a group ends the header.
                if (!inHeader)
                    (forOwn, forOthers) = (false, false);
                inHeader = true;
                forOthers |= value == "*";
                forOwn |= Token(value).Equals(robot, StringComparison.OrdinalIgnoreCase);
                isNamed |= forOwn;
            }
            else if (key is "sitemap" or "site-map")
            {
                if (sitemaps.Count < MostSitemaps)
                    sitemaps.Add(value);
            }
            else
            {
                inHeader = false;
                if (forOwn)
                    own.Add(key, value);
                if (forOthers)
                    others.Add(key, value);
            }
        }

        var group = isNamed ? own : others;
        return new Robots([.. group.Rules], group.Delay, sitemaps);
    }

    /// <summary>The rule with the longest pattern decides; of an allow and a disallow of one length the allow (section 2.2.2).</summary>
    /// <param name="pathAndQuery">As it goes over the wire, beginning with a slash.</param>
    public bool Allows(string pathAndQuery)
    {
        var path = Normal(pathAndQuery);
        if (path is "/robots.txt")
            return true;

        var (length, allows) = (-1, true);
        foreach (var rule in rules)
            if ((rule.Pattern.Length > length || (rule.Pattern.Length == length && rule.Allows)) && Matches(rule.Pattern, path))
                (length, allows) = (rule.Pattern.Length, rule.Allows);

        return allows;
    }

    private static IEnumerable<(string Key, string Value)> Lines(string text)
    {
        foreach (var raw in text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var comment = raw.IndexOf('#', StringComparison.Ordinal);
            var line = comment < 0 ? raw : raw[..comment];
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                yield return (line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim());
        }
    }

    /// <summary>A product token is letters, hyphens and underscores; a version behind it says nothing.</summary>
    private static string Token(string value)
    {
        var end = 0;
        while (end < value.Length && (char.IsAsciiLetter(value[end]) || value[end] is '-' or '_'))
            end++;
        return value[..end];
    }

    /// <summary>Wild cards by remembering the last star: no pattern takes more than the product of both lengths.</summary>
    private static bool Matches(string pattern, string path)
    {
        var isAnchored = pattern.EndsWith('$');
        var end = isAnchored ? pattern.Length - 1 : pattern.Length;
        var (at, inPath, star, resume) = (0, 0, -1, 0);
        while (true)
        {
            if (at == end && (!isAnchored || inPath == path.Length))
                return true;

            if (at < end && pattern[at] == '*')
            {
                (star, resume) = (at++, inPath);
            }
            else if (at < end && inPath < path.Length && pattern[at] == path[inPath])
            {
                at++;
                inPath++;
            }
            else if (star >= 0 && resume < path.Length)
            {
                (at, inPath) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }
    }

    /// <summary>Octets outside ASCII are percent-encoded, and what is encoded without need is decoded, so that two spellings of one path compare as equal (section 2.2.2).</summary>
    private static string Normal(string path)
    {
        var text = new StringBuilder(path.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '%' && i + 2 < path.Length && byte.TryParse(path.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
                    text.Append((char)octet);
                else
                    text.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
                i += 2;
            }
            else if (path[i] < 0x80)
            {
                text.Append(path[i]);
            }
            else if (Rune.TryGetRuneAt(path, i, out var rune))
            {
                var bytes = utf8[..rune.EncodeToUtf8(utf8)];
                foreach (var single in bytes)
                    text.Append(CultureInfo.InvariantCulture, $"%{single:X2}");
                i += rune.Utf16SequenceLength - 1;
            }
        }

        return text.ToString();
    }

    private sealed class Group
    {
        /// <summary>A file of half a megabyte may hold tens of thousands; they cost time at every request.</summary>
        private const int MostRules = 10_000;

        public List<Rule> Rules { get; } = [];

        public TimeSpan? Delay { get; private set; }

        public void Add(string key, string value)
        {
            if (key is "allow" or "disallow")
            {
                // An empty disallow forbids nothing.
                if (value.Length > 0 && Rules.Count < MostRules)
                    Rules.Add(new Rule(key == "allow", Normal(value[0] is '/' or '*' ? value : "/" + value)));
            }
            else if (key == "crawl-delay" && double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds > 0)
            {
                Delay = seconds >= LongestDelay.TotalSeconds ? LongestDelay : TimeSpan.FromSeconds(seconds) is { Ticks: > 0 } delay ? delay : null;
            }
        }
    }

    private readonly record struct Rule(bool Allows, string Pattern);
}

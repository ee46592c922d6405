using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Testing;

/// <summary>
/// Keeps what one host logs, whatever the level, and what no log may say: keys, tokens, secrets, the names of donors and what they become. At the end it says which line says one of them all
/// the same. A secret that is met after the line counts as well.
/// </summary>
public sealed partial class LogWatch : ILoggerProvider
{
    /// <summary>A shorter name or key stands in many a line by chance.</summary>
    private const int LeastLetters = 6;

    /// <summary>Of a pair of names no more are turned into pseudonyms, so that a large town costs no minutes.</summary>
    private const int MostDonors = 400;

    private readonly ConcurrentQueue<string> lines = new();
    private readonly ConcurrentDictionary<string, string> secrets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> donors = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<PlatformId, byte> platforms = new();

    /// <param name="kind">As what it is told of where it was found; the secret itself is not.</param>
    /// <param name="secret">Nothing, where it is null or so short that it could be chance.</param>
    public void Keep(string kind, string? secret)
    {
        if (secret is { Length: >= LeastLetters })
            secrets.TryAdd(secret, kind);
    }

    /// <summary>Of a connection string the account's key alone: its address is no secret.</summary>
    public void KeepAccountKey(string connection) => Keep("the storage account's key", AccountKey().Match(connection).Groups["key"].Value);

    /// <summary>Donors in what is sent, and secrets in what is answered.</summary>
    public void Meet(string text)
    {
        foreach (Match token in Issued().Matches(text))
            Keep(token.Value[0] == 's' ? "the secret of a token" : "a webhook's secret", token.Groups["secret"].Value);
        foreach (Match platform in Platform().Matches(text))
            if (PlatformId.TryParse(platform.Groups["id"].Value, out var id))
                platforms.TryAdd(id, 0);
        foreach (Match donor in Donor().Matches(text))
        {
            var name = Regex.Unescape(donor.Groups["name"].Value);
            Keep("a donor", name);
            if (donors.Count < MostDonors)
                donors.TryAdd(name, 0);
        }
    }

    /// <summary>What the donors that were met became under the host's own key, in each way in which a pseudonym could be written.</summary>
    public void KeepPseudonyms(IPseudonyms pseudonyms)
    {
        foreach (var platform in platforms.Keys)
            foreach (var code in donors.Keys.SelectMany(donor => pseudonyms.AllOf(platform, donor)))
                foreach (var half in (ulong[])[code.High, code.Low])
                    foreach (var written in (string[])[half.ToString(CultureInfo.InvariantCulture), half.ToString("x16", CultureInfo.InvariantCulture), half.ToString("X16", CultureInfo.InvariantCulture)])
                        Keep("a pseudonym", written);
    }

    /// <param name="line">As a process printed it.</param>
    public void Read(string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }

    /// <returns>What stands in which line, with the secret taken out of it; empty where all is well.</returns>
    public IReadOnlyList<string> Found()
    {
        if (secrets.IsEmpty)
            return [];

        var any = SearchValues.Create([.. secrets.Keys], StringComparison.Ordinal);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            for (var at = line.AsSpan().IndexOfAny(any); at >= 0;)
            {
                var secret = secrets.Keys.Where(one => line.AsSpan(at).StartsWith(one, StringComparison.Ordinal)).MaxBy(static one => one.Length)!;

                // Part of a longer word is another word.
                if (!IsOfWord(line, at - 1) && !IsOfWord(line, at + secret.Length))
                    found.Add($"{secrets[secret]}: {line[..Math.Min(line.Length, 2_000)].Replace(secret, "<it>", StringComparison.Ordinal)}");
                var next = line.AsSpan(at + 1).IndexOfAny(any);
                at = next < 0 ? -1 : at + 1 + next;
            }
        }

        return [.. found];
    }

    /// <exception cref="InvalidOperationException">A line says what no log may say.</exception>
    public void ThrowIfFound()
    {
        if (Found() is { Count: > 0 } found)
            throw new InvalidOperationException($"{found.Count} lines of a log say what no log may say:\n{string.Join('\n', found.Take(10))}");
    }

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
    }

    private static bool IsOfWord(string line, int at) => at >= 0 && at < line.Length && char.IsLetterOrDigit(line[at]);

    [GeneratedRegex("AccountKey=(?<key>[^;]+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex AccountKey();

    [GeneratedRegex("smt_[0-9a-f]{16}_(?<secret>[A-Za-z0-9_-]{43})|whsec_(?<secret>[A-Za-z0-9+/=]{24,})", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Issued();

    [GeneratedRegex("\"platform\"\\s*:\\s*\"(?<id>[^\"\\\\]+)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Platform();

    [GeneratedRegex("\"(?:donor|author)\"\\s*:\\s*\"(?<name>(?:[^\"\\\\]|\\\\u[0-9a-fA-F]{4})+)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Donor();

    private sealed class Category(LogWatch watch, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            watch.Read($"{name} scope {Told(state)}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            watch.Read($"{logLevel} {name} {formatter(state, exception)} {Told(state)} {exception}");

        /// <summary>A sink keeps the values beside the line, also those that the line does not show.</summary>
        private static string Told<TState>(TState state) =>
            state is IEnumerable<KeyValuePair<string, object?>> values ? values.Aggregate(new StringBuilder(), static (text, one) => text.Append(CultureInfo.InvariantCulture, $"{one.Key}={one.Value} ")).ToString()
            : state is IEnumerable<KeyValuePair<string, object>> others ? string.Join(' ', others.Select(static one => $"{one.Key}={one.Value}"))
            : $"{state}";
    }
}

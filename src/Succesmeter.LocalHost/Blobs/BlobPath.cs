using System.Text;
using System.Text.RegularExpressions;

namespace Succesmeter.LocalHost.Blobs;

/// <summary>A container and a pattern of blob names, as in <c>incoming/{name}</c>; a name may hold slashes.</summary>
internal sealed partial class BlobPath
{
    private readonly Regex _names;

    private BlobPath(string container, string prefix, Regex names)
    {
        Container = container;
        Prefix = prefix;
        _names = names;
    }

    public string Container { get; }

    /// <summary>What every fitting name begins with, so that no more is listed.</summary>
    public string Prefix { get; }

    public IEnumerable<string> Placeholders => _names.GetGroupNames().Skip(1);

    public static BlobPath Parse(string path)
    {
        if (path.Split('/', 2) is not [{ Length: > 0 } container, { Length: > 0 } names])
            throw new CannotStartException($"The blob path '{path}' must be a container and a name, as in incoming/{{name}}.");

        var pattern = new StringBuilder("^");
        var last = 0;

        foreach (Match placeholder in Placeholder().Matches(names))
        {
            pattern.Append(Regex.Escape(names[last..placeholder.Index]));
            pattern.Append(System.Globalization.CultureInfo.InvariantCulture, $"(?<{placeholder.Groups["name"].Value}>.+)");
            last = placeholder.Index + placeholder.Length;
        }

        pattern.Append(Regex.Escape(names[last..])).Append('$');
        var prefix = names.Split('{', 2)[0];
        return new(container, prefix, new(pattern.ToString(), RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
    }

    /// <returns>What stands for each placeholder, or null when the name does not fit.</returns>
    public IReadOnlyDictionary<string, string>? Match(string name)
    {
        var match = _names.Match(name);
        return match.Success ? Placeholders.ToDictionary(placeholder => placeholder, placeholder => match.Groups[placeholder].Value) : null;
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}

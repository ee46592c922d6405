using System.Text.RegularExpressions;

namespace Succesmeter.Browser.Tests;

/// <summary>Each page in each language, as it comes to somebody who opens it.</summary>
[Collection(PagesCollection.Name)]
public sealed partial class EachPageTests(Pages pages)
{
    public static TheoryData<string, string> PagesAndLanguages
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var name in Addresses.Names)
            {
                foreach (var language in (string[])["nl", "fr", "en"])
                    all.Add(name, language);
            }

            return all;
        }
    }

    [BrowserTheory]
    [MemberData(nameof(PagesAndLanguages))]
    public async Task It_is_whole_and_in_its_language(string name, string language)
    {
        await using var window = await pages.TownAsync(name, new Looks { Language = language });

        Assert.Equal(language, await window.AskAsync<string>("() => document.documentElement.lang"));
        Assert.Empty(window.Wrongs);
        await Picture.KeepAsync(window, $"{name}-{language}");
        // What is folded is read, too.
        await window.UnfoldAsync();
        await window.StandsAsync();
        var text = await window.TextAsync();
        Assert.DoesNotMatch(Unwritten(), text);
        Assert.DoesNotContain(await KeysAsync(), key => Regex.IsMatch(text, $@"(?<![\w./@-]){Regex.Escape(key)}(?![\w.])", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5)));
        Assert.Empty(await window.AskAsync<string[]>("() => [...document.querySelectorAll('h1, h2, h3, h4, button, label, summary, th, option, dt, caption, legend')].filter(node => node.textContent.trim() === '' && !node.getAttribute('aria-label')).map(node => node.outerHTML)"));
        Assert.Empty(window.Wrongs);
    }

    /// <summary>Codes of the words that cannot be words themselves.</summary>
    private async Task<IEnumerable<string>> KeysAsync() =>
        (await (await pages.TownAsync()).GetAsync("/words/en.json")).EnumerateObject().Select(static one => one.Name).Where(static name => name.Contains('.', StringComparison.Ordinal));

    [GeneratedRegex(@"\bundefined\b|\bNaN\b|\[object |\bInfinity\b|Invalid Date|\{\w+\}|\bnull\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Unwritten();
}

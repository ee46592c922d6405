using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Succesmeter.Access;
using Succesmeter.Advice;
using Succesmeter.Aftercare;
using Succesmeter.Emergence;
using Succesmeter.Events;
using Succesmeter.Forecasts;
using Succesmeter.Networks;
using Succesmeter.Reports;
using Succesmeter.Scores;
using Succesmeter.Social;
using Succesmeter.Visits;
using Succesmeter.Webhooks;

namespace Succesmeter.Tests.Words;

/// <summary>The words on the screen are held in one file a language, by code: whatever the domain can say must have words in all three.</summary>
public sealed partial class WordsTests
{
    private static readonly string Folder = Path.Combine(Root, "src", "Succesmeter.Functions", "Web", "files");
    private static readonly string[] Modules = [.. Directory.GetFiles(Path.Combine(Root, "src", "Succesmeter.Functions", "Web", "app"), "*.js", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
    private static readonly Dictionary<string, Dictionary<string, string[]>> Languages = new[] { "nl", "fr", "en" }.ToDictionary(static language => language, Read, StringComparer.Ordinal);

    [Fact]
    public void Every_language_has_the_same_keys_in_the_same_order()
    {
        Assert.Equal(Languages["en"].Keys, Languages["nl"].Keys);
        Assert.Equal(Languages["en"].Keys, Languages["fr"].Keys);
    }

    [Fact]
    public void Every_code_of_the_domain_has_words()
    {
        string[] expected =
        [
            .. Codes(typeof(Reasons)).Concat(Codes(typeof(EmergenceReasons))).Concat(Codes(typeof(TieReasons))).Concat(Codes(typeof(ForecastReason))).Select(static code => $"reason.{code}"),
            .. AdviceCodes.All.SelectMany(static code => new[] { $"advice.{code}", $"advice.{code}.do", $"advice.{code}.trigger" }),
            .. Codes(typeof(AdviceEvidence)).Select(static code => $"evidence.{code}"),
            .. IndicatorNames.All.SelectMany(static name => new[] { $"indicator.{name}", $"indicator.{name}.value" }),
            .. Codes(typeof(CompassPoint)).SelectMany(static name => new[] { $"compass.{name}.first", $"compass.{name}.second" }),
            .. Enum.GetNames<Observability>().Select(static name => $"observability.{Kebab(name)}"),
            .. Enum.GetNames<EmergenceVerdict>().SelectMany(static name => new[] { $"verdict.{Kebab(name)}", $"verdict.{Kebab(name)}.means" }),
            .. Enum.GetValues<ForecastStatus>().Select(static status => $"status.{ScoreJson.Text(status)}"),
            .. ReportDefinitions.All.SelectMany(static one => new[] { $"platform.figure.{one.Figure}", $"platform.counts.{one.Figure}" }),
            .. Enumerable.Range(1, ReportDefinitions.Limits.Count).Select(static number => $"platform.limit.{number}"),
            .. Codes(typeof(ReportReasons)).Select(static code => $"platform.reason.{code}"),
            .. new[] { Communities.TooFewEdges, Communities.SeedsDisagree, Communities.NotAboveNull }.SelectMany(static code => new[] { $"network.untold.{code}", $"platform.reason.{code}" }),
            .. Enum.GetNames<ProjectOutcome>().Select(static name => $"coaches.outcome.{Kebab(name)}"),
            .. Enum.GetNames<VisitResult>().Select(static name => $"coaches.result.{Kebab(name)}"),
            .. Enum.GetNames<Right>().Select(static name => $"coaches.right.{Kebab(name)}"),
            .. IndicatorNames.All.Select(static name => $"method.indicator.{name}"),
            .. EventTypes.All.Select(static type => $"subs.event.{type}"),
            .. WebhookFormats.All.SelectMany(static name => new[] { $"subs.format.{name}", $"subs.format.{name}.why" }),
            .. Codes(typeof(RestReasons)).Select(static code => $"subs.why.{code}"),
            .. Enum.GetNames<SubscriptionState>().Select(static name => $"subs.is.{Kebab(name)}"),
            .. Enum.GetNames<DeliveryState>().Select(static name => $"subs.state.{Kebab(name)}"),
            "question.who", "question.where", "question.close", "question.happens",
        ];

        Assert.All(Languages.Values, words => Assert.Empty(expected.Except(words.Keys, StringComparer.Ordinal)));
    }

    [Fact]
    public void Placeholders_agree_between_languages_and_between_plural_forms() => Assert.All(Languages["en"], pair =>
    {
        var expected = Placeholders(pair.Value[0]);
        Assert.All(Languages.Values, words => Assert.All(words[pair.Key], form => Assert.Equal(expected, Placeholders(form))));
    });

    /// <summary>The rules' own triggers, from a situation in which all seven apply.</summary>
    [Fact]
    public void A_trigger_sentence_asks_for_no_number_that_the_rule_does_not_give()
    {
        var all = new AdviceSituation
        {
            IsLive = true, ElapsedDays = 10, DaysLeft = 20, Share = 0.49, Backers = 25, BackersLastWeek = 5, OpenComments = 1, DaysSinceLastGift = 4, DaysSinceThanks = 8, PacePerDay = 10,
            NeededPerDay = 100, RewardPrices = [5, 50],
        };
        var triggers = Enumerable.Range(0, 60)
            .SelectMany(day => AdviceRules.Of(all, new(new("demo"), "c"), DateTimeOffset.UnixEpoch.AddDays(day)))
            .DistinctBy(static piece => piece.Code).ToDictionary(static piece => piece.Code, static piece => piece.Trigger.Select(static number => number.Name).ToHashSet(StringComparer.Ordinal));

        Assert.Equal(AdviceCodes.All.Length, triggers.Count);
        Assert.All(triggers, pair => Assert.Subset(pair.Value, Placeholders(Languages["en"][$"advice.{pair.Key}.trigger"][0]).ToHashSet(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("nl", "samenhang")]
    [InlineData("fr", "association")]
    [InlineData("en", "association")]
    public void Every_piece_of_evidence_says_association_and_no_text_uses_jargon(string language, string word)
    {
        Assert.All(Languages[language].Where(static pair => pair.Key.StartsWith("evidence.", StringComparison.Ordinal)), pair => Assert.Contains(word, pair.Value[0], StringComparison.OrdinalIgnoreCase));
        Assert.All(Languages[language].SelectMany(static pair => pair.Value), text =>
        {
            Assert.False(string.IsNullOrWhiteSpace(text));
            Assert.DoesNotMatch(Jargon(), text);
        });
    }

    [Fact]
    public void The_words_of_the_verdicts_are_those_agreed_upon()
    {
        string[] codes = ["self-sustaining", "waves", "pushed", "cannot-tell"];

        Assert.Equal(["Draagt zichzelf", "Komt in golven", "Geduwd", "Nog niet te zeggen"], codes.Select(static code => Languages["nl"][$"verdict.{code}"][0]));
        Assert.Equal(["Se porte elle-même", "Par vagues", "Poussé", "Trop tôt pour le dire"], codes.Select(static code => Languages["fr"][$"verdict.{code}"][0]));
        Assert.Equal(["Carries itself", "Comes in waves", "Pushed", "Too early to tell"], codes.Select(static code => Languages["en"][$"verdict.{code}"][0]));
        Assert.Equal(
            ["Hoeveel mensen", "Gelijk gedragen", "Komt terug", "Wederkerig", "Bruggen", "Kent elkaar van elders", "Gesprek", "Uit de buurt", "Helpende handen", "Draagt zichzelf"],
            IndicatorNames.All.Select(static name => Languages["nl"][$"indicator.{name}"][0]));
    }

    /// <summary>A key that the page asks for and that no file has would show as nothing.</summary>
    [Fact]
    public void Every_word_that_the_page_asks_for_by_name_is_there()
    {
        var asked = Modules.SelectMany(static module => Asked().Matches(module)).Select(static match => match.Groups["key"].Value).Distinct(StringComparer.Ordinal).ToList();
        var named = Modules.SelectMany(static module => PageKey().Matches(module)).Select(static match => match.Value);

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(Languages["en"].Keys, StringComparer.Ordinal));
        Assert.Empty(Languages["en"].Keys.Where(static key => key.StartsWith("page.", StringComparison.Ordinal)).Except(named, StringComparer.Ordinal));
    }

    private static IEnumerable<string> Codes(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(static field => field is { IsLiteral: true } && field.FieldType == typeof(string)).Select(static field => (string)field.GetRawConstantValue()!);

    private static string Kebab(string name) => Capital().Replace(name, static match => (match.Index == 0 ? "" : "-") + match.Value.ToLowerInvariant());

    private static string[] Placeholders(string text) => [.. Placeholder().Matches(text).Select(static match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Each text with its forms; one that bends has one and other, and is bent by a placeholder of its own.</summary>
    private static Dictionary<string, string[]> Read(string language)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "words", $"{language}.json")));
        return json.RootElement.EnumerateObject().ToDictionary(static word => word.Name, static word => word.Value.ValueKind == JsonValueKind.String ? [word.Value.GetString()!] : Forms(word.Value), StringComparer.Ordinal);

        static string[] Forms(JsonElement bent)
        {
            string[] forms = [bent.GetProperty("one").GetString()!, bent.GetProperty("other").GetString()!];
            Assert.All(forms, form => Assert.Contains(bent.GetProperty("by").GetString()!, Placeholders(form)));
            return forms;
        }
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "succesmeter-functions.sln")))
                folder = folder.Parent ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds the solution.");
            return folder.FullName;
        }
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\b(?:words|say)\(""(?<key>[^""$]+)""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Asked();

    [GeneratedRegex(@"page(?:\.\w+)+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex PageKey();

    [GeneratedRegex("[A-Z]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Capital();

    [GeneratedRegex(@"branching|vertakking|ramification|contagi|besmett|percenti[el]|hawkes|modularit|pseudon", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Jargon();
}

using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Succesmeter.Platforms.Recipes;

/// <summary>How one language writes numbers and dates. Months, units and phrases are the words that crowdfunding pages use.</summary>
internal sealed class ShownLanguage
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly FrozenDictionary<string, ShownLanguage> All = new[]
    {
        new ShownLanguage("nl", new NumberStyle('.', SpacesGroup: false), DayOrder.DayFirst,
            ["januari|jan", "februari|feb", "maart|mrt", "april|apr", "mei", "juni|jun", "juli|jul", "augustus|aug", "september|sept|sep", "oktober|okt", "november|nov", "december|dec"],
            "een|één", "seconden|seconde", "minuten|minuut|min", "uren|uur", "dagen|dag", "weken|week|maanden|maand|jaren|jaar",
            ["{n} geleden"], ["(?:nog|over|binnen) {n}", "{n} (?:te gaan|resterend|resterende)"], ["gisteren", "vandaag", "morgen"]),
        new ShownLanguage("fr", new NumberStyle('.', SpacesGroup: true), DayOrder.DayFirst,
            ["janvier|janv", "février|fevrier|févr|fevr", "mars", "avril|avr", "mai", "juin", "juillet|juil", "août|aout", "septembre|sept", "octobre|oct", "novembre|nov", "décembre|decembre|déc|dec"],
            "une|un", "secondes|seconde", "minutes|minute|min", "heures|heure", "jours|jour", "semaines|semaine|mois|années|année|ans|an",
            ["il y a {n}"], ["(?:encore|plus que|il reste|reste|dans) {n}", "{n} (?:restants|restant|restantes|restante)"], ["hier", "aujourd['’]hui", "demain"]),
        new ShownLanguage("en", new NumberStyle(',', SpacesGroup: false), DayOrder.Unknown, English, "an|a|one", EnglishUnits[0], EnglishUnits[1], EnglishUnits[2], EnglishUnits[3], EnglishUnits[4], EnglishPast, EnglishAhead, EnglishDays),
        new ShownLanguage("en-gb", new NumberStyle(',', SpacesGroup: false), DayOrder.DayFirst, English, "an|a|one", EnglishUnits[0], EnglishUnits[1], EnglishUnits[2], EnglishUnits[3], EnglishUnits[4], EnglishPast, EnglishAhead, EnglishDays),
        new ShownLanguage("en-us", new NumberStyle(',', SpacesGroup: false), DayOrder.MonthFirst, English, "an|a|one", EnglishUnits[0], EnglishUnits[1], EnglishUnits[2], EnglishUnits[3], EnglishUnits[4], EnglishPast, EnglishAhead, EnglishDays),
        new ShownLanguage("de", new NumberStyle('.', SpacesGroup: false), DayOrder.DayFirst,
            ["januar|jan", "februar|feb", "märz|maerz|mär", "april|apr", "mai", "juni|jun", "juli|jul", "august|aug", "september|sept|sep", "oktober|okt", "november|nov", "dezember|dez"],
            "einem|einer|ein|eine", "sekunden|sekunde", "minuten|minute|min", "stunden|stunde", "tagen|tage|tag", "wochen|woche|monaten|monate|monat|jahren|jahre|jahr",
            ["vor {n}"], ["(?:noch|in) {n}", "{n} (?:verbleibend|übrig)"], ["gestern", "heute", "morgen"]),
        new ShownLanguage("es", new NumberStyle('.', SpacesGroup: true), DayOrder.DayFirst,
            ["enero|ene", "febrero|feb", "marzo|mar", "abril|abr", "mayo|may", "junio|jun", "julio|jul", "agosto|ago", "septiembre|setiembre|sept|sep", "octubre|oct", "noviembre|nov", "diciembre|dic"],
            "una|un", "segundos|segundo", "minutos|minuto|min", "horas|hora", "días|día|dias|dia", "semanas|semana|meses|mes|años|año",
            ["hace {n}"], ["(?:quedan|queda|faltan|falta|en|dentro de) {n}", "{n} restantes"], ["ayer", "hoy", "mañana"]),
    }.ToFrozenDictionary(static language => language.Tag, StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, int> months = new(StringComparer.OrdinalIgnoreCase);

    private ShownLanguage(string tag, NumberStyle numbers, DayOrder order, string[] monthNames, string one, string seconds, string minutes, string hours, string days, string coarse, string[] past, string[] ahead, string[] dayWords)
    {
        Tag = tag;
        Numbers = numbers;
        Order = order;
        for (var month = 0; month < monthNames.Length; month++)
            foreach (var name in monthNames[month].Split('|'))
                months.Add(name, month + 1);

        var names = string.Join('|', monthNames);
        NamedDates =
        [
            Of($@"\b(?<d>[0-9]{{1,2}})(?:er|ère|e|st|nd|rd|th|\.)?\s+(?:de\s+|of\s+)?(?<m>{names})\.?,?\s+(?:de\s+|del\s+)?(?<y>[0-9]{{4}})\b"),
            Of($@"\b(?<m>{names})\.?\s+(?<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(?<y>[0-9]{{4}})\b"),
        ];

        var number = $@"\b(?<n>[0-9]{{1,4}}|{one})\s+(?:(?<s>{seconds})|(?<min>{minutes})|(?<h>{hours})|(?<d>{days})|(?<coarse>{coarse}))\b";
        Past = [.. past.Select(phrase => Phrase(phrase, number))];
        Ahead = [.. ahead.Select(phrase => Phrase(phrase, number))];
        DayWords = [.. dayWords.Select(static word => Of($@"^\W*{word}\b"))];
    }

    /// <summary>Of the languages with an order of their own the region too: <c>en-us</c>.</summary>
    public string Tag { get; }

    public NumberStyle Numbers { get; }

    public DayOrder Order { get; }

    /// <summary>Groups d, m and y.</summary>
    public IReadOnlyList<Regex> NamedDates { get; }

    /// <summary>Groups n and one of s, min, h, d, coarse.</summary>
    public IReadOnlyList<Regex> Past { get; }

    /// <inheritdoc cref="Past"/>
    public IReadOnlyList<Regex> Ahead { get; }

    /// <summary>Yesterday, today, tomorrow.</summary>
    public IReadOnlyList<Regex> DayWords { get; }

    public static string Known => string.Join(", ", All.Keys.Order(StringComparer.Ordinal));

    /// <param name="tag">As of BCP 47; of a region that is not known the language alone counts.</param>
    public static ShownLanguage? Find(string tag)
    {
        var normal = tag.Trim().Replace('_', '-');
        return All.GetValueOrDefault(normal) ?? All.GetValueOrDefault(Primary(normal));
    }

    public static string Primary(string tag) => tag.Trim().Split('-', '_')[0].ToLowerInvariant();

    public int Month(string name) => months.GetValueOrDefault(name);

    private static string[] English =>
        ["january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug", "september|sept|sep", "october|oct", "november|nov", "december|dec"];

    private static string[] EnglishUnits => ["seconds|second", "minutes|minute|min", "hours|hour", "days|day", "weeks|week|months|month|years|year"];

    private static string[] EnglishPast => ["{n} ago"];

    private static string[] EnglishAhead => ["in {n}", "{n} (?:left|to go|remaining)"];

    private static string[] EnglishDays => ["yesterday", "today", "tomorrow"];

    private static Regex Phrase(string phrase, string number) => Of(@"\b" + phrase.Replace(" ", @"\s+", StringComparison.Ordinal).Replace("{n}", number, StringComparison.Ordinal) + @"\b");

    private static Regex Of(string pattern) => new(pattern, Options, Patience);
}

internal enum DayOrder
{
    /// <summary>12/05/2026 may be either.</summary>
    Unknown,
    DayFirst,
    MonthFirst,
}

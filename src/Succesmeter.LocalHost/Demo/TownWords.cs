using System.Globalization;

namespace Succesmeter.LocalHost.Demo;

/// <summary>The site's own words in one language.</summary>
internal sealed record TownWords(string Language, CultureInfo Culture, string Lead, string Live, string Ended, string Of, string Backers, string Members, string Orders, string Goal, string StretchGoal, string Until, string Launched, string NoEnd, string By, string Rewards, string Claimed, string Needs, string Filled, string Open, string Gifts, string Anonymous, string Comments, string Holder, string Updates, string Diary, string Place, string Sensitive, string KeepsAll, string AllOrNothing, string Recurring, string NotFound, string Started, string Stopped, string Followers, string Shares, IReadOnlyDictionary<string, string> States, IReadOnlyDictionary<string, string> Actions, string Footer)
{
    public static readonly IReadOnlyList<TownWords> All =
    [
        new("nl", CultureInfo.GetCultureInfo("nl-BE"), "Buren die samen iets willen, en de mensen die meedoen.", "Loopt", "Afgelopen", "van", "donateurs", "leden", "bestellingen", "doel", "volgend doel", "Tot en met", "Begonnen op", "Zonder einddatum", "door", "In ruil", "gekozen", "Wat er nog nodig is", "gevonden", "gezocht", "Wie gaf", "Anoniem", "Reacties", "organisator", "Nieuws", "Logboek", "Waar", "Gevoelig: wie hier geeft, zegt iets over zichzelf.", "Alles wat binnenkomt, blijft.", "Alles of niets.", "Elke maand een bijdrage.", "Deze pagina is er niet.", "begonnen", "gestopt", "volgers", "keer gedeeld",
            new Dictionary<string, string> { ["live"] = "Loopt", ["succeeded"] = "Gelukt", ["failed"] = "Niet gehaald", ["cancelled"] = "Geannuleerd" },
            new Dictionary<string, string> { ["mail"] = "Mail gestuurd", ["press"] = "In de krant", ["event"] = "Bijeenkomst", ["social"] = "Op sociale media", ["thanks"] = "Bedankt" },
            "Demostad bestaat niet. Deze campagnes, mensen en bedragen zijn verzonnen."),
        new("fr", CultureInfo.GetCultureInfo("fr-FR"), "Des voisins qui veulent agir ensemble, et celles et ceux qui participent.", "En cours", "Terminés", "sur", "donateurs", "membres", "commandes", "objectif", "objectif suivant", "Jusqu’au", "Lancé le", "Sans date de fin", "par", "En échange", "choisis", "Ce qu’il faut encore", "trouvé", "cherché", "Qui a donné", "Anonyme", "Commentaires", "porteur du projet", "Nouvelles", "Journal de bord", "Où\u00A0", "Sensible : donner ici dit quelque chose de soi.", "Tout ce qui est donné est gardé.", "Tout ou rien.", "Un don chaque mois.", "Cette page n’existe pas.", "ont commencé", "ont arrêté", "abonnés", "partages",
            new Dictionary<string, string> { ["live"] = "En cours", ["succeeded"] = "Réussi", ["failed"] = "Pas atteint", ["cancelled"] = "Annulé" },
            new Dictionary<string, string> { ["mail"] = "E-mail envoyé", ["press"] = "Dans le journal", ["event"] = "Rencontre", ["social"] = "Sur les réseaux sociaux", ["thanks"] = "Remerciements" },
            "Demostad n’existe pas. Ces projets, ces personnes et ces montants sont inventés."),
        new("en", CultureInfo.GetCultureInfo("en-GB"), "Neighbours who want to do something together, and those who join them.", "Live", "Ended", "of", "backers", "members", "orders", "goal", "next goal", "Until", "Launched on", "Without an end date", "by", "In return", "chosen", "What is still needed", "found", "wanted", "Who gave", "Anonymous", "Comments", "organiser", "News", "Diary", "Where", "Sensitive: giving here says something of the giver.", "All that comes in is kept.", "All or nothing.", "A gift every month.", "This page is not there.", "began", "stopped", "followers", "shares",
            new Dictionary<string, string> { ["live"] = "Live", ["succeeded"] = "Succeeded", ["failed"] = "Not reached", ["cancelled"] = "Cancelled" },
            new Dictionary<string, string> { ["mail"] = "Mail sent", ["press"] = "In the newspaper", ["event"] = "Gathering", ["social"] = "On social media", ["thanks"] = "Thanks" },
            "Demostad does not exist. These campaigns, people and amounts are made up."),
    ];

    public static TownWords In(string language) => All.First(words => words.Language == language);

    /// <summary>As people there write it: € 1.234, 1 234 €, €1,234.</summary>
    public string Money(int euros)
    {
        var number = euros.ToString("#,0", CultureInfo.InvariantCulture);
        return Language switch
        {
            "nl" => "€ " + number.Replace(',', '.'),
            "fr" => number.Replace(',', '\u202F') + "\u00A0€",
            _ => "€" + number,
        };
    }

    public string Number(int count)
    {
        var number = count.ToString("#,0", CultureInfo.InvariantCulture);
        return Language switch { "nl" => number.Replace(',', '.'), "fr" => number.Replace(',', '\u202F'), _ => number };
    }

    public string Day(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Town.Zone).ToString("d MMMM yyyy", Culture);

    public string Hour(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Town.Zone).ToString("d MMM, HH:mm", Culture);
}

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Succesmeter.Events;

namespace Succesmeter.Webhooks;

/// <summary>What happened in one sentence, for people. The words for a status are those of the web application.</summary>
public static class EventSentences
{
    public static ImmutableArray<string> Languages { get; } = ["nl", "fr", "en"];

    /// <param name="happened">Its title is put in as it is: a form that gives some letters a meaning escapes the sentence.</param>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    public static string Of(CampaignEvent happened, string language)
    {
        var say = new Saying(language);
        var title = happened.Title ?? happened.Campaign.Name;
        return happened.Type switch
        {
            EventTypes.Discovered => say.In($"“{title}” wordt vanaf nu gevolgd.", $"« {title} » est suivi à partir de maintenant.", $"“{title}” is followed from now on."),
            EventTypes.MilestoneReached => say.In(
                $"“{title}” heeft {happened.Level} % van het doel bereikt{Standing()}.",
                $"« {title} » a atteint {happened.Level} % de son objectif{Standing()}.",
                $"“{title}” has reached {happened.Level}% of its goal{Standing()}."),
            EventTypes.ForecastTurned => say.In(
                $"De voorspelling voor “{title}” is veranderd van “{say.Status(happened.Before)}” in “{say.Status(happened.Level)}”.{Chance()}",
                $"La prévision pour « {title} » est passée de « {say.Status(happened.Before)} » à « {say.Status(happened.Level)} ».{Chance()}",
                $"The forecast for “{title}” has turned from “{say.Status(happened.Before)}” to “{say.Status(happened.Level)}”.{Chance()}"),
            EventTypes.PaceBehind => say.In(
                $"“{title}” haalt nu ongeveer {Amount(happened.PacePerDay)} per dag op; voor het doel is {Amount(happened.NeededPerDay)} per dag nodig.",
                $"« {title} » récolte pour l’instant environ {Amount(happened.PacePerDay)} par jour ; il en faudrait {Amount(happened.NeededPerDay)} pour atteindre l’objectif.",
                $"“{title}” now raises about {Amount(happened.PacePerDay)} a day; it takes {Amount(happened.NeededPerDay)} a day to reach the goal."),
            EventTypes.DialogueStalled => happened.OpenComments is 1 or null
                ? say.In(
                    $"Bij “{title}” wacht een reactie al drie dagen op een antwoord.",
                    $"Sur « {title} », un commentaire attend une réponse depuis trois jours.",
                    $"On “{title}” a comment has waited three days for an answer.")
                : say.In(
                    $"Bij “{title}” wachten {happened.OpenComments} reacties op een antwoord, één al drie dagen.",
                    $"Sur « {title} », {happened.OpenComments} commentaires attendent une réponse, l’un depuis trois jours.",
                    $"On “{title}” {happened.OpenComments} comments wait for an answer, one for three days."),
            EventTypes.CommunityIgnited => say.In(
                $"De gemeenschap rond “{title}” draagt zichzelf: twee dagen op rij volgen giften op giften.",
                $"La communauté autour de « {title} » se porte elle-même : deux jours de suite, les dons suivent les dons.",
                $"The community around “{title}” carries itself: on two days in a row gifts follow gifts."),
            EventTypes.Ended => say.In($"“{title}” is afgelopen{Standing()}.", $"« {title} » est terminé{Standing()}.", $"“{title}” is over{Standing()}."),
            _ => throw new UnreachableException(),
        };

        string Standing()
        {
            var money = happened is { Pledged: { } pledged, Goal: > 0 and var goal } ? say.In($"{Amount((double)pledged)} van {Amount((double)goal)}", $"{Amount((double)pledged)} sur {Amount((double)goal)}", $"{Amount((double)pledged)} of {Amount((double)goal)}") : null;
            var people = happened.Backers switch
            {
                null or 0 => null,
                1 => say.In("1 mens", "1 personne", "1 person"),
                { } backers => say.In($"{say.Number(backers)} mensen", $"{say.Number(backers)} personnes", $"{say.Number(backers)} people"),
            };
            return (money, people) switch
            {
                ({ }, { }) => say.In($": {money}, van {people}", $" : {money}, grâce à {people}", $": {money}, from {people}"),
                ({ } one, null) => say.In($": {one}", $" : {one}", $": {one}"),
                (null, { } one) => say.In($": {one}", $" : {one}", $": {one}"),
                _ => "",
            };
        }

        string Chance() => happened is { Probability: { } probability, Confidence: not "abstain" }
            ? say.In(
                $" Van 100 campagnes zoals deze halen er {InHundred(probability)} hun doel.",
                $" Sur 100 campagnes comme celle-ci, {InHundred(probability)} atteignent leur objectif.",
                $" Of 100 campaigns like this one, {InHundred(probability)} reach their goal.")
            : "";

        string Amount(double? value) => say.Amount(value ?? 0, happened.Currency);
    }

    public static string Of(PlatformEvent happened, string language) => new Saying(language).In(
        $"{happened.Failing} van de {happened.Followed} pagina’s van {happened.Platform} kunnen niet gelezen worden.",
        $"{happened.Failing} des {happened.Followed} pages de {happened.Platform} ne peuvent pas être lues.",
        $"{happened.Failing} of the {happened.Followed} pages of {happened.Platform} cannot be read.");

    public static string OfPing(string language) => new Saying(language).In(
        "Dit is een proef van de succesmeter: er is niets gebeurd.", "Ceci est un essai du succesmeter : il ne s’est rien passé.", "This is a trial by the succesmeter: nothing happened.");

    /// <summary>Certainty is never promised.</summary>
    private static int InHundred(double probability) => Math.Clamp((int)Math.Round(100 * probability), 1, 99);

    private readonly struct Saying(string language)
    {
        private readonly string language = language;
        private readonly CultureInfo culture = CultureInfo.GetCultureInfo(language switch { "nl" => "nl-BE", "fr" => "fr-BE", _ => "en-IE" });

        public string In(string dutch, string french, string english) => language switch { "nl" => dutch, "fr" => french, _ => english };

        public string Number(double value) => value.ToString("N0", culture);

        public string Amount(double value, string? currency) => currency switch
        {
            "EUR" => language == "fr" ? $"{Number(value)} €" : $"€ {Number(value)}",
            { } other => $"{Number(value)} {other}",
            null => Number(value),
        };

        public string Status(string? status) => status switch
        {
            "reached" => In("het doel is gehaald", "l’objectif est atteint", "the goal is reached"),
            "on-track" => In("op schema", "en bonne voie", "on track"),
            "uncertain" => In("kan nog beide kanten op", "tout reste possible", "could go either way"),
            "behind" => In("loopt achter", "en retard", "behind"),
            "unlikely" => In("wordt moeilijk", "ce sera difficile", "it will be hard"),
            _ => In("afgelopen", "terminée", "over"),
        };
    }
}

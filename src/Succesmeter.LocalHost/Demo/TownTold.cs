namespace Succesmeter.LocalHost.Demo;

/// <summary>What people write, in one of the town's languages.</summary>
internal sealed class TownTold(string language)
{
    private static readonly string[] DutchMessages = ["Veel succes!", "Wat een mooi plan. Wij doen mee!", "Voor de buurt.", "Van ons allemaal op de hoek, hou vol.", "Mijn moeder woonde hier vijftig jaar. Dit had ze prachtig gevonden."];
    private static readonly string[] FrenchMessages = ["Bonne chance !", "Quel beau projet, on est avec vous !", "Pour le quartier.", "De la part de tous les voisins du coin, tenez bon.", "Ma mère a vécu ici cinquante ans. Elle aurait adoré."];
    private static readonly string[] EnglishMessages = ["Good luck!", "What a lovely plan. Count us in!", "For the neighbourhood.", "From all of us on the corner, keep going.", "My mother lived here for fifty years. She would have loved this."];

    private static readonly string[] DutchComments = ["Kunnen we ook op zaterdag komen helpen?", "Is er plaats voor kinderen?", "Ik heb nog hout over, mag dat?", "Geweldig dat dit in onze wijk kan.", "Wanneer begint het?"];
    private static readonly string[] FrenchComments = ["On peut venir aider le samedi aussi ?", "Y a-t-il une place pour les enfants ?", "Il me reste du bois, ça vous intéresse ?", "Super que ce soit possible chez nous.", "Ça commence quand ?"];
    private static readonly string[] EnglishComments = ["Can we come and help on Saturdays too?", "Is there room for children?", "I have some wood left, would that help?", "Great that this can happen here.", "When does it begin?"];

    private static readonly string[] DutchAnswers = ["Zeker, graag! Kom gerust langs.", "Dank je wel, we laten het snel weten.", "Ja! Iedereen is welkom."];
    private static readonly string[] FrenchAnswers = ["Bien sûr, avec plaisir ! Passez nous voir.", "Merci, on vous tient au courant.", "Oui ! Tout le monde est bienvenu."];
    private static readonly string[] EnglishAnswers = ["Certainly, please do! Drop by.", "Thank you, we will let you know soon.", "Yes! Everybody is welcome."];

    private static readonly string[] DutchUpdates = ["De eerste steen ligt", "Halfweg, en nu?", "De buren kwamen kijken", "We hebben een lokaal gevonden", "Foto’s van zondag"];
    private static readonly string[] FrenchUpdates = ["La première pierre est posée", "À mi-chemin, et maintenant ?", "Les voisins sont venus voir", "Nous avons trouvé un local", "Les photos de dimanche"];
    private static readonly string[] EnglishUpdates = ["The first stone is laid", "Half-way, and now?", "The neighbours came to see", "We have found a room", "Pictures of Sunday"];

    private static readonly string[] DutchNeeds = ["Een aanhangwagen", "Iemand die kan lassen", "Verf", "Twee tafels", "Een vertaler", "Een fotograaf", "Stoelen", "Een elektricien", "Een koelkast", "Iemand voor de boekhouding", "Planken", "Een geluidsinstallatie"];
    private static readonly string[] FrenchNeeds = ["Une remorque", "Quelqu’un qui sait souder", "De la peinture", "Deux tables", "Un traducteur", "Un photographe", "Des chaises", "Un électricien", "Un frigo", "Quelqu’un pour les comptes", "Des planches", "Une sono"];
    private static readonly string[] EnglishNeeds = ["A trailer", "Somebody who can weld", "Paint", "Two tables", "A translator", "A photographer", "Chairs", "An electrician", "A fridge", "Somebody for the books", "Planks", "A sound system"];

    private static readonly string[] DutchRewards = ["Een kaartje met dank", "Je naam op de muur", "Een plaats aan tafel bij de opening", "Een rondleiding voor vijf"];
    private static readonly string[] FrenchRewards = ["Une carte de remerciement", "Votre nom sur le mur", "Une place à table à l’ouverture", "Une visite guidée pour cinq"];
    private static readonly string[] EnglishRewards = ["A thank-you card", "Your name on the wall", "A seat at the opening dinner", "A guided tour for five"];

    public string Message(TownDice dice) => dice.Of(Of(DutchMessages, FrenchMessages, EnglishMessages));

    public string Comment(TownDice dice) => dice.Of(Of(DutchComments, FrenchComments, EnglishComments));

    public string Answer(TownDice dice) => dice.Of(Of(DutchAnswers, FrenchAnswers, EnglishAnswers));

    public string Update(TownDice dice) => dice.Of(Of(DutchUpdates, FrenchUpdates, EnglishUpdates));

    /// <param name="count">At most twelve.</param>
    public IEnumerable<string> Needs(TownDice dice, int count)
    {
        var from = dice.Below(DutchNeeds.Length);
        return Enumerable.Range(from, count).Select(index => Of(DutchNeeds, FrenchNeeds, EnglishNeeds)[index % DutchNeeds.Length]);
    }

    public TownReward[] Rewards(TownDice dice)
    {
        var titles = Of(DutchRewards, FrenchRewards, EnglishRewards);
        return [new(titles[0], 10, null), new(titles[1], 25, null), new(titles[2], 50, null), new(titles[3], 150, 20 + (10 * dice.Below(4)))];
    }

    public TownReward[] OrderRewards() => [new(Of(["Een exemplaar"], ["Un exemplaire"], ["One copy"])[0], 1, null)];

    private string[] Of(string[] dutch, string[] french, string[] english) => language switch { "nl" => dutch, "fr" => french, _ => english };
}

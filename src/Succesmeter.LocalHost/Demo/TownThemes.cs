namespace Succesmeter.LocalHost.Demo;

/// <summary>What a campaign is about, in the town's three languages.</summary>
internal sealed record TownTheme(string Slug, string Category, string Dutch, string French, string English)
{
    public string Title(string language) => language switch { "nl" => Dutch, "fr" => French, _ => English };
}

internal static class TownThemes
{
    private static readonly string[] DutchTold =
    [
        "Wij zijn buren van {0} en we willen dit samen doen. Met jullie hulp kopen we wat nodig is; de handen zijn er al.",
        "Al twee jaar komen we elke week samen in {0}. Nu ontbreekt alleen het materiaal. Elke bijdrage, groot of klein, brengt ons dichter.",
        "Iedereen in {0} mag meedoen: meebouwen, meekoken, meespelen. Wie niet kan geven, kan altijd komen helpen.",
    ];

    private static readonly string[] FrenchTold =
    [
        "Nous sommes des voisins de {0} et nous voulons le faire ensemble. Avec votre aide nous achetons ce qu’il faut ; les bras sont déjà là.",
        "Depuis deux ans nous nous retrouvons chaque semaine à {0}. Il ne manque que le matériel. Chaque don, petit ou grand, nous rapproche du but.",
        "Tout le monde à {0} peut participer : construire, cuisiner, jouer. Qui ne peut pas donner peut toujours venir aider.",
    ];

    private static readonly string[] EnglishTold =
    [
        "We are neighbours in {0} and want to do this together. With your help we buy what is needed; the hands are there already.",
        "For two years we have met every week in {0}. Only the material is missing. Every gift, large or small, brings us closer.",
        "Everybody in {0} can join: build, cook, play. Who cannot give can always come and help.",
    ];

    /// <summary>In the order in which they come round; the first campaign of a theme is its number 1.</summary>
    public static readonly IReadOnlyList<TownTheme> All =
    [
        new("fietskeuken", "mobility", "Een fietskeuken voor iedereen", "Un atelier vélo pour tous", "A bicycle kitchen for all"),
        new("daktuin", "green", "Samen tuinieren op het dak", "Un jardin partagé sur le toit", "A shared garden on the roof"),
        new("buurtbakoven", "food", "Een bakoven op het plein", "Un four à pain sur la place", "A bread oven on the square"),
        new("repair-cafe", "repair", "Repair café op wielen", "Le repair café ambulant", "Repair café on wheels"),
        new("orkest", "culture", "Orkest Zonder Papieren", "L’Orchestre Sans-Papiers", "The Orchestra Without Papers"),
        new("huiswerkklas", "youth", "Tablets voor de huiswerkklas", "Des tablettes pour l’école de devoirs", "Tablets for the homework class"),
        new("speelstraat", "youth", "Speelstraat de hele zomer", "La rue aux enfants, tout l’été", "A play street all summer"),
        new("straatcinema", "culture", "Cinema onder de sterren", "Cinéma de rue", "Cinema in the street"),
        new("soepbar", "food", "Soepbar voor de nachtploeg", "Un bar à soupe pour l’équipe de nuit", "Soup bar for the night shift"),
        new("buurtradio", "media", "Buurtradio in drie talen", "Radio de quartier, en trois langues", "Neighbourhood radio in three languages"),
        new("zwemclub", "sport", "Zwemclub voor nieuwkomers", "Un club de natation pour les nouveaux venus", "A swimming club for newcomers"),
        new("naaiatelier", "craft", "Naaiatelier Fluweel", "Atelier Velours", "The Velvet sewing room"),
        new("geveltuinen", "green", "Honderd geveltuinen", "Cent jardins de façade", "A hundred façade gardens"),
        new("circus", "culture", "Een circustent voor de wijk", "Un chapiteau pour le quartier", "A circus tent for the neighbourhood"),
        new("bakfiets", "mobility", "Deel een bakfiets", "Un vélo cargo à partager", "Share a cargo bike"),
        new("moestuin", "food", "Moestuin bij de school", "Un potager à l’école", "A kitchen garden at the school"),
        new("danszaal", "culture", "Een vloer om op te dansen", "Un parquet pour danser", "A floor to dance on"),
        new("bibliotheek", "media", "Kleine bibliotheek op de hoek", "Une petite bibliothèque au coin", "A little library on the corner"),
        new("skatepark", "sport", "Skaten onder de brug", "Du skate sous le pont", "Skating under the bridge"),
        new("gereedschap", "repair", "Een huis vol gereedschap", "Une maison pleine d’outils", "A house full of tools"),
        new("kinderkoor", "youth", "Het kinderkoor op reis", "La chorale d’enfants en voyage", "The children’s choir on tour"),
        new("bijen", "green", "Bijen in de stad", "Des abeilles en ville", "Bees in the city"),
        new("dorpskrant", "media", "Een krant van bewoners", "Un journal des habitants", "A newspaper by residents"),
        new("boksclub", "sport", "Boksen na school", "Boxer après l’école", "Boxing after school"),
        new("keramiek", "craft", "Een oven voor keramiek", "Un four pour la céramique", "A kiln for the pottery"),
        new("wereldkeuken", "food", "De wereldkeuken van de wijk", "La cuisine du monde du quartier", "The neighbourhood’s world kitchen"),
    ];

    public static string Told(string language, string district, int which)
    {
        var told = language switch { "nl" => DutchTold, "fr" => FrenchTold, _ => EnglishTold };
        return told[which % told.Length].Replace("{0}", district, StringComparison.Ordinal);
    }
}

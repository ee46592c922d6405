using System.Globalization;
using System.Text;

namespace Succesmeter.LocalHost.Demo;

/// <summary>Who may give. All of them are made up.</summary>
/// <param name="Name">First and last name.</param>
/// <param name="Account">As the site shows it, or null for one without.</param>
/// <param name="Club">Number of the club, or -1 for somebody from outside.</param>
/// <param name="District">Number of the district, or -1 for somebody from outside.</param>
/// <param name="PostCode">As written with gifts, or null.</param>
/// <param name="Zeal">Odds to give, of 1.</param>
internal sealed record TownPerson(string Name, string? Account, int Club, int District, string? PostCode, double Zeal);

/// <summary>The people of the town: each lives in a district and belongs to a club, most of whose members live in one district.</summary>
internal sealed class TownPeople
{
    private const double AccountShare = 0.4, RegularShare = 0.12, NearClubShare = 0.6, SomeZeal = 0.22;

    private static readonly string[] FirstNames =
    [
        "Amina", "Bram", "Chloé", "Dries", "Elif", "Fatou", "Gilles", "Hanne", "Ilias", "Jana", "Karim", "Lotte", "Mehdi", "Noor", "Oscar", "Paola", "Rania", "Simon", "Tine", "Yusuf",
        "Adèle", "Bashir", "Camille", "Diede", "Emre", "Floor", "Giulia", "Hugo", "Inès", "Jef", "Khadija", "Louis", "Marieke", "Nabil", "Odette", "Pieter", "Romy", "Samira", "Thomas", "Ursula",
        "Vincent", "Wannes", "Xavier", "Yasmine", "Zoë", "Arthur", "Britt", "Cédric", "Dina", "Ewout", "Fien", "Gaston", "Hafsa", "Ivo", "Joke", "Kobe", "Leïla", "Mats", "Nele", "Omar",
    ];

    private static readonly string[] LastNames =
    [
        "Aerts", "Bakkali", "Claes", "Dubois", "El Amrani", "Fontaine", "Goossens", "Hermans", "Ibrahim", "Janssens", "Kaya", "Lambert", "Maes", "Nguyen", "Okafor", "Peeters", "Renard", "Smets", "Toussaint", "Wouters",
        "Adriaens", "Benali", "Collard", "Demir", "Evrard", "Franssen", "Gérard", "Haddad", "Ilunga", "Jacobs", "Kowalska", "Leroy", "Mertens", "Noël", "Ouali", "Pauwels", "Quintens", "Rossi", "Segers", "Thys",
        "Urbain", "Vermeulen", "Willems", "Yilmaz", "Zaman", "Baert", "Cools", "Desmet", "Engelen", "Ferreira", "Gillis", "Hubert", "Ivens", "Joris", "Khan", "Lemmens", "Moreau", "Nijs", "Otte", "Pirard",
        "Raes", "Sow", "Timmermans", "Uytterhoeven", "Verlinden", "Wauters", "Ysebaert", "Zegers", "Blondeel", "Cornelis", "Diallo",
    ];

    private readonly TownPerson[] _all;
    private readonly TownPerson[][] _districts;

    public TownPeople(int seed)
    {
        var dice = new TownDice(seed, 0, 1);
        _all = [.. Enumerable.Range(0, TownFigures.People).Select(number => Person(number, dice))];
        _districts = [.. Enumerable.Range(0, TownFigures.Districts).Select(district => _all.Where(person => person.District == district).ToArray())];
    }

    /// <summary>Somebody who holds campaigns has an account.</summary>
    public TownPerson Holder(TownDice dice)
    {
        TownPerson person;
        do
            person = dice.Of(_all);
        while (person.Account is null);
        return person;
    }

    /// <summary>Somebody near another: of the club, the district, or anywhere in town, by zeal.</summary>
    public TownPerson Near(TownPerson other, double clubShare, double districtShare, TownDice dice)
    {
        var where = dice.Share();
        for (; ; )
        {
            var person = where < clubShare && other.Club >= 0 ? _all[(other.Club * TownFigures.ClubSize) + dice.Below(TownFigures.ClubSize)]
                : where < clubShare + districtShare && other.District >= 0 ? dice.Of(_districts[other.District])
                : dice.Of(_all);
            if (dice.Is(person.Zeal))
                return person;
        }
    }

    /// <summary>A friend or relation from elsewhere, with an initial, so that hardly two have one name.</summary>
    public static TownPerson Outsider(TownDice dice)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{dice.Of(FirstNames)} {(char)('A' + dice.Below(26))}.{(char)('A' + dice.Below(26))}. {dice.Of(LastNames)}");
        var postCode = dice.Is(0.5) ? (9900 + dice.Below(60)).ToString(CultureInfo.InvariantCulture) : null;
        return new(name, null, -1, -1, postCode, 1);
    }

    private static TownPerson Person(int number, TownDice dice)
    {
        // 60 first and 71 last names have no common divisor, so that 4,000 numbers give 4,000 pairs.
        var name = $"{FirstNames[number % FirstNames.Length]} {LastNames[number % LastNames.Length]}";
        var club = number / TownFigures.ClubSize;
        var district = dice.Is(NearClubShare) ? club % TownFigures.Districts : dice.Below(TownFigures.Districts);
        var postCode = dice.Is(TownFigures.WrittenPlaceShare) ? TownDistricts.PostCode(district) : null;
        return new(name, dice.Is(AccountShare) ? Handle(name) : null, club, district, postCode, dice.Is(RegularShare) ? 1 : SomeZeal);
    }

    private static string Handle(string name)
    {
        var handle = new StringBuilder(name.Length);
        foreach (var c in name.ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetter(c))
                handle.Append(c);
            else if (c == ' ')
                handle.Append('.');
        }

        return handle.ToString();
    }
}

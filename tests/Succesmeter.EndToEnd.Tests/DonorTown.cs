using System.Globalization;
using Succesmeter.Testing;

namespace Succesmeter.EndToEnd.Tests;

/// <summary>Three campaigns of forty donors and more: old and live share half of the live one's, live and far share four, which is a link that nobody may see.</summary>
internal static class DonorTown
{
    /// <summary>No answer may hold this.</summary>
    public const string DonorPrefix = "donor-nr-";

    /// <summary>Nor this.</summary>
    public const string LargestGift = "193.37";

    public static readonly DateTimeOffset Now = Some.Launch.AddDays(20).AddMinutes(20);

    public static readonly string[] Campaigns = ["old", "live", "far"];

    private const int GiftsInTurn = 40;

    public static string Rows() => string.Join(
        '\n',
        Row("old", Some.Launch.AddMonths(-13), Some.Launch.AddMonths(-12), 0, 60),
        Row("live", Some.Launch, Now.AddHours(-2), 40, 40),
        Row("far", Some.Launch, Now.AddHours(-2), 76, 40));

    /// <param name="name">Of the campaign.</param>
    /// <param name="launch">Gifts begin a day later, one every six hours.</param>
    /// <param name="takenAt">When it was seen.</param>
    /// <param name="first">The number of its first donor.</param>
    /// <param name="donors">How many there are, numbered on from there; each gives the same whoever else does.</param>
    public static string Row(string name, DateTimeOffset launch, DateTimeOffset takenAt, int first, int donors)
    {
        var gifts = string.Join(',', Enumerable.Range(first, donors).Select(donor => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"{{name}}-{{donor}}","at":"{{launch.AddDays(1).AddHours(donor % GiftsInTurn * 6).AddMinutes(donor):O}}","amount":{{(donor % GiftsInTurn == 0 ? LargestGift : "25")}},"donor":"{{DonorPrefix}}{{donor}}","identity":"account"}""")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"platform":"demostad","campaign":"{{name}}","takenAt":"{{takenAt:O}}","currency":"EUR","goal":{{(name == "far" ? 1700 : 3000)}},"funding":"all-or-nothing","launchedAt":"{{launch:O}}","endsAt":"{{launch.AddDays(40):O}}","pledged":{{25 * donors}},"backers":{{donors}},"contributionsAre":"all","contributions":[{{gifts}}]}""");
    }
}

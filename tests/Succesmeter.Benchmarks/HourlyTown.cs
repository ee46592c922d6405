using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Succesmeter.Benchmarks;

/// <summary>Campaigns of one platform that are looked at once an hour, as files of snapshots: totals, as a page shows them to a guest, and new gifts where they are asked for.</summary>
internal static class HourlyTown
{
    public static DateTimeOffset Launch { get; } = new(2026, 4, 20, 8, 0, 0, TimeSpan.Zero);

    /// <returns>NDJSON, gzipped: of each campaign the hours asked for, one after the other.</returns>
    /// <param name="platform">Its id.</param>
    /// <param name="campaigns">How many there are, each in the file.</param>
    /// <param name="hours">Since the launch; each is a row of every campaign.</param>
    /// <param name="gifts">That each row lists as new.</param>
    public static BinaryData File(string platform, int campaigns, Range hours, int gifts = 0)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new StreamWriter(packed, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
        {
            for (var campaign = 0; campaign < campaigns; campaign++)
                for (var hour = hours.Start.Value; hour < hours.End.Value; hour++)
                    writer.WriteLine(Row(platform, campaign, hour, gifts));
        }

        return BinaryData.FromBytes(bytes.ToArray());
    }

    public static string Row(string platform, int campaign, int hour, int gifts = 0)
    {
        var backers = gifts > 0 ? gifts * (hour + 1) : (hour + campaign) / (1 + (campaign % 5));
        var listed = gifts == 0 ? "" : $$""","contributionsAre":"new","contributions":[{{string.Join(',', Enumerable.Range(0, gifts).Select(gift => Gift(campaign, hour, gift)))}}]""";
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {"platform":"{{platform}}","campaign":"{{Name(campaign)}}","takenAt":"{{Launch.AddHours(hour + 1):yyyy-MM-ddTHH:mm:ssZ}}","title":"Buurttuin {{campaign}}","currency":"EUR","goal":{{1000 * (1 + (campaign % 20))}},"funding":"all-or-nothing","launchedAt":"{{Launch:yyyy-MM-ddTHH:mm:ssZ}}","endsAt":"{{Launch.AddDays(60):yyyy-MM-ddTHH:mm:ssZ}}","pledged":{{25 * backers}},"backers":{{backers}}{{listed}}}
            """);
    }

    private static string Gift(int campaign, int hour, int gift) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"id":"{{hour}}-{{gift}}","at":"{{Launch.AddHours(hour).AddMinutes(7 * (gift + 1)):yyyy-MM-ddTHH:mm:ssZ}}","amount":25,"donor":"donor-{{campaign}}-{{hour}}-{{gift}}","identity":"account"}
        """);

    public static string Name(int campaign) => string.Create(CultureInfo.InvariantCulture, $"tuin-{campaign:D6}");
}

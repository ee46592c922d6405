using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Succesmeter.LocalHost.Demo;

/// <summary>A dozen made-up campaigns of a made-up town, seen once a day until now; the same dice every time.</summary>
internal static class SampleCampaigns
{
    private const int Seed = 1080;
    private const int PlannedDays = 40;

    private static readonly string[] FirstNames =
        ["Amina", "Bram", "Chloé", "Dries", "Elif", "Fatou", "Gilles", "Hanne", "Ilias", "Jana", "Karim", "Lotte", "Mehdi", "Noor", "Oscar", "Paola", "Rania", "Simon", "Tine", "Yusuf"];

    private static readonly string[] LastNames =
        ["Aerts", "Bakkali", "Claes", "Dubois", "El Amrani", "Fontaine", "Goossens", "Hermans", "Ibrahim", "Janssens", "Kaya", "Lambert", "Maes", "Nguyen", "Okafor", "Peeters", "Renard", "Smets", "Toussaint", "Wouters"];

    /// <summary>Days since launch, goal, what comes a day at first, what comes a day in the long run, and the title.</summary>
    private static readonly (string Id, string Title, string Language, int Age, int Goal, double Rush, double Steady)[] Campaigns =
    [
        ("fietskeuken", "Fietskeuken voor de Vaartwijk", "nl", 26, 6000, 9, 3.4),
        ("jardin-partage", "Un jardin partagé sur le toit", "fr", 18, 8500, 6, 4.2),
        ("buurtbakoven", "Een bakoven voor het Dorpsplein", "nl", 33, 4000, 4, 2.3),
        ("repair-cafe", "Repair café on wheels", "en", 9, 5000, 7, 3.1),
        ("orkest-zonder-papieren", "Orkest Zonder Papieren", "nl", 12, 12000, 16, 5.0),
        ("ecole-des-devoirs", "Des tablettes pour l’école de devoirs", "fr", 22, 7500, 3, 1.1),
        ("speelstraat", "Speelstraat de hele zomer", "nl", 4, 3500, 8, 4.0),
        ("cinema-de-rue", "Cinéma de rue", "fr", 30, 9000, 5, 2.2),
        ("soup-bar", "Soup bar for the night shift", "en", 15, 6500, 2, 0.6),
        ("radio-quartier", "Radio de quartier, en trois langues", "fr", 37, 5500, 6, 2.6),
        ("zwemclub", "Zwemclub voor nieuwkomers", "nl", 45, 4800, 9, 3.0),
        ("atelier-velours", "Atelier Velours", "fr", 44, 10000, 4, 1.4),
    ];

    public static byte[] Ndjson(DateTimeOffset now)
    {
        var dice = new Random(Seed);
        var today = new DateTimeOffset(now.Year, now.Month, now.Day, 0, 0, 0, TimeSpan.Zero);
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var campaign in Campaigns)
        {
            var launch = today.AddDays(-campaign.Age).AddHours(8);
            var gifts = Gifts(dice, campaign.Rush, campaign.Steady, launch, now);
            for (var day = 1; launch.AddDays(day - 1) < now; day++)
            {
                var taken = launch.AddDays(day) > now ? now : launch.AddDays(day);
                Write(buffer, campaign, launch, taken, gifts);
                buffer.Write("\n"u8);
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A rush that halves every two days, over a steady stream; more by day than by night.</summary>
    private static List<(DateTimeOffset At, int Amount, string? Donor)> Gifts(Random dice, double rush, double steady, DateTimeOffset launch, DateTimeOffset now)
    {
        int[] amounts = [5, 10, 10, 20, 20, 25, 25, 25, 50, 50, 75, 100, 150];
        var gifts = new List<(DateTimeOffset, int, string?)>();
        for (var at = launch; at < now && at < launch.AddDays(PlannedDays); at = at.AddHours(1))
        {
            var perDay = steady + (rush * Math.Pow(0.5, (at - launch).TotalDays / 2));
            var rhythm = at.Hour is >= 7 and < 22 ? 1.5 : 0.15;
            for (var expected = perDay / 24 * rhythm; expected > 0; expected--)
            {
                if (dice.NextDouble() >= expected)
                    continue;

                var donor = $"{FirstNames[dice.Next(FirstNames.Length)]} {LastNames[dice.Next(LastNames.Length)]}";
                gifts.Add((at.AddMinutes(dice.Next(60)), amounts[dice.Next(amounts.Length)], dice.Next(6) == 0 ? null : donor));
            }
        }

        return gifts;
    }

    private static void Write(
        IBufferWriter<byte> output,
        (string Id, string Title, string Language, int Age, int Goal, double Rush, double Steady) campaign,
        DateTimeOffset launch,
        DateTimeOffset taken,
        List<(DateTimeOffset At, int Amount, string? Donor)> gifts)
    {
        using var json = new Utf8JsonWriter(output);
        var shown = gifts.Where(gift => gift.At <= taken).ToList();
        json.WriteStartObject();
        json.WriteString("schema", "succesmeter/snapshot/1");
        json.WriteString("platform", "demostad");
        json.WriteString("campaign", campaign.Id);
        json.WriteString("takenAt", taken.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        json.WriteString("title", campaign.Title);
        json.WriteStartArray("languages");
        json.WriteStringValue(campaign.Language);
        json.WriteEndArray();
        json.WriteString("currency", "EUR");
        json.WriteNumber("goal", campaign.Goal);
        json.WriteString("funding", "all-or-nothing");
        json.WriteString("launchedAt", launch.UtcDateTime);
        json.WriteString("endsAt", launch.AddDays(PlannedDays).UtcDateTime);
        json.WriteNumber("pledged", shown.Sum(gift => gift.Amount));
        json.WriteNumber("backers", shown.Count);
        json.WriteString("contributionsAre", "all");
        json.WriteStartArray("contributions");
        foreach (var (at, amount, donor) in shown)
        {
            json.WriteStartObject();
            json.WriteString("at", at.UtcDateTime);
            json.WriteNumber("amount", amount);
            if (donor is null)
                json.WriteBoolean("anonymous", true);
            else
                json.WriteString("donor", donor);
            json.WriteString("identity", "full-name");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}

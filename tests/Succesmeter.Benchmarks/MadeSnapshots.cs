using System.Globalization;
using System.Text;
using System.Text.Json;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Benchmarks;

/// <summary>Made campaigns of the usual size, four looks a day over thirty days, as files of snapshots. One number, one campaign.</summary>
internal static class MadeSnapshots
{
    public const int Looks = 120;

    /// <summary>What the platform at hand counts on average (README).</summary>
    public const int Gifts = 135;

    private const int HoursBetweenLooks = 6;

    private static readonly DateTimeOffset Launch = new(2026, 4, 20, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Every row is taken whatever its instant; pseudonyms under a key of zeros.</summary>
    public static SnapshotReading Reading { get; } = new()
    {
        ReceivedAt = DateTimeOffset.MaxValue.AddYears(-1),
        ZoneOf = static _ => TimeZoneInfo.Utc,
        Pseudonyms = new KeyedPseudonyms(new byte[32], keyVersion: 1),
    };

    /// <summary>One object a line, one campaign behind the other, with all that a talkative platform shows: gifts so far, rewards, comments, a story.</summary>
    public static byte[] Lines(int campaigns, int looks = Looks)
    {
        using var lines = new MemoryStream();
        for (var campaign = 0; campaign < campaigns; campaign++)
        {
            var gifts = GiftsOf(campaign);
            for (var look = 1; look <= looks; look++)
            {
                using (var json = new Utf8JsonWriter(lines))
                    WriteWhole(json, campaign, look, gifts);
                lines.WriteByte((byte)'\n');
            }
        }

        return lines.ToArray();
    }

    /// <summary>The same campaigns as scalars alone.</summary>
    public static byte[] Table(int campaigns)
    {
        var table = new StringBuilder("platform,campaign,takenAt,title,currency,goal,funding,launchedAt,endsAt,pledged,backers,comments,category,place\n");
        for (var campaign = 0; campaign < campaigns; campaign++)
        {
            var gifts = GiftsOf(campaign);
            for (var look = 1; look <= Looks; look++)
            {
                var seen = Seen(gifts, look);
                table.Append(
                    CultureInfo.InvariantCulture,
                    $"stad,c{campaign:D5},{Instant(AtLook(look))},\"Buurttuin {campaign}, voor allen\",EUR,7500,all-or-nothing,{Instant(Launch)},{Instant(End)},{seen.Sum(static gift => gift.Amount)},{seen.Length},{look / 10},environment,Molenbeek\n");
            }
        }

        return Encoding.UTF8.GetBytes(table.ToString());
    }

    /// <summary>Read and folded, as scoring meets it.</summary>
    public static async Task<CampaignState> StateAsync(int looks)
    {
        CampaignState? state = null;
        await foreach (var row in SnapshotFile.ReadAsync(new MemoryStream(Lines(1, looks)), Reading, CancellationToken.None))
        {
            var snapshot = ((ReadRow.Taken)row).Snapshot;
            state = (state ?? CampaignState.Of(snapshot.Campaign)).With(snapshot, out _);
        }

        return state!;
    }

    public static DateTimeOffset AtLook(int look) => Launch.AddHours(look * HoursBetweenLooks);

    private static DateTimeOffset End => Launch.AddDays(40);

    /// <summary>A third in the first three days, the rest as it falls.</summary>
    private static (DateTimeOffset At, decimal Amount, int Donor)[] GiftsOf(int campaign)
    {
        var random = new Random(campaign);
        return
        [
            .. Enumerable.Range(0, Gifts)
                .Select(gift => (At: Launch.AddSeconds(random.Next((random.Next(3) == 0 ? 3 : 30) * 86_400)), Amount: (decimal)(5 * (1 + random.Next(20))), Donor: (campaign * 100) + random.Next(Gifts)))
                .OrderBy(static gift => gift.At),
        ];
    }

    private static (DateTimeOffset At, decimal Amount, int Donor)[] Seen((DateTimeOffset At, decimal Amount, int Donor)[] gifts, int look) => [.. gifts.TakeWhile(gift => gift.At <= AtLook(look))];

    private static void WriteWhole(Utf8JsonWriter json, int campaign, int look, (DateTimeOffset At, decimal Amount, int Donor)[] gifts)
    {
        var seen = Seen(gifts, look);
        json.WriteStartObject();
        json.WriteString("platform", "stad");
        json.WriteString("campaign", $"c{campaign:D5}");
        json.WriteString("takenAt", Instant(AtLook(look)));
        json.WriteString("state", "live");
        json.WriteString("title", $"Buurttuin {campaign}, voor allen");
        json.WriteString("holder", $"Vzw Tuin {campaign}");
        json.WriteString("url", $"https://stad.example/projects/c{campaign:D5}");
        json.WriteStartArray("languages");
        json.WriteStringValue("nl");
        json.WriteStringValue("fr");
        json.WriteEndArray();
        json.WriteString("category", "environment");
        json.WriteString("place", "Molenbeek");
        json.WriteNumber("latitude", 50.85);
        json.WriteNumber("longitude", 4.33);
        json.WriteString("currency", "EUR");
        json.WriteNumber("goal", 7500);
        json.WriteString("funding", "all-or-nothing");
        json.WriteString("launchedAt", Instant(Launch));
        json.WriteString("endsAt", Instant(End));
        json.WriteNumber("pledged", seen.Sum(static gift => gift.Amount));
        json.WriteNumber("backers", seen.Length);
        json.WriteNumber("comments", look / 10);
        json.WriteNumber("updates", look / 40);
        json.WriteNumber("followers", 40 + look);
        json.WriteString("description", string.Concat(Enumerable.Repeat("Samen met de buren maken we van het lege plein een tuin; iedereen kan meedoen. ", 20)));
        json.WriteStartArray("rewards");
        for (var reward = 1; reward <= 6; reward++)
        {
            json.WriteStartObject();
            json.WriteString("title", $"Een dankjewel, maat {reward}");
            json.WriteNumber("price", 10 * reward);
            json.WriteNumber("claimed", seen.Length / (reward + 1));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("contributionsAre", "all");
        json.WriteStartArray("contributions");
        for (var gift = 0; gift < seen.Length; gift++)
        {
            json.WriteStartObject();
            json.WriteString("id", $"g{campaign}-{gift}");
            json.WriteString("at", Instant(seen[gift].At));
            json.WriteNumber("amount", seen[gift].Amount);
            json.WriteString("donor", $"Buur {seen[gift].Donor} Peeters");
            json.WriteString("identity", "full-name");
            json.WriteNumber("messageLength", seen[gift].Donor % 150);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("commentList");
        for (var comment = 0; comment < look / 10; comment++)
        {
            json.WriteStartObject();
            json.WriteString("id", $"k{campaign}-{comment}");
            json.WriteString("at", Instant(AtLook(comment * 10)));
            json.WriteString("by", comment % 3 == 2 ? "holder" : "backer");
            json.WriteString("author", comment % 3 == 2 ? $"Vzw Tuin {campaign}" : $"Buur {(campaign * 100) + comment} Peeters");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}

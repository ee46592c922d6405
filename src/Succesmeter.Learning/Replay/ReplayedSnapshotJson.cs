using System.Globalization;
using System.Text.Json;

namespace Succesmeter.Learning.Replay;

/// <summary>Writes a replayed snapshot as <c>succesmeter/snapshot/1</c>, with nothing in it that the data set does not say.</summary>
internal static class ReplayedSnapshotJson
{
    /// <remarks>
    /// The data say the day of a scrape and not its hour. Where gifts of that very day are listed, the total that was shown holds them six times out of seven, so the day's end is
    /// nearest the truth; it stands without a zone, as the gifts' days do, so that both are read in the platform's. A page seen before its creation was created anew later: that date was not known yet.
    /// </remarks>
    public static void Write(Utf8JsonWriter json, ReplayedSnapshot snapshot)
    {
        var campaign = snapshot.Campaign;
        json.WriteStartObject();
        json.WriteString("schema"u8, "succesmeter/snapshot/1"u8);
        json.WriteString("platform"u8, campaign.Platform);
        json.WriteString("campaign"u8, Id(campaign));
        Day(json, "takenAt", snapshot.Day, "T23:59:59");
        json.WriteString("currency"u8, "GBP"u8);
        if (snapshot.Goal is { } goal)
            Amount(json, "goal", goal);

        json.WriteString("funding"u8, "keep-it-all"u8);
        if (campaign.Created is { } created && created <= snapshot.Day)
            Day(json, "launchedAt", created, "");

        Amount(json, "pledged", snapshot.Pledged);
        if (snapshot.Backers is { } backers)
            json.WriteNumber("backers"u8, backers);

        // An incomplete list without a gift says nothing; a complete one says that there was none.
        if (campaign.IsListComplete || snapshot.Gifts > 0)
        {
            json.WriteString("contributionsAre"u8, campaign.IsListComplete ? "all"u8 : "recent"u8);
            json.WriteStartArray("contributions"u8);
            for (var i = 0; i < snapshot.Gifts; i++)
            {
                json.WriteStartObject();
                Day(json, "at", campaign.Gifts[i].Day, "");
                Amount(json, "amount", campaign.Gifts[i].Amount);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    public static string Id(ScrapedCampaign campaign) => string.Create(CultureInfo.InvariantCulture, $"uk-{campaign.Number}");

    private static void Day(Utf8JsonWriter json, string name, DateOnly day, ReadOnlySpan<char> time)
    {
        Span<char> text = stackalloc char[10 + 9];
        day.TryFormat(text, out var length, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        time.CopyTo(text[length..]);
        json.WriteString(name, text[..(length + time.Length)]);
    }

    /// <remarks>Without the zeros behind the point that the table writes: 750.0.</remarks>
    private static void Amount(Utf8JsonWriter json, string name, decimal amount) => json.WriteNumber(name, amount / 1.0000000000000000000000000000m);
}

using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Succesmeter.Events;

namespace Succesmeter.Webhooks;

/// <summary>
/// What an endpoint is sent: in the standard form <c>{ "type", "timestamp", "data" }</c>, under 20 kB. A pure function of what happened and of how the subscription wants to hear it, so that every try
/// and every replay sends the same. Another form is another case in <see cref="Of"/>.
/// </summary>
public static class WebhookBody
{
    public const int MostBytes = 20_000;

    private const string Json = "application/json";

    private const int MostTitle = 120;

    /// <summary>Nothing here is read as HTML; what would be, a receiver has to escape in any form.</summary>
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="delivery">What happened.</param>
    /// <param name="subscription">Whose language and form.</param>
    /// <param name="site">Where the web application stands; a page's address is made from it.</param>
    public static (byte[] Body, string ContentType) Of(Delivery delivery, Subscription subscription, Uri site)
    {
        var language = subscription.Language;
        return subscription.Format switch
        {
            WebhookFormats.Standard => (Standard(delivery, language, site), Json),
            WebhookFormats.Slack => (Slack(delivery, language, site), Json),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Nothing happened; the endpoint is asked whether it answers.</summary>
    public static (byte[] Body, string ContentType) OfPing(Subscription subscription, DateTimeOffset now)
    {
        var sentence = EventSentences.OfPing(subscription.Language);
        if (subscription.Format == WebhookFormats.Slack)
            return (SlackText([sentence]), Json);

        return (Written(json =>
        {
            Begin(json, EventTypes.TestPing, now);
            json.WriteString("subscription", subscription.Id.ToString());
            json.WriteString("language", subscription.Language);
            json.WriteString("text", sentence);
        }), Json);
    }

    private static byte[] Standard(Delivery delivery, string language, Uri site) => Written(json =>
    {
        Begin(json, delivery.Type, delivery.At);
        if (delivery.OfPlatform is { } broken)
        {
            json.WriteString("event", broken.Id);
            json.WriteString("platform", broken.Platform.Value);
            json.WriteNumber("episode", broken.Episode);
            json.WriteNumber("failing", broken.Failing);
            json.WriteNumber("followed", broken.Followed);
            json.WriteString("language", language);
            json.WriteString("text", EventSentences.Of(broken, language));
            json.WriteString("url", PageOf(broken, site));
        }
        else if (delivery.Type != Delivery.Bundle)
        {
            Write(json, delivery.Events[0], language, site);
        }
        else
        {
            json.WriteString("language", language);
            json.WriteStartArray("events");
            foreach (var one in delivery.Events)
            {
                json.WriteStartObject();
                json.WriteString("type", one.Type);
                json.WriteString("timestamp", Instant(one.AsOf));
                Write(json, one, language, site);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    });

    private static byte[] Slack(Delivery delivery, string language, Uri site) => SlackText(
        delivery.OfPlatform is { } broken
            ? [$"{Escaped(EventSentences.Of(broken, language))} <{PageOf(broken, site)}>"]
            : delivery.Events.Select(one => $"{Escaped(EventSentences.Of(Fitting(one), language))} <{PageOf(one, site)}>"));

    private static byte[] SlackText(IEnumerable<string> lines)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("text", string.Join('\n', lines));
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The three signs that begin something in Slack's text, by its own rule.</summary>
    private static string Escaped(string text) =>
        new StringBuilder(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").ToString();

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Begin(Utf8JsonWriter json, string type, DateTimeOffset at)
    {
        json.WriteString("type", type);
        json.WriteString("timestamp", Instant(at));
        json.WriteStartObject("data");
    }

    /// <summary>What is not known is left out.</summary>
    private static void Write(Utf8JsonWriter json, CampaignEvent happened, string language, Uri site)
    {
        var fitting = Fitting(happened);
        json.WriteString("event", happened.Id);
        json.WriteString("campaign", happened.Campaign.ToString());
        if (happened.Number > 0)
            json.WriteNumber("number", happened.Number);
        json.WriteNumber("episode", happened.Episode);
        Text("title", fitting.Title);
        Text("level", happened.Level.Length == 0 ? null : happened.Level);
        Text("before", happened.Before);
        if (happened.Pledged is { } pledged)
            json.WriteNumber("pledged", pledged);
        if (happened.Goal is { } goal)
            json.WriteNumber("goal", goal);
        Text("currency", happened.Currency);
        if (happened.Backers is { } backers)
            json.WriteNumber("backers", backers);
        Number("goalShare", happened.GoalShare, 4);
        Number("probability", happened.Probability, 3);
        Text("confidence", happened.Confidence);
        Number("pacePerDay", happened.PacePerDay, 2);
        Number("neededPerDay", happened.NeededPerDay, 2);
        if (happened.OpenComments is { } comments)
            json.WriteNumber("openComments", comments);
        json.WriteString("language", language);
        json.WriteString("text", EventSentences.Of(fitting, language));
        json.WriteString("url", PageOf(happened, site));

        void Text(string name, string? value)
        {
            if (value is not null)
                json.WriteString(name, value);
        }

        void Number(string name, double? value, int digits)
        {
            if (value is { } known && double.IsFinite(known))
                json.WriteNumber(name, Math.Round(known, digits));
        }
    }

    /// <summary>With a title in one line that is not so long that a body would be.</summary>
    private static CampaignEvent Fitting(CampaignEvent happened)
    {
        var title = new StringBuilder();
        foreach (var rune in (happened.Title ?? happened.Campaign.Name).EnumerateRunes())
        {
            if (title.Length >= MostTitle)
                return happened with { Title = title.Append('…').ToString() };
            if (!Rune.IsControl(rune))
                title.Append(rune.ToString());
        }

        return happened with { Title = title.ToString() };
    }

    private static string PageOf(CampaignEvent happened, Uri site) =>
        new Uri(site, $"/campaigns/{Uri.EscapeDataString(happened.Campaign.Platform.Value)}/{Uri.EscapeDataString(happened.Campaign.Name)}").AbsoluteUri;

    private static string PageOf(PlatformEvent happened, Uri site) => new Uri(site, $"/platforms/{Uri.EscapeDataString(happened.Platform.Value)}").AbsoluteUri;

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);
}

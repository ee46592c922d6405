using System.Text;
using System.Text.Json;
using Succesmeter.Access;
using Succesmeter.Campaigns;
using Succesmeter.Events;
using Succesmeter.Webhooks;

namespace Succesmeter.Tests.Webhooks;

public sealed class WebhookBodyTests
{
    private static readonly Uri Site = new("https://meter.stad.brussels");

    [Fact]
    public void A_body_says_what_happened_in_numbers_and_in_a_sentence_and_where_to_look()
    {
        var body = Standard(SomeSubscription.Milestone(50), "nl");
        Assert.Equal("milestone.reached", body.GetProperty("type").GetString());
        Assert.Equal("2026-05-02T12:00:00Z", body.GetProperty("timestamp").GetString());
        Assert.Equal(
            """{"event":"growfunding/kidical-mass:milestone.reached:50:1","campaign":"growfunding/kidical-mass","number":3,"episode":1,"title":"Kidical Mass","level":"50","pledged":3750,"goal":7500,"currency":"EUR","backers":64,"goalShare":0.5,"probability":0.873,"confidence":"ok","language":"nl","text":"“Kidical Mass” heeft 50 % van het doel bereikt: € 3.750 van € 7.500, van 64 mensen.","url":"https://meter.stad.brussels/campaigns/growfunding/kidical-mass"}""",
            body.GetProperty("data").GetRawText());
    }

    [Theory]
    [InlineData("fr", "« Kidical Mass » a atteint 50 % de son objectif : 3 750 € sur 7 500 €, grâce à 64 personnes.")]
    [InlineData("en", "“Kidical Mass” has reached 50% of its goal: € 3,750 of € 7,500, from 64 people.")]
    public void A_sentence_is_in_the_subscribers_language(string language, string sentence) =>
        Assert.Equal(sentence, EventSentences.Of(SomeSubscription.Milestone(50), language).Replace('\u202f', ' ').Replace('\u00a0', ' '));

    [Fact]
    public void Each_type_has_a_sentence_in_each_language_and_none_is_like_another()
    {
        var said = new List<string>();
        foreach (var language in EventSentences.Languages)
        {
            said.Add(EventSentences.OfPing(language));
            said.Add(EventSentences.Of(new PlatformEvent(SomeSubscription.Campaign.Platform, EventTypes.PlatformBroken, 1, SomeSubscription.Now) { Failing = 3, Followed = 12 }, language));
            foreach (var type in EventTypes.All.Where(static type => type != EventTypes.PlatformBroken))
                said.Add(EventSentences.Of(SomeSubscription.Milestone(50) with { Type = type, Level = type == EventTypes.ForecastTurned ? "behind" : "50", Before = "on-track", PacePerDay = 10, NeededPerDay = 30, OpenComments = 2 }, language));
        }

        Assert.Equal(27, said.Count);
        Assert.Equal(said.Count, said.Distinct(StringComparer.Ordinal).Count());
        Assert.All(said, sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void A_probability_that_is_not_stood_by_is_not_put_into_words()
    {
        var turned = SomeSubscription.Milestone(50) with { Type = EventTypes.ForecastTurned, Level = "behind", Before = "on-track" };
        Assert.EndsWith("Of 100 campaigns like this one, 87 reach their goal.", EventSentences.Of(turned, "en"), StringComparison.Ordinal);
        Assert.EndsWith("to “behind”.", EventSentences.Of(turned with { Confidence = "abstain" }, "en"), StringComparison.Ordinal);
        Assert.Contains("99 reach", EventSentences.Of(turned with { Probability = 1 }, "en"), StringComparison.Ordinal);
    }

    [Fact]
    public void Slack_gets_a_line_in_which_a_title_begins_nothing()
    {
        var happened = SomeSubscription.Milestone(50) with { Title = "<!channel> & <https://evil.example|click>" };
        var (body, type) = WebhookBody.Of(Of(happened, "en", WebhookFormats.Slack, out var subscription), subscription, Site);
        using var json = JsonDocument.Parse(body);

        Assert.Equal("application/json", type);
        Assert.Equal(
            "“&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt;” has reached 50% of its goal: € 3,750 of € 7,500, from 64 people. <https://meter.stad.brussels/campaigns/growfunding/kidical-mass>",
            json.RootElement.GetProperty("text").GetString());
    }

    /// <summary>A law: whatever a title holds, a body is JSON and stays under 20 kB, a full bundle of them too, and it is the same whenever it is made.</summary>
    [Fact]
    public void A_body_is_small_and_the_same_each_time() =>
        Gen.Select(Gen.String[0, 4000], Gen.Int[0, EventSentences.Languages.Length - 1], Gen.Int[0, WebhookFormats.All.Length - 1]).Sample((title, language, format) =>
        {
            var delivery = Of(SomeSubscription.Milestone(50) with { Title = title, Campaign = LongName }, EventSentences.Languages[language], WebhookFormats.All[format], out var subscription);
            var body = WebhookBody.Of(delivery, subscription, Site).Body;
            Assert.InRange(body.Length, 10, WebhookBody.MostBytes / 6);
            Assert.Equal(body, WebhookBody.Of(delivery, subscription, Site).Body);
            using var json = JsonDocument.Parse(body);
        });

    [Fact]
    public void A_bundle_holds_its_events_in_order()
    {
        var subscription = SomeSubscription.Of(TokenScope.All) with { Language = "en" };
        var bundle = Delivery.OfBundle(subscription.Id, [SomeSubscription.Milestone(25), SomeSubscription.Milestone(50)], SomeSubscription.Now);
        using var json = JsonDocument.Parse(WebhookBody.Of(bundle, subscription, Site).Body);

        Assert.Equal("events.bundled", json.RootElement.GetProperty("type").GetString());
        Assert.Equal(["25", "50"], json.RootElement.GetProperty("data").GetProperty("events").EnumerateArray().Select(static one => one.GetProperty("level").GetString()));
    }

    [Fact]
    public void An_id_has_no_full_stop_and_is_that_of_the_happening()
    {
        var (one, other) = (SomeSubscription.Of(TokenScope.All), SomeSubscription.Of(TokenScope.Of(SomeSubscription.Campaign)));
        var ids = ((Subscription[])[one, other]).Select(static subscription => Delivery.Of(subscription, SomeSubscription.Milestone(50), SomeSubscription.Now).Id).ToList();

        Assert.Equal(ids[0], ids[1]);
        Assert.Matches("^evt_[0-9a-f]{32}$", ids[0]);
        Assert.NotEqual(ids[0], Delivery.Of(one, SomeSubscription.Milestone(75), SomeSubscription.Now).Id);
    }

    private static CampaignId LongName { get; } = new(new PlatformId(new string('p', 128)), new string('c', 128));

    private static JsonElement Standard(CampaignEvent happened, string language)
    {
        var delivery = Of(happened, language, WebhookFormats.Standard, out var subscription);
        return JsonDocument.Parse(Encoding.UTF8.GetString(WebhookBody.Of(delivery, subscription, Site).Body)).RootElement;
    }

    private static Delivery Of(CampaignEvent happened, string language, string format, out Subscription subscription)
    {
        subscription = SomeSubscription.Of(TokenScope.All) with { Language = language, Format = format };
        return Delivery.Of(subscription, happened, SomeSubscription.Now);
    }
}

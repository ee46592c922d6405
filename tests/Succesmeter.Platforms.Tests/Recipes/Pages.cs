using System.Text;
using Succesmeter.Campaigns;
using Succesmeter.Platforms.Recipes;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Tests.Recipes;

/// <summary>Recipes and pages in the shapes that crowdfunding sites have.</summary>
internal static class Pages
{
    public static readonly DateTimeOffset TakenAt = new(2026, 5, 11, 12, 0, 0, TimeSpan.Zero);

    public static readonly FoundCampaign Found = new(new CampaignId(new PlatformId("buurt"), "kidical-mass"), new Uri("https://buurt.example.org/p/kidical-mass"), "kidical-mass");

    /// <summary>Looks everywhere, as a recipe for a site that is not known well does.</summary>
    public const string Everywhere = """
        {
          "schema": "succesmeter/recipe/1",
          "platform": "buurt",
          "hosts": ["buurt.example.org"],
          "zone": "Europe/Brussels",
          "languages": ["nl", "fr", "en-GB"],
          "find": [
            { "kind": "sitemap", "address": "https://buurt.example.org/sitemap.xml" },
            { "kind": "list", "address": "https://buurt.example.org/all", "links": { "css": ".card a" }, "next": { "css": "a[rel=next]" }, "maxPages": 3 },
            { "kind": "feed", "address": "https://buurt.example.org/feed" },
            { "kind": "list", "address": "https://buurt.example.org/json?page=1", "links": { "state": "items[*].url" }, "nextAddress": "https://buurt.example.org/json?page={page}" },
            { "kind": "list", "address": "https://buurt.example.org/old", "links": { "regex": "data-go=\"(?<value>[^\"]+)\"" } }
          ],
          "campaign": { "address": "^https://buurt\\.example\\.org/p/(?<id>[^/?#]+)$" },
          "gone": [{ "css": ".gone" }],
          "constants": { "currency": "EUR" },
          "fields": {
            "title": [{ "jsonLd": "name", "type": "Project" }, { "meta": "og:title" }, { "state": "..project.title" }, { "css": "h1" }],
            "holder": [{ "jsonLd": "founder.name" }, { "state": "..project.owner" }, { "css": ".by" }],
            "description": [{ "meta": "og:description" }],
            "languages": [{ "css": "html", "attribute": "lang" }],
            "goal": [{ "jsonLd": "target.value" }, { "meta": "project:goal" }, { "state": "..project.goalCents" }, { "css": ".goal" }],
            "pledged": [{ "regex": "opgehaald: (?<value>[0-9.,]+)" }, { "css": ".raised" }, { "state": "..project.amounts[0].raised" }, { "meta": "project:raised" }, { "jsonLd": "raised.value" }],
            "backers": [{ "jsonLd": "supporters" }, { "meta": "project:backers" }, { "state": "..project.backers" }, { "css": ".backers", "match": "([0-9][0-9. ]*) (?:supporters|donateurs|contributeurs)" }],
            "state": { "from": [{ "css": ".state" }], "map": { "loopt": "live", "en cours": "live", "geslaagd": "succeeded" } },
            "funding": { "from": [{ "css": "body", "attribute": "data-kind" }], "map": { "space": "recurring" } },
            "launchedAt": [{ "jsonLd": "startDate" }, { "state": "..project.startsAt" }, { "css": ".start" }],
            "endsAt": [{ "jsonLd": "endDate" }, { "meta": "project:end" }, { "state": "..project.endsAt" }, { "css": ".end" }],
            "members.active": [{ "css": ".members" }],
            "members.stopped": [{ "css": ".left" }]
          },
          "lists": {
            "contributions": {
              "items": { "css": "ul.donors > li" }, "are": "all", "next": { "css": "a.more-donors" }, "maxPages": 3,
              "fields": {
                "id": [{ "css": "", "attribute": "id" }],
                "donor": [{ "css": ".who" }],
                "identity": "full-name",
                "anonymous": [{ "css": ".anonymous" }],
                "amount": [{ "css": ".amount" }],
                "at": [{ "css": "time", "attribute": "datetime" }, { "css": "time" }],
                "message": [{ "css": "q" }]
              }
            },
            "commentList": {
              "items": { "css": ".comment" }, "whole": true,
              "fields": {
                "id": [{ "css": "", "attribute": "data-id" }],
                "author": [{ "css": ".author" }],
                "by": { "from": [{ "css": ".author", "attribute": "data-role" }], "map": { "projecthouder": "holder", "growfunder": "backer" } },
                "answers": [{ "css": "", "attribute": "data-answers" }],
                "at": [{ "css": "time" }]
              }
            },
            "rewards": { "items": { "state": "..project.rewards" }, "fields": { "title": [{ "item": "title" }], "price": { "from": [{ "item": "cents" }], "minorUnits": true }, "claimed": [{ "item": "claimed" }] } },
            "needs": { "items": { "css": ".need" }, "whole": true, "fields": { "filled": [{ "css": ".found" }] } },
            "updates": { "items": { "css": ".update" }, "whole": true, "fields": { "at": [{ "css": "time" }] } }
          }
        }
        """;

    public static readonly RecipePlatform Platform = Of(Everywhere);

    public static RecipePlatform Of(string recipe) => new(Recipe.Parse(Encoding.UTF8.GetBytes(recipe), "test.json"));

    public static FetchedPage Page(string html, string kind = "project", string address = "https://buurt.example.org/p/kidical-mass", string? contentType = "text/html; charset=utf-8") =>
        Page(Encoding.UTF8.GetBytes(html), kind, address, contentType);

    public static FetchedPage Page(byte[] body, string kind = "project", string address = "https://buurt.example.org/p/kidical-mass", string? contentType = "text/html; charset=utf-8") =>
        new(new PageRequest(new Uri(address), kind), contentType, body, TakenAt);

    public const string LinkedData = """
        <!doctype html><html lang="en"><head><title>x</title>
        <script type="application/ld+json">{ "@context": "https://schema.org", "@graph": [ { "@type": "WebSite", "name": "Buurt" },
          { "@type": ["Project", "Thing"], "name": "Kidical Mass &amp; Friends", "founder": { "name": "An Peeters" }, "target": { "value": "7500" }, "raised": { "value": 2310.50 }, "supporters": 64, "startDate": "2026-04-20", "endDate": "2026-05-30T22:00:00Z" } ] }</script>
        </head><body><div id="app"></div></body></html>
        """;

    public const string OpenGraph = """
        <!doctype html><html lang="fr-BE"><head><meta property="og:title" content="Kidical  Mass"><meta name="og:description" content="Des v&eacute;los &amp; des enfants">
        <meta property="project:goal" content="7 500,00 €"><meta property="project:raised" content="2310.5"><meta property="project:backers" content="64"><meta property="project:end" content="30 mai 2026"></head><body></body></html>
        """;

    public const string State = """
        <!doctype html><html lang="nl"><body><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"project":{"title":"Kidical Mass","owner":"An","goalCents":7500,"amounts":[{"raised":2310.5}],
        "backers":64,"startsAt":1778588400,"endsAt":1780264800000,"rewards":[{"title":"Fietsbel","cents":2500,"claimed":10},{"title":"Kaart","cents":500.5,"claimed":"twee"}]}}}}</script></body></html>
        """;

    public const string Css = """
        <!doctype html><html lang="nl"><body data-kind="all-or-nothing"><h1>Kidical
        <em>Mass</em></h1><p class="by">door An&nbsp;Peeters</p><p class="state">Loopt</p>
        <p>Al <b class="raised">€&nbsp;2.310,50</b> van <b class="goal"><span>€</span> <span>7.500</span></b></p><p class="backers">Dankzij 1.064 supporters in 12 dagen</p>
        <p class="start">20 april 2026</p><p class="end">nog 19 dagen</p></body></html>
        """;

    public const string French = """
        <!doctype html><html lang="fr"><body><h1>Masse critique</h1><p class="state">En cours</p><span class="raised">2 310,50 €</span><span class="goal">7 500 €</span>
        <span class="backers">1 064 contributeurs</span><p class="start">20 avril 2026</p><p class="end">30 mei 2026</p></body></html>
        """;

    public const string Donors = """
        <!doctype html><html lang="nl"><body data-kind="space"><h1>Ruimte</h1><p class="members">128 leden</p><p class="left">3</p>
        <ul class="donors">
          <li id="g1"><span class="who">An Peeters</span> gaf <span class="amount">€ 25</span> <time datetime="2026-05-10T10:00:00Z">gisteren</time> <q>Hup!</q></li>
          <li id="g2"><i class="anonymous">Anoniem</i><span class="who">Iemand</span> <span class="amount">€ 1.000,00</span> <time>2 dagen geleden</time></li>
          <li><span class="who">Jo Maes</span> <time>3 uur geleden</time></li>
        </ul>
        <div class="comment" data-id="c1"><b class="author" data-role="growfunder">Jo</b> <time>9 mei 2026</time></div>
        <div class="comment" data-id="c2" data-answers="c1"><b class="author" data-role="Projecthouder">An</b> <time>10 mei 2026 om 9:05</time></div>
        <p class="need">Tent <b class="found">gevonden</b></p><p class="need">Bus</p><p class="update"><time>1 mei 2026</time></p></body></html>
        """;

    public const string Hostile = """
        <!doctype html><html lang="nl"><body><h1>&lt;script&gt;alert(1)&lt;/script&gt;<script>document.write("€ 999.999")</script> Feest<!-- € 888 --></h1>
        <div class=raised style="x">€ 2.310<span hidden></span><b>,50</b></div><p class="goal">€ 7.500<p class="backers">64 supporters<table><tr><td><div class="end">30 mei 2026</table>
        <svg><title>€ 777</title></svg><a <b <c ='"'>x</html>
        """;
}

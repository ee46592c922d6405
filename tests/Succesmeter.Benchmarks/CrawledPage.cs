using System.Globalization;
using System.Text;
using Succesmeter.Platforms.Recipes;

namespace Succesmeter.Benchmarks;

/// <summary>A campaign's page as a small site draws it, and the recipe that reads it.</summary>
internal static class CrawledPage
{
    /// <param name="platform">Its id.</param>
    /// <param name="root">Of the host that lists campaigns; all are on 127.0.0.1.</param>
    public static Recipe Recipe(string platform, Uri root) => Platforms.Recipes.Recipe.Parse(
        Encoding.UTF8.GetBytes($$"""
        { "schema": "succesmeter/recipe/1", "platform": "{{platform}}", "hosts": ["127.0.0.1"], "zone": "Europe/Brussels", "languages": ["nl"],
          "find": [ { "kind": "sitemap", "address": "{{root}}sitemap.xml" } ],
          "campaign": { "address": "^http://127\\.0\\.0\\.1:[0-9]+/p/(?<id>[^/?#]+)$" },
          "constants": { "currency": "EUR", "funding": "all-or-nothing" },
          "fields": {
            "title": [ { "css": "h1" } ], "pledged": [ { "css": "[data-pledged]", "attribute": "data-pledged" } ], "goal": [ { "css": "[data-goal]", "attribute": "data-goal" } ],
            "backers": [ { "css": "[data-backers]", "attribute": "data-backers" } ], "launchedAt": [ { "css": "time.from", "attribute": "datetime" } ], "endsAt": [ { "css": "time.to", "attribute": "datetime" } ] },
          "lists": { "contributions": { "are": "all", "items": { "css": "li.gift" }, "fields": { "id": [ { "css": "", "attribute": "id" } ], "at": [ { "css": "", "attribute": "data-at" } ], "amount": [ { "css": "", "attribute": "data-amount" } ], "donor": [ { "css": "" } ], "identity": "full-name" } } } }
        """),
        $"{platform}.json");

    /// <param name="campaign">Its number.</param>
    /// <param name="gifts">Of €25 each, within the 19 days before.</param>
    /// <param name="now">Half-way of its 40 days.</param>
    /// <param name="paragraphs">Of its story, of some 340 bytes with their markup; a real page holds much that no recipe asks for.</param>
    public static string Html(int campaign, int gifts, DateTimeOffset now, int paragraphs = 0)
    {
        var list = string.Concat(Enumerable.Range(0, gifts).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"""<li class="gift" id="g{campaign}-{i}" data-at="{now.AddDays(-19).AddHours(i * 4 % 440).UtcDateTime:yyyy-MM-ddTHH:00:00Z}" data-amount="25">Donor {(campaign * 7) + i}</li>""")));
        var story = string.Concat(Enumerable.Range(0, paragraphs).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"""<section class="block block-{i % 7}"><h3>Stap {i}</h3><p>Samen met de buren maken we van het lege plein een tuin: <a href="/nieuws/{i}">lees hoe</a>. Iedereen kan meedoen, met <em>een uur</em>, een schop of een gift &amp; wie niet kan, kijkt mee vanaf de bank.</p><img src="/beeld/{i}.jpg" alt="" width="640" height="360"></section>""")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <!doctype html><html lang="nl"><body><h1>Campagne {campaign}</h1><p data-goal="7500" data-pledged="{gifts * 25}" data-backers="{gifts}"></p>
            <time class="from" datetime="{now.AddDays(-20).UtcDateTime:yyyy-MM-dd}T08:00:00Z"></time><time class="to" datetime="{now.AddDays(20).UtcDateTime:yyyy-MM-dd}T08:00:00Z"></time>{story}<ul>{list}</ul></body></html>
            """);
    }
}

using System.Globalization;
using Succesmeter.Visits;

namespace Succesmeter.Benchmarks;

/// <summary>Answers in the shape of two platforms' APIs, a campaign of some hundred givers.</summary>
internal static class MadeAnswers
{
    /// <summary>Two full pages of donors and of gifts.</summary>
    public static string OfGoteo(PageRequest request) => KindOf(request) switch
    {
        ("project", _) => """
            {
              "id": "huerto", "name": "Huerto", "status": "in_campaign", "amount": 1210.5, "minimum": 5200.0, "optimum": 9200.0, "currency": "EUR", "lang": "es",
              "owner": "person-1", "owner-name": "Ana", "project-url": "https://goteo.org/project/huerto", "date-created": "Wed, 11 Mar 2026 00:00:00 +0200",
              "date-published": "Mon, 20 Apr 2026 00:00:00 +0200", "date-passed": null, "date-succeeded": null, "date-closed": null, "description": "Un huerto",
              "location": [ { "city": "Bilbao", "region": "Euskadi", "latitude": 43.26, "longitude": -2.93 } ], "categories": [ { "id": 13, "name": "Ecológico" } ],
              "needs": [ { "id": 1, "name": "a" }, { "id": 2, "name": "b" } ], "rewards": [ { "type": "individual", "name": "Cesta", "amount": 40, "units": 20, "available-units": 8 } ]
            }
            """,
        ("donors", var page) => Items(page, 50, static i => $$"""{ "id": "donor-{{i}}", "name": "Donante {{i}}", "anonymous": false, "date-created": "Wed, 28 Mar 2012 17:26:10 GMT" }"""),
        (_, var page) => Items(page, 50, static i => $$"""{ "id": {{1000 - i}}, "project": "huerto", "amount": 20.0, "currency": "EUR", "date-created": "{{At(i):ddd, dd MMM yyyy HH:mm:ss}} GMT", "region": "Madrid", "resign": false, "status": "charged" }"""),
    };

    /// <summary>Three pages of supporters, one of comments, one of news.</summary>
    public static string OfUlule(PageRequest request) => KindOf(request) switch
    {
        ("project", _) => """
            {
              "id": 56599, "slug": "le-four", "type": "project", "name": { "nl": "De oven", "fr": "Le four" }, "subtitle": { "fr": "Du pain" }, "description": { "fr": "Un four à pain" }, "goal": 4000,
              "amount_raised": 1250, "committed": 1250, "nb_products_sold": 60, "percent": 31, "supporters_count": 60, "fans_count": 40, "comments_count": 20, "news_count": 1, "nb_days": 40,
              "date_start": "2026-04-20T08:00:00+02:00", "date_end": "2026-05-30T23:59:59+02:00", "finished": false, "goal_raised": false, "is_cancelled": false, "is_online": true,
              "supporters_disabled": false, "lang": "fr", "country": "BE", "currency": "EUR", "location": { "city": "Liège", "country": "BE" }, "owner": { "id": 7, "name": "Ana Peeters" },
              "main_tag": { "id": 1, "slug": "food", "name": { "fr": "Cuisine" } }, "absolute_url": "https://www.ulule.com/le-four/"
            }
            """,
        ("supporters", var page) => $$"""{ "supporters": [ {{Twenty(page, static i => $$"""{ "id": {{100 + i}}, "name": "Donneur {{i}}" }""")}} ], "meta": { "limit": 20, "next": {{(page < 2 ? Next(page) : "null")}} } }""",
        ("comments", _) => $$"""{ "comments": [ {{Twenty(0, static i => $$"""{ "id": {{i}}, "submit_date": "{{At(i):yyyy-MM-ddTHH:mm:ssZ}}", "comment": "Bravo", "user": { "id": {{100 + i}} }, "replies": [] }""")}} ], "meta": { "limit": 20, "next": null } }""",
        _ => """{ "news": [ { "id": 9, "date_publication": "2026-05-05T09:00:00Z", "status": "online" } ], "meta": { "limit": 20, "next": null } }""",
    };

    /// <summary>A kind and, where its pages are numbered, the number.</summary>
    private static (string Kind, int Page) KindOf(PageRequest request) =>
        request.Kind.Split('-') is [var kind, var page] && int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (kind, number) : (request.Kind, 0);

    private static string Items(int page, int limit, Func<int, string> item) =>
        $$"""{ "items": [ {{string.Join(", ", Enumerable.Range(page * limit, limit).Select(item))}} ], "meta": { "limit": {{limit}}, "page": {{page}}, "total": 100 } }""";

    private static string Twenty(int page, Func<int, string> item) => string.Join(", ", Enumerable.Range(page * 20, 20).Select(item));

    private static string Next(int page) => string.Create(CultureInfo.InvariantCulture, $"\"?limit=20&offset={20 * (page + 1)}\"");

    private static DateTime At(int i) => new DateTime(2026, 5, 10, 6, 0, 0, DateTimeKind.Utc).AddHours(-i);
}

using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Succesmeter.LocalHost.Demo;

/// <summary>The site's pages as HTML. A page says nothing of the instant at which it is drawn, so that it stays the same while nothing happens.</summary>
internal static class TownPages
{
    /// <summary>Raised when a page's form changes, so that one in a cache is not taken for the new one.</summary>
    private const int Form = 1;

    private const string Style =
        """
        :root{--ink:#20302c;--soft:#5c6b66;--paper:#fbf8f1;--card:#fff;--line:#e4dfd2;--leaf:#1d7a5a;--sun:#e0a030}*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
        a{color:var(--leaf)}header,main,footer{max-width:66rem;margin:auto;padding:0 1.1rem}header{display:flex;flex-wrap:wrap;gap:.3rem 1rem;align-items:baseline;padding-top:1rem}header b{font:700 1.4rem/1.2 Georgia,serif;flex:1}header b a{color:inherit;text-decoration:none}
        nav a{margin-left:.7rem;padding:.3rem 0}nav a[aria-current]{color:inherit;font-weight:700;text-decoration:none}h1{font:700 clamp(1.7rem,5vw,2.6rem)/1.15 Georgia,serif;margin:1.2rem 0 .3rem;overflow-wrap:anywhere}h2{font:700 1.25rem/1.3 Georgia,serif;margin:2rem 0 .6rem}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(17rem,100%),1fr));gap:1rem;padding:0;list-style:none}.card,.box{background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:1rem}.card h3{margin:.1rem 0 .3rem;font:700 1.1rem/1.25 Georgia,serif}.card p{margin:.3rem 0}
        .soft,time,small{color:var(--soft);font-size:.9rem}.bar{height:.6rem;border-radius:.3rem;background:var(--line);overflow:hidden;margin:.5rem 0}.bar i{display:block;height:100%;background:var(--leaf)}.bar.full i{background:var(--sun)}.sum{font-size:1.9rem;font-weight:700}
        .two{display:grid;gap:0 1.5rem;grid-template:"told sums" auto "told rest" 1fr / minmax(0,2fr) minmax(0,1fr)}.two>div{grid-area:told}.two>section{grid-area:sums}.two>aside{grid-area:rest}@media(max-width:46rem){.two{grid-template:"sums" auto "told" auto "rest" auto / minmax(0,1fr)}}ul.plain{list-style:none;padding:0;margin:0}ul.plain li{padding:.45rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}.amount{float:right;font-weight:600;margin-left:.6rem}
        .tag{display:inline-block;padding:.05rem .5rem;border-radius:1rem;background:#e8f2ee;color:#14583f;font-size:.85rem}.answer{margin-left:1.4rem}.gifts{max-height:34rem;overflow:auto}footer{margin-top:3rem;padding-bottom:2rem;color:var(--soft);font-size:.9rem}
        """;

    /// <summary>Weak: says what the page shows, not which bytes.</summary>
    public static string Tag(TownView view, TownWords words, int seed, DateTimeOffset founded) =>
        string.Create(CultureInfo.InvariantCulture, $"W/\"{Form}-{words.Language}-{seed}-{founded.ToUnixTimeSeconds()}-{view.Version}\"");

    public static string Sitemap(IEnumerable<TownView> views, Uri site)
    {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        foreach (var view in views)
            xml.Append("<url><loc>").Append(Text(AddressOf(view, site))).Append("</loc></url>\n");
        return xml.Append("</urlset>\n").ToString();
    }

    public static string NotFound(TownWords words) => Page(words, words.NotFound, "", $"<h1>{Text(words.NotFound)}</h1>", words.Language, static language => $"/{language}");

    public static string List(IReadOnlyList<TownView> views, TownWords words, Uri site)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<h1>Demostad</h1><p class=\"soft\">{Text(words.Lead)}</p>");
        foreach (var (title, isLive) in new[] { (words.Live, true), (words.Ended, false) })
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(title)}</h2><ul class=\"cards\">");
            foreach (var view in views.Where(view => view.IsLive == isLive))
                Card(html, view, words);
            html.Append("</ul>");
        }

        return Page(words, "Demostad", $"<link rel=\"canonical\" href=\"{Text(new Uri(site, words.Language).AbsoluteUri)}\">", html.ToString(), words.Language, static language => $"/{language}");
    }

    private static void Card(StringBuilder html, TownView view, TownWords words)
    {
        var campaign = view.Campaign;
        html.Append(CultureInfo.InvariantCulture, $"""
            <li class="card" lang="{campaign.Language}"><h3><a href="/{words.Language}/p/{Text(campaign.Id)}">{Text(campaign.Title)}</a></h3>
            <p class="soft" lang="{words.Language}">{Text(TownDistricts.Name(campaign.District))} · {Text(words.By)} {Text(campaign.Holder.Name)}</p>
            """);
        Bar(html, view);
        html.Append(CultureInfo.InvariantCulture, $"""<p lang="{words.Language}"><b>{Amount(view, words, view.Pledged)}</b> · {Count(view, words)} <span class="tag">{Text(words.States[view.State])}</span></p></li>""");
    }

    private static string Count(TownView view, TownWords words) => view.Campaign.IsRecurring
        ? $"{words.Number(view.MembersActive)} {Text(words.Members)}"
        : $"{words.Number(view.Backers)} {Text(words.Backers)}";

    private static string Amount(TownView view, TownWords words, int amount) =>
        view.Campaign.CountsOrders ? $"{words.Number(amount)} {Text(words.Orders)}" : Text(words.Money(amount));

    private static void Bar(StringBuilder html, TownView view)
    {
        if (view.Ratio is { } ratio)
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"bar{(ratio >= 1 ? " full" : "")}\"><i style=\"width:{Math.Min(100, ratio * 100):0.0}%\"></i></div>");
    }

    /// <summary>The page of one campaign, with everything that is known of it.</summary>
    public static string Campaign(TownView view, TownWords words, Uri site)
    {
        var campaign = view.Campaign;
        var address = AddressOf(view, site);
        var (latitude, longitude) = TownDistricts.Position(campaign.District);
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"""
            <link rel="canonical" href="{Text(address)}"><meta property="og:title" content="{Text(campaign.Title)}"><meta property="og:url" content="{Text(address)}">
            <meta property="place:location:latitude" content="{latitude:0.####}"><meta property="place:location:longitude" content="{longitude:0.####}">
            <script type="application/ld+json">{Linked(view, address)}</script>
            <script type="application/json" id="town">{State(view)}</script>
            """);

        var html = new StringBuilder(4096 + (view.Gifts.Count * 220));
        html.Append(CultureInfo.InvariantCulture, $"""
            <article data-campaign="{Text(campaign.Id)}"><h1 lang="{campaign.Language}">{Text(campaign.Title)}</h1>
            <p class="soft">{Text(words.By)} {Person(campaign.Holder, "holder")} · <span class="tag category">{Text(campaign.Category)}</span> <span class="tag state" data-state="{view.State}">{Text(words.States[view.State])}</span></p>
            <div class="two">
            """);
        Sums(html, view, words);
        html.Append("<div>");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"told\" lang=\"{campaign.Language}\">{Text(campaign.Description)}</p>");
        if (campaign.IsSensitive)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"sensitive soft\">{Text(words.Sensitive)}</p>");
        Updates(html, view, words);
        Comments(html, view, words);
        html.Append("</div><aside>");
        Rewards(html, view, words);
        Needs(html, view, words);
        Gifts(html, view, words);
        Diary(html, view, words);
        html.Append("</aside></div></article>");
        return Page(words, campaign.Title, head.ToString(), html.ToString(), words.Language, language => $"/{language}/p/{Uri.EscapeDataString(campaign.Id)}");
    }

    private static void Sums(StringBuilder html, TownView view, TownWords words)
    {
        var campaign = view.Campaign;
        html.Append(CultureInfo.InvariantCulture, $"<section class=\"box\"><div class=\"sum pledged\">{Amount(view, words, view.Pledged)}</div>");
        Bar(html, view);
        if (campaign.Goal is { } goal)
            html.Append(CultureInfo.InvariantCulture, $"<div>{Text(words.Goal)} <b class=\"goal\">{Amount(view, words, goal)}</b></div>");
        if (view.StretchGoal is { } stretch)
            html.Append(CultureInfo.InvariantCulture, $"<div>{Text(words.StretchGoal)} <b class=\"stretch\">{Amount(view, words, stretch)}</b></div>");
        html.Append(CultureInfo.InvariantCulture, $"<div><b class=\"backers\">{words.Number(view.Backers)}</b> {Text(words.Backers)}</div>");
        if (campaign.IsRecurring)
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"members\"><b class=\"active\">{words.Number(view.MembersActive)}</b> {Text(words.Members)}: <span class=\"started\">{words.Number(view.MembersStarted)}</span> {Text(words.Started)}, <span class=\"stopped\">{words.Number(view.MembersStopped)}</span> {Text(words.Stopped)}</div>");
        var funding = campaign.IsRecurring ? words.Recurring : campaign.KeepsAll ? words.KeepsAll : words.AllOrNothing;
        html.Append(CultureInfo.InvariantCulture, $"""
            <p class="soft">{Text(words.Launched)} {Text(words.Day(campaign.LaunchedAt))}<br>{(campaign.EndsAt is { } ends ? Text($"{words.Until} {words.Day(ends)}") : Text(words.NoEnd))}<br>
            {Text(funding)}<br>{words.Number(view.Followers)} {Text(words.Followers)}, {words.Number(view.Shares)} {Text(words.Shares)}<br>{Text(words.Place)}: <span class="postcode">{TownDistricts.PostCode(campaign.District)}</span> {Text(TownDistricts.Name(campaign.District))}</p></section>
            """);
    }

    private static void Rewards(StringBuilder html, TownView view, TownWords words)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(words.Rewards)}</h2><ul class=\"plain rewards\">");
        for (var i = 0; i < view.Campaign.Rewards.Count; i++)
        {
            var reward = view.Campaign.Rewards[i];
            var claimed = view.Gifts.Count(gift => gift.Reward == i);
            html.Append(CultureInfo.InvariantCulture, $"<li><span class=\"amount price\">{Amount(view, words, reward.Price)}</span><span class=\"title\" lang=\"{view.Campaign.Language}\">{Text(reward.Title)}</span><br><small><span class=\"claimed\">{words.Number(claimed)}</span>");
            if (reward.Limit is { } limit)
                html.Append(CultureInfo.InvariantCulture, $" {Text(words.Of)} <span class=\"limit\">{words.Number(limit)}</span>");
            html.Append(CultureInfo.InvariantCulture, $" {Text(words.Claimed)}</small></li>");
        }

        html.Append("</ul>");
    }

    private static void Needs(StringBuilder html, TownView view, TownWords words)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(words.Needs)}</h2><ul class=\"plain needs\">");
        for (var i = 0; i < view.Campaign.Needs.Count; i++)
            html.Append(CultureInfo.InvariantCulture, $"<li data-filled=\"{(view.Filled[i] ? "yes" : "no")}\"><span lang=\"{view.Campaign.Language}\">{Text(view.Campaign.Needs[i].Title)}</span> <span class=\"tag\">{Text(view.Filled[i] ? words.Filled : words.Open)}</span></li>");
        html.Append("</ul>");
    }

    private static void Gifts(StringBuilder html, TownView view, TownWords words)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(words.Gifts)}</h2><ul class=\"plain gifts\" tabindex=\"0\">");
        for (var i = view.Gifts.Count - 1; i >= 0; i--)
        {
            var gift = view.Gifts[i];
            html.Append(CultureInfo.InvariantCulture, $"<li id=\"{Text(gift.Id)}\" data-waived=\"{(gift.Reward is null ? "yes" : "no")}\"><span class=\"amount\">{Amount(view, words, gift.Amount)}</span>");
            html.Append(gift.Anonymous ? $"<i class=\"anonymous\">{Text(words.Anonymous)}</i>" : Person(gift.Donor, "donor"));
            html.Append(CultureInfo.InvariantCulture, $"<br>{Time(gift.At, words)}");
            if (gift is { Anonymous: false, Donor.PostCode: { } place })
                html.Append(CultureInfo.InvariantCulture, $" <small class=\"from\">{Text(place)}</small>");
            if (gift.Message is { } message)
                html.Append(CultureInfo.InvariantCulture, $"<br><q class=\"message\" lang=\"{view.Campaign.Language}\">{Text(message)}</q>");
            html.Append("</li>");
        }

        html.Append("</ul>");
    }

    private static void Comments(StringBuilder html, TownView view, TownWords words)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(words.Comments)}</h2><ul class=\"plain comments\" data-count=\"{view.Comments.Count}\">");
        foreach (var comment in view.Comments)
        {
            html.Append(CultureInfo.InvariantCulture, $"<li id=\"{Text(comment.Id)}\" data-by=\"{(comment.ByHolder ? "holder" : "backer")}\"");
            html.Append(comment.Answers is { } answered ? $" class=\"answer\" data-answers=\"{Text(answered)}\">" : ">");
            html.Append(CultureInfo.InvariantCulture, $"{Person(comment.Author, "author")} {(comment.ByHolder ? $"<span class=\"tag\">{Text(words.Holder)}</span> " : "")}{Time(comment.At, words)}<br><span lang=\"{view.Campaign.Language}\">{Text(comment.Text)}</span></li>");
        }

        html.Append("</ul>");
    }

    private static void Updates(StringBuilder html, TownView view, TownWords words)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(words.Updates)}</h2><ul class=\"plain updates\" data-count=\"{view.Updates.Count}\">");
        for (var i = view.Updates.Count - 1; i >= 0; i--)
            html.Append(CultureInfo.InvariantCulture, $"<li>{Time(view.Updates[i].At, words)}<br><span lang=\"{view.Campaign.Language}\">{Text(view.Updates[i].Title)}</span></li>");
        html.Append("</ul>");
    }

    private static void Diary(StringBuilder html, TownView view, TownWords words)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(words.Diary)}</h2><ul class=\"plain diary\">");
        foreach (var action in view.Actions)
            html.Append(CultureInfo.InvariantCulture, $"<li data-kind=\"{Text(action.Kind)}\">{Text(words.Actions[action.Kind])} {Time(action.At, words)}</li>");
        html.Append("</ul>");
    }

    /// <summary>One with an account goes by it, anybody else by the full name.</summary>
    private static string Person(TownPerson person, string role) => person.Account is { } account
        ? $"<span class=\"{role}\" data-identity=\"account\" data-account=\"{Text(account)}\">{Text(person.Name)}</span>"
        : $"<span class=\"{role}\" data-identity=\"full-name\">{Text(person.Name)}</span>";

    private static string Time(DateTimeOffset at, TownWords words) => $"<time datetime=\"{Machine(at)}\">{Text(words.Hour(at))}</time>";

    private static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>JsonNode writes markup inside texts as escapes, so none of them ends the script.</summary>
    private static string Linked(TownView view, string address)
    {
        var campaign = view.Campaign;
        var linked = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Project",
            ["name"] = campaign.Title,
            ["description"] = campaign.Description,
            ["url"] = address,
            ["foundingDate"] = Machine(campaign.LaunchedAt),
        };
        if (campaign.EndsAt is { } ends)
            linked["dissolutionDate"] = Machine(ends);
        return linked.ToJsonString();
    }

    private static string State(TownView view) => new JsonObject
    {
        ["campaign"] = new JsonObject
        {
            ["state"] = view.State,
            ["language"] = view.Campaign.Language,
            ["funding"] = view.Campaign.IsRecurring ? "recurring" : view.Campaign.KeepsAll ? "keep-it-all" : "all-or-nothing",
            ["unit"] = view.Campaign.CountsOrders ? "orders" : "money",
            ["followers"] = view.Followers,
            ["shares"] = view.Shares,
            ["collaborators"] = view.FilledNeeds,
            ["sensitive"] = view.Campaign.IsSensitive,
        },
    }.ToJsonString();

    private static string AddressOf(TownView view, Uri site) => new Uri(site, "p/" + Uri.EscapeDataString(view.Campaign.Id)).AbsoluteUri;

    private static string Page(TownWords words, string title, string head, string body, string current, Func<string, string> there)
    {
        var languages = string.Join("", TownWords.All.Select(other =>
            $"<a href=\"{Text(there(other.Language))}\" hreflang=\"{other.Language}\"{(other.Language == current ? " aria-current=\"true\"" : "")}>{other.Language.ToUpperInvariant()}</a>"));
        return $"""
            <!doctype html><html lang="{words.Language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{Text(title)} · Demostad</title>{head}<style>{Style}</style></head>
            <body><header><b><a href="/{words.Language}">Demostad</a></b><nav>{languages}</nav></header><main>{body}</main><footer>{Text(words.Footer)}</footer></body></html>
            """;
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}

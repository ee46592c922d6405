using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Platforms.Ulule;
using Succesmeter.Snapshots;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Tests.Ulule;

/// <summary>No answer of Ulule's was recorded: these have the shape that its documentation gives.</summary>
public sealed class UlulePlatformTests
{
    private const string Project = """
        {
          "id": 56599, "slug": "le-four", "type": "project", "name": { "en": null, "nl": "De oven", "fr": "Le four" }, "subtitle": { "fr": "Du pain" },
          "description": { "fr": "Un four à pain" }, "goal": 4000, "amount_raised": 1250, "committed": 1250, "nb_products_sold": 31, "percent": 31, "supporters_count": 3, "fans_count": 40,
          "comments_count": 3, "news_count": 2, "nb_days": 30, "date_start": "2026-05-01T08:00:00+02:00", "date_end": "2026-05-31T23:59:59+02:00", "finished": false, "goal_raised": false,
          "is_cancelled": false, "is_online": true, "supporters_disabled": false, "lang": "fr", "country": "BE", "currency": "EUR", "location": { "city": "Liège", "country": "BE" },
          "owner": { "id": 7, "name": "Ana Peeters", "username": "ana" }, "main_tag": { "id": 1, "slug": "food", "name": { "fr": "Cuisine" } },
          "absolute_url": "https://www.ulule.com/le-four/"
        }
        """;

    private const string Supporters = """{ "supporters": [ { "id": 101, "name": "Uno" }, { "id": 102, "username": "dos" }, { "id": 101 } ], "meta": { "limit": 20, "next": null } }""";

    private const string Comments = """
        {
          "comments": [
            { "id": 1, "submit_date": "2026-05-03T10:00:00Z", "comment": "Bravo", "user": { "id": 101 }, "replies_count": 1,
              "replies": [ { "id": 2, "submit_date": "2026-05-03T12:00:00+02:00", "comment": "Merci", "user": { "id": 7 } } ] },
            { "id": 3, "submit_date": "2026-05-02T10:00:00Z", "comment": "?", "user": { "id": 555 }, "replies": [] }
          ],
          "meta": { "limit": 20, "next": null }
        }
        """;

    private const string News = """
        { "news": [ { "id": 9, "date_publication": "2026-05-05T09:00:00Z", "status": "online" }, { "id": 8, "date_publication": null, "status": "waiting" } ], "meta": { "limit": 20, "next": null } }
        """;

    private static readonly DateTimeOffset s_takenAt = new(2026, 5, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly PlatformId s_ulule = new("ulule");
    private static readonly UlulePlatform s_platform = new(Options.Create(new UluleOptions()), new PlatformZones(Options.Create(new PlatformOptions())));
    private static readonly FoundCampaign s_found = new(new CampaignId(s_ulule, "56599"), new Uri("https://api.ulule.com/v1/projects/56599"), "56599");

    private static PageReading Visit(string project = Project, string supporters = Supporters, string comments = Comments, string news = News, Action<PageRequest>? asked = null) =>
        JsonTrees.Visit(s_platform, s_found, s_takenAt, request =>
        {
            asked?.Invoke(request);
            return Encoding.UTF8.GetBytes(request.Kind.Split('-')[0] switch
            {
                "project" => project,
                "supporters" => supporters,
                "comments" => comments,
                _ => news,
            });
        }).Reading;

    private static Task<Snapshot> TakenAsync(string project = Project, string supporters = Supporters, string comments = Comments, string news = News) =>
        JsonTrees.TakenAsync(Visit(project, supporters, comments, news), s_takenAt);

    private static string With(string answer, string field, string? value) => JsonTrees.Bent(answer, [field], value);

    private static FetchedPage Page(PageRequest request, string body) => new(request, "application/json", Encoding.UTF8.GetBytes(body), s_takenAt);

    [Fact]
    public async Task A_visit_reads_project_supporters_comments_and_news_into_one_snapshot()
    {
        var snapshot = await TakenAsync();

        Assert.Equal(new CampaignId(s_ulule, "56599"), snapshot.Campaign);
        Assert.Equal(CampaignStatus.Live, snapshot.Status);
        Assert.Equal("Le four", snapshot.Title);
        Assert.Equal("Un four à pain", snapshot.Description);
        Assert.Equal("Ana Peeters", snapshot.Holder);
        Assert.Equal("https://www.ulule.com/le-four/", snapshot.Url);
        Assert.Equal(["fr", "nl"], snapshot.Languages);
        Assert.Equal("food", snapshot.Category);
        Assert.Equal("Liège", snapshot.Place);
        Assert.Equal("EUR", snapshot.Currency);
        Assert.Equal(GoalUnit.Money, snapshot.GoalUnit);
        Assert.Equal((4000m, 1250m), (snapshot.Goal, snapshot.Pledged));
        Assert.Equal((3, 3, 2, 40), (snapshot.Backers, snapshot.Comments, snapshot.Updates, snapshot.Followers));
        Assert.Equal(new Moment(new(2026, 5, 1, 6, 0, 0, TimeSpan.Zero)), snapshot.LaunchedAt);
        Assert.Equal(new Moment(new(2026, 5, 31, 21, 59, 59, TimeSpan.Zero)), snapshot.EndsAt);
        Assert.Equal(
            [new Supporter(JsonTrees.Pseudonym(s_ulule, "101"), IdentityQuality.Account, false, null), new Supporter(JsonTrees.Pseudonym(s_ulule, "102"), IdentityQuality.Account, false, null)],
            snapshot.Supporters);
        Assert.Equal([new HolderAction(new Moment(new(2026, 5, 5, 9, 0, 0, TimeSpan.Zero)), ActionKind.Update)], snapshot.Actions);
        Assert.Null(snapshot.ContributionsAre);
    }

    [Fact]
    public async Task Replies_answer_their_comment_and_the_owner_is_the_holder() =>
        Assert.Equal(
            [
                new Comment("1", new Moment(new(2026, 5, 3, 10, 0, 0, TimeSpan.Zero)), CommentAuthor.Backer, JsonTrees.Pseudonym(s_ulule, "101"), null),
                new Comment("2", new Moment(new(2026, 5, 3, 10, 0, 0, TimeSpan.Zero)), CommentAuthor.Holder, null, "1"),
                new Comment("3", new Moment(new(2026, 5, 2, 10, 0, 0, TimeSpan.Zero)), null, JsonTrees.Pseudonym(s_ulule, "555"), null),
            ],
            (await TakenAsync()).CommentList);

    [Fact]
    public async Task Comments_are_left_out_where_replies_to_them_did_not_come_along()
    {
        var snapshot = await TakenAsync(comments: JsonTrees.Bent(Comments, ["comments", 0, "replies_count"], "2"));

        Assert.Null(snapshot.CommentList);
        Assert.Equal(3, snapshot.Comments);
    }

    [Fact]
    public async Task A_presale_counts_orders_and_no_money()
    {
        var snapshot = await TakenAsync(With(With(Project, "type", "\"presale\""), "goal", "100"));

        Assert.Equal(GoalUnit.Orders, snapshot.GoalUnit);
        Assert.Equal((100m, 31m), (snapshot.Goal, snapshot.Pledged));
    }

    [Theory]
    [InlineData("true", "false", "true", CampaignStatus.Cancelled)]
    [InlineData("false", "false", "true", CampaignStatus.Live)]
    [InlineData("false", "true", "true", CampaignStatus.Succeeded)]
    [InlineData("false", "true", "false", CampaignStatus.Failed)]
    [InlineData("false", "true", "null", null)]
    [InlineData("null", "\"yes\"", "true", null)]
    public async Task The_state_follows_from_what_is_said_and_from_nothing_else(string cancelled, string finished, string raised, CampaignStatus? expected) =>
        Assert.Equal(expected, (await TakenAsync(With(With(With(Project, "is_cancelled", cancelled), "finished", finished), "goal_raised", raised))).Status);

    [Theory]
    [InlineData("project", "amount_raised", null)]
    [InlineData("project", "amount_raised", "\"1250\"")]
    [InlineData("project", "amount_raised", "-5")]
    [InlineData("presale", "nb_products_sold", null)]
    [InlineData("presale", "nb_products_sold", "1.5")]
    public void Without_its_total_the_page_is_unreadable(string type, string field, string? value) =>
        Assert.StartsWith(
            $"{field}: ",
            Assert.Single(Assert.IsType<PageReading.Unreadable>(Visit(With(With(Project, "type", $"\"{type}\""), field, value))).Complaints),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("\"gift\"")]
    [InlineData("3")]
    public void Without_its_type_a_total_could_be_money_or_orders(string? type) =>
        Assert.StartsWith("type: ", Assert.Single(Assert.IsType<PageReading.Unreadable>(Visit(With(Project, "type", type))).Complaints), StringComparison.Ordinal);

    [Theory]
    [InlineData("true", false)]
    [InlineData("null", false)]
    [InlineData("\"false\"", false)]
    [InlineData("1", false)]
    [InlineData("false", true)]
    [InlineData(null, true)]
    public async Task Supporters_are_asked_for_only_where_they_may_be(string? disabled, bool areRead)
    {
        var asked = new List<string>();
        var reading = Visit(With(Project, "supporters_disabled", disabled), asked: request => asked.Add(request.Kind));
        var snapshot = await JsonTrees.TakenAsync(reading, s_takenAt);

        Assert.Equal(areRead, asked.Contains("supporters-0"));
        Assert.Equal(areRead, snapshot.Supporters is not null);
    }

    [Fact]
    public async Task Cursors_are_followed_to_the_end_of_a_list()
    {
        var asked = new List<string>();
        var (reading, _) = JsonTrees.Visit(s_platform, s_found, s_takenAt, request =>
        {
            asked.Add(request.Address.PathAndQuery);
            return Encoding.UTF8.GetBytes(request.Kind switch
            {
                "project" => Project,
                "supporters-0" => """{ "supporters": [ { "id": 1 } ], "meta": { "next": "?limit=20&since=1778000000" } }""",
                "supporters-1" => """{ "supporters": [ { "id": 2 } ], "meta": { "next": "https://169.254.169.254/?since=1777000000" } }""",
                "supporters-2" => """{ "supporters": [ { "id": 3 } ], "meta": { "next": null } }""",
                "comments-0" => Comments,
                _ => News,
            });
        });

        Assert.Equal(3, (await JsonTrees.TakenAsync(reading, s_takenAt)).Supporters!.Count);
        Assert.Equal(
            ["/v1/projects/56599/supporters?limit=20", "/v1/projects/56599/supporters?limit=20&since=1778000000", "/v1/projects/56599/supporters?limit=20&since=1777000000"],
            asked.Where(static path => path.Contains("supporters", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_cursor_that_leads_in_a_circle_ends_the_list_and_leaves_it_out()
    {
        var asked = 0;
        var reading = Visit(supporters: """{ "supporters": [ { "id": 1 } ], "meta": { "next": "?since=1778000000" } }""", asked: request => asked += request.Kind.StartsWith("supporters", StringComparison.Ordinal) ? 1 : 0);

        Assert.Equal(2, asked);
        Assert.Null((await JsonTrees.TakenAsync(reading, s_takenAt)).Supporters);
    }

    [Fact]
    public void A_list_that_never_ends_is_followed_so_far_and_no_further()
    {
        var since = 2_000_000_000;
        var (reading, pages) = JsonTrees.Visit(s_platform, s_found, s_takenAt, request => Encoding.UTF8.GetBytes(request.Kind.Split('-')[0] switch
        {
            "project" => With(Project, "supporters_disabled", "true"),
            "comments" => Comments,
            _ => $$"""{ "news": [], "meta": { "next": "?since={{since--}}" } }""",
        }));

        Assert.Equal(502, pages);
        Assert.IsType<PageReading.Seen>(reading);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("<html></html>")]
    [InlineData("{\"\\udc00\": 1}")]
    public void What_is_no_JSON_object_is_unreadable(string body) => Assert.IsType<PageReading.Unreadable>(Visit(body));

    [Fact]
    public void Whatever_an_answer_holds_nothing_throws_and_no_total_is_invented() =>
        Gen.Select(JsonTrees.Mutated(Project), JsonTrees.Mutated(Supporters), JsonTrees.Mutated(Comments), JsonTrees.Mutated(News)).Sample((project, supporters, comments, news) =>
        {
            if (Visit(project, supporters, comments, news) is not PageReading.Seen seen)
                return;

            JsonTrees.TakenAsync(seen, s_takenAt).GetAwaiter().GetResult();
            var total = JsonNode.Parse(project)![JsonNode.Parse(project)!["type"]!.GetValue<string>() == "presale" ? "nb_products_sold" : "amount_raised"]!.GetValue<decimal>();
            Assert.Equal(total, JsonNode.Parse(Encoding.UTF8.GetString(seen.Snapshot.Span))!["pledged"]!.GetValue<decimal>());
        }, iter: 1_000);

    [Theory]
    [InlineData("project")]
    [InlineData("presale")]
    public async Task Every_field_may_be_missing_null_or_of_another_type(string type)
    {
        var project = With(Project, "type", $"\"{type}\"");
        foreach (var way in JsonTrees.Ways(JsonNode.Parse(project)))
            foreach (var odd in JsonTrees.Odd)
                if (Visit(JsonTrees.Bent(project, way, odd)) is PageReading.Seen seen)
                    await JsonTrees.TakenAsync(seen, s_takenAt);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(129)]
    public void A_number_longer_than_any_of_theirs_is_no_project(int digits)
    {
        var discovery = s_platform.Discover(Page(Assert.Single(s_platform.Entrances), $$"""{ "projects": [ { "id": "{{new string('7', digits)}}" } ] }"""));

        Assert.Empty(discovery.Found);
        Assert.Equal(["projects[0].id: must be a whole number"], discovery.Complaints);
    }

    [Fact]
    public void Discovery_finds_projects_by_number_and_goes_on_until_a_page_is_empty()
    {
        var entrance = Assert.Single(s_platform.Entrances);
        Assert.Equal("https://api.ulule.com/v1/search/projects?q=country%3Abe%20status%3Acurrently%20sort%3Anew&limit=20&offset=0", entrance.Address.AbsoluteUri);

        var discovery = s_platform.Discover(Page(entrance, """{ "projects": [ { "id": 56599, "slug": "le-four" }, { "id": "x/y" }, { "slug": "z" } ] }"""));
        Assert.Equal([s_found], discovery.Found);
        Assert.Equal(["projects[1].id: must be a whole number", "projects[2].id: must be a whole number"], discovery.Complaints);

        var more = Assert.Single(discovery.More);
        Assert.EndsWith("&offset=3", more.Address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Empty(s_platform.Discover(Page(more, """{ "projects": [] }""")).More);
        Assert.Equal("https://api.ulule.com/v1/projects/56599", s_platform.FirstPage(s_found with { NativeId = null }).Address.AbsoluteUri);
    }

    [Fact]
    public void A_search_that_never_ends_is_followed_so_far_and_no_further()
    {
        var page = s_platform.Entrances[0];
        var read = 1;
        while (s_platform.Discover(Page(page, """{ "projects": [ { "id": 1 } ] }""")).More is [var next])
        {
            page = next;
            read++;
        }

        Assert.Equal(10_001, read);
    }

    [Fact]
    public void Discovery_never_throws() =>
        JsonTrees.Mutated("""{ "projects": [ { "id": 1, "type": "project" }, { "id": 2 } ] }""")
            .Sample(static answer => s_platform.Discover(Page(s_platform.Entrances[0], answer)).Found.Count <= 2, iter: 1_000);

    [Theory]
    [InlineData("be", true)]
    [InlineData("FR", true)]
    [InlineData("belgium", false)]
    [InlineData("b status:all", false)]
    [InlineData("", false)]
    public void The_country_is_two_letters(string country, bool isValid) =>
        Assert.Equal(isValid, new UluleOptionsValidator().Validate(null, new UluleOptions { Country = country }).Succeeded);
}

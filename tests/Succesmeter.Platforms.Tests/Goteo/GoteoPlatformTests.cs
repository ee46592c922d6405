using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Platforms.Goteo;
using Succesmeter.Snapshots;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Tests.Goteo;

public sealed class GoteoPlatformTests
{
    private const string Project = """
        {
          "id": "huerto", "name": "Huerto", "status": "in_campaign", "amount": 1210.5, "minimum": 5200.0, "optimum": 9200.0, "currency": "EUR", "lang": "es",
          "translations": { "eu": { "name": "Baratza" } }, "owner": "person-1", "owner-name": "Ana", "project-url": "https://goteo.org/project/huerto",
          "date-created": "Wed, 11 Jul 2012 00:00:00 +0200", "date-published": "Thu, 20 Sep 2012 00:00:00 +0200", "date-passed": "Tue, 30 Oct 2012 00:00:00 +0100",
          "date-succeeded": null, "date-closed": null, "description": "Un huerto", "location": [ { "city": "Bilbao", "region": "Euskadi", "latitude": 43.26, "longitude": -2.93 } ],
          "categories": [ { "id": 13, "name": "Ecológico" } ], "needs": [ { "id": 1, "name": "a" }, { "id": 2, "name": "b" } ],
          "rewards": [ { "type": "social", "name": "Vídeos", "amount": 0, "units": 0 }, { "type": "individual", "name": "Cesta", "amount": 40, "units": 20, "available-units": 8 } ]
        }
        """;

    private const string Donors = """
        {
          "id": "huerto",
          "items": [ { "id": "donor-1", "name": "Uno", "anonymous": false, "date-created": "Wed, 28 Mar 2012 17:26:10 GMT" }, { "id": null, "name": "Dos", "anonymous": true, "date-created": null } ],
          "meta": { "limit": 50, "page": 0, "total": 2 }
        }
        """;

    private const string Invests = """
        {
          "items": [
            { "id": 12, "project": "huerto", "amount": 20.0, "currency": "EUR", "date-created": "Fri, 05 Oct 2012 00:00:00 +0200", "region": "Madrid", "resign": true, "status": "charged" },
            { "id": 11, "project": "huerto", "amount": 15.0, "currency": "EUR", "date-created": "Thu, 04 Oct 2012 14:14:23 GMT", "region": null, "resign": false, "status": "paid" },
            { "id": 10, "project": "huerto", "amount": 90.0, "currency": "EUR", "date-created": "Thu, 04 Oct 2012 00:00:00 +0200", "region": null, "resign": false, "status": "returned" },
            { "id": 9, "project": "huerto", "amount": 80.0, "currency": "EUR", "date-created": "Thu, 04 Oct 2012 00:00:00 +0200", "region": null, "resign": false, "status": "cancelled" }
          ],
          "meta": { "limit": 50, "page": 0, "total": 4 }
        }
        """;

    private static readonly DateTimeOffset s_takenAt = new(2012, 10, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly PlatformId s_goteo = new("goteo");
    private static readonly GoteoPlatform s_platform = Platform();
    private static readonly FoundCampaign s_found = new(new CampaignId(s_goteo, "huerto"), new Uri("https://api.goteo.org/v1/projects/huerto"), "huerto");

    private static GoteoPlatform Platform(bool finished = false) => new(
        Options.Create(new GoteoOptions { User = "someone", Key = "open sesame", Finished = finished }), new PlatformZones(Options.Create(new PlatformOptions())));

    private static PageReading Visit(string project = Project, string donors = Donors, string invests = Invests) =>
        JsonTrees.Visit(s_platform, s_found, s_takenAt, request => Encoding.UTF8.GetBytes(request.Kind.Split('-')[0] switch
        {
            "project" => project,
            "donors" => donors,
            _ => invests,
        })).Reading;

    private static Task<Snapshot> TakenAsync(string project = Project, string donors = Donors, string invests = Invests) =>
        JsonTrees.TakenAsync(Visit(project, donors, invests), s_takenAt);

    private static string With(string answer, string field, string? value) => JsonTrees.Bent(answer, [field], value);

    private static FetchedPage Page(PageRequest request, string body) => new(request, "application/json", Encoding.UTF8.GetBytes(body), s_takenAt);

    [Fact]
    public async Task A_visit_reads_project_donors_and_gifts_into_one_snapshot()
    {
        var snapshot = await TakenAsync();

        Assert.Equal(new CampaignId(s_goteo, "huerto"), snapshot.Campaign);
        Assert.Equal(s_takenAt, snapshot.TakenAt);
        Assert.Equal(CampaignStatus.Live, snapshot.Status);
        Assert.Equal("Huerto", snapshot.Title);
        Assert.Equal("Ana", snapshot.Holder);
        Assert.Equal("https://goteo.org/project/huerto", snapshot.Url);
        Assert.Equal(["es", "eu"], snapshot.Languages);
        Assert.Equal("Ecológico", snapshot.Category);
        Assert.Equal("Bilbao", snapshot.Place);
        Assert.Equal((43.26, -2.93), (snapshot.Latitude, snapshot.Longitude));
        Assert.Equal("EUR", snapshot.Currency);
        Assert.Equal(1210.5m, snapshot.Pledged);
        Assert.Equal((5200m, 9200m), (snapshot.Goal, snapshot.StretchGoal));
        Assert.Equal(FundingModel.AllOrNothing, snapshot.Funding);
        Assert.Equal(new Moment(new(2012, 9, 19, 22, 0, 0, TimeSpan.Zero), IsWholeDay: true), snapshot.LaunchedAt);
        Assert.Equal(new Moment(new(2012, 10, 29, 23, 0, 0, TimeSpan.Zero), IsWholeDay: true), snapshot.EndsAt);
        Assert.Equal(2, snapshot.Backers);
        Assert.Equal(new Reward("Cesta", 40, null, 20), Assert.Single(snapshot.Rewards));
        Assert.Equal(
            [new Supporter(JsonTrees.Pseudonym(s_goteo, "donor-1"), IdentityQuality.Account, false, null), new Supporter(null, null, true, null)],
            snapshot.Supporters);
    }

    [Fact]
    public async Task Withdrawn_gifts_are_left_out_of_all_and_days_stay_days()
    {
        var snapshot = await TakenAsync();

        Assert.Equal(ContributionsAre.All, snapshot.ContributionsAre);
        Assert.Equal(
            [
                new Contribution { Id = "12", At = new Moment(new(2012, 10, 4, 22, 0, 0, TimeSpan.Zero), IsWholeDay: true), Amount = 20, Place = "Madrid", RewardWaived = true },
                new Contribution { Id = "11", At = new Moment(new(2012, 10, 4, 14, 14, 23, TimeSpan.Zero)), Amount = 15 },
            ],
            snapshot.Contributions);
    }

    [Fact]
    public void Needs_say_how_many_were_asked_and_not_how_many_were_filled() =>
        Assert.Contains("\"needs\":{\"asked\":2}", Encoding.UTF8.GetString(Assert.IsType<PageReading.Seen>(Visit()).Snapshot.Span), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"in_campaign\"", CampaignStatus.Live)]
    [InlineData("\"funded\"", CampaignStatus.Succeeded)]
    [InlineData("\"fulfilled\"", CampaignStatus.Succeeded)]
    [InlineData("\"unfunded\"", CampaignStatus.Failed)]
    [InlineData("\"reviewing\"", null)]
    [InlineData("7", null)]
    [InlineData(null, null)]
    public async Task A_status_that_is_not_known_is_left_out(string? status, CampaignStatus? expected) =>
        Assert.Equal(expected, (await TakenAsync(With(Project, "status", status))).Status);

    [Fact]
    public async Task A_second_round_has_no_known_end_and_a_finished_campaign_ended_when_it_did()
    {
        var second = With(Project, "date-passed", "\"Mon, 01 Oct 2012 00:00:00 +0200\"");
        Assert.Null((await TakenAsync(second)).EndsAt);

        var funded = With(With(second, "status", "\"funded\""), "date-succeeded", "\"Sun, 09 Dec 2012 00:00:00 +0100\"");
        Assert.Equal(new Moment(new(2012, 12, 8, 23, 0, 0, TimeSpan.Zero), IsWholeDay: true), (await TakenAsync(funded)).EndsAt);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("\"1210.5\"")]
    [InlineData("-1")]
    [InlineData("1e400")]
    [InlineData("[1210.5]")]
    public void Without_an_amount_the_page_is_unreadable(string? amount) =>
        Assert.StartsWith("amount: ", Assert.Single(Assert.IsType<PageReading.Unreadable>(Visit(With(Project, "amount", amount))).Complaints), StringComparison.Ordinal);

    [Fact]
    public void Another_projects_answer_is_unreadable() =>
        Assert.StartsWith("id: ", Assert.Single(Assert.IsType<PageReading.Unreadable>(Visit(With(Project, "id", "\"other\""))).Complaints), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("<html></html>")]
    [InlineData("{\"amount\": 12")]
    [InlineData("{\"\\ud800\": 1, \"amount\": 12}")]
    public void What_is_no_JSON_object_is_unreadable(string body) => Assert.IsType<PageReading.Unreadable>(Visit(body));

    [Fact]
    public void Lists_are_followed_page_by_page_and_only_then_called_all()
    {
        var asked = new List<string>();
        var (reading, pages) = JsonTrees.Visit(s_platform, s_found, s_takenAt, request =>
        {
            asked.Add(request.Address.PathAndQuery);
            var number = request.Kind[^1] - '0';
            return Encoding.UTF8.GetBytes(request.Kind.Split('-')[0] switch
            {
                "project" => Project,
                "donors" => Donors,
                _ => string.Create(CultureInfo.InvariantCulture, $$$"""{"items":[{"id":{{{number}}},"project":"huerto","amount":5,"status":"paid"}],"meta":{"limit":1,"page":{{{number}}},"total":3}}"""),
            });
        });

        Assert.Equal(5, pages);
        Assert.Contains("/v1/invests/?project=huerto&page=2&limit=50", asked);
        Assert.Contains("\"contributionsAre\":\"all\"", Encoding.UTF8.GetString(Assert.IsType<PageReading.Seen>(reading).Snapshot.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_visit_of_twice_as_many_pages_costs_some_twice_as_much()
    {
        AllocatedFor(10);
        Assert.InRange(AllocatedFor(160) / (double)AllocatedFor(80), 1.5, 2.5);

        static long AllocatedFor(int number)
        {
            var gifts = string.Join(',', Enumerable.Repeat("""{"id":1,"project":"huerto","amount":5,"currency":"EUR","date-created":"Fri, 05 Oct 2012 00:00:00 +0200","status":"charged"}""", 50));
            FetchedPage[] pages =
            [
                Page(s_platform.FirstPage(s_found), Project), Page(new(new Uri("https://api.goteo.org/"), "donors-0"), Donors),
                .. Enumerable.Range(0, number).Select(at => Page(new(new Uri("https://api.goteo.org/"), $"invests-{at}"), $$$"""{"items":[{{{gifts}}}],"meta":{"limit":50,"page":{{{at}}},"total":{{{number * 50}}}}}""")),
            ];

            // As a visit reads: anew after each page.
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var come = 1; come <= pages.Length; come++)
                Assert.Equal(come == pages.Length, s_platform.Read(s_found, new ArraySegment<FetchedPage>(pages, 0, come), s_takenAt) is PageReading.Seen);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public async Task A_gift_that_cannot_be_understood_makes_the_list_recent()
    {
        Assert.Equal(ContributionsAre.Recent, (await TakenAsync(invests: JsonTrees.Bent(Invests, ["items", 3, "status"], "null"))).ContributionsAre);
        Assert.Equal(ContributionsAre.Recent, (await TakenAsync(invests: JsonTrees.Bent(Invests, ["meta", "total"], "5"))).ContributionsAre);
    }

    [Fact]
    public async Task Gifts_to_other_projects_are_not_taken_nor_followed()
    {
        var all = JsonTrees.Bent(JsonTrees.Bent(Invests, ["items", 0, "project"], "\"other\""), ["meta", "total"], "194404");
        var snapshot = await TakenAsync(invests: all);

        Assert.Equal(["11"], snapshot.Contributions.Select(static gift => gift.Id));
        Assert.Equal(ContributionsAre.Recent, snapshot.ContributionsAre);
    }

    [Fact]
    public async Task An_amount_in_another_currency_is_hidden() =>
        Assert.Null((await TakenAsync(invests: JsonTrees.Bent(Invests, ["items", 0, "currency"], "\"USD\""))).Contributions[0].Amount);

    [Fact]
    public async Task A_list_of_donors_that_cannot_be_read_is_left_out_and_not_empty()
    {
        var snapshot = await TakenAsync(donors: "{}");

        Assert.Null(snapshot.Supporters);
        Assert.Null(snapshot.Backers);
        Assert.Equal(1210.5m, snapshot.Pledged);
    }

    [Fact]
    public async Task Whether_a_donor_may_be_shown_is_never_guessed()
    {
        var snapshot = await TakenAsync(donors: JsonTrees.Bent(Donors, ["items", 0, "anonymous"], null));
        Assert.All(snapshot.Supporters!, static supporter => Assert.Null(supporter.Donor));
    }

    [Fact]
    public void Whatever_an_answer_holds_nothing_throws_and_no_total_is_invented() =>
        Gen.Select(JsonTrees.Mutated(Project), JsonTrees.Mutated(Donors), JsonTrees.Mutated(Invests)).Sample((project, donors, invests) =>
        {
            if (Visit(project, donors, invests) is not PageReading.Seen seen)
                return;

            var snapshot = JsonTrees.TakenAsync(seen, s_takenAt).GetAwaiter().GetResult();
            Assert.Equal(JsonNode.Parse(project)!["amount"]!.GetValue<decimal>(), JsonNode.Parse(Encoding.UTF8.GetString(seen.Snapshot.Span))!["pledged"]!.GetValue<decimal>());
            Assert.True(snapshot.Backers is null || JsonTrees.NumbersIn(donors).Contains(snapshot.Backers.Value));
            Assert.All(snapshot.Contributions, gift => Assert.True(gift.Amount is null || JsonTrees.NumbersIn(invests).Any(number => Math.Abs(number - gift.Amount.Value) <= 0.000001m)));
        }, iter: 1_000);

    [Fact]
    public async Task Every_field_may_be_missing_null_or_of_another_type()
    {
        foreach (var way in JsonTrees.Ways(JsonNode.Parse(Project)))
            foreach (var odd in JsonTrees.Odd)
                if (Visit(JsonTrees.Bent(Project, way, odd)) is PageReading.Seen seen)
                    await JsonTrees.TakenAsync(seen, s_takenAt);
    }

    [Fact]
    public void Discovery_finds_the_campaigns_that_are_live_and_the_next_page()
    {
        var entrance = Assert.Single(s_platform.Entrances);
        Assert.Equal("https://api.goteo.org/v1/projects/?page=0&limit=50", entrance.Address.AbsoluteUri);

        var discovery = s_platform.Discover(Page(entrance, """
            {
              "items": [ { "id": "passiOn", "status": "in_campaign" }, { "id": "old", "status": "funded" }, { "id": "odd", "status": "new" }, { "status": "in_campaign" }, 7 ],
              "meta": { "page": 0, "limit": 50, "total": 120 }
            }
            """));

        Assert.Equal(["goteo/passi~4fn", "goteo/odd"], discovery.Found.Select(static found => found.Campaign.ToString()));
        Assert.Equal("passiOn", discovery.Found[0].NativeId);
        Assert.Equal("https://api.goteo.org/v1/projects/passiOn", s_platform.FirstPage(discovery.Found[0] with { NativeId = null }).Address.AbsoluteUri);
        Assert.Equal("https://api.goteo.org/v1/projects/?page=1&limit=50", Assert.Single(discovery.More).Address.AbsoluteUri);
        Assert.Equal(["items[3].id: must be given", "items[4].id: must be given"], discovery.Complaints);
    }

    [Fact]
    public void The_last_page_and_one_that_was_not_asked_for_lead_no_further()
    {
        var entrance = s_platform.Entrances[0];
        Assert.Empty(s_platform.Discover(Page(entrance, """{ "items": [ { "id": "a" } ], "meta": { "page": 0, "limit": 50, "total": 50 } }""")).More);
        Assert.Empty(s_platform.Discover(Page(entrance, """{ "items": [], "meta": { "page": 0, "limit": 50, "total": 500 } }""")).More);

        var other = s_platform.Discover(Page(entrance, """{ "items": [ { "id": "a" } ], "meta": { "page": 3, "limit": 50, "total": 500 } }"""));
        Assert.Empty(other.More);
        Assert.StartsWith("meta.page: ", Assert.Single(other.Complaints), StringComparison.Ordinal);
    }

    [Fact]
    public void Discovery_never_throws() =>
        JsonTrees.Mutated("""{ "items": [ { "id": "a", "status": "in_campaign" }, { "id": "b", "status": "funded" } ], "meta": { "page": 0, "limit": 1, "total": 9 } }""")
            .Sample(answer => s_platform.Discover(Page(s_platform.Entrances[0], answer)).Found.Count <= 2, iter: 1_000);

    [Fact]
    public void Ids_lead_back_to_the_names_that_they_came_from() =>
        Gen.Char["aZ09.-_~ é/?"].Array[1, 20].Select(static signs => new string(signs)).Sample(static native => NativeId.ToNative(NativeId.ToId(native)!) == native);

    [Fact]
    public void User_and_key_travel_in_the_header_alone()
    {
        Assert.Equal("Basic c29tZW9uZTpvcGVuIHNlc2FtZQ==", s_platform.Headers["Authorization"]);
        Assert.All([.. s_platform.Entrances, s_platform.FirstPage(s_found)], static request => Assert.Empty(request.Address.UserInfo));
    }

    [Fact]
    public void Settings_are_checked_without_being_told()
    {
        var validator = new GoteoOptionsValidator();
        Assert.True(validator.Validate(null, new GoteoOptions()).Succeeded);
        Assert.True(validator.Validate(null, new GoteoOptions { User = "u", Key = "k:1" }).Succeeded);
        foreach (var broken in new GoteoOptions[] { new() { Key = "sesame" }, new() { User = "ses:ame", Key = "sesame" }, new() { User = "u", Key = "sesame\n" } })
        {
            var result = validator.Validate(null, broken);
            Assert.True(result.Failed);
            Assert.DoesNotContain("ame", result.FailureMessage.Replace("Platforms:Goteo", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        Assert.Throws<InvalidOperationException>(static () => new GoteoPlatform(Options.Create(new GoteoOptions()), new PlatformZones(Options.Create(new PlatformOptions()))));
    }

    [RecordedFact]
    public void The_recorded_list_names_ten_projects()
    {
        var request = s_platform.Entrances[0];
        var discovery = Platform(finished: true).Discover(new(request, "application/json", Recorded.Answer("projects.json"), s_takenAt));

        Assert.Empty(discovery.Complaints);
        Assert.Equal(10, discovery.Found.Count);
        Assert.Contains(discovery.Found, static found => found.Campaign.Name == "tuderechoasaber.es");
        Assert.Single(discovery.More);
        Assert.Empty(s_platform.Discover(new(request, "application/json", Recorded.Answer("projects.json"), s_takenAt)).Found);
    }

    [RecordedFact]
    public async Task The_recorded_project_is_read_with_the_first_ten_of_its_donors()
    {
        var found = new FoundCampaign(new CampaignId(s_goteo, "llevamealhuerto"), new Uri("https://api.goteo.org/v1/projects/llevamealhuerto"));
        var (reading, pages) = JsonTrees.Visit(s_platform, found, s_takenAt, static request => request.Kind switch
        {
            "project" => Recorded.Answer("project.json"),
            "donors-0" => Recorded.Answer("project_donors.json"),
            "invests-0" => Recorded.Answer("invests.json"),
            _ => "{}"u8.ToArray(),
        });
        var snapshot = await JsonTrees.TakenAsync(reading, s_takenAt);

        // The second page of donors was not recorded, and the recorded gifts are of other projects.
        Assert.Equal(4, pages);
        Assert.Equal(5210m, snapshot.Pledged);
        Assert.Equal((5200m, 9200m), (snapshot.Goal, snapshot.StretchGoal));
        Assert.Equal(CampaignStatus.Succeeded, snapshot.Status);
        Assert.Equal(["es", "eu"], snapshot.Languages);
        Assert.Equal(7, snapshot.Rewards.Count);
        Assert.Equal(new Moment(new(2012, 12, 8, 23, 0, 0, TimeSpan.Zero), IsWholeDay: true), snapshot.EndsAt);
        Assert.Equal(80, snapshot.Backers);
        Assert.Null(snapshot.Supporters);
        Assert.Empty(snapshot.Contributions);
    }

    [RecordedFact]
    public async Task The_recorded_gifts_of_one_project_are_read()
    {
        var found = new FoundCampaign(new CampaignId(s_goteo, "viseras"), new Uri("https://api.goteo.org/v1/projects/viseras"), "viseras-sanitarias-contra-el-covid-19");
        var takenAt = new DateTimeOffset(2020, 4, 10, 12, 0, 0, TimeSpan.Zero);
        var (reading, _) = JsonTrees.Visit(s_platform, found, takenAt, static request => request.Kind switch
        {
            "project" => Encoding.UTF8.GetBytes(With(Project, "id", "\"viseras-sanitarias-contra-el-covid-19\"")),
            "invests-0" => Recorded.Answer("invests.json"),
            _ => Encoding.UTF8.GetBytes(Donors),
        });
        var snapshot = await JsonTrees.TakenAsync(reading, takenAt);

        Assert.Equal([30m, 60m, 30m], snapshot.Contributions.Select(static gift => gift.Amount!.Value));
        Assert.Equal([false, true, false], snapshot.Contributions.Select(static gift => gift.RewardWaived));
        Assert.Equal(["Madrid", "Ciudad Real", "Lugo"], snapshot.Contributions.Select(static gift => gift.Place));
        Assert.All(snapshot.Contributions, static gift => Assert.Equal(new Moment(new(2020, 4, 8, 22, 0, 0, TimeSpan.Zero), IsWholeDay: true), gift.At));
        Assert.Equal(ContributionsAre.Recent, snapshot.ContributionsAre);
    }
}

using Succesmeter.Campaigns;
using Succesmeter.Visits;

namespace Succesmeter.Pipeline.Tests;

public sealed class PagesToSnapshotsTests
{
    private static readonly DateTimeOffset Start = CrawledTown.Start;

    [Fact]
    public async Task A_campaign_that_a_list_shows_is_visited_at_once_and_its_page_becomes_a_snapshot_that_is_to_be_scored()
    {
        var town = new CrawledTown();
        town.Only.Show("speelstraat", 100);

        await town.RunAsync(TimeSpan.FromSeconds(1));

        var sent = Assert.Single(town.Town.Queue.Sent).Request;
        var parcel = Assert.Single((await town.Town.Store.LoadAsync(sent.Campaign, sent.Parcels, default)).Parcels);
        Assert.Equal((100m, Start), (parcel.Snapshots[0].Snapshot.Pledged, parcel.Snapshots[0].Snapshot.TakenAt));
        Assert.Equal(2, town.Fetcher.Fetched.Count);
        Assert.Equal("speelstraat", town.Archive.Kept.Single().Key.Campaign.Name);
    }

    [Fact]
    public async Task A_campaign_is_followed_by_its_cadence_until_it_rests()
    {
        var town = new CrawledTown();
        town.Only.Show("speelstraat", 100, endsAt: Start.AddDays(5));

        await town.RunAsync(TimeSpan.FromDays(20));

        // From its second day on: 48 hours hourly, then each six hours until the last two days begin, 48 hours hourly, an hour and a day after the end.
        var visits = town.Fetcher.Fetched.Where(fetched => fetched.Address.AbsolutePath.StartsWith("/p/", StringComparison.Ordinal)).Select(fetched => (fetched.At - Start).TotalHours).ToList();
        Assert.Equal([.. Enumerable.Range(0, 49).Select(hour => (double)hour), 54, 60, 66, .. Enumerable.Range(72, 48).Select(hour => (double)hour), 121, 144], visits);
        Assert.Null((await town.VisitsOf("speelstraat")).DueAt);
        Assert.Null(town.Queue.NextAt is { } next && next > Start.AddDays(21) ? next : null);
    }

    [Fact]
    public async Task A_visit_that_waits_in_a_long_line_is_asked_for_ever_less_often_and_a_platform_that_goes_on_asks_for_all()
    {
        var town = new CrawledTown();
        town.Only.Show("speelstraat", 100);
        await town.RunAsync(TimeSpan.Zero);
        town.Queue.Lose();
        var due = (await town.VisitsOf("speelstraat")).DueAt!.Value;
        town.Time.SetUtcNow(due);

        var asked = new List<double>();
        for (var minutes = 5; minutes <= 24 * 60; minutes += 5)
        {
            town.Time.Advance(TimeSpan.FromMinutes(5));
            await town.Timer.RunAsync(default);
            if (Visits() > asked.Count)
                asked.Add(minutes);
        }

        Assert.Equal([30, 60, 120, 240, 480, 960], asked);

        await town.Timer.ResumeAsync(town.Only.Platform, default);
        Assert.Equal(7, Visits());

        int Visits() => town.Queue.All.Count(static one => one.Page is PageToFetch.Visit);
    }

    [Fact]
    public async Task A_page_that_did_not_change_is_seen_and_costs_no_snapshot_and_no_score()
    {
        var town = new CrawledTown();
        town.Only.Show("speelstraat", 100);

        await town.RunAsync(TimeSpan.FromHours(10));

        Assert.Single(town.Town.Queue.Sent);
        Assert.Single(town.Archive.Kept);
        var visits = await town.VisitsOf("speelstraat");
        Assert.Equal((Start.AddHours(10), Start, VisitResult.Unchanged), (visits.SeenAt, visits.ChangedAt, visits.Result));
    }

    [Fact]
    public async Task Where_a_server_cannot_say_that_nothing_changed_the_same_page_costs_no_snapshot_either()
    {
        var town = new CrawledTown();
        town.Only.Show("speelstraat", 100);
        await town.RunAsync(TimeSpan.Zero);
        var stored = (await town.Visits.FindAsync(town.Only.Id("speelstraat"), default))!;
        await town.Visits.TryPutAsync(stored.Visits with { Validators = PageValidators.None }, stored.Version, default);

        await town.RunAsync(TimeSpan.FromHours(1));

        Assert.Single(town.Town.Queue.Sent);
        Assert.Equal((VisitResult.Seen, Start), ((await town.VisitsOf("speelstraat")).Result, (await town.VisitsOf("speelstraat")).ChangedAt));
    }

    [Fact]
    public async Task A_page_that_changed_becomes_the_next_snapshot()
    {
        var town = new CrawledTown();
        for (var hour = 0; hour < 5; hour++)
        {
            town.Only.Show("speelstraat", 100 + hour);
            await town.RunAsync(TimeSpan.FromHours(1));
        }

        Assert.Equal(5, await town.SnapshotsOf("speelstraat"));
    }

    /// <summary>Lost messages, repeated messages, deaths before the row is saved, two hosts: the crawl goes on, and each visit that is due is made.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_done_twice_or_broken_off_the_crawl_goes_on(int seed)
    {
        var dice = new Random(seed);
        var town = new CrawledTown();
        foreach (var name in new[] { "a", "b", "c", "d" })
            town.Only.Show(name, 1);
        var isDying = false;
        town.Visits.BeforePut = _ => isDying && dice.Next(3) == 0 ? throw new InvalidOperationException("the host died") : Task.CompletedTask;

        for (var minute = 0; minute < 60 * 30; minute++)
        {
            isDying = minute < 60 * 20;
            if (minute % 10 == 0)
                await town.Timer.RunAsync(default);
            if (minute == 300)
                town.Queue.Lose();
            while (town.Queue.Take() is { } page)
            {
                try
                {
                    await town.Stage.RunAsync(page, default);
                    if (dice.Next(5) == 0)
                        await Task.WhenAll(town.Stage.RunAsync(page, default), town.AnotherHost().RunAsync(page, default));
                }
                catch (InvalidOperationException)
                {
                    // The queue shows a message again whose host died.
                    await town.Queue.SendAsync(page, TimeSpan.FromSeconds(30), default);
                }
            }

            town.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await foreach (var stored in town.Visits.ReadAsync(town.Only.Platform, default))
            Assert.InRange(stored.Visits.SeenAt!.Value, Start.AddHours(28), Start.AddHours(30));
        Assert.InRange(town.Queue.Count, 4, 8);
    }

    [Fact]
    public async Task A_host_that_asks_for_patience_is_left_alone_for_as_long_and_then_the_visit_is_made()
    {
        var town = new CrawledTown();
        town.Only.Show("speelstraat", 100);
        town.Only.Instead = address => address.AbsolutePath.StartsWith("/p/", StringComparison.Ordinal) && town.Time.GetUtcNow() < Start.AddHours(1)
            ? new Fetch.Later(TimeSpan.FromMinutes(20), "answered 429", ByHost: true)
            : null;

        await town.RunAsync(TimeSpan.FromHours(1));

        Assert.Equal(Start.AddHours(1), town.Fetcher.Fetched[^1].At);
        Assert.Equal(0, (await town.VisitsOf("speelstraat")).Failures);
    }

    [Fact]
    public async Task A_visit_of_many_pages_that_is_broken_off_goes_on_where_it_was()
    {
        var town = new CrawledTown();
        town.Only.Pages["lang"] = "more7";
        var asked = 0;
        town.Only.Instead = address => address.AbsolutePath.StartsWith("/p/", StringComparison.Ordinal) && ++asked % 3 == 0
            ? new Fetch.Later(TimeSpan.FromMinutes(1), "the budget of the minute is used up", ByHost: false)
            : null;

        await town.RunAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(7, town.Fetcher.Fetched.Count(fetched => fetched.Address.AbsolutePath.StartsWith("/p/", StringComparison.Ordinal)));
        var snapshot = (await town.Town.Store.LoadAsync(town.Only.Id("lang"), [], default)).Parcels.Single().Snapshots[0].Snapshot;
        Assert.Equal((7m, Start), (snapshot.Pledged, snapshot.TakenAt));
    }

    [Fact]
    public async Task A_visit_that_asks_for_page_after_page_ends()
    {
        var town = new CrawledTown();
        town.Only.Pages["lang"] = "more1000000";

        await town.RunAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(VisitResult.Unreadable, (await town.VisitsOf("lang")).Result);
    }

    [Fact]
    public async Task A_page_that_lacks_what_is_required_is_set_aside_and_the_others_go_on()
    {
        var town = new CrawledTown();
        town.Only.Show("goed", 100);
        town.Only.Pages["anders"] = "<html>";

        await town.RunAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["pledged must be given"], town.Archive.SetAside.Single().Value);
        Assert.Equal("anders", town.Archive.SetAside.Single().Key.Campaign.Name);
        Assert.Equal(["buurt/goed"], town.Town.Queue.Sent.Select(sent => sent.Request.Campaign.ToString()));
        Assert.Equal((1, "pledged must be given"), ((await town.VisitsOf("anders")).Failures, (await town.VisitsOf("anders")).Trouble));
    }

    [Theory]
    [InlineData("\"pledged\": -3", "pledged")]
    [InlineData("\"pledged\": 3, \"goal\": \"veel\"", "goal")]
    public async Task What_breaks_a_rule_of_snapshots_is_set_aside_like_a_row_of_a_file(string fields, string field)
    {
        var town = new CrawledTown();
        town.Only.Pages["fout"] = $$"""{ "platform": "buurt", "campaign": "fout", "takenAt": "TAKEN", {{fields}} }""";

        await town.RunAsync(TimeSpan.FromSeconds(1));

        Assert.StartsWith(field, town.Archive.SetAside.Single().Value.Single(), StringComparison.Ordinal);
        Assert.Empty(town.Town.Queue.Sent);
    }

    [Fact]
    public async Task A_page_that_speaks_of_another_campaign_is_none_of_this_one()
    {
        var town = new CrawledTown();
        town.Only.Pages["een"] = """{ "platform": "buurt", "campaign": "ander", "takenAt": "TAKEN", "pledged": 3 }""";

        await town.RunAsync(TimeSpan.FromSeconds(1));

        Assert.Equal("campaign must be buurt/een, not buurt/ander", town.Archive.SetAside.Single().Value.Single());
        Assert.Empty(town.Town.Queue.Sent);
    }

    [Fact]
    public async Task A_donor_who_was_erased_is_anonymous_in_what_is_visited()
    {
        var town = new CrawledTown();
        town.Only.Pages["een"] =
            """{ "platform": "buurt", "campaign": "een", "takenAt": "TAKEN", "pledged": 3, "contributionsAre": "all", "contributions": [ { "id": "1", "amount": 3, "donor": "Ann Peeters", "identity": "full-name" } ] }""";
        await town.Town.Tombstones.AddAsync(town.Only.Platform, town.Town.Pseudonyms.Coded(town.Only.Platform, "ann peeters"));

        await town.RunAsync(TimeSpan.FromSeconds(1));

        var gift = Assert.Single((await town.Town.Store.LoadAsync(town.Only.Id("een"), [], default)).Parcels.Single().Snapshots[0].Snapshot.Contributions);
        Assert.Null(gift.Donor);
        Assert.True(gift.Anonymous);
    }

    [Fact]
    public async Task When_a_layout_changes_half_way_the_platform_is_reported_as_broken_once_and_the_others_go_on()
    {
        var town = new CrawledTown(1, "buurt", "wijk");
        var (buurt, wijk) = (town.Sites[new PlatformId("buurt")], town.Sites[new PlatformId("wijk")]);
        for (var i = 0; i < 10; i++)
        {
            buurt.Show($"b{i}", 10);
            wijk.Show($"w{i}", 10);
        }

        await town.RunAsync(TimeSpan.FromHours(5));
        Assert.Empty(town.Town.Announcements.OfPlatforms);

        for (var i = 0; i < 10; i++)
        {
            buurt.Pages[$"b{i}"] = "<html>";
            wijk.Show($"w{i}", 20);
        }

        await town.RunAsync(TimeSpan.FromHours(5));

        var told = Assert.Single(town.Town.Announcements.OfPlatforms);
        Assert.Equal("buurt:platform.broken:1", told.Id);
        Assert.NotNull((await town.Visits.FindCrawlAsync(buurt.Platform, default)).BrokenSince);
        Assert.Null((await town.Visits.FindCrawlAsync(wijk.Platform, default)).BrokenSince);
        Assert.Equal(20, town.Town.Queue.Sent.Count(sent => sent.Request.Campaign.Platform == wijk.Platform));
    }

    [Fact]
    public async Task A_platform_that_is_paused_is_left_alone_at_once_and_goes_on_when_it_is_resumed()
    {
        var town = new CrawledTown();
        town.Only.Show("speelstraat", 100);
        await town.RunAsync(TimeSpan.FromHours(2));
        var before = town.Fetcher.Fetched.Count;

        await town.Timer.PauseAsync(town.Only.Platform, default);
        await town.RunAsync(TimeSpan.FromDays(1));
        Assert.Equal(before, town.Fetcher.Fetched.Count);

        await town.Timer.ResumeAsync(town.Only.Platform, default);
        await town.RunAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(Start.AddHours(26), town.Fetcher.Fetched[^1].At);
    }

    [Fact]
    public async Task A_campaign_that_rests_is_visited_when_somebody_asks()
    {
        var town = new CrawledTown();
        town.Only.Show("oud", 100, endsAt: Start.AddDays(-30));
        await town.RunAsync(TimeSpan.FromDays(1));
        var before = town.Fetcher.Fetched.Count(fetched => fetched.Address.AbsolutePath == "/p/oud");

        Assert.NotNull(await town.Timer.VisitAsync(town.Only.Id("oud"), default));
        Assert.Null(await town.Timer.VisitAsync(town.Only.Id("nooit-gezien"), default));
        await town.RunAsync(TimeSpan.FromSeconds(1));

        Assert.Equal((1, 2), (before, town.Fetcher.Fetched.Count(fetched => fetched.Address.AbsolutePath == "/p/oud")));
    }

    [Fact]
    public async Task A_list_that_leads_back_to_itself_comes_to_an_end()
    {
        var town = new CrawledTown();
        town.Only.Show("speelstraat", 100);
        town.Only.Loops = true;

        await town.RunAsync(TimeSpan.FromMinutes(1));

        Assert.InRange(town.Fetcher.Fetched.Count(fetched => fetched.Address.AbsolutePath == "/list"), 1, 1_001);
        Assert.NotNull((await town.Visits.FindCrawlAsync(town.Only.Platform, default)).SearchTrouble);
        Assert.Single(town.Town.Queue.Sent);
    }

    [Fact]
    public async Task A_list_that_cannot_be_had_is_tried_three_times_and_then_said()
    {
        var town = new CrawledTown();
        var asked = 0;
        town.Only.Instead = _ => ++asked > 0 ? new Fetch.Failed("no answer") : null;

        await town.RunAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(3, asked);
        Assert.Equal("list: no answer", (await town.Visits.FindCrawlAsync(town.Only.Platform, default)).SearchTrouble);
    }

    /// <summary>The town's clock runs a day in a second of ours: what lies six of its hours ahead is a quarter of a second away.</summary>
    [Fact]
    public async Task On_a_fast_clock_all_but_the_campaign_is_as_ever()
    {
        var town = new CrawledTown(speed: 86_400);
        town.Only.Show("speelstraat", 100, endsAt: Start.AddDays(5));

        await town.RunAsync(TimeSpan.FromSeconds(10));

        var visits = await town.VisitsOf("speelstraat");
        Assert.Null(visits.DueAt);
        Assert.InRange(town.Fetcher.Fetched.Count(fetched => fetched.Address.AbsolutePath == "/p/speelstraat"), 5, 110);
        Assert.InRange(visits.SeenAt!.Value, Start.AddDays(6), Start.AddDays(10));
    }
}

using Succesmeter.Campaigns;
using Succesmeter.Visits;

namespace Succesmeter.Tests.Visits;

public sealed class CampaignVisitsTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly FoundCampaign Found = new(new CampaignId(new PlatformId("buurt"), "speelstraat"), new Uri("https://buurt.example.org/p/speelstraat"));
    private static readonly CampaignVisits New = CampaignVisits.Of(Found, Now);
    private static readonly Cadence Cadence = new();

    [Fact]
    public void A_campaign_that_is_new_is_due_at_once() => Assert.Equal(Now, New.DueAt);

    [Fact]
    public void What_shows_the_same_is_seen_and_did_not_change()
    {
        var first = After(New, Seen("a", Now), Now);
        var second = After(first, Seen("a", Now.AddHours(1)), Now.AddHours(1));
        var third = After(second, new VisitOutcome.Unchanged(), Now.AddHours(2));
        var fourth = After(third, Seen("b", Now.AddHours(3)), Now.AddHours(3));

        Assert.Equal((Now, Now), (first.SeenAt, first.ChangedAt));
        Assert.Equal((Now.AddHours(1), Now), (second.SeenAt, second.ChangedAt));
        Assert.Equal((Now.AddHours(2), Now), (third.SeenAt, third.ChangedAt));
        Assert.Equal((Now.AddHours(3), Now.AddHours(3)), (fourth.SeenAt, fourth.ChangedAt));
    }

    [Fact]
    public void Failures_are_tried_again_after_a_quarter_of_an_hour_then_twice_as_long_up_to_the_usual_pause()
    {
        var visits = New;
        var now = Now;
        foreach (var minutes in new[] { 15, 30, 60, 60, 60 })
        {
            visits = After(visits, new VisitOutcome.Failed("no answer"), now);
            Assert.Equal(now.AddMinutes(minutes), visits.DueAt);
            now = visits.DueAt!.Value;
        }

        Assert.Equal(5, visits.Failures);
        Assert.Equal(0, After(visits, Seen("a", now), now).Failures);
    }

    [Fact]
    public void On_a_fast_clock_a_failure_is_tried_again_after_as_much_real_time() =>
        Assert.Equal(Now.AddMinutes(15 * 4), New.After(new VisitOutcome.Failed("no answer"), new PlatformClock(Now, Speed: 4), Now, Cadence).DueAt);

    [Fact]
    public void A_campaign_that_is_gone_three_times_rests_until_a_list_shows_it_again()
    {
        var once = After(New, new VisitOutcome.Gone("answered 404"), Now);
        var thrice = After(After(once, new VisitOutcome.Gone("answered 404"), Now.AddHours(1)), new VisitOutcome.Gone("answered 404"), Now.AddHours(2));

        Assert.NotNull(once.DueAt);
        Assert.Null(thrice.DueAt);
        Assert.Equal(Now.AddDays(3), thrice.FoundAgain(Found, Now.AddDays(3)).DueAt);
    }

    [Fact]
    public void A_campaign_that_ended_rests_though_lists_go_on_showing_it()
    {
        var ended = After(New with { EndsAt = Now.AddDays(-2) }, Seen("a", Now), Now);

        Assert.Null(ended.DueAt);
        Assert.Equal(ended, ended.FoundAgain(Found, Now.AddDays(1)));
    }

    [Fact]
    public void A_campaign_that_moved_keeps_what_is_known_of_it()
    {
        var moved = Found with { Address = new Uri("https://buurt.example.org/projecten/speelstraat") };
        var first = After(New, Seen("a", Now), Now);

        Assert.Equal(first with { Found = moved }, first.FoundAgain(moved, Now.AddHours(1)));
    }

    [Theory]
    [InlineData(VisitResult.Unreadable, 1, 5, true)]
    [InlineData(VisitResult.Unreadable, 1, 6, false)]
    [InlineData(VisitResult.Failed, 3, 5, true)]
    [InlineData(VisitResult.Failed, 2, 1, false)]
    [InlineData(VisitResult.Seen, 0, 1, false)]
    public void A_platform_is_broken_when_a_fifth_of_its_pages_fail(VisitResult result, int failures, int pages, bool isBroken)
    {
        var well = After(New, Seen("a", Now), Now);
        var one = well with { Result = result, Failures = failures };

        Assert.Equal(isBroken, Enumerable.Repeat(well, pages - 1).Append(one).Aggregate(CrawlHealth.None, static (health, visits) => health.With(visits)).IsBroken);
    }

    [Fact]
    public void A_platform_that_breaks_again_is_told_of_again()
    {
        var broken = new CrawlHealth(5, 5, 5);
        var first = new PlatformCrawl { Platform = Found.Campaign.Platform }.LookedOver(broken, Now);
        var still = first.LookedOver(broken, Now.AddHours(1));
        var again = still.LookedOver(new CrawlHealth(5, 5, 0), Now.AddHours(2)).LookedOver(broken, Now.AddHours(3));

        Assert.Equal((Now, 1), (first.BrokenSince, first.TimesBroken));
        Assert.Equal((Now, 1), (still.BrokenSince, still.TimesBroken));
        Assert.Equal((Now.AddHours(3), 2), (again.BrokenSince, again.TimesBroken));
    }

    private static CampaignVisits After(CampaignVisits visits, VisitOutcome outcome, DateTimeOffset now) => visits.After(outcome, new PlatformClock(now, Speed: 1), now, Cadence);

    private static VisitOutcome.Seen Seen(string shown, DateTimeOffset at) => new(at, shown, PageValidators.None, LaunchedAt: Now.AddDays(-1), EndsAt: null, IsOver: false);
}

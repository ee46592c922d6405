using Succesmeter.Campaigns;
using Succesmeter.Forecasts;
using Succesmeter.Histories;
using Succesmeter.Outcomes;
using Succesmeter.Scores;
using Succesmeter.Snapshots;
using Succesmeter.Social;
using Succesmeter.Tests.Campaigns;
using Succesmeter.Tests.Forecasts;

namespace Succesmeter.Tests.Outcomes;

public sealed class FinishedCourseTests
{
    private static readonly ScoringModel Model = new(SomeModel.Model, References.Shipped);

    [Fact]
    public void A_campaign_that_was_seen_past_its_end_is_known_with_its_course()
    {
        var finished = Read(Seen.On(1, 100), Seen.On(10, 400), Seen.On(20, 1000), Seen.On(41, 1200));

        Assert.True(finished is { IsKnown: true, AllOrNothing: true, Reached: true });
        Assert.Equal((40, 1.2, 0.5), (finished.PlannedDays, finished.FinalRatio, finished.ReachedAtShare!.Value));
        Assert.Equal(Seen.Launch.AddDays(40), finished.EndedAt);
        Assert.Equal(PastCurve.Points, finished.Ratios.Length);
        Assert.Equal((0, 0.4, 1.0, 1.2), (finished.Ratios[0], finished.Ratios[5], finished.Ratios[10], finished.Ratios[20]));
        Assert.Equal([1.0 / 40, 10.0 / 40], finished.Looks.Select(look => look.ElapsedShare));
    }

    [Fact]
    public void How_it_looked_on_the_days_of_the_tables_is_kept_as_it_was_seen_then()
    {
        Contribution[] gifts = [.. Enumerable.Range(0, 9).Select(i => new Contribution { Id = $"{i}", Amount = 20, At = new Moment(Seen.Launch.AddDays(i / 2.0)), Donor = new Pseudonym(1, (ulong)i, 1), Identity = IdentityQuality.Account })];
        var social = Read(
            Seen.On(2, 100).Listing(ContributionsAre.All, gifts[..5]),
            Seen.On(5, 180).Listing(ContributionsAre.All, gifts) with { Needs = new Needs(4, 1) },
            Seen.On(41, 1200)).Social!;

        // Before day 2 nothing was seen; 3.5 lies more than a day behind day 2, and 7.5 more than a tenth of its age, and than a day, behind day 5.
        Assert.Equal([(2.5, 5.0, null), (5.5, 9.0, 0.25)], social.Looks.Select(look => (look.Days, look.Reach!.Value, look.InKind)));
        Assert.Equal((1000, 40), (social.GoalEuro, social.PlannedDays));
    }

    [Fact]
    public void One_that_ended_below_its_goal_failed()
    {
        var finished = Read(Seen.On(1, 100), Seen.On(41, 900));

        Assert.True(finished is { IsKnown: true, Reached: false });
        Assert.Equal(0.9, finished.FinalRatio);
    }

    [Fact]
    public void One_that_was_last_seen_before_its_end_is_not_known_unless_it_had_reached_its_goal_or_the_platform_said_so()
    {
        Assert.False(Read(Seen.On(1, 100), Seen.On(30, 900)).IsKnown);
        Assert.True(Read(Seen.On(1, 100), Seen.On(30, 1000)) is { IsKnown: true, Reached: true });
        Assert.True(Read(Seen.On(1, 100), Seen.On(30, 900) with { Status = CampaignStatus.Failed }) is { IsKnown: true, Reached: false });
    }

    [Fact]
    public void A_campaign_without_a_snapshot_teaches_nothing() => Assert.False(new FinishedCourse(Listing()).Finish().IsKnown);

    [Fact]
    public void What_comes_in_after_an_assumed_end_does_not_count()
    {
        // Half of the way between day 55 and day 65 lies the end: 850 of 1,000.
        Snapshot[] open = [.. new[] { Seen.On(1, 100), Seen.On(55, 700), Seen.On(65, 1000) }.Select(seen => seen with { EndsAt = null, Funding = FundingModel.KeepItAll })];
        var finished = Read(open);

        Assert.True(finished is { IsKnown: true, Reached: false, AllOrNothing: false });
        Assert.Equal(0.85, finished.FinalRatio, 9);
    }

    [Fact]
    public void A_goal_that_was_moved_is_remembered_as_it_was()
    {
        var finished = Read(Seen.On(1, 100), Seen.On(10, 400) with { Goal = 500 }, Seen.On(41, 520) with { Goal = 500 });

        Assert.True(finished.Reached);
        Assert.Equal([2, 1], finished.Looks.Select(look => look.Goal));
        Assert.Equal([0.1, 0.8], finished.Looks.Select(look => look.Features[0]));
    }

    [Fact]
    public void A_course_whose_beginning_was_not_seen_is_not_made_up()
    {
        var finished = Read(Seen.On(20, 900), Seen.On(41, 1100));

        Assert.True(finished is { IsKnown: true, Reached: true });
        Assert.Empty(finished.Ratios);
    }

    /// <summary>The worst bug here would be a look that has seen the future.</summary>
    [Fact]
    public void What_comes_later_changes_no_look() =>
        Gen.Select(Courses, Gen.Int[1, 70]).Sample((course, until) =>
        {
            // The last one is from behind every end, so that both are known.
            var whole = Read([.. course, Seen.On(500)]);
            var cut = Read([.. course.Where(seen => seen.TakenAt <= Seen.Launch.AddDays(until)), Seen.On(500)]);

            Assert.Equal(whole.Looks.Where(look => look.Features[2] <= until).Select(look => string.Join(' ', look.Features)), cut.Looks.Select(look => string.Join(' ', look.Features)));
        });

    [Fact]
    public void Looks_are_few_and_in_order_and_none_is_of_a_goal_that_was_reached() =>
        Courses.Sample(course =>
        {
            var looks = Read(course).Looks;

            return looks.Length <= FinishedCourse.MostLooks
                && looks.All(look => look.Features[0] < 1 && look.ElapsedShare is >= 0 and < 1)
                && looks.Zip(looks.Skip(1)).All(pair => pair.First.ElapsedShare < pair.Second.ElapsedShare);
        });

    [Fact]
    public void What_was_said_and_what_the_same_model_says_of_what_was_kept_are_one() =>
        Courses.Sample(course =>
        {
            foreach (var look in Read(course).Looks)
            {
                Assert.Equal(look.LogOdds!.Value, (look with { LogOdds = null }).LogOddsBy(SomeModel.Model), 12);
                Assert.Equal(look.LogOdds.Value, (look with { Model = "another" }).LogOddsBy(SomeModel.Model), 12);
                Assert.Equal((true, Model.Name), (look.Shown, look.Model));
            }
        });

    /// <summary>Snapshots on rising days with rising totals, some of them past the end; the goal may be moved once.</summary>
    private static readonly Gen<Snapshot[]> Courses =
        Gen.Select(Gen.Select(Gen.Int[1, 6], Gen.Int[0, 150]).Array[1, 25], Gen.Int[0, 25], Gen.Bool).Select((steps, moved, isDeclared) =>
        {
            var (day, pledged) = (0, 0);
            return steps.Select((step, at) =>
            {
                (day, pledged) = (day + step.Item1, pledged + step.Item2);
                return Seen.On(day, pledged) with { Goal = at < moved ? 1000 : 800, EndsAt = isDeclared ? new Moment(Seen.Launch.AddDays(40)) : null };
            }).ToArray();
        });

    private static FinishedCampaign Read(params Snapshot[] course)
    {
        var reader = new FinishedCourse(Listing());
        foreach (var entry in Entries(course))
            reader.Add(entry);
        return reader.Finish();
    }

    /// <summary>As a history holds them: scored.</summary>
    private static IEnumerable<HistoryEntry> Entries(Snapshot[] course)
    {
        var record = CampaignRecord.Of(Seen.Campaign);
        foreach (var snapshot in course)
        {
            var step = Step.Of(record, new HistoryEntry { At = snapshot.TakenAt, Snapshot = Received(snapshot) }, Model, TimeZoneInfo.Utc, shown: true);
            record = step.Record;
            yield return step.Entry;
        }
    }

    private static ReceivedSnapshot Received(Snapshot snapshot) => new(snapshot, new Received(snapshot.TakenAt, "some", 1));

    private static CampaignListing Listing() => new()
    {
        Campaign = Seen.Campaign,
        Sequence = 7,
        Title = "Some",
        Status = CampaignStatus.Failed,
        AwaitsFacts = false,
        AsOf = Seen.Launch.AddDays(41),
        TakenAt = Seen.Launch.AddDays(41),
        Goal = 1000,
        LaunchedAt = Seen.Launch,
        Horizon = Seen.Launch.AddDays(40),
    };
}

using Succesmeter.Advice;
using Succesmeter.Campaigns;
using Succesmeter.Histories;
using Succesmeter.Outcomes;
using Succesmeter.Snapshots;
using Succesmeter.Tests.Campaigns;

namespace Succesmeter.Tests.Advice;

public sealed class LeverComparisonTests
{
    private const int Seeds = 100;
    private const int Campaigns = 200;
    private const double Goal = 5000;
    private const int Days = 40;

    /// <summary>The lever is used by those who go well anyway and does nothing. Ever against never finds a large effect; the comparison must not.</summary>
    [Fact]
    public void A_lever_that_does_nothing_and_is_used_by_those_who_go_well_shows_no_effect_beyond_its_interval()
    {
        var (above, outside, fooled) = (0, 0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var town = Town(seed, effect: 0);
            var found = LeverComparison.Of(AdviceCodes.Thank, town)!;
            above += found.Low > 0 ? 1 : 0;
            outside += found.Low > 0 || found.High < 0 ? 1 : 0;
            fooled += EverAgainstNever(town) > 0.1 ? 1 : 0;
        }

        Assert.Equal(Seeds, fooled);
        Assert.InRange(above, 0, Seeds / 10);
        Assert.InRange(outside, 0, Seeds / 10);
    }

    /// <summary>Two fifths more gifts for ten days.</summary>
    [Fact]
    public void A_lever_that_adds_is_found_and_with_the_right_sign()
    {
        var (above, below) = (0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var found = LeverComparison.Of(AdviceCodes.Thank, Town(1000 + seed, effect: 1))!;
            above += found.Low > 0 ? 1 : 0;
            below += found.Difference <= 0 ? 1 : 0;
        }

        Assert.InRange(above, Seeds * 9 / 10, Seeds);
        Assert.Equal(0, below);
    }

    [Fact]
    public void Under_twenty_campaigns_on_a_side_the_published_source_stands_in()
    {
        var town = Town(7, effect: 0);

        Assert.NotNull(LeverComparison.Of(AdviceCodes.Thank, town));
        Assert.Null(LeverComparison.Of(AdviceCodes.Thank, [.. town.Where(static course => !course.Acts!.Value.IsEmpty).Take(19), .. town.Where(static course => course.Acts!.Value.IsEmpty)]));
        Assert.Null(LeverComparison.Of(AdviceCodes.Thank, []));
        Assert.Null(LeverComparison.Of(AdviceCodes.MissingReward, town));
    }

    /// <summary>Forty campaigns that stand alike on day 2; twenty thank on day 3 and gain a fifth of the goal in the week from day 3, the others a tenth.</summary>
    [Fact]
    public void Of_campaigns_alike_in_all_else_the_difference_is_that_of_their_weeks()
    {
        var found = LeverComparison.Of(AdviceCodes.Thank, [.. Enumerable.Range(0, 40).Select(static i => Stepped(i < 20 ? 0.2 : 0.1, [.. i < 20 ? [new DatedAct(2.5, ActionKind.Thanks)] : Array.Empty<DatedAct>()]))])!;

        Assert.Equal((0.1, 20, 20), (found.Difference, found.Did, found.DidNot));
        Assert.Equal((0.1, 0.1), (found.Low, found.High));
    }

    [Fact]
    public void Who_used_a_lever_before_the_day_stands_on_no_side_and_who_uses_it_after_the_day_did_not()
    {
        LeverCourse[] Town(double day) => [.. Enumerable.Range(0, 60).Select(i => Stepped(i < 20 ? 0.2 : 0.1, [.. i < 20 ? [new DatedAct(2.5, ActionKind.Update)] : i < 40 ? [new DatedAct(day, ActionKind.Update)] : Array.Empty<DatedAct>()]))];

        Assert.Equal((20, 20), (LeverComparison.Of(AdviceCodes.Thank, Town(1.5))!.Did, LeverComparison.Of(AdviceCodes.Thank, Town(1.5))!.DidNot));
        Assert.Equal((20, 40), (LeverComparison.Of(AdviceCodes.Thank, Town(4.5))!.Did, LeverComparison.Of(AdviceCodes.Thank, Town(4.5))!.DidNot));
    }

    [Fact]
    public void Only_campaigns_with_an_open_comment_can_answer_one()
    {
        LeverCourse Of(double? answered, double gain) => Stepped(gain, []) with { Comments = [new DatedComment(0.5, answered)] };
        LeverCourse[] town = [.. Enumerable.Range(0, 75).Select(i => i < 25 ? Of(3, 0.2) : i < 50 ? Of(null, 0.1) : Of(1, 0.9))];

        var found = LeverComparison.Of(AdviceCodes.AnswerComments, town)!;

        Assert.Equal((0.1, 25, 25), (found.Difference, found.Did, found.DidNot));
        Assert.Null(LeverComparison.Of(AdviceCodes.Thank, [.. town.Select(static course => course with { Acts = null })]));
    }

    [Fact]
    public void A_course_is_read_from_a_history_and_a_day_that_nobody_looked_at_is_not_made_up()
    {
        var finished = Read(
            Seen.On(0.5, 100),
            Seen.On(1.75, 200),
            Seen.On(5, 500) with { Actions = [new HolderAction(new Moment(Seen.Launch.AddDays(3.25)), ActionKind.Mail)], ActionLogKept = true },
            Seen.On(41, 900));

        var course = finished.Levers!;
        Assert.Equal(41, course.Shares.Length);
        Assert.Equal([0, 0.1, 0.2, double.NaN, double.NaN, 0.5, 0.5, double.NaN], course.Shares.Take(8));
        Assert.Equal(new DatedAct(3.25, ActionKind.Mail), Assert.Single(course.Acts!.Value));
        Assert.Null(course.Comments);
        Assert.Null(Read(Seen.On(1, 100), Seen.On(41, 900)).Levers);
    }

    [Fact]
    public void Whatever_the_courses_the_evidence_is_finite_and_in_order() =>
        Gen.Select(Gen.Double[-1, 3], Gen.Double[0, 20], Gen.Bool, Gen.Int[0, 40]).Array[0, 150].Sample(rows =>
        {
            LeverCourse[] courses = [.. rows.Select(static row => new LeverCourse
            {
                Shares = [.. Enumerable.Range(0, row.Item4).Select(day => day == 5 && row.Item3 ? double.NaN : day * row.Item1 / 10)],
                Acts = row.Item3 ? [new DatedAct(row.Item2, ActionKind.Mail), new DatedAct(row.Item2, ActionKind.Update)] : [],
                Comments = [new DatedComment(row.Item2 / 2, row.Item3 ? row.Item2 : null)],
            })];
            return LeverComparison.All(courses).All(found => found.Low <= found.Difference && found.Difference <= found.High && double.IsFinite(found.High - found.Low));
        });

    /// <summary>Quantiles of the 95 % column of a table of Student's t.</summary>
    [Theory]
    [InlineData(1, 6.3138)]
    [InlineData(5, 2.0150)]
    [InlineData(19, 1.7291)]
    [InlineData(100, 1.6602)]
    public void The_quantile_of_t_is_that_of_the_tables(int freedom, double expected) => Assert.Equal(expected, WithinCells.TwoSided90(freedom), 4);

    /// <summary>A level course, but for the week from day 3.</summary>
    private static LeverCourse Stepped(double gain, DatedAct[] acts) => new()
    {
        Shares = [0, 0.05, 0.1, 0.1, .. Enumerable.Range(1, 7).Select(day => 0.1 + (gain * day / 7))],
        Acts = [.. acts],
    };

    /// <summary>Final ratio of those who ever thanked less that of those who never did: the comparison that must not be made.</summary>
    private static double EverAgainstNever(IReadOnlyList<LeverCourse> town) =>
        town.Where(static course => !course.Acts!.Value.IsEmpty).Average(static course => course.Shares[^1]) - town.Where(static course => course.Acts!.Value.IsEmpty).Average(static course => course.Shares[^1]);

    private static List<LeverCourse> Town(int seed, double effect)
    {
        var dice = new Random(seed);
        return [.. Enumerable.Range(0, Campaigns).Select(_ => Simulated(dice, effect))];
    }

    /// <summary>
    /// A campaign of a quality of its own (log-normal, .7), with a launch peak and uneven days (gamma, shape 2). The holder thanks for the first time with a chance a day of 1 %, and of 12 % after a week that brought
    /// more than a tenth of the goal. The thanks bring <paramref name="effect"/> × .4 more gifts for ten days.
    /// </summary>
    private static LeverCourse Simulated(Random dice, double effect)
    {
        var quality = Math.Exp(0.7 * Normal(dice));
        int? thanked = null;
        var total = new double[Days + 1];
        for (var day = 0; day < Days; day++)
        {
            var lift = thanked is { } since && day - since < 10 ? 1 + (0.4 * effect) : 1;
            var uneven = (-Math.Log(1 - dice.NextDouble()) - Math.Log(1 - dice.NextDouble())) / 2;
            total[day + 1] = total[day];
            for (var gift = Poisson(dice, 2.5 * quality * (1 + (2 * Math.Exp(-day / 3.0))) * lift * uneven); gift > 0; gift--)
                total[day + 1] += (10 + (5 * dice.Next(0, 12))) / Goal;

            if (thanked is null && dice.NextDouble() < (total[day + 1] - total[Math.Max(0, day - 6)] > 0.1 ? 0.12 : 0.01))
                thanked = day + 1;
        }

        return new LeverCourse { Shares = [.. total], Acts = thanked is { } at ? [new DatedAct(at, ActionKind.Thanks)] : [] };
    }

    private static FinishedCampaign Read(params Snapshot[] course)
    {
        var reader = new FinishedCourse(new CampaignListing
        {
            Campaign = Seen.Campaign,
            Sequence = 1,
            Title = "t",
            Status = CampaignStatus.Succeeded,
            AwaitsFacts = false,
            AsOf = course[^1].TakenAt,
            TakenAt = course[^1].TakenAt,
            Horizon = Seen.Launch.AddDays(Days),
        });
        foreach (var snapshot in course)
            reader.Add(new HistoryEntry { At = snapshot.TakenAt, Snapshot = new ReceivedSnapshot(snapshot, new Received(snapshot.TakenAt, "some", 1)) });
        return reader.Finish();
    }

    private static double Normal(Random dice) => Math.Sqrt(-2 * Math.Log(1 - dice.NextDouble())) * Math.Cos(2 * Math.PI * dice.NextDouble());

    private static int Poisson(Random dice, double mean)
    {
        var (count, left) = (0, Math.Exp(-mean));
        for (var product = dice.NextDouble(); product > left; product *= dice.NextDouble())
            count++;
        return count;
    }
}

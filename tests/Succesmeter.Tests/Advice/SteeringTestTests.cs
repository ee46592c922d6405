using System.Text;
using Succesmeter.Advice;
using Succesmeter.Campaigns;

namespace Succesmeter.Tests.Advice;

public sealed class SteeringTestTests
{
    private static readonly DateTimeOffset At = new(2026, 5, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Twenty campaigns, a day each, three pieces: of the first 12 are done, of the forty later ones 8. 12/20 − 8/40 = .4.</summary>
    [Fact]
    public void The_difference_is_that_of_the_shares_done()
    {
        var test = SteeringTest.Of(Enumerable.Range(0, 20).Select(static i => Log(i, true, i < 12, i < 8, false)));

        Assert.Equal((20, 20, 12, 40, 8), (test.Campaigns, test.First, test.FirstDone, test.Later, test.LaterDone));
        Assert.Equal(0.4, test.Difference!.Value, 12);
        Assert.True(test.Low < 0.4 && test.High > 0.4);
    }

    [Fact]
    public void Only_campaigns_whose_holder_agreed_count()
    {
        var test = SteeringTest.Of(Enumerable.Range(0, 60).Select(static i => Log(i, i < 20 ? true : i < 40 ? false : null, i >= 20, false)));

        Assert.Equal((20, 0), (test.Campaigns, test.FirstDone));
    }

    [Fact]
    public void A_day_with_one_piece_and_an_answer_without_a_place_say_nothing_and_few_campaigns_give_no_interval()
    {
        var alone = Log(0, true, true);
        var unplaced = Log(1, true, true, false) with { Entries = [new AdviceEntry(new DateOnly(2026, 5, 2), AdviceCodes.Pace) { Answer = AdviceAnswer.Done, AnsweredAt = At }] };
        var test = SteeringTest.Of([alone, unplaced, .. Enumerable.Range(2, 19).Select(static i => Log(i, true, true, false))]);

        Assert.Equal((19, 19, 19), (test.Campaigns, test.First, test.FirstDone));
        Assert.Null(test.Difference);
        Assert.Equal(0, SteeringTest.Of([]).Campaigns);
    }

    /// <summary>Thirty campaigns, ten days, three pieces; holders differ much in how often they do anything, the place does nothing.</summary>
    [Fact]
    public void Where_the_place_does_nothing_the_interval_holds_zero()
    {
        var outside = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var dice = new Random(seed);
            var test = SteeringTest.Of(Enumerable.Range(0, 30).Select(i =>
            {
                var eager = dice.NextDouble();
                return new AdviceLog(Campaign(i), true, [.. Enumerable.Range(0, 10).SelectMany(day => Enumerable.Range(1, 3).Select(place => Entry(day, place, 3, dice.NextDouble() < eager)))]);
            }));
            outside += test.Low > 0 || test.High < 0 ? 1 : 0;
        }

        // 10 % of 200 is 20, give or take three standard deviations.
        Assert.InRange(outside, 7, 33);
    }

    [Fact]
    public void What_a_score_gave_keeps_its_order()
    {
        var given = GivenAdvice.In(Encoding.UTF8.GetBytes("""{ "asOf": "2026-05-02T23:30:00Z", "advice": [ { "code": "thank" }, { "code": "pace" } ] }"""));

        Assert.Equal([("thank", 1, 2), ("pace", 2, 2)], given.Shown(At).Select(static entry => (entry.Code, entry.Place!.Value, entry.Of!.Value)));
        Assert.Equal(new DateOnly(2026, 5, 2), given.Day);
        Assert.Null(given.Answered("moment", AdviceAnswer.Done, At).Place);
    }

    private static CampaignId Campaign(int number) => new(new PlatformId("growfunding"), $"c{number}");

    /// <summary>One day; whether each piece was done, in the order of the lot.</summary>
    private static AdviceLog Log(int number, bool? agreed, params bool[] done) =>
        new(Campaign(number), agreed, [.. done.Select((isDone, at) => Entry(0, at + 1, done.Length, isDone))]);

    private static AdviceEntry Entry(int day, int place, int of, bool done) => new(new DateOnly(2026, 5, 2).AddDays(day), AdviceCodes.All[place])
    {
        Place = place,
        Of = of,
        Answer = done ? AdviceAnswer.Done : AdviceAnswer.Shown,
        AnsweredAt = At,
    };
}

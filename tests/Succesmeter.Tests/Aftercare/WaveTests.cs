using Succesmeter.Aftercare;
using Succesmeter.Campaigns;

namespace Succesmeter.Tests.Aftercare;

public sealed class WaveTests
{
    private static readonly DateTimeOffset End = new(2026, 5, 30, 22, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-07-30T21:59:59Z", null)]
    [InlineData("2026-07-30T22:00:00Z", 3)]
    [InlineData("2026-11-30T21:59:59Z", 3)]
    [InlineData("2026-11-30T22:00:00Z", null)]
    [InlineData("2027-04-30T22:00:00Z", 12)]
    [InlineData("2027-11-30T21:59:59Z", 12)]
    [InlineData("2027-11-30T22:00:00Z", null)]
    public void A_wave_is_open_from_an_instant_to_another(string now, int? months) =>
        Assert.Equal(months, Wave.At(End, DateTimeOffset.Parse(now))?.Months);

    [Theory]
    [InlineData(CampaignStatus.Succeeded, true)]
    [InlineData(CampaignStatus.Failed, true)]
    [InlineData(CampaignStatus.Cancelled, false)]
    [InlineData(CampaignStatus.Live, false)]
    public void Those_that_failed_are_asked_like_the_others(CampaignStatus status, bool asked) =>
        Assert.Equal(asked ? End : null, Wave.EndOf(Listing("a", End) with { Status = status }));

    [Fact]
    public void Who_could_answer_and_did_is_counted_by_wave()
    {
        var now = End.AddMonths(12);
        CampaignListing[] finished = [Listing("old", End.AddMonths(-30)), Listing("asked", End), Listing("silent", End.AddDays(-20)), Listing("missed", End.AddMonths(5)), Listing("young", now.AddMonths(-3))];
        AftercareAnswer[] answers = [Answer("asked", Wave.Three, ProjectOutcome.UnderWay, End.AddMonths(3)), Answer("asked", Wave.Twelve, ProjectOutcome.AsPlanned, now)];

        var (three, twelve) = (WaveTally.Of(finished, answers, now)[0], WaveTally.Of(finished, answers, now)[1]);

        // The old one was over long before the first answer. In the wave of three months: asked, silent, missed, young; of twelve: asked, silent.
        Assert.Equal((4, 1, 0.25), (three.Asked, three.Answered, three.ResponseRate!.Value));
        Assert.Equal(["young"], three.Due.Select(static listing => listing.Campaign.Name));
        Assert.Equal([0, 0, 1, 0], three.Outcomes);
        Assert.Equal((2, 1, 0.5), (twelve.Asked, twelve.Answered, twelve.ResponseRate!.Value));
        Assert.Equal(["silent"], twelve.Due.Select(static listing => listing.Campaign.Name));
        Assert.Equal([1, 0, 0, 0], twelve.Outcomes);
    }

    [Fact]
    public void Before_anybody_answered_only_those_that_may_answer_now_are_asked()
    {
        var tally = WaveTally.Of([Listing("old", End.AddMonths(-30)), Listing("a", End), Listing("b", End.AddDays(-3))], [], End.AddMonths(3))[0];

        Assert.Equal((2, 0), (tally.Asked, tally.Answered));
        Assert.Equal(["b", "a"], tally.Due.Select(static listing => listing.Campaign.Name));
        Assert.Null(WaveTally.Of([], [], End)[0].ResponseRate);
    }

    [Fact]
    public void Saying_the_same_again_changes_no_instant_and_another_word_only_the_second()
    {
        var first = Answer("a", Wave.Three, ProjectOutcome.Not, End);
        var again = first with { AnsweredAt = End.AddDays(1), ChangedAt = End.AddDays(1) };

        Assert.Equal(first, first.After(null));
        Assert.Equal(first, again.After(first));
        Assert.Equal(first with { Volunteers = 3, ChangedAt = End.AddDays(1) }, (again with { Volunteers = 3 }).After(first));
    }

    private static AftercareAnswer Answer(string campaign, Wave wave, ProjectOutcome outcome, DateTimeOffset at) =>
        new() { Campaign = campaign, Wave = wave, Outcome = outcome, AnsweredAt = at, ChangedAt = at };

    private static CampaignListing Listing(string name, DateTimeOffset end) => new()
    {
        Campaign = new CampaignId(new PlatformId("p"), name),
        Sequence = 1,
        Title = name,
        Status = CampaignStatus.Failed,
        AwaitsFacts = false,
        AsOf = end.AddHours(1),
        TakenAt = end,
        Goal = 5000,
        LaunchedAt = end.AddDays(-40),
        Horizon = end,
    };
}

using Succesmeter.Aftercare;
using Succesmeter.Campaigns;
using Succesmeter.Reports;

namespace Succesmeter.Tests.Reports;

public sealed class AftercareFiguresTests
{
    private static readonly TimeZoneInfo Brussels = TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels");
    private static readonly DateTimeOffset MidYear = new(2024, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Six campaigns of 2024 and one of 2025 by Brussels' clock; the wave of three months closes for 2024 half a year after its end.</summary>
    private static readonly Dictionary<string, ReportCampaign> Town = new(StringComparer.Ordinal)
    {
        ["a"] = Ended(MidYear), ["b"] = Ended(MidYear), ["c"] = Ended(MidYear), ["d"] = Ended(MidYear), ["e"] = Ended(MidYear), ["f"] = Ended(MidYear),
        ["gone"] = Ended(MidYear) with { IsCancelled = true },
        ["members"] = Ended(MidYear) with { Funding = FundingModel.Recurring },
        ["next-year"] = Ended(new DateTimeOffset(2024, 12, 31, 23, 30, 0, TimeSpan.Zero)),
    };

    private static readonly DateTimeOffset Closed = new(2025, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_year_whose_wave_has_closed_says_how_many_answered_and_what()
    {
        var figures = AftercareFigures.Of([Answer("a", 3, 7), Answer("b", 4, 0), Answer("c", 6, 1), Answer("d", 0, 2), Answer("e", 9, 3) with { Outcome = ProjectOutcome.Not }], Town, Brussels, Closed).ToList();

        // 5 of 6 = .83 and 4 of 5 = .8, in twentieths; 22 people and 13 contacts, in fives.
        Assert.Equal(
            [("after-care.answered", 0.85, 6), ("after-care.done", 0.8, 5), ("after-care.volunteers", 20, 5), ("after-care.new-contacts", 15, 5)],
            figures.Select(static figure => (figure.Figure, figure.Value!.Value, figure.N!.Value)));
        Assert.All(figures, static figure => Assert.Equal(("2024", "wave", "3-months"), (figure.Period, figure.By, figure.Group)));
    }

    [Fact]
    public void While_somebody_can_still_answer_nothing_is_said_of_the_year() =>
        Assert.Empty(AftercareFigures.Of([Answer("a", 3, 7)], Town, Brussels, new DateTimeOffset(2025, 6, 30, 21, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void Under_five_campaigns_there_is_a_reason_and_no_number()
    {
        var figures = AftercareFigures.Of([Answer("a", 3, null), Answer("b", 4, null)], Town, Brussels, Closed).ToList();

        Assert.Equal(0.35, figures[0].Value);
        Assert.All(figures.Skip(1), static figure => Assert.Equal((null, null, ReportReasons.FewerThanFive), (figure.Value, figure.N, figure.Reason)));
    }

    [Fact]
    public void Who_was_never_asked_is_no_silence()
    {
        // The first answer of the platform came when the wave had closed for everybody but the one who gave it.
        var late = Answer("f", 1, 1) with { AnsweredAt = MidYear.AddYears(1) };

        Assert.Equal(ReportReasons.FewerThanFive, AftercareFigures.Of([late], Town, Brussels, Closed).First().Reason);
        Assert.Empty(AftercareFigures.Of([], Town, Brussels, Closed));
    }

    private static ReportCampaign Ended(DateTimeOffset at) => new() { EndedAt = at, Reached = true, Funding = FundingModel.AllOrNothing };

    private static AftercareAnswer Answer(string campaign, int? volunteers, int? contacts) => new()
    {
        Campaign = campaign,
        Wave = Wave.Three,
        Outcome = ProjectOutcome.AsPlanned,
        Volunteers = volunteers,
        NewContacts = contacts,
        AnsweredAt = MidYear.AddMonths(3),
        ChangedAt = MidYear.AddMonths(3),
    };
}

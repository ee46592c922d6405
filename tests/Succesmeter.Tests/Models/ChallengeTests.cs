using System.Collections.Immutable;
using Succesmeter.Campaigns;
using Succesmeter.Forecasts;
using Succesmeter.Models;
using Succesmeter.Outcomes;
using Succesmeter.Scores;
using Succesmeter.Social;
using Succesmeter.Tests.Campaigns;
using Succesmeter.Tests.Forecasts;
using Succesmeter.Tests.Outcomes;

namespace Succesmeter.Tests.Models;

public sealed class ChallengeTests
{
    private static readonly ForecastModel Champion = SomeModel.Model with { Version = "champion" };
    private static readonly StartingPoint Start = new(new ScoringModel(Champion, References.Shipped), ImmutableDictionary<PlatformId, PlatformPrior>.Empty);
    private static readonly ModelLedger Ledger = ModelLedger.Of(Champion);
    private static readonly DateTimeOffset Now = Seen.Launch.AddYears(1);

    [Fact]
    public void Fifteen_new_failures_make_it_due_and_fourteen_do_not()
    {
        Assert.NotNull(Due(Outcomes(100, failures: 15), Ledger));
        Assert.Null(Due(Outcomes(100, failures: 14), Ledger));
    }

    [Fact]
    public void Failures_of_before_the_last_refit_are_not_new()
    {
        var outcomes = Outcomes(100, failures: 20);

        Assert.Null(Due(outcomes, Ledger with { RefitThrough = outcomes.Campaigns[^1].EndedAt, RefitAt = Now.AddYears(-1) }));
        Assert.Equal(20, Due(outcomes, Ledger with { RefitThrough = outcomes.Campaigns[0].EndedAt.AddDays(-1), RefitAt = Now.AddYears(-1) })!.NewFailures);
    }

    [Fact]
    public void Nobody_tries_twice_a_month_or_after_two_promotions_in_a_year()
    {
        var outcomes = Outcomes(100, failures: 20);

        Assert.Null(Due(outcomes, Ledger with { RefitAt = Now.AddDays(-29) }));
        Assert.NotNull(Due(outcomes, Ledger with { RefitAt = Now.AddDays(-30) }));
        Assert.Null(Due(outcomes, Ledger with { Promotions = [Now.AddDays(-300), Now.AddDays(-100)] }));
    }

    [Fact]
    public void Where_all_failures_ended_at_one_end_of_time_there_is_nothing_to_judge_by() =>
        Assert.Null(Due(new PlatformOutcomes(Seen.Campaign.Platform, [.. Enumerable.Range(0, 100).Select(at => PlatformOutcomesTests.Finished(at, at < 80))]), Ledger));

    [Fact]
    public void Nothing_that_ends_later_teaches_the_challenger() =>
        Gen.Select(Gen.Int[30, 120], Gen.Int[15, 30]).Sample((count, failures) =>
        {
            var outcomes = Outcomes(count, failures);
            var refit = new Taught(champion => champion);
            if (Due(outcomes, Ledger) is not { } challenge)
                return;

            var (_, card, decision) = challenge.Judge(refit, Ledger, Now);

            Assert.Equal(outcomes.Campaigns.Length, decision.FittedTo + decision.JudgedOn);
            Assert.Equal(refit.Lessons.Max(lesson => lesson.Campaign.EndedAt), card.Through);
            Assert.Equal(decision.JudgedOn, outcomes.Campaigns.Count(campaign => campaign.EndedAt > card.Through));
        });

    [Fact]
    public void A_challenger_that_is_surer_where_the_champion_is_right_is_promoted()
    {
        var (_, card, decision) = Due(Outcomes(200, failures: 80), Ledger)!.Judge(
            new Taught(champion => champion with { Version = "bold", Calibration = new Calibration(0, 4) }), Ledger, Now);

        Assert.Equal((true, "better", "champion", "bold"), (decision.Promoted, decision.Reason, decision.Champion, decision.Challenger));
        Assert.True(decision.ChallengerBrier < decision.ChampionBrier);
        Assert.Equal(decision.ChampionBrier!.Value - decision.ChallengerBrier!.Value, decision.Gain!.Value, 12);
        Assert.Equal(("champion", 140), (card.Continues, card.Campaigns!.Value));
    }

    [Fact]
    public void One_that_says_the_same_is_not()
    {
        var decision = Due(Outcomes(200, failures: 80), Ledger)!.Judge(new Taught(champion => champion with { Version = "same" }), Ledger, Now).Decision;

        Assert.Equal((false, "not-shown-better", 0.0), (decision.Promoted, decision.Reason, decision.Gain!.Value));
    }

    private static Challenge? Due(PlatformOutcomes outcomes, ModelLedger ledger) => Challenge.Due(Champion, Start, ledger, [outcomes], Now);

    /// <summary>Failures spread evenly over time; those that reach their goal were given better odds (plus one) than those that do not (minus one).</summary>
    private static PlatformOutcomes Outcomes(int count, int failures) => new(
        Seen.Campaign.Platform,
        [.. Enumerable.Range(0, count).Select(at =>
        {
            var reached = (at + 1) * failures / count == at * failures / count;
            var finished = PlatformOutcomesTests.Finished(at, reached);

            // A fifth of the goal against half of it: the first stump of the model tells them apart.
            var features = finished.Looks[0].Features.SetItem(0, reached ? 0.6 : 0.2).SetItem(2, 39.9);
            return finished with { Looks = [finished.Looks[0] with { Features = features, LogOdds = null }] };
        })]);

    /// <summary>Fits by a rule of the test's own, and remembers what it was taught by.</summary>
    private sealed class Taught(Func<ForecastModel, ForecastModel> rule) : IRefit
    {
        public string? WhyNot => null;

        public IReadOnlyCollection<Lesson> Lessons { get; private set; } = [];

        public ForecastModel Continue(ForecastModel champion, IReadOnlyCollection<Lesson> lessons)
        {
            Lessons = lessons;
            return rule(champion);
        }
    }
}

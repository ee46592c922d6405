using Succesmeter.Forecasts;
using Succesmeter.Models;
using Succesmeter.Tests.Campaigns;
using Succesmeter.Tests.Forecasts;

namespace Succesmeter.Tests.Models;

public sealed class ModelLedgerTests
{
    private static readonly DateTimeOffset Now = Seen.Launch;
    private static readonly ForecastModel Shipped = SomeModel.Model with { Version = "shipped-1" };

    [Fact]
    public void At_first_the_shipped_model_serves()
    {
        var ledger = ModelLedger.Of(Shipped);

        Assert.Equal(("shipped-1", "shipped-1"), (ledger.Serving, Assert.Single(ledger.Kept).Version));
        Assert.Null(ledger.Last);
    }

    [Fact]
    public void A_release_with_another_model_is_taken_up_once_so_that_going_back_from_it_lasts()
    {
        var next = Shipped with { Version = "shipped-2" };
        var taken = ModelLedger.Of(Shipped).TakeUp(next, Now);
        var back = taken.Serve("shipped-1", Now)!;

        Assert.Equal(("shipped-2", ModelDecision.Released), (taken.Serving, taken.Last!.Reason));
        Assert.Same(taken, taken.TakeUp(next, Now.AddDays(1)));
        Assert.Equal("shipped-1", back.TakeUp(next, Now.AddDays(1)).Serving);
        Assert.Equal(ModelDecision.ServedByHand, back.Last!.Reason);
    }

    [Fact]
    public void A_release_does_not_push_out_a_model_that_was_fitted_here()
    {
        var ledger = Promoted(ModelLedger.Of(Shipped), "own", Now).TakeUp(Shipped with { Version = "shipped-2" }, Now.AddDays(1));

        Assert.Equal("own", ledger.Serving);
        Assert.True(ledger.Keeps("shipped-2"));
    }

    [Fact]
    public void Five_are_kept_and_the_one_that_serves_is_never_among_those_that_go() =>
        Gen.Int[0, 3].Array[0, 20].Sample(acts =>
        {
            var ledger = ModelLedger.Of(Shipped);
            for (var at = 0; at < acts.Length; at++)
                ledger = acts[at] switch
                {
                    0 => Promoted(ledger, $"own-{at}", Now.AddDays(at)),
                    1 => ledger.TakeUp(Shipped with { Version = $"shipped-{at}" }, Now.AddDays(at)),
                    2 => ledger.Serve(ledger.Kept[^1].Version, Now.AddDays(at))!,
                    _ => ledger.Abandon(Shipped, Now.AddDays(at)),
                };

            return ledger.Kept.Length is >= 1 and <= ModelLedger.MostKept && ledger.Keeps(ledger.Serving)
                && ledger.Kept.Select(kept => kept.Version).Distinct().Count() == ledger.Kept.Length;
        });

    [Fact]
    public void A_challenger_that_lost_leaves_its_reason_and_nothing_else()
    {
        var before = ModelLedger.Of(Shipped);
        var after = before.With(Card("own"), Decision("own", promoted: false, Now), Now.AddDays(-1));

        Assert.Equal((before.Serving, false, Now.AddDays(-1)), (after.Serving, after.Keeps("own"), after.RefitThrough!.Value));
        Assert.Equal("not-shown-better", after.Last!.Reason);
        Assert.Empty(after.Promotions);
    }

    [Fact]
    public void A_model_that_cannot_be_read_any_more_makes_way_for_the_shipped_one()
    {
        var ledger = Promoted(ModelLedger.Of(Shipped), "own", Now).Abandon(Shipped, Now.AddDays(1));

        Assert.Equal(("shipped-1", false, ModelDecision.Unreadable), (ledger.Serving, ledger.Keeps("own"), ledger.Last!.Reason));
    }

    [Fact]
    public void What_is_not_kept_cannot_serve() => Assert.Null(ModelLedger.Of(Shipped).Serve("own", Now));

    [Fact]
    public void Ledgers_that_say_the_same_are_equal()
    {
        ModelLedger Make() => Promoted(ModelLedger.Of(Shipped), "own", Now) with { Platforms = [new(Seen.Campaign.Platform, "v", 0.5, 10, 1, Drift.Of([]).All, Drift.Of([]).All, Drift.Of([]).All)] };

        Assert.Equal(Make(), Make());
        Assert.Equal(Make().GetHashCode(), Make().GetHashCode());
        Assert.NotEqual(Make(), Make() with { Platforms = [] });
        Assert.NotEqual(Make(), Make().Serve("shipped-1", Now));
    }

    private static ModelLedger Promoted(ModelLedger ledger, string version, DateTimeOffset at) => ledger.With(Card(version), Decision(version, promoted: true, at), at);

    private static KeptModel Card(string version) => new() { Name = "serving", Version = version, IsShipped = false, Trees = 3 };

    private static ModelDecision Decision(string version, bool promoted, DateTimeOffset at) =>
        new() { At = at, Reason = promoted ? "better" : "not-shown-better", Champion = "shipped-1", Challenger = version, Promoted = promoted };
}

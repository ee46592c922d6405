using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Succesmeter.Forecasts;
using Succesmeter.Models;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Storage.Tests;

public sealed class ShelvedScoringModelsTests : IDisposable
{
    private readonly MemoryModelShelf shelf = new();
    private readonly FakeTimeProvider clock = new(Some.Launch);
    private readonly ShelvedScoringModels models;

    public ShelvedScoringModelsTests() => models = new(shelf, Some.Start, clock, NullLogger<ShelvedScoringModels>.Instance);

    [Fact]
    public async Task While_the_shelf_is_empty_the_shipped_model_serves_with_what_was_published()
    {
        var model = (await models.CurrentAsync(default))!;

        Assert.Equal(Some.Model.Name, model.Name);
        Assert.True(model.FitOf(Some.Campaign.Platform).Shift > 0);
        Assert.NotEmpty(model.Prototypes);
    }

    [Fact]
    public async Task What_is_put_on_the_shelf_serves_within_a_minute_and_under_another_name()
    {
        var before = (await models.CurrentAsync(default))!;
        await LearnAsync(new PlatformModel(new PlatformFit(0.25, null), []));
        Assert.Same(before, await models.CurrentAsync(default));

        clock.Advance(ShelvedScoringModels.Age);
        var after = (await models.CurrentAsync(default))!;

        Assert.Equal(0.25, after.FitOf(Some.Campaign.Platform).Shift);
        Assert.NotEqual(before.NameFor(Some.Campaign.Platform), after.NameFor(Some.Campaign.Platform));
        clock.Advance(ShelvedScoringModels.Age);
        Assert.Same(after, await models.CurrentAsync(default));
    }

    [Fact]
    public async Task A_storage_that_falls_silent_changes_nothing_and_one_that_never_spoke_gives_none()
    {
        shelf.IsOut = true;
        Assert.Null(await models.CurrentAsync(default));

        shelf.IsOut = false;
        Assert.Null(await models.CurrentAsync(default));
        clock.Advance(TimeSpan.FromSeconds(5));
        var model = await models.CurrentAsync(default);
        Assert.NotNull(model);

        shelf.IsOut = true;
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Same(model, await models.CurrentAsync(default));
    }

    [Fact]
    public async Task A_model_that_serves_by_the_ledger_is_fetched_from_the_shelf()
    {
        var own = Some.Model.Forecast with { Version = "own" };
        await shelf.PutModelAsync(own, default);
        await PutAsync(ModelLedger.Of(own));

        Assert.Same(own, (await models.CurrentAsync(default))!.Forecast);
    }

    [Fact]
    public async Task A_model_that_is_gone_leaves_the_shipped_one_with_nothing_of_the_others_fits()
    {
        await PutAsync(ModelLedger.Of(Some.Model.Forecast with { Version = "gone" }) with { Platforms = [new(Some.Campaign.Platform, "0", 5, 1, 1, None, None, None)] });

        var model = (await models.CurrentAsync(default))!;

        Assert.Equal(Some.Start.Shipped.NameFor(Some.Campaign.Platform), model.NameFor(Some.Campaign.Platform));
    }

    [Fact]
    public async Task A_fit_that_is_gone_leaves_what_was_published_of_the_platform()
    {
        await PutAsync(ModelLedger.Of(Some.Model.Forecast) with { Platforms = [new(Some.Campaign.Platform, "0", 5, 1, 1, None, None, None)] });

        Assert.Equal(Some.Start.Shipped.FitOf(Some.Campaign.Platform).Shift, (await models.CurrentAsync(default))!.FitOf(Some.Campaign.Platform).Shift);
    }

    [Fact]
    public async Task What_was_missing_is_taken_up_once_it_is_there_again_though_the_ledger_is_the_same()
    {
        var learned = new PlatformModel(new PlatformFit(0.25, null), []);
        await PutAsync(ModelLedger.Of(Some.Model.Forecast) with { Platforms = [new(Some.Campaign.Platform, learned.Version, 0.25, 1, 1, None, None, None)] });
        Assert.NotEqual(0.25, (await models.CurrentAsync(default))!.FitOf(Some.Campaign.Platform).Shift);

        await shelf.PutPlatformAsync(Some.Campaign.Platform, learned, default);
        clock.Advance(ShelvedScoringModels.Age);

        Assert.Equal(0.25, (await models.CurrentAsync(default))!.FitOf(Some.Campaign.Platform).Shift);
    }

    [Fact]
    public async Task Many_who_ask_at_once_make_one_look()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => await models.CurrentAsync(default))));

        Assert.Single(answers.Distinct());
    }

    public void Dispose() => models.Dispose();

    private static Drift None { get; } = Drift.Of([]).All;

    private async Task LearnAsync(PlatformModel learned)
    {
        await shelf.PutPlatformAsync(Some.Campaign.Platform, learned, default);
        await PutAsync(ModelLedger.Of(Some.Model.Forecast) with { Platforms = [new(Some.Campaign.Platform, learned.Version, learned.Fit.Shift, 1, 1, None, None, None)] });
    }

    private async Task PutAsync(ModelLedger ledger) => Assert.True(await shelf.TryPutLedgerAsync(ledger, (await shelf.FindLedgerAsync(default))?.Version, default));
}

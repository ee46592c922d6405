using Microsoft.Extensions.Logging.Abstractions;
using Succesmeter.Advice;
using Succesmeter.Campaigns;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Models;
using Succesmeter.Networks;
using Succesmeter.Outcomes;
using Succesmeter.Snapshots;
using Succesmeter.Social;
using Succesmeter.Storage.Blobs;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Storage.Tests.Blobs;

/// <summary>What the shelf of models and the store of outcomes promise, in memory and in blobs.</summary>
public abstract class ModelsContract
{
    private protected static readonly PlatformId Platform = Some.Campaign.Platform;
    private static readonly ForecastModel Model = Some.Model.Forecast;

    private protected abstract Task<(IModelShelf Shelf, IOutcomeStore Outcomes)> NewAsync();

    [Fact]
    public async Task An_empty_shelf_holds_nothing()
    {
        var (shelf, outcomes) = await NewAsync();

        Assert.Null(await shelf.FindLedgerAsync(default));
        Assert.Null(await shelf.FindModelAsync(Model.Version, default));
        Assert.Null(await shelf.FindPlatformAsync(Platform, "0", default));
        var none = await outcomes.LoadAsync(Platform, default);
        Assert.Empty(none.Outcomes.Campaigns);
        Assert.Null(none.Version);
    }

    [Fact]
    public async Task A_ledger_is_read_as_it_was_put_and_replaced_only_by_who_read_the_last()
    {
        var (shelf, _) = await NewAsync();
        var first = Ledger();

        Assert.True(await shelf.TryPutLedgerAsync(first, null, default));
        Assert.False(await shelf.TryPutLedgerAsync(first, null, default));

        var read = (await shelf.FindLedgerAsync(default))!;
        Assert.Equal(first, read.Ledger);
        var next = first.Serve("own", Some.End)!;
        Assert.True(await shelf.TryPutLedgerAsync(next, read.Version, default));
        Assert.False(await shelf.TryPutLedgerAsync(first, read.Version, default));
        Assert.Equal(next, (await shelf.FindLedgerAsync(default))!.Ledger);
    }

    [Fact]
    public async Task A_model_and_what_it_learned_of_a_platform_come_back_to_the_last_bit()
    {
        var (shelf, _) = await NewAsync();
        var outcomes = Outcomes();
        var fitted = outcomes.ModelFor(Model, PlatformPrior.Growfunding);
        LeverEvidence[] levers = [new(AdviceCodes.Thank, 0.1 + 0.2, -1.0 / 7, 0.7, 25, 61)];
        var learned = new PlatformModel(fitted.Fit, fitted.Courses, fitted.Goals, backers: new BackersFit(61, true, new BackersMargin(-1.0 / 3, 0.1, 2.0 / 3))) { Levers = [.. levers] };
        await shelf.PutModelAsync(Model, default);
        await shelf.PutPlatformAsync(Platform, learned, default);
        await shelf.PutPlatformAsync(Platform, learned, default);

        Assert.Equal(Model.Version, (await shelf.FindModelAsync(Model.Version, default))!.Version);
        var read = (await shelf.FindPlatformAsync(Platform, learned.Version, default))!;
        Assert.Equal((learned.Version, learned.Fit.Shift), (read.Version, read.Fit.Shift));
        Assert.Equal(learned.Courses.Length, read.Courses.Length);
        Assert.Equal(learned.Backers, read.Backers);
        Assert.Equal(levers, read.Levers);
    }

    [Fact]
    public async Task Crowds_that_are_references_come_back_under_the_same_version()
    {
        var (shelf, _) = await NewAsync();
        var courses = Enumerable.Range(0, 30).Select(at => new SocialCourse($"c{at:D2}", 1000.0 / 3 * at, 40, [new SocialLook(0.5, at, null, 1.0 / 3, null)]));
        var learned = new PlatformModel(PlatformFit.None, [], crowds: SocialCourses.Of(courses));
        await shelf.PutPlatformAsync(Platform, learned, default);

        var read = (await shelf.FindPlatformAsync(Platform, learned.Version, default))!;

        Assert.Equal(30, read.Crowds.Count);
        Assert.Equal(learned.Version, read.Version);
        Assert.NotEqual(new PlatformModel(PlatformFit.None, []).Version, read.Version);
    }

    [Fact]
    public async Task Outcomes_come_back_with_what_was_unknown_and_are_replaced_only_by_who_read_the_last()
    {
        var (_, store) = await NewAsync();
        var outcomes = Outcomes();

        var put = (await store.PutAsync(outcomes, null, default))!;
        Assert.Null(await store.PutAsync(outcomes, null, default));

        var read = await store.LoadAsync(Platform, default);
        Assert.Equal(put.Version, read.Version);
        Assert.Equal(Dump(outcomes), Dump(read.Outcomes));
        Assert.NotNull(await store.PutAsync(PlatformOutcomes.None(Platform), read.Version, default));
        Assert.Null(await store.PutAsync(outcomes, read.Version, default));
    }

    [Fact]
    public async Task What_the_ledger_does_not_name_is_tidied_away_and_the_rest_stays()
    {
        var (shelf, _) = await NewAsync();
        var learned = Outcomes().ModelFor(Model, null);
        var old = new PlatformModel(new PlatformFit(9, null), []);
        await shelf.PutModelAsync(Model, default);
        await shelf.PutPlatformAsync(Platform, learned, default);
        await shelf.PutPlatformAsync(Platform, old, default);
        var ledger = ModelLedger.Of(Model) with { Platforms = [Standing(learned.Version)] };

        await shelf.TidyAsync(ledger, DateTimeOffset.MaxValue, default);

        Assert.NotNull(await shelf.FindModelAsync(Model.Version, default));
        Assert.NotNull(await shelf.FindPlatformAsync(Platform, learned.Version, default));
        Assert.Null(await shelf.FindPlatformAsync(Platform, old.Version, default));
    }

    private protected static PlatformStanding Standing(string version)
    {
        var drift = Drift.Of([.. Enumerable.Repeat((0.123456789012345678, false, true), 30)]);
        return new(Platform, version, 0.1 + 0.2, 30, 4, drift.All, drift.Shown, drift.Hidden);
    }

    private static ModelLedger Ledger() => ModelLedger.Of(Model).With(
        new KeptModel { Name = "serving", Version = "own", IsShipped = false, Trees = 360, Continues = Model.Version, Campaigns = 140, Failures = 15, Through = Some.Launch },
        new ModelDecision
        {
            At = Some.Launch.AddTicks(1),
            Reason = "better",
            Champion = Model.Version,
            Challenger = "own",
            Promoted = true,
            Gain = new PairedDifference(1.0 / 3, -0.1, double.Epsilon),
            JudgedOn = 60,
        },
        Some.Launch) with { Platforms = [Standing("0")] };

    /// <summary>Three: one with unknown features, one whose end nobody knows, and a plain one.</summary>
    private protected static PlatformOutcomes Outcomes()
    {
        var curve = new FundingCurve { Goal = 1000, Currency = "XTS", PlannedDays = 40, ElapsedDays = 10, Pledged = 300.0 / 7, Days = [.. Enumerable.Repeat(new DayTotal(300.0 / 7, null), 11)] };
        var finished = new FinishedCampaign
        {
            Name = "a",
            Sequence = 3,
            EndedAt = Some.End.AddTicks(7),
            IsKnown = true,
            PlannedDays = 40,
            FinalRatio = 2.0 / 3,
            Ratios = [.. Enumerable.Repeat(1.0 / 3, PastCurve.Points)],
            End = new SocialEnd { FinalBackers = 7, Looks = [new BackersLook(0.5, [1.0 / 3, double.NaN])], Comments = new CommentOutcome(3, 1, 2, true), DonorsHaveAccounts = true },
            Donors = new DonorOutcome(new ShownFigure(0.35, 41, true), ShownFigure.None),
            Looks = [new Look { ElapsedShare = 0.25, Goal = 1, Features = [.. FundingFeatures.Of(curve).Values], LogOdds = 1.0 / 7, Probability = 0.5, Shown = false, Model = "m" }],
            Levers = new LeverCourse { Shares = [0, double.NaN, 1.0 / 3], Acts = [new DatedAct(1.0 / 3, ActionKind.Press)], Comments = [new DatedComment(0.5, null), new DatedComment(1, 2)] },
        };
        return new PlatformOutcomes(
            Platform, [finished, finished with { Name = "b", ReachedAtShare = 1.0 / 3 }, new FinishedCampaign { Name = "c", Sequence = 1, EndedAt = Some.End, IsKnown = false }]);
    }

    private static string Dump(PlatformOutcomes outcomes) => string.Join('\n', outcomes.Campaigns.Select(campaign =>
        $"{campaign with { Looks = [], Ratios = [], Levers = null, End = campaign.End is { } end ? end with { Looks = [] } : null }} {string.Join(' ', (campaign.End?.Looks ?? []).Select(look => $"{look.ElapsedShare:R}: {string.Join(' ', look.Features)}"))} {string.Join(' ', campaign.Ratios)} "
        + $"{string.Join(' ', campaign.Levers?.Shares ?? [])} {string.Join(' ', campaign.Levers?.Acts ?? [])} {string.Join(' ', campaign.Levers?.Comments ?? [])} "
        + string.Join(' ', campaign.Looks.Select(look => $"{look with { Features = [] }} {string.Join(' ', look.Features)}"))));
}

public sealed class MemoryModelsTests : ModelsContract
{
    private protected override Task<(IModelShelf Shelf, IOutcomeStore Outcomes)> NewAsync() =>
        Task.FromResult<(IModelShelf, IOutcomeStore)>((new MemoryModelShelf(), new MemoryOutcomeStore()));
}

public sealed class BlobModelsTests : ModelsContract
{
    private protected override async Task<(IModelShelf Shelf, IOutcomeStore Outcomes)> NewAsync()
    {
        var account = await TestStorage.NewAccountAsync();
        return (new BlobModelShelf(account, NullLogger<BlobModelShelf>.Instance), new BlobOutcomeStore(account));
    }

    [Fact]
    public void What_was_said_of_donors_outlives_a_change_of_shape_and_the_rest_is_read_anew()
    {
        var (outcomes, said) = (Outcomes(), new DonorOutcome(new ShownFigure(0.35, 41, true), ShownFigure.None));
        var outlived = new KeptOutcomes("another", [.. outcomes.Campaigns[..1], .. outcomes.Campaigns[2..]]).Outlived();

        Assert.Equal([("a", -1, false, said)], outlived.Select(campaign => (campaign.Name, (int)campaign.Sequence, campaign.IsKnown, campaign.Donors!)));
    }

    [Fact]
    public async Task What_was_put_before_crowds_were_kept_is_still_read()
    {
        var account = await TestStorage.NewAccountAsync();
        var old = new PlatformModel(new PlatformFit(0.25, null), []);
        using var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync("""{"shift":0.25,"courses":[],"goals":{"byCategory":{}}}"""u8.ToArray());
        await account.Blobs.GetBlobContainerClient("models").GetBlobClient($"platforms/{old.Version}-{Platform}.json.gz").UploadAsync(new BinaryData(packed.ToArray()));

        var read = (await new BlobModelShelf(account, NullLogger<BlobModelShelf>.Instance).FindPlatformAsync(Platform, old.Version, default))!;

        Assert.Equal((0.25, 0), (read.Fit.Shift, read.Crowds.Count));
    }

    [Fact]
    public async Task What_somebody_put_a_moment_ago_is_not_tidied_away_from_under_them()
    {
        var (shelf, _) = await NewAsync();
        var learned = new PlatformModel(new PlatformFit(9, null), []);
        await shelf.PutPlatformAsync(Platform, learned, default);

        await shelf.TidyAsync(ModelLedger.Of(Some.Model.Forecast), DateTimeOffset.UnixEpoch, default);

        Assert.NotNull(await shelf.FindPlatformAsync(Platform, learned.Version, default));
    }

    [Fact]
    public async Task A_storage_that_does_not_answer_has_a_name_of_its_own()
    {
        var account = new StorageAccount(Microsoft.Extensions.Options.Options.Create(new StorageOptions
        {
            ConnectionString = $"DefaultEndpointsProtocol=http;AccountName=none;AccountKey={Convert.ToBase64String(new byte[64])};BlobEndpoint=http://127.0.0.1:1/none;QueueEndpoint=http://127.0.0.1:1/none;TableEndpoint=http://127.0.0.1:1/none",
        }));

        await Assert.ThrowsAsync<ModelsUnreachableException>(() => new BlobModelShelf(account, NullLogger<BlobModelShelf>.Instance).FindLedgerAsync(default));
    }
}

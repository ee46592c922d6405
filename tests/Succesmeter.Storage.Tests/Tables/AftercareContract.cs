using System.Collections.Immutable;
using Succesmeter.Aftercare;
using Succesmeter.Campaigns;
using Succesmeter.Ratings;
using Succesmeter.Snapshots;
using Succesmeter.Storage.Tables;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Storage.Tests.Tables;

/// <summary>What is promised of what holders say after the end and of what coaches say: in memory and in tables.</summary>
public abstract class AftercareContract
{
    private static readonly PlatformId Platform = Some.Campaign.Platform;
    private static readonly PlatformId Elsewhere = new("elsewhere");

    private static readonly AftercareAnswer Answer = new()
    {
        Campaign = Some.Campaign.Name,
        Wave = Wave.Twelve,
        Outcome = ProjectOutcome.Adapted,
        Volunteers = 12,
        AnsweredAt = Some.End.AddMonths(12),
        ChangedAt = Some.End.AddMonths(12),
        Seen = new SeenAtEnd(
            ImmutableSortedDictionary.Create<string, SeenIndicator>(StringComparer.Ordinal).Add("loyalty", new SeenIndicator(0.35, true)).Add("reach", new SeenIndicator(64, false)), 3.36, 3.88, 64),
    };

    private protected abstract Task<(IAftercareStore Answers, IRatingStore Ratings)> NewAsync();

    [Fact]
    public async Task An_answer_comes_back_as_it_was_put()
    {
        var (answers, _) = await NewAsync();
        Assert.Null(await answers.FindAsync(Platform, Answer.Campaign, Wave.Twelve, default));

        var kept = await answers.PutAsync(Platform, Answer, default);

        Assert.Equal(Dump.Of(Answer), Dump.Of(kept));
        Assert.Equal(Dump.Of(Answer), Dump.Of(await answers.FindAsync(Platform, Answer.Campaign, Wave.Twelve, default)));
        Assert.Null(await answers.FindAsync(Platform, Answer.Campaign, Wave.Three, default));
        Assert.Empty(await answers.ReadAsync(Elsewhere, default));
    }

    [Fact]
    public async Task The_last_word_of_a_wave_counts_and_the_first_instant_is_kept()
    {
        var (answers, _) = await NewAsync();
        await answers.PutAsync(Platform, Answer, default);
        var later = Answer with { Outcome = ProjectOutcome.AsPlanned, Volunteers = null, NewContacts = 0, AnsweredAt = Answer.AnsweredAt.AddDays(1), ChangedAt = Answer.AnsweredAt.AddDays(1) };

        for (var time = 0; time < 2; time++)
            await answers.PutAsync(Platform, later with { ChangedAt = later.ChangedAt.AddHours(time) }, default);

        Assert.Equal(Dump.Of(later with { AnsweredAt = Answer.AnsweredAt }), Dump.Of(Assert.Single(await answers.ReadAsync(Platform, default))));
    }

    [Fact]
    public async Task Answers_are_read_in_order_of_campaign_and_wave()
    {
        var (answers, _) = await NewAsync();
        foreach (var (campaign, wave) in new[] { ("b", Wave.Three), ("a", Wave.Twelve), ("a-b", Wave.Three), ("a", Wave.Three) })
            await answers.PutAsync(Platform, Answer with { Campaign = campaign, Wave = wave }, default);

        Assert.Equal([("a", 3), ("a", 12), ("a-b", 3), ("b", 3)], (await answers.ReadAsync(Platform, default)).Select(static answer => (answer.Campaign, answer.Wave.Months)));
    }

    [Fact]
    public async Task Of_a_coach_and_a_pair_the_last_word_counts_whichever_stood_left()
    {
        var (_, ratings) = await NewAsync();
        var ann = new Pseudonym(1, ulong.MaxValue, 3);
        var first = new Rating("b", "a", Better.Left, ann, Some.End);
        await ratings.PutAsync(Platform, first, default);
        await ratings.PutAsync(Platform, first, default);
        Assert.Equal([first], await ratings.ReadAsync(Platform, default));

        var last = new Rating("a", "b", Better.Equal, ann, Some.End.AddDays(1));
        var other = new Rating("b", "a", Better.Right, ann with { High = 2 }, Some.End);
        await ratings.PutAsync(Platform, other, default);
        await ratings.PutAsync(Platform, last, default);

        Assert.Equal([last, other], await ratings.ReadAsync(Platform, default));
        Assert.Empty(await ratings.ReadAsync(Elsewhere, default));
    }

    [Fact]
    public async Task Ratings_of_before_an_instant_go_and_those_of_it_stay()
    {
        var (_, ratings) = await NewAsync();
        var kept = new Rating("a", "b", Better.Left, new Pseudonym(1, 2, 3), Some.End);
        foreach (var (platform, rating) in ((PlatformId, Rating)[])[(Platform, kept), (Platform, kept with { Rater = new Pseudonym(4, 5, 3), At = Some.End.AddTicks(-1) }), (Elsewhere, kept with { At = Some.End.AddDays(-1) })])
            await ratings.PutAsync(platform, rating, default);

        Assert.Equal(1, await ratings.DeleteAsync(Platform, Some.End, default));
        Assert.Equal(0, await ratings.DeleteAsync(Platform, Some.End, default));

        Assert.Equal([kept], await ratings.ReadAsync(Platform, default));
        Assert.Single(await ratings.ReadAsync(Elsewhere, default));
    }
}

public sealed class MemoryAftercareTests : AftercareContract
{
    private protected override Task<(IAftercareStore Answers, IRatingStore Ratings)> NewAsync() =>
        Task.FromResult<(IAftercareStore, IRatingStore)>((new MemoryAftercareStore(), new MemoryRatingStore()));
}

public sealed class TableAftercareTests : AftercareContract
{
    private protected override async Task<(IAftercareStore Answers, IRatingStore Ratings)> NewAsync()
    {
        var account = await TestStorage.NewAccountAsync();
        return (new TableAftercareStore(account), new TableRatingStore(account));
    }
}

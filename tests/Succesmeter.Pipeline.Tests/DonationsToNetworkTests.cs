using Succesmeter.Campaigns;
using Succesmeter.Networks;
using Succesmeter.Outcomes;
using Succesmeter.Testing;
using static Succesmeter.Pipeline.Tests.NetworkTown;

namespace Succesmeter.Pipeline.Tests;

public sealed class DonationsToNetworkTests
{
    [Fact]
    public async Task Ties_of_a_live_campaign_reach_its_score_by_a_tick()
    {
        var town = await FoundedAsync();
        await town.RunAsync();

        var kept = await town.TiesAsync();
        Assert.Equal(0.5, kept.Shown.Loyalty.Value);
        Assert.False(kept.IsApplied);
        Assert.Equal((Id(Live), Some.Launch.AddDays(20)), town.Town.Queue.Sent.Select(sent => (sent.Request.Campaign, sent.Request.Tick!.Value)).Single());

        await town.ScoreAskedAsync();
        Assert.Equal(kept.Shown, (await town.StateAsync()).Ties);
        Assert.Equal(kept.Shown, (await town.Town.EntriesAsync(Id(Live)))[^1].Ties);
    }

    [Fact]
    public async Task A_second_run_writes_nothing_but_that_the_ties_have_arrived_and_a_third_nothing_at_all()
    {
        var town = await FoundedAsync();
        await town.RunAsync();
        await town.ScoreAskedAsync();
        await town.RunAsync();
        Assert.True((await town.TiesAsync()).IsApplied);
        var (written, rows, sums) = (town.Town.Network.Changes, await town.Town.RowsAsync(Id(Live)), town.Town.Edges.Sums);

        await town.RunAsync();
        await town.RunAsync(Now.AddHours(1));

        Assert.Equal((written, sums), (town.Town.Network.Changes, town.Town.Edges.Sums));
        Assert.Equal(0, await town.ScoreAskedAsync());
        Assert.Equal(rows, await town.Town.RowsAsync(Id(Live)));
    }

    [Fact]
    public async Task A_tick_that_was_overtaken_or_lost_is_asked_for_again()
    {
        var town = await FoundedAsync();
        await town.GiveAsync(Live, Some.Launch, Now, Enumerable.Range(40, 40), snapshot => snapshot with { Comments = 1 });
        await town.RunAsync();
        Assert.Equal(1, await town.ScoreAskedAsync());
        Assert.Null((await town.StateAsync()).Ties);

        await town.RunAsync(Now.AddHours(1));
        Assert.Equal(1, await town.ScoreAskedAsync());
        Assert.Equal(0.5, (await town.StateAsync()).Ties!.Loyalty.Value);
    }

    [Fact]
    public async Task A_late_snapshot_scores_each_instant_with_the_ties_that_it_had()
    {
        var town = await FoundedAsync();
        await town.RunAsync();
        await town.ScoreAskedAsync();
        var ties = (await town.StateAsync()).Ties;
        await town.GiveAsync(Live, Some.Launch, Now.AddDays(-3), Enumerable.Range(40, 30));

        Assert.Equal(ties, (await town.StateAsync()).Ties);
        Assert.Equal([null, null, ties], (await town.Town.EntriesAsync(Id(Live))).Select(entry => entry.Ties));
    }

    [Fact]
    public async Task Fewer_than_five_new_donors_change_no_shown_figure_and_five_do()
    {
        var town = await FoundedAsync();
        await town.RunAsync();
        var (shown, ties) = (await town.ShownAsync(), await town.TiesAsync());

        // Four more, all of whom gave before.
        await town.GiveAsync(Live, Some.Launch, Now, Enumerable.Range(36, 44));
        await town.RunAsync(Now.AddHours(1));
        Assert.Equal(ties.Shown, (await town.TiesAsync()).Shown);
        Assert.Equal(Dump.Of(shown with { Edges = "" }), Dump.Of(await town.ShownAsync() with { Edges = "" }));

        await town.GiveAsync(Live, Some.Launch, Now.AddHours(1), Enumerable.Range(20, 60));
        await town.RunAsync(Now.AddHours(2));
        Assert.Equal(0.65, (await town.TiesAsync()).Shown.Loyalty.Value);
    }

    [Fact]
    public async Task At_the_end_figures_are_looked_at_once_more_and_then_stay()
    {
        var town = await FoundedAsync();
        await town.RunAsync();
        await town.GiveAsync(Live, Some.Launch, Now, Enumerable.Range(37, 43), snapshot => snapshot with { Status = CampaignStatus.Succeeded });
        await town.RunAsync(Now.AddHours(1));
        var final = await town.TiesAsync();
        Assert.True(final.IsFinal);

        await town.GiveAsync(Live, Some.Launch, Now.AddHours(1), Enumerable.Range(10, 70));
        await town.RunAsync(Now.AddHours(2));
        Assert.Equal(final.Shown, (await town.TiesAsync()).Shown);
    }

    [Fact]
    public async Task Links_are_shown_in_steps_of_five_and_under_five_nowhere()
    {
        var town = await FoundedAsync();
        await town.GiveAsync("far", Some.Launch, Now, Enumerable.Range(76, 40));
        await town.RunAsync();

        var link = Assert.Single((await town.ShownAsync()).Links);
        Assert.Equal((Live, Old, 20), (link.One, link.Other, link.Shared));
        Assert.Equal((115, 20), ((await town.ShownAsync()).Donors, (await town.ShownAsync()).Returning));
    }

    [Fact]
    public async Task A_campaign_that_becomes_sensitive_is_gone_from_all_that_is_shown()
    {
        var town = await FoundedAsync();
        await town.RunAsync();
        await town.ScoreAskedAsync();
        await town.GiveAsync(Live, Some.Launch, Now, Enumerable.Range(40, 40), snapshot => snapshot with { Sensitive = true });
        await town.RunAsync(Now.AddHours(1));
        await town.ScoreAskedAsync();

        Assert.Empty((await town.ShownAsync()).Links);
        Assert.DoesNotContain(Live, Dump.Of(await town.ShownAsync()), StringComparison.Ordinal);
        Assert.Null((await town.StateAsync()).Ties!.Loyalty.Value);
    }

    [Fact]
    public async Task An_erased_donor_is_gone_from_the_files_after_the_next_run()
    {
        var town = await FoundedAsync();
        await town.RunAsync();
        await town.Town.Tombstones.AddAsync(Platform, Donor(50));
        await town.RunAsync(Now.AddHours(1));

        Assert.DoesNotContain(await town.Town.Edges.BlocksAsync(Platform), block => block.Edges.Any(edge => edge.Donor == Donor(50)));
        Assert.Equal(98, (await PairsAsync(town.Town)).Count);
    }

    [Fact]
    public async Task What_is_appended_while_the_sum_is_written_stays()
    {
        var town = await FoundedAsync();
        town.Clock.Advance(TimeSpan.FromDays(1));
        town.Town.Edges.BeforeReplace = () =>
        {
            // Somebody whose clock is a day behind.
            town.Town.Edges.BeforeReplace = null;
            return town.GiveAsync("late", Some.Launch, Now, [7]);
        };
        await town.RunAsync(Now.AddDays(1));
        Assert.Contains("late 7-7", await PairsAsync(town.Town));

        town.Clock.Advance(TimeSpan.FromDays(1));
        await town.RunAsync(Now.AddDays(2));
        Assert.Single(await town.Town.Edges.ListAsync(Platform, default));
        Assert.Equal(101, (await PairsAsync(town.Town)).Count);
    }

    [Fact]
    public async Task A_run_that_is_killed_while_it_removes_what_it_summed_changes_no_meaning()
    {
        var town = await FoundedAsync();
        town.Clock.Advance(TimeSpan.FromDays(1));
        var before = await PairsAsync(town.Town);
        town.Town.Edges.BeforeDelete = _ => throw new IOException("killed");
        await Assert.ThrowsAsync<AggregateException>(() => town.RunAsync(Now.AddDays(1)));
        Assert.Equal(2, (await town.Town.Edges.ListAsync(Platform, default)).Count);
        Assert.Equal(before, await PairsAsync(town.Town));

        town.Town.Edges.BeforeDelete = null;
        await town.RunAsync(Now.AddDays(1));
        Assert.Equal(EdgePartKind.Sum, Assert.Single(await town.Town.Edges.ListAsync(Platform, default)).Kind);
        Assert.Equal(before, await PairsAsync(town.Town));
        Assert.Equal(0.5, (await town.TiesAsync()).Shown.Loyalty.Value);
    }

    [Fact]
    public async Task Two_hosts_at_once_end_as_one_does_even_without_a_lease()
    {
        var alone = await FoundedAsync();
        alone.Clock.Advance(TimeSpan.FromDays(1));
        await alone.RunAsync(Now.AddDays(1));

        var town = await FoundedAsync();
        town.Clock.Advance(TimeSpan.FromDays(1));
        town.Town.Leases.AreOff = true;
        town.Town.Edges.BeforeReplace = () =>
        {
            town.Town.Edges.BeforeReplace = null;
            return town.RunAsync(Now.AddDays(1));
        };
        await town.RunAsync(Now.AddDays(1));
        await town.RunAsync(Now.AddDays(1));

        Assert.Equal(await PairsAsync(alone.Town), await PairsAsync(town.Town));
        Assert.Equal(Dump.Of(await alone.ShownAsync() with { Edges = "" }), Dump.Of(await town.ShownAsync() with { Edges = "" }));
        Assert.Equal(await alone.TiesAsync(), await town.TiesAsync());
    }

    [Fact]
    public async Task Where_another_host_is_at_it_a_run_does_nothing()
    {
        var town = await FoundedAsync();
        await using (await town.Town.Leases.TryTakeAsync(Platform, default))
            await town.RunAsync();
        Assert.Equal(0, town.Town.Network.Changes);

        await town.RunAsync();
        Assert.NotEqual(0, town.Town.Network.Changes);
    }

    [Fact]
    public async Task What_became_of_the_donors_of_a_finished_campaign_is_kept_with_its_outcome_and_said_once()
    {
        // Fifteen of the old one's sixty gave thirteen months before it, thirty gave again half a year after it.
        var town = await FoundedAsync();
        await town.GiveAsync("older", Some.Launch.AddMonths(-26), Some.Launch.AddMonths(-24), Enumerable.Range(0, 15));
        await town.GiveAsync("later", Some.Launch.AddMonths(-7), Some.Launch.AddMonths(-5), Enumerable.Range(0, 30));
        var finished = new FinishedCampaign { Name = Old, Sequence = 1, EndedAt = Some.Launch.AddMonths(-13).AddDays(40), PlannedDays = 40, IsKnown = true };
        await town.Town.Outcomes.PutAsync(new PlatformOutcomes(Platform, [finished, finished with { Name = "nobody-knows", IsKnown = false }]), null, CancellationToken.None);

        await town.RunAsync();

        var outcomes = (await town.Town.Outcomes.LoadAsync(Platform, CancellationToken.None)).Outcomes;
        Assert.Equal((0.5, 0.75), (outcomes.Campaigns[0].Donors!.Returned.Value, outcomes.Campaigns[0].Donors!.New.Value));
        Assert.Null(outcomes.Campaigns[1].Donors);

        var written = town.Town.Outcomes.Changes;
        await town.GiveAsync("one-more", Some.Launch, Now, Enumerable.Range(0, 60));
        await town.RunAsync(Now.AddHours(1));
        Assert.Equal(written, town.Town.Outcomes.Changes);
    }

    [Fact]
    public async Task When_somebody_else_keeps_outcomes_at_the_same_time_nothing_of_either_is_lost()
    {
        var town = await FoundedAsync();
        await town.GiveAsync("later", Some.Launch.AddMonths(-7), Some.Launch.AddMonths(-5), Enumerable.Range(0, 30));
        var finished = new FinishedCampaign { Name = Old, Sequence = 1, EndedAt = Some.Launch.AddMonths(-13).AddDays(40), PlannedDays = 40, IsKnown = true };
        var store = town.Town.Outcomes;
        await store.PutAsync(new PlatformOutcomes(Platform, [finished]), null, CancellationToken.None);
        store.BeforePut = async () =>
        {
            store.BeforePut = null;
            var stored = await store.LoadAsync(Platform, CancellationToken.None);
            await store.PutAsync(stored.Outcomes with { Campaigns = stored.Outcomes.Campaigns.Add(finished with { Name = "new" }) }, stored.Version, CancellationToken.None);
        };

        await town.RunAsync();

        var outcomes = (await store.LoadAsync(Platform, CancellationToken.None)).Outcomes;
        Assert.Equal([(Old, 0.5), ("new", null)], outcomes.Campaigns.Select(campaign => (campaign.Name, campaign.Donors?.Returned.Value)));
    }

    /// <summary>The holder of the live campaign gave to seven campaigns of others and to an own earlier one; nothing but the steps comes out, and after erasure nothing.</summary>
    [Fact]
    public async Task What_a_holder_backed_before_the_launch_reaches_the_score_in_steps()
    {
        var town = await HolderTownAsync(backed: 7);
        await town.RunAsync();
        await town.ScoreAskedAsync();

        Assert.Equal(5, (await town.TiesAsync()).Shown.Reciprocity);
        Assert.Equal(5, (await town.StateAsync()).Ties!.Reciprocity);

        await town.Town.Tombstones.AddAsync(Platform, town.Town.Pseudonyms.Coded(Platform, "u-holder"));
        await town.RunAsync(Now.AddHours(1));
        await town.ScoreAskedAsync();
        Assert.Null((await town.StateAsync()).Ties!.Reciprocity);
        Assert.DoesNotContain(
            await town.Town.Edges.BlocksAsync(Platform),
            block => block.Holder?.Donor == town.Town.Pseudonyms.Coded(Platform, "u-holder") || block.Edges.Any(edge => edge.Donor == town.Town.Pseudonyms.Coded(Platform, "u-holder")));
    }

    [Fact]
    public async Task A_holder_named_by_a_display_name_is_in_no_account_space()
    {
        var town = await HolderTownAsync(backed: 7, name: "Fietsers vzw");
        await town.RunAsync();
        Assert.Null((await town.TiesAsync()).Shown.Reciprocity);
    }

    [Fact]
    public async Task Who_holds_a_sensitive_campaign_is_said_nowhere_and_no_table_has_the_holders_pseudonym()
    {
        var town = await HolderTownAsync(backed: 7, bend: snapshot => snapshot with { Sensitive = true });
        Assert.DoesNotContain(await town.Town.Edges.BlocksAsync(Platform), block => block.Campaign == Live && block.Holder is not null);

        town = await HolderTownAsync(backed: 0);
        var holder = town.Town.Pseudonyms.Coded(Platform, "u-holder");
        Assert.Contains(await town.Town.Edges.BlocksAsync(Platform), block => block.Campaign == Live && block.Holder?.Donor == holder);
        Assert.DoesNotContain($"{holder.High}", await town.Town.RowsAsync(Id(Live)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a giant star")]
    [InlineData("isolated pairs")]
    [InlineData("one donor 500 times")]
    [InlineData("all anonymous")]
    [InlineData("a gift by the holder")]
    [InlineData("no gifts")]
    public async Task Odd_platforms_have_a_network_of_which_no_communities_can_be_told(string odd)
    {
        var town = new NetworkTown();
        foreach (var snapshot in Odd(odd))
            await town.DeliverAsync(snapshot);
        await town.RunAsync();
        await town.ScoreAskedAsync();
        await town.RunAsync(Now.AddHours(1));

        var shown = await town.Town.Network.FindShownAsync(Platform, default) ?? PlatformNetwork.None(Now);
        Assert.NotNull(shown.CommunitiesUntold);
        Assert.Equal((NextGifts.NotEnoughGifts, null), (shown.NextGifts.Untold, shown.NextGifts.Returning));
        Assert.Empty(shown.Links);
        Assert.Null(shown.Returning);
        Assert.DoesNotContain("NaN", Dump.Of(shown), StringComparison.Ordinal);
        foreach (var (_, kept) in await town.Town.Network.ReadTiesAsync(Platform, default))
            Assert.False(kept.IsShown);

        static IEnumerable<Succesmeter.Snapshots.Snapshot> Odd(string odd) => odd switch
        {
            "a giant star" => [Shown("a", Some.Launch, Now, Enumerable.Range(0, 5_000))],
            "isolated pairs" => Enumerable.Range(0, 60).Select(pair => Shown($"c{pair}", Some.Launch, Now, [pair])),
            "one donor 500 times" => [Shown("a", Some.Launch, Now, Enumerable.Range(0, 500)) is var many ? many with { Contributions = [.. many.Contributions.Select(gift => gift with { Donor = Donor(1) })] } : null!],
            "all anonymous" => [Shown("a", Some.Launch, Now, Enumerable.Range(0, 40)) is var hidden ? hidden with { Contributions = [.. hidden.Contributions.Select(gift => gift with { Donor = null, Anonymous = true })] } : null!],
            "a gift by the holder" => [Shown("a", Some.Launch, Now, [1]) is var own ? own with { Contributions = [.. own.Contributions.Select(gift => gift with { ByHolder = true })] } : null!],
            _ => [Some.Snapshot],
        };
    }

    private static async Task<NetworkTown> HolderTownAsync(int backed, string name = "u-holder", Func<Succesmeter.Snapshots.Snapshot, Succesmeter.Snapshots.Snapshot>? bend = null)
    {
        var town = new NetworkTown();
        var holder = town.Town.Pseudonyms.Coded(Platform, "u-holder");
        for (var other = 0; other < backed; other++)
            await town.GiveAsync($"other-{other}", Some.Launch.AddMonths(-6), Some.Launch.AddMonths(-5), [1, 500 + other], snapshot => snapshot with
            {
                Contributions = [.. snapshot.Contributions.Select(gift => gift.Donor == Donor(1) ? gift with { Donor = holder } : gift)],
            });
        await town.GiveAsync("mine", Some.Launch.AddMonths(-6), Some.Launch.AddMonths(-5), [900], snapshot => snapshot with { Holder = name });
        await town.GiveAsync(Live, Some.Launch, Now.AddHours(-2), Enumerable.Range(40, 40), snapshot => (bend ?? (same => same))(snapshot with { Holder = name }));
        return town;
    }
}

using Microsoft.Extensions.Time.Testing;
using Succesmeter.Platforms.Fetching;

namespace Succesmeter.Platforms.Tests.Fetching;

/// <summary>What every kind of gates does.</summary>
public abstract class HostGatesContract
{
    private const int PerMinute = 20;

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 2, 12, 0, 0, TimeSpan.Zero));

    protected abstract IHostGates Gates { get; }

    private async Task<HostTurn> EnterAsync(string host = "town.be") => await Gates.TryEnterAsync(host, PerMinute, CancellationToken.None);

    [Fact]
    public async Task One_visit_has_the_host_until_it_leaves()
    {
        var first = Assert.IsType<HostTurn.Mine>(await EnterAsync());

        var second = Assert.IsType<HostTurn.Later>(await EnterAsync());
        Assert.InRange(second.Wait, TimeSpan.FromTicks(1), HostState.LongestClaim);
        Assert.False(second.ByHost);
        Assert.IsType<HostTurn.Mine>(await EnterAsync("other.be"));

        Assert.True(await Gates.LeaveAsync(first, first.State, CancellationToken.None));
        Assert.IsType<HostTurn.Mine>(await EnterAsync());
    }

    [Fact]
    public async Task Of_many_that_enter_at_once_one_is_let_in()
    {
        var turns = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => EnterAsync())));

        Assert.Single(turns.OfType<HostTurn.Mine>());
    }

    [Fact]
    public async Task A_claim_that_is_never_given_back_ends_after_a_minute_and_says_nothing_afterwards()
    {
        var dead = Assert.IsType<HostTurn.Mine>(await EnterAsync());
        Time.Advance(HostState.LongestClaim);

        var next = Assert.IsType<HostTurn.Mine>(await EnterAsync());
        Assert.False(await Gates.LeaveAsync(dead, dead.State with { Refusals = 9 }, CancellationToken.None));
        Assert.True(await Gates.LeaveAsync(next, next.State with { Refusals = 1 }, CancellationToken.None));
        Assert.Equal(1, Assert.IsType<HostTurn.Mine>(await EnterAsync()).State.Refusals);
    }

    [Fact]
    public async Task Leaving_twice_changes_nothing()
    {
        var turn = Assert.IsType<HostTurn.Mine>(await EnterAsync());

        Assert.True(await Gates.LeaveAsync(turn, turn.State with { Refusals = 1 }, CancellationToken.None));
        Assert.False(await Gates.LeaveAsync(turn, turn.State with { Refusals = 2 }, CancellationToken.None));
        Assert.Equal(1, Assert.IsType<HostTurn.Mine>(await EnterAsync()).State.Refusals);
    }

    [Fact]
    public async Task What_a_visit_learnt_is_there_for_the_next()
    {
        var turn = Assert.IsType<HostTurn.Mine>(await EnterAsync());
        var now = Time.GetUtcNow();
        var learnt = new HostState
        {
            MinuteFrom = now, RequestsInMinute = 3, NextAt = now.AddSeconds(-1), PatienceUntil = now.AddMinutes(-5), PatienceWhy = "answered 503", Refusals = 2,
            Robots = new byte[Robots.MostBytes], RobotsUntil = now.AddDays(1),
        };
        await Gates.LeaveAsync(turn, learnt, CancellationToken.None);

        var state = Assert.IsType<HostTurn.Mine>(await EnterAsync()).State;
        Assert.Equal(learnt with { ClaimedUntil = now + HostState.LongestClaim, Robots = null }, state with { Robots = null });
        Assert.True(state.Robots!.Value.Span.SequenceEqual(learnt.Robots.Value.Span));
    }

    [Fact]
    public async Task An_empty_robots_file_is_not_the_same_as_none_read()
    {
        var turn = Assert.IsType<HostTurn.Mine>(await EnterAsync());
        Assert.Null(turn.State.Robots);
        await Gates.LeaveAsync(turn, turn.State with { Robots = ReadOnlyMemory<byte>.Empty }, CancellationToken.None);

        Assert.NotNull(Assert.IsType<HostTurn.Mine>(await EnterAsync()).State.Robots);
    }

    [Fact]
    public async Task Patience_and_budget_keep_everybody_out_until_they_end()
    {
        var turn = Assert.IsType<HostTurn.Mine>(await EnterAsync());
        await Gates.LeaveAsync(turn, turn.State with { PatienceUntil = Time.GetUtcNow().AddHours(1), PatienceWhy = "answered 429" }, CancellationToken.None);
        Assert.Equal(new HostTurn.Later(TimeSpan.FromHours(1), "answered 429", ByHost: true), await EnterAsync());

        Time.Advance(TimeSpan.FromHours(1));
        turn = Assert.IsType<HostTurn.Mine>(await EnterAsync());
        await Gates.LeaveAsync(turn, turn.State with { MinuteFrom = Time.GetUtcNow(), RequestsInMinute = PerMinute }, CancellationToken.None);
        Time.Advance(TimeSpan.FromSeconds(20));
        var later = Assert.IsType<HostTurn.Later>(await EnterAsync());
        Assert.Equal(TimeSpan.FromSeconds(40), later.Wait);
        Assert.False(later.ByHost);

        Time.Advance(later.Wait);
        Assert.IsType<HostTurn.Mine>(await EnterAsync());
    }
}

public sealed class MemoryHostGatesTests : HostGatesContract
{
    public MemoryHostGatesTests() => Gates = new MemoryHostGates(Time);

    protected override IHostGates Gates { get; }
}

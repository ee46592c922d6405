using Microsoft.Extensions.Time.Testing;
using Succesmeter.Storage.Tables;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;
using Succesmeter.Visits;

namespace Succesmeter.Storage.Tests.Tables;

/// <summary>What every kind of gates promises: in memory, and in a table.</summary>
public abstract class HostGatesContract : IAsyncLifetime
{
    private const int PerMinute = 20;

    private static readonly DateTimeOffset Start = new(2026, 5, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<DateTimeOffset?> Past = Gen.Select(Gen.Bool, Gen.Long[0, TimeSpan.TicksPerDay * 400], static (isKnown, ticks) => isKnown ? Start.AddTicks(-ticks) : (DateTimeOffset?)null);

    private static readonly Gen<ReadOnlyMemory<byte>?> AnyRobots = Gen.OneOf(
        Gen.Const((ReadOnlyMemory<byte>?)null),
        Gen.Byte.Array[0, 200].Select(static bytes => (ReadOnlyMemory<byte>?)bytes),
        Gen.Select(Gen.Int[0, HostState.MostRobotsBytes], Gen.Int).Select(static (length, seed) =>
        {
            var bytes = new byte[length];
            new Random(seed).NextBytes(bytes);
            return (ReadOnlyMemory<byte>?)bytes;
        }));

    /// <summary>To the tick, before now where it would keep visits out; robots.txt from nothing over text that packs well to bytes that do not pack at all.</summary>
    private static readonly Gen<HostState> AnyState =
        Gen.Select(Past, Past, Past, Past, Gen.Int[0, PerMinute - 1], Gen.Int[0, 50], Gen.String[Gen.Char[' ', '\u0233'], 0, 700].Null(), AnyRobots, static (minute, next, patience, robotsUntil, sent, refusals, why, robots) => new HostState
        {
            MinuteFrom = minute, RequestsInMinute = sent, NextAt = next, PatienceUntil = patience, PatienceWhy = why, Refusals = refusals, RobotsUntil = robotsUntil, Robots = robots,
        });

    private FakeTimeProvider Time { get; } = new(Start);

    private IHostGates Gates { get; set; } = null!; // Set before each test.

    private protected abstract Task<IHostGates> NewAsync(TimeProvider clock);

    public async Task InitializeAsync() => Gates = await NewAsync(Time);

    public Task DisposeAsync() => Task.CompletedTask;

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
            Robots = new byte[HostState.MostRobotsBytes], RobotsUntil = now.AddDays(1),
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

    /// <summary>A host is found again under its own name alone, whatever is kept of it.</summary>
    [Fact]
    public async Task A_state_comes_back_as_it_was_left()
    {
        var number = 0;
        await AnyState.SampleAsync(
            async learnt =>
            {
                var host = $"xn--caf-dma.be:{Interlocked.Increment(ref number)}";
                var turn = (HostTurn.Mine)await EnterAsync(host);
                await Gates.LeaveAsync(turn, learnt, CancellationToken.None);

                var state = ((HostTurn.Mine)await EnterAsync(host)).State;
                return state with { Robots = null } == learnt with { Robots = null, ClaimedUntil = Time.GetUtcNow() + HostState.LongestClaim }
                    && state.Robots.HasValue == learnt.Robots.HasValue
                    && state.Robots.GetValueOrDefault().Span.SequenceEqual(learnt.Robots.GetValueOrDefault().Span);
            },
            iter: 60,
            threads: 2);
    }
}

public sealed class MemoryHostGatesTests : HostGatesContract
{
    private protected override Task<IHostGates> NewAsync(TimeProvider clock) => Task.FromResult<IHostGates>(new MemoryHostGates(clock));
}

public sealed class TableHostGatesTests : HostGatesContract
{
    private protected override async Task<IHostGates> NewAsync(TimeProvider clock) => new TableHostGates(await TestStorage.NewAccountAsync(), clock);

    [Theory]
    [InlineData("")]
    [InlineData("town.be/")]
    [InlineData("town.be?a")]
    [InlineData("town.be#a")]
    [InlineData("town\\be")]
    [InlineData("town.be\u0085")]
    public async Task A_host_that_is_none_is_refused(string host) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await (await NewAsync(TimeProvider.System)).TryEnterAsync(host, 20, CancellationToken.None));
}

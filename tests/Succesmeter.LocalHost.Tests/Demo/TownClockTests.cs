using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Succesmeter.Campaigns;
using Succesmeter.LocalHost.Demo;

namespace Succesmeter.LocalHost.Tests.Demo;

public sealed class TownClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 9, 30, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly KeptInMemory _file = new();

    [Fact]
    public async Task It_begins_at_the_hour_and_runs_at_its_speed()
    {
        using var clock = await StartedAsync(hoursPerSecond: 2);
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 9, 0, 0, TimeSpan.Zero), clock.Now);
        Assert.Equal(clock.Founded, clock.Now);

        _time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(clock.Founded.AddHours(3), clock.Now);
    }

    [Fact]
    public async Task It_stands_still_while_the_host_is_down_and_goes_on_where_it_stopped()
    {
        DateTimeOffset founded, stopped;
        using (var clock = await StartedAsync())
        {
            _time.Advance(TimeSpan.FromSeconds(4));
            (founded, stopped) = (clock.Founded, clock.Now);
            await clock.StoppedAsync(CancellationToken.None);
            _time.Advance(TimeSpan.FromDays(3));
            Assert.Equal(stopped, clock.Now);
        }

        using var next = await StartedAsync();
        Assert.Equal(stopped, next.Now);
        Assert.Equal(founded, next.Founded);
    }

    [Fact]
    public void A_host_that_is_killed_at_any_moment_never_sets_it_back() => Gen.Select(Gen.Double[0.01, 24], Gen.Double[0, 9].Array[1, 8]).Sample((speed, steps) =>
    {
        var file = new KeptInMemory();
        var time = new FakeTimeProvider(Start);
        var latest = DateTimeOffset.MinValue;
        foreach (var step in steps)
        {
            var life = new OneLife(file);
            using var clock = Clock(life, time, speed);
            clock.StartingAsync(CancellationToken.None).GetAwaiter().GetResult();
            Assert.True(clock.Now >= latest);
            if (latest > DateTimeOffset.MinValue)
                Assert.True(clock.Now <= latest + (TownClock.Ahead * clock.Speed) + TimeSpan.FromSeconds(1));
            time.Advance(TimeSpan.FromSeconds(step));
            latest = clock.Now;
            life.Kill();
        }
    }, iter: 30);

    [Fact]
    public async Task It_stores_itself_every_few_seconds_and_so_never_stops_at_its_bound()
    {
        using var clock = await StartedAsync();
        var stored = _file.Kept!.Until;
        for (var second = 1; second <= 60; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await StoredAsync(clock, second);
            Assert.Equal(clock.Founded.AddHours(second), clock.Now);
        }

        Assert.True(_file.Kept!.Until > stored.AddHours(50));
    }

    [Fact]
    public async Task While_storage_does_not_answer_it_stops_at_its_bound_and_does_not_leap_afterwards()
    {
        using var clock = await StartedAsync();
        _file.IsDown = true;
        _time.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(clock.Founded.AddHours(8), clock.Now);
        _time.Advance(TimeSpan.FromMinutes(5));
        var bound = clock.Now;
        Assert.Equal(clock.Founded + (TownClock.Ahead * clock.Speed), bound);

        _file.IsDown = false;
        await clock.StoreOnceAsync(TownClock.Ahead, CancellationToken.None);
        Assert.Equal(bound, clock.Now);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(bound.AddHours(1), clock.Now);
    }

    [Fact]
    public async Task Only_the_town_lives_by_it()
    {
        using var clock = await StartedAsync(hoursPerSecond: 0.5);
        var clocks = new TownClocks(clock, _time);
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(new PlatformClock(clock.Founded.AddHours(3), 1800), clocks.Of(new PlatformId("demostad")));
        Assert.Equal(new PlatformClock(Start.AddSeconds(6), 1), clocks.Of(new PlatformId("growfunding")));
    }

    [Fact]
    public void Before_it_is_started_it_says_nothing() => Assert.Throws<InvalidOperationException>(() => Clock(_file, _time, 1).Now);

    /// <summary>The clock stores in the background; when its third second has passed that has to be over.</summary>
    private async Task StoredAsync(TownClock clock, int second)
    {
        if (second % (int)TownClock.StoredEvery.TotalSeconds != 0)
            return;

        var due = clock.Founded.AddHours(second) + (TownClock.Ahead * clock.Speed);
        for (var tries = 0; tries < 1000 && _file.Kept!.Until < due; tries++)
            await Task.Delay(5);
        Assert.Equal(due, _file.Kept!.Until);
        await clock.StoreOnceAsync(TownClock.Ahead, CancellationToken.None);
    }

    private async Task<TownClock> StartedAsync(double hoursPerSecond = 1)
    {
        var clock = Clock(_file, _time, hoursPerSecond);
        await clock.StartingAsync(CancellationToken.None);
        return clock;
    }

    private static TownClock Clock(ITownClockFile file, TimeProvider time, double hoursPerSecond) =>
        new(file, Options.Create(new DemoOptions { HoursPerSecond = hoursPerSecond }), time, NullLogger<TownClock>.Instance);

    /// <summary>The file as a host sees it that is killed: nothing is written after that.</summary>
    private sealed class OneLife(KeptInMemory file) : ITownClockFile
    {
        private readonly Lock _lock = new();
        private bool _isDead;

        public void Kill()
        {
            lock (_lock)
                _isDead = true;
        }

        public Task<TownTime?> ReadAsync(CancellationToken cancellation) => file.ReadAsync(cancellation);

        public Task WriteAsync(TownTime time, CancellationToken cancellation)
        {
            lock (_lock)
                return _isDead ? throw new IOException("killed") : file.WriteAsync(time, cancellation);
        }
    }

    private sealed class KeptInMemory : ITownClockFile
    {
        public TownTime? Kept { get; private set; }

        public bool IsDown { get; set; }

        public Task<TownTime?> ReadAsync(CancellationToken cancellation) => Task.FromResult(Kept);

        public Task WriteAsync(TownTime time, CancellationToken cancellation)
        {
            if (IsDown)
                throw new IOException("down");
            Kept = time;
            return Task.CompletedTask;
        }
    }
}

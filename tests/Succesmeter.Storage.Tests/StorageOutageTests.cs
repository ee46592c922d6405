using Azure;
using Microsoft.Extensions.Time.Testing;
using Succesmeter.Testing;

namespace Succesmeter.Storage.Tests;

public sealed class StorageOutageTests
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task What_storage_cannot_answer_now_is_begun_again_until_it_does()
    {
        var (tries, until) = (0, TimeSpan.FromMinutes(4));
        var clock = new PassingTime();
        var began = clock.GetTimestamp();

        await StorageOutage.OutlastAsync(() => ++tries > 0 && clock.GetElapsedTime(began) < until ? throw new RequestFailedException(503, "busy") : Task.CompletedTask, s_longest, clock, default);

        Assert.Equal(until, clock.GetElapsedTime(began));
        Assert.InRange(tries, 2, 100);
    }

    [Fact]
    public async Task An_outage_that_is_too_long_is_a_failure_and_any_other_failure_is_one_at_once()
    {
        var clock = new PassingTime();
        var began = clock.GetTimestamp();
        await Assert.ThrowsAsync<RequestFailedException>(() => StorageOutage.OutlastAsync(static () => throw new RequestFailedException(0, "away"), s_longest, clock, default));
        Assert.Equal(s_longest, clock.GetElapsedTime(began));

        await Assert.ThrowsAsync<RequestFailedException>(() => StorageOutage.OutlastAsync(static () => throw new RequestFailedException(412, "changed"), s_longest, clock, default));
        await Assert.ThrowsAsync<InvalidDataException>(() => StorageOutage.OutlastAsync(static () => throw new InvalidDataException(), s_longest, clock, default));
    }

    [Fact]
    public async Task A_host_that_stops_does_not_wait()
    {
        using var stop = new CancellationTokenSource();
        var waiting = StorageOutage.OutlastAsync(static () => throw new RequestFailedException(503, "busy"), s_longest, new FakeTimeProvider(), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}

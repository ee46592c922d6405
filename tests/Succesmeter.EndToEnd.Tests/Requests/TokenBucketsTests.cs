using Microsoft.Extensions.Time.Testing;
using Succesmeter.Functions.Requests;
using Succesmeter.Testing;

namespace Succesmeter.EndToEnd.Tests.Requests;

public sealed class TokenBucketsTests
{
    /// <summary>Pace, size, and pauses in seconds before each request.</summary>
    private static readonly Gen<(int PerMinute, int Most, int[] Pauses)> Cases = Gen.Select(Gen.Int[1, 120], Gen.Int[1, 20], Gen.Int[0, 40].Array[1, 60]);

    [Fact]
    public void In_any_time_no_more_pass_than_a_bucket_and_what_flows_in_meanwhile() =>
        Cases.Sample(static one =>
        {
            var (clock, buckets) = New(one.PerMinute, one.Most);
            var passed = new List<DateTimeOffset>();
            foreach (var pause in one.Pauses)
            {
                clock.Advance(TimeSpan.FromSeconds(pause));
                if (buckets.Take("client") is null)
                    passed.Add(clock.GetUtcNow());
            }

            return Enumerable.Range(0, passed.Count).All(first => Enumerable.Range(first, passed.Count - first).All(last =>
                last - first + 1 <= one.Most + (one.PerMinute * (passed[last] - passed[first]).TotalMinutes) + 1e-6));
        });

    [Fact]
    public void Who_is_told_to_wait_and_waits_is_let_through_and_not_before() =>
        Cases.Sample(static one =>
        {
            var (clock, buckets) = New(one.PerMinute, one.Most);
            for (var ask = 0; ask < one.Most; ask++)
                if (buckets.Take("client") is not null)
                    return false;

            // A refusal takes nothing, so that who asks in vain is not put off for longer.
            if (buckets.Take("client") is not { } wait || buckets.Take("client") != wait)
                return false;

            clock.Advance(wait / 2);
            var early = buckets.Take("client") is null;
            clock.Advance((wait / 2) + TimeSpan.FromMilliseconds(1));
            return !early && buckets.Take("client") is null;
        });

    [Fact]
    public void One_client_takes_nothing_from_another() =>
        Cases.Sample(static one =>
        {
            var (clock, alone) = New(one.PerMinute, one.Most);
            var (otherClock, beside) = New(one.PerMinute, one.Most);
            foreach (var pause in one.Pauses)
            {
                clock.Advance(TimeSpan.FromSeconds(pause));
                otherClock.Advance(TimeSpan.FromSeconds(pause));
                beside.Take("greedy");
                beside.Take("greedy");
                if (alone.Take("client") != beside.Take("client"))
                    return false;
            }

            return true;
        });

    [Fact]
    public void A_thousand_strangers_change_nothing_for_who_has_asked_too_often()
    {
        const int SweptAt = 10_000;
        var (clock, buckets) = New(perMinute: 1, most: 2);
        buckets.Take("client");
        buckets.Take("client");
        for (var stranger = 0; stranger < 3 * SweptAt; stranger++)
            buckets.Take($"stranger {stranger}");
        Assert.NotNull(buckets.Take("client"));

        // Full again, they are forgotten; to be forgotten is to have a full bucket, and no more.
        clock.Advance(TimeSpan.FromHours(1));
        for (var stranger = 0; stranger < 3 * SweptAt; stranger++)
            buckets.Take($"newcomer {stranger}");
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => buckets.Take("client") is null));
    }

    private static (FakeTimeProvider Clock, TokenBuckets Buckets) New(int perMinute, int most)
    {
        var clock = new FakeTimeProvider(Some.Launch);
        return (clock, new TokenBuckets(perMinute, most, clock));
    }
}

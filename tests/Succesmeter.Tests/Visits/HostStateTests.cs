using Succesmeter.Visits;

namespace Succesmeter.Tests.Visits;

public sealed class HostStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Whatever_the_rhythm_no_counted_minute_holds_more_than_the_budget() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[0, 20_000].Array[0, 300]).Sample((budget, pauses) =>
        {
            var (state, now) = (HostState.Unknown, Start);
            var sent = new List<DateTimeOffset>();
            foreach (var pause in pauses)
            {
                now = now.AddMilliseconds(pause);
                if (state.Spend(now, budget) is { } spent)
                {
                    state = spent;
                    sent.Add(now);
                }
                else if (state.WaitForBudget(now, budget) is not { Ticks: > 0 })
                {
                    return false;
                }
            }

            // Counted from its first request; a minute laid elsewhere touches two of these.
            for (var i = 0; i < sent.Count;)
            {
                var inMinute = sent.Skip(i).TakeWhile(at => at < sent[i].AddMinutes(1)).Count();
                if (inMinute > budget)
                    return false;
                i += inMinute;
            }

            return true;
        });

    [Fact]
    public void Who_is_sent_away_and_comes_when_told_is_not_sent_away_for_the_same_reason() =>
        Gen.Select(Gen.Int[-100, 100], Gen.Int[-100, 100], Gen.Int[-100, 100], Gen.Int[0, 40]).Sample((patience, next, minute, sent) =>
        {
            var state = new HostState
            {
                PatienceUntil = Start.AddSeconds(patience), NextAt = Start.AddSeconds(next), MinuteFrom = Start.AddSeconds(minute), RequestsInMinute = sent,
            };
            var (now, reasons) = (Start, new HashSet<string>(StringComparer.Ordinal));
            while (state.Enter(now, 20) is HostEntry.Later later)
            {
                // A minute that was to begin in the future begins while waiting, so the budget may speak after another reason; never twice.
                if (later.Wait <= TimeSpan.Zero || !reasons.Add(later.Why))
                    return false;
                now += later.Wait;
            }

            return true;
        });

    [Fact]
    public void A_clock_that_was_set_back_does_not_lock_the_host() =>
        Assert.IsType<HostEntry.Claim>(new HostState { MinuteFrom = Start.AddDays(1), RequestsInMinute = 20 }.Enter(Start, 20));

    [Fact]
    public void What_comes_from_outside_is_kept_up_to_a_limit()
    {
        var state = new HostState { Robots = new byte[HostState.MostRobotsBytes + 1], PatienceWhy = new string('a', 499) + "\U0001F600" + new string('b', 10_000) };

        Assert.Equal(HostState.MostRobotsBytes, state.Robots!.Value.Length);
        Assert.Equal(new string('a', 499), state.PatienceWhy);
    }

    [Fact]
    public void A_claim_that_is_held_is_looked_at_again_soon() =>
        Assert.Equal(TimeSpan.FromSeconds(5), Assert.IsType<HostEntry.Later>(new HostState { ClaimedUntil = Start.AddSeconds(50) }.Enter(Start, 20)).Wait);
}

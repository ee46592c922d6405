namespace Succesmeter.Learning.Kickstarter;

/// <summary>
/// Turns the chances of success by each day into one number to order campaigns by: how many more of the others it is expected to come before than
/// after. Ordering by expected wins (Borda) is what the C-index asks for.
/// </summary>
/// <remarks>
/// With F the campaign's chance of success by a day, and over the population f the share that succeeds on a day and G the share still unfinished after
/// it: wins Σ (F(t) − F(t−1)) G(t), losses Σ f(t) (1 − F(t)) over the days before its own end, since after that it is compared no more.
/// </remarks>
internal sealed record TimeScore(double[] SucceedsOn, double[] UnfinishedAfter, double CoxWeight)
{
    /// <summary>
    /// One unit of Cox log-hazard counts as much as this much of an expected win. Chosen on a tuning split: the two orders are about equally good, and
    /// this makes their spreads about equal.
    /// </summary>
    private const double EqualSpread = 0.15;

    public static TimeScore Of(IReadOnlyList<double> times, IReadOnlyList<bool> succeeded, int lastDay)
    {
        var (on, after) = (new double[lastDay + 1], new double[lastDay + 1]);
        for (var row = 0; row < times.Count; row++)
        {
            var time = Math.Min((int)times[row], lastDay);
            if (succeeded[row])
                on[time] += 1.0 / times.Count;
            for (var day = 0; day < time; day++)
                after[day] += 1.0 / times.Count;
        }

        return From(on, after);
    }

    public static TimeScore From(double[] succeedsOn, double[] unfinishedAfter) => new(succeedsOn, unfinishedAfter, EqualSpread);

    /// <param name="reachedBy">The chance of success by each day from 0 to the end.</param>
    /// <param name="plannedDays">When it ends.</param>
    public double Score(ReadOnlySpan<double> reachedBy, double plannedDays)
    {
        double wins = 0, losses = 0;
        for (var day = 1; day < SucceedsOn.Length && day < reachedBy.Length; day++)
        {
            wins += (reachedBy[day] - reachedBy[day - 1]) * UnfinishedAfter[day];
            if (day < plannedDays)
                losses += SucceedsOn[day] * (1 - reachedBy[day]);
        }

        return wins - losses;
    }

    public double Join(double expectedWins, double coxLogHazard) => expectedWins + (CoxWeight * coxLogHazard);
}

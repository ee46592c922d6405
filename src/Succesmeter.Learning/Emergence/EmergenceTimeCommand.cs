using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Succesmeter.Emergence;

namespace Succesmeter.Learning.Emergence;

/// <summary><c>emergence-time</c>: how long one campaign takes, on one core of this machine.</summary>
internal static class EmergenceTimeCommand
{
    public static Command Create()
    {
        var command = new Command("emergence-time", "Times a fit, the test and the whole estimate for campaigns of 135, 1,000 and 100,000 gifts.");
        command.SetAction(static parsed =>
        {
            foreach (var (gifts, rounds) in new[] { (135, 40), (1000, 20), (100_000, 3) })
            {
                var timeline = new SimulatedCampaign { Gifts = gifts, Ratio = 0.5 }.Draw(new Random(1));
                var fit = Time(rounds, () => EmergenceTest.LikelihoodRatio(timeline, unlessBelow: double.MaxValue));
                var test = Time(rounds, () => EmergenceTest.LikelihoodRatio(timeline));
                var estimate = Time(rounds, () => EmergenceEstimate.Of(timeline).LikelihoodRatio ?? 0);
                parsed.InvocationConfiguration.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{{\"gifts\":{timeline.Gifts.Count},\"fitMilliseconds\":{{{fit}}},\"testMilliseconds\":{{{test}}},\"estimateWithIntervalAndTestMilliseconds\":{{{estimate}}}}}"));
            }

            return 0;
        });
        return command;
    }

    /// <summary>Best and median by the clock, and the processor's own time: beside other work only the last says what the arithmetic costs.</summary>
    private static string Time(int rounds, Func<double> work)
    {
        var times = new double[rounds];
        for (var round = 0; round < Math.Max(rounds, 8); round++)
            if (double.IsNaN(work()))
                throw new InvalidOperationException("Nothing was answered, so nothing was timed.");

        var before = Environment.CpuUsage.TotalTime;
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            times[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        var processor = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / rounds;
        Array.Sort(times);
        return string.Create(CultureInfo.InvariantCulture, $"\"best\":{times[0]:F2},\"median\":{times[rounds / 2]:F2},\"processor\":{processor:F2}");
    }
}

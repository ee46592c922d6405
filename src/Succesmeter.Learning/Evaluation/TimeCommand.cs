using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Models;

namespace Succesmeter.Learning.Evaluation;

/// <summary><c>time</c>: how long one campaign takes with the shipped model, on this machine.</summary>
internal static class TimeCommand
{
    private const int Rounds = 50;
    private const int PerRound = 200;

    public static Command Create()
    {
        var command = new Command("time", "Times one forecast, and its reasons with like courses, on one core of this machine.");
        command.SetAction(static _ => Run());
        return command;
    }

    private static int Run()
    {
        var (model, prototypes) = (ShippedModels.Serving, ShippedModels.Prototypes);
        var curve = new FundingCurve
        {
            Goal = 7500,
            Currency = "EUR",
            PlannedDays = 40,
            AllOrNothing = true,
            ElapsedDays = 20,
            Pledged = 4000,
            Gifts = 60,
            Days = [.. Enumerable.Range(1, 20).Select(static day => new DayTotal(200 * day, 3 * day))],
        };

        var (forecastBest, forecastMedian) = Time(() => Forecast.Of(model, curve, PlatformFit.None).Probability);
        var (whyBest, whyMedian) = Time(() => Why.Of(model, curve, PlatformFit.None)!.Average + PastCurve.Nearest(curve, [], prototypes, 5)[0].Stands);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{{\"forecastMicroseconds\":{{\"best\":{forecastBest:F1},\"median\":{forecastMedian:F1}}},\"whyAndLikeCoursesMicroseconds\":{{\"best\":{whyBest:F1},\"median\":{whyMedian:F1}}}}}"));
        return 0;
    }

    /// <summary>Best and median of the rounds' means: the best is what the machine can do, the median what it did beside others.</summary>
    private static (double Best, double Median) Time(Func<double?> work)
    {
        var means = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var at = 0; at < PerRound; at++)
                if (work() is null)
                    throw new InvalidOperationException("Nothing was answered, so nothing was timed.");
            means[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / PerRound;
        }

        Array.Sort(means);
        return (means[0], means[Rounds / 2]);
    }
}

using System.Collections.Immutable;
using Succesmeter.Features;

namespace Succesmeter.Forecasts;

/// <summary>The course of a finished campaign, or of a group of them, to set a live one beside.</summary>
/// <param name="Name">The campaign's id; of a prototype a number.</param>
/// <param name="Stands">How many campaigns it stands for: 1, or the size of a group.</param>
/// <param name="ReachedShare">How many of them reached their goal: 0 or 1 for one campaign.</param>
/// <param name="Ratios">Pledged as a ratio of the goal at each twentieth of the time, from 0 to 1.</param>
public sealed record PastCurve(string Name, int Stands, double ReachedShare, ImmutableArray<double> Ratios)
{
    /// <summary>Places of <see cref="Ratios"/>.</summary>
    public const int Points = 21;

    /// <summary>The nearest finished campaigns of the platform; where it has fewer than asked, the nearest prototypes.</summary>
    /// <param name="curve">A live campaign.</param>
    /// <param name="platform">Its platform's finished campaigns.</param>
    /// <param name="prototypes">Derived from other data.</param>
    /// <param name="count">How many are wanted.</param>
    public static ImmutableArray<PastCurve> Nearest(FundingCurve curve, IReadOnlyCollection<PastCurve> platform, IReadOnlyCollection<PastCurve> prototypes, int count)
    {
        var from = platform.Count >= count ? platform : prototypes;
        return [.. from.OrderBy(past => past.Distance(curve)).ThenBy(static past => past.Name, StringComparer.Ordinal).Take(count)];
    }

    /// <summary>The mean square gap between the courses so far.</summary>
    /// <remarks>
    /// In square roots of the ratio, so that 4 % against 9 % counts as much as 64 % against 81 %; the present weighs as much as all of the past, since two campaigns that stand
    /// alike are alike whatever brought them there.
    /// </remarks>
    public double Distance(FundingCurve curve)
    {
        var elapsed = Math.Clamp(curve.ElapsedDays / curve.PlannedDays, 0, 1);
        var steps = (int)(elapsed * (Points - 1));
        var past = 0.0;
        for (var step = 1; step <= steps; step++)
            past += Gap(Ratios[step], PledgedAfter(curve, curve.PlannedDays * step / (Points - 1)) / curve.Goal) / steps;

        return (past + Gap(At(elapsed), curve.Pledged / curve.Goal)) / 2;
    }

    private static double Gap(double one, double other)
    {
        var gap = Math.Sqrt(Math.Max(one, 0)) - Math.Sqrt(Math.Max(other, 0));
        return gap * gap;
    }

    private double At(double share)
    {
        var at = share * (Points - 1);
        var before = Math.Min((int)at, Points - 2);
        return Ratios[before] + ((Ratios[before + 1] - Ratios[before]) * (at - before));
    }

    internal static double PledgedAfter(FundingCurve curve, double days)
    {
        var day = (int)Math.Ceiling(days) - 1;
        return day < 0 || curve.Days.Count == 0 ? 0 : day >= curve.Days.Count ? curve.Pledged : curve.Days[day].Pledged;
    }
}

using System.Collections.Immutable;
using System.Globalization;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Datasets;

namespace Succesmeter.Learning.Training;

/// <summary>Groups the courses of finished campaigns and keeps each group's mean: what a new platform shows beside a live campaign. No row of the data is kept.</summary>
internal static class PrototypeCurves
{
    private const int Groups = 24;
    private const int Rounds = 30;

    /// <summary>A mean of fewer would come close to showing one campaign.</summary>
    private const int Fewest = 20;

    /// <summary>Lloyd's algorithm on square roots, in which courses are compared; seeded by the campaigns at equal steps of the order of their final ratio.</summary>
    public static ImmutableArray<PastCurve> Of(IReadOnlyList<PastCampaign> campaigns)
    {
        var courses = campaigns.Where(static campaign => campaign.IsWhole).Select(Course).OrderBy(static course => course[^1]).ThenBy(static course => course.Sum()).ToArray();
        if (courses.Length < Groups * Fewest)
            return [];

        var centres = Enumerable.Range(0, Groups).Select(group => courses[((2 * group) + 1) * courses.Length / (2 * Groups)]).ToArray();
        var groups = new int[courses.Length];
        for (var round = 0; round < Rounds; round++)
        {
            for (var at = 0; at < courses.Length; at++)
                groups[at] = Nearest(courses[at], centres);
            for (var group = 0; group < Groups; group++)
                if (courses.Where((_, at) => groups[at] == group).ToArray() is { Length: > 0 } members)
                    centres[group] = [.. Enumerable.Range(0, PastCurve.Points).Select(point => members.Average(member => member[point]))];
        }

        return
        [
            .. Enumerable.Range(0, Groups)
                .Select(group => courses.Where((_, at) => groups[at] == group).ToArray())
                .Where(static members => members.Length >= Fewest)
                .OrderBy(static members => members.Average(static member => member[^1]))
                .Select(static (members, number) => new PastCurve(
                    "prototype-" + (number + 1).ToString("D2", CultureInfo.InvariantCulture), members.Length, members.Average(static member => member[^1] >= 1 ? 1.0 : 0.0),
                    [.. Enumerable.Range(0, PastCurve.Points).Select(point => Math.Round(Math.Pow(members.Average(member => member[point]), 2), 4))])),
        ];
    }

    private static double[] Course(PastCampaign campaign)
    {
        var goal = campaign.GoalAfter(0);
        return [.. Enumerable.Range(0, PastCurve.Points).Select(point => Math.Sqrt(Math.Min(
            campaign.PledgedAfter((int)Math.Round(campaign.PlannedDays * point / (PastCurve.Points - 1))) / goal, Tallest)))];
    }

    /// <summary>Four times the goal: beyond it courses differ in ways that help nobody.</summary>
    private const double Tallest = 4;

    private static int Nearest(double[] course, double[][] centres)
    {
        var (best, least) = (0, double.MaxValue);
        for (var centre = 0; centre < centres.Length; centre++)
        {
            var distance = 0.0;
            for (var point = 0; point < course.Length; point++)
                distance += (course[point] - centres[centre][point]) * (course[point] - centres[centre][point]);
            if (distance < least)
                (best, least) = (centre, distance);
        }

        return best;
    }
}

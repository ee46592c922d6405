using System.Collections.Immutable;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Boosting;
using Succesmeter.Learning.Models;
using Succesmeter.Models;

namespace Succesmeter.Learning.Training;

/// <summary>
/// Continues a champion by a few small trees fitted to own finished campaigns, from its calibrated log-odds with the platforms' shifts, under the same constraints. The data
/// that the champion itself was trained on are not there in production, so what it knows is kept in its trees and never refitted.
/// </summary>
public sealed class ContinuedTraining : IRefit
{
    /// <summary>Past so many trees a score would take too long; then the shipped model is continued instead, and learns the own campaigns anew.</summary>
    internal const int MostTrees = 900;

    /// <summary>Few own campaigns must not turn the champion around: as strong as twenty of them pull back.</summary>
    private const double CalibrationPull = 20;

    private const int CalibrationFolds = 2;

    /// <summary>Base rates of the training data are what a platform's prior is measured by, so they stay; the range that was seen grows.</summary>
    private const int FewestToWiden = 100;

    /// <remarks>Four leaves: pairs of features. A leaf of a twentieth of the campaigns or more, since rows of one campaign are alike. Chosen on made-up platforms: timid enough to lose little where there is nothing to learn.</remarks>
    private static BoostingOptions OptionsFor(int campaigns, int rows) => ServingTraining.Options with
    {
        Rounds = 60,
        LearningRate = 0.05,
        Leaves = 4,
        RowsInLeaf = Math.Max(20, rows / Math.Max(20, Math.Min(campaigns / 5, 200))),
        FeatureShare = 0.7,
        RowShare = 0.7,
        L2 = 10,
    };

    public string? WhyNot => LightGbm.WhyNot;

    public ForecastModel Continue(ForecastModel champion, IReadOnlyCollection<Lesson> lessons)
    {
        if (!lessons.Any(static lesson => lesson.Campaign.Reached) || lessons.All(static lesson => lesson.Campaign.Reached))
            throw new ArgumentException("Of the lessons at least one must have reached its goal, and one not.", nameof(lessons));

        var foundation = champion.Trees.Trees.Count > MostTrees ? ShippedModels.Serving : champion;
        var inOrder = lessons.OrderBy(static lesson => lesson.Id, StringComparer.Ordinal).ToArray();
        var further = Further(foundation, inOrder);
        var calibration = Joined(foundation.Calibration, CalibrationOf(foundation, inOrder));
        var challenger = foundation with
        {
            Version = "",
            Trees = new BoostedTrees([.. foundation.Trees.Trees, .. further]),
            Calibration = calibration,
            Seen = Widened(foundation, inOrder),
        };
        return challenger with { Version = ForecastModelFile.VersionOf(challenger) };
    }

    /// <summary>Trees in the foundation's own scale, so that they add to its trees before it is calibrated.</summary>
    private static IReadOnlyList<Tree> Further(ForecastModel foundation, Lesson[] lessons)
    {
        var rows = new LessonRows(foundation);
        foreach (var lesson in lessons)
            rows.Add(lesson);

        var scale = 1 / foundation.Calibration.Slope;
        return [.. rows.Fit(OptionsFor(lessons.Length, rows.Count)).Trees
            .Select(tree => tree with { Leaves = [.. tree.Leaves.Select(leaf => leaf with { Value = leaf.Value * scale })] })];
    }

    /// <summary>On campaigns that the further trees had not seen, as in <see cref="ServingTraining"/>; the line is laid over the foundation's own.</summary>
    private static Calibration CalibrationOf(ForecastModel foundation, Lesson[] lessons)
    {
        var answers = new List<(double LogOdds, bool Met, double Offset, double Weight)>();
        for (var fold = 0; fold < CalibrationFolds; fold++)
        {
            var part = fold;
            var further = new BoostedTrees([.. foundation.Trees.Trees, .. Further(foundation, [.. lessons.Where((_, at) => at % CalibrationFolds != part)])]);
            foreach (var lesson in lessons.Where((_, at) => at % CalibrationFolds == part))
                foreach (var look in lesson.Campaign.Looks)
                {
                    var features = look.Seen();
                    var logOdds = foundation.Calibration.Of(ForecastModel.LogOddsOf(further, features, new Aim(1, features.Curve.PlannedDays)));
                    answers.Add((logOdds, lesson.Campaign.Reached, lesson.Shift, 1.0 / lesson.Campaign.Looks.Length));
                }
        }

        return LogisticCalibration.Of(answers, CalibrationPull);
    }

    private static Calibration Joined(Calibration first, Calibration then) => new(then.Intercept + (then.Slope * first.Intercept), then.Slope * first.Slope);

    private static ImmutableArray<SeenRange> Widened(ForecastModel foundation, Lesson[] lessons)
    {
        if (lessons.Length < FewestToWiden)
            return foundation.Seen;

        return [.. foundation.Seen.Select((seen, feature) =>
        {
            var values = lessons.Select(lesson => lesson.Campaign.Looks[0].Features[feature]).Where(double.IsFinite).Order().ToArray();
            return values.Length == 0
                ? seen
                : new SeenRange(Math.Min(seen.Low, values[values.Length / 100]), Math.Max(seen.High, values[values.Length - 1 - (values.Length / 100)]));
        })];
    }
}

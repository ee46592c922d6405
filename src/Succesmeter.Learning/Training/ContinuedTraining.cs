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

    private const int Folds = 4;

    private const int MostRounds = 60;

    /// <summary>Base rates of the training data are what a platform's prior is measured by, so they stay; the range that was seen grows.</summary>
    private const int FewestToWiden = 100;

    /// <remarks>Four leaves: pairs of features. A leaf of a twentieth of the campaigns or more, since rows of one campaign are alike. Chosen on made-up platforms: timid enough to lose little where there is nothing to learn.</remarks>
    private static BoostingOptions OptionsFor(int campaigns, int rows) => ServingTraining.Options with
    {
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
        var heldOut = HeldOut(foundation, inOrder);
        var rounds = BestRounds(heldOut);
        var challenger = foundation with
        {
            Version = "",
            Trees = new BoostedTrees([.. foundation.Trees.Trees, .. Further(foundation, inOrder, rounds)]),
            Calibration = Joined(foundation.Calibration, LogisticCalibration.Of([.. heldOut.Select(answer => (answer.LogOdds[rounds], answer.Met, answer.Shift, answer.Weight))], CalibrationPull)),
            Seen = Widened(foundation, inOrder),
        };
        return challenger with { Version = ForecastModelFile.VersionOf(challenger) };
    }

    /// <summary>Trees in the foundation's own scale, so that they add to its trees before it is calibrated.</summary>
    private static IReadOnlyList<Tree> Further(ForecastModel foundation, Lesson[] lessons, int rounds)
    {
        if (rounds == 0)
            return [];

        var rows = new LessonRows(foundation);
        foreach (var lesson in lessons)
            rows.Add(lesson);

        var scale = 1 / foundation.Calibration.Slope;
        return [.. rows.Fit(OptionsFor(lessons.Length, rows.Count) with { Rounds = rounds }).Trees
            .Select(tree => tree with { Leaves = [.. tree.Leaves.Select(leaf => leaf with { Value = leaf.Value * scale })] })];
    }

    /// <summary>Each look answered after none, one, two, … further trees that had not seen its campaign, as in <see cref="ServingTraining"/>.</summary>
    private static List<Answer> HeldOut(ForecastModel foundation, Lesson[] lessons)
    {
        var answers = new List<Answer>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var part = fold;
            var further = Further(foundation, [.. lessons.Where((_, at) => at % Folds != part)], MostRounds).Select(static tree => new BoostedTrees([tree])).ToArray();
            foreach (var lesson in lessons.Where((_, at) => at % Folds == part))
                foreach (var look in lesson.Campaign.Looks)
                {
                    var features = look.Seen();
                    var aim = new Aim(1, features.Curve.PlannedDays);
                    var logOdds = new double[MostRounds + 1];
                    var sum = foundation.LogOddsOf(features, aim);
                    for (var round = 0; round <= MostRounds; round++)
                    {
                        // Where LightGBM found nothing more to split, further rounds add nothing.
                        sum += round > 0 && round <= further.Length ? ForecastModel.LogOddsOf(further[round - 1], features, aim) : 0;
                        logOdds[round] = foundation.Calibration.Of(sum);
                    }

                    answers.Add(new Answer(logOdds, lesson.Campaign.Reached, lesson.Shift, 1.0 / lesson.Campaign.Looks.Length));
                }
        }

        return answers;
    }

    /// <summary>As many rounds as make what was held out most likely: none, where there is nothing to learn.</summary>
    private static int BestRounds(List<Answer> heldOut)
    {
        var (best, least) = (0, double.MaxValue);
        for (var round = 0; round <= MostRounds; round++)
        {
            var loss = heldOut.Sum(answer => answer.Weight * Answers.LogLoss(answer.LogOdds[round] + answer.Shift, answer.Met));
            if (loss < least)
                (best, least) = (round, loss);
        }

        return best;
    }

    private static Calibration Joined(Calibration first, Calibration then) => new(then.Intercept + (then.Slope * first.Intercept), then.Slope * first.Slope);

    /// <param name="LogOdds">Calibrated, by the number of further trees.</param>
    /// <param name="Weight">A campaign weighs one, however often it was looked at.</param>
    private readonly record struct Answer(double[] LogOdds, bool Met, double Shift, double Weight);

    private static ImmutableArray<SeenRange> Widened(ForecastModel foundation, Lesson[] lessons)
    {
        if (lessons.Length < FewestToWiden)
            return foundation.Seen;

        return [.. foundation.Seen.Select((seen, feature) => SeenRange.Of(lessons.Select(lesson => lesson.Campaign.Looks[0].Features[feature])) is { } here
            ? new SeenRange(Math.Min(seen.Low, here.Low), Math.Max(seen.High, here.High))
            : seen)];
    }
}

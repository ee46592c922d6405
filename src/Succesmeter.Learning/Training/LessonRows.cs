using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Boosting;
using Succesmeter.Models;

namespace Succesmeter.Learning.Training;

/// <summary>The questions of <see cref="TrainingRows"/>, put to own finished campaigns at the looks that were kept of them, beside what the champion answers.</summary>
internal sealed class LessonRows(ForecastModel champion)
{
    private readonly List<double> values = [];
    private readonly List<float> labels = [];
    private readonly List<float> weights = [];
    private readonly List<double> from = [];
    private readonly double[] row = new double[TrainingRows.Width];

    public int Count => labels.Count;

    /// <summary>Trees beyond the champion's, in calibrated log-odds.</summary>
    public BoostedTrees Fit(BoostingOptions options) => LightGbm.Train([.. values], TrainingRows.Width, [.. labels], [.. weights], options, from: [.. from]);

    /// <remarks>A campaign weighs one, however often it was looked at; the aims beside its goal weigh as much again. They are drawn by its name, so that a row does not depend on its neighbours.</remarks>
    public void Add(Lesson lesson)
    {
        var campaign = lesson.Campaign;
        var dice = new Random(Seed(lesson.Id));
        var share = 1.0 / campaign.Looks.Length;
        foreach (var look in campaign.Looks)
        {
            var features = look.Seen();
            var now = features.Values[0];
            var planned = features.Curve.PlannedDays;
            var final = campaign.FinalRatio / look.Goal;

            if (now < 1)
                Ask(new Aim(1, planned), campaign.Reached, share);

            foreach (var ratio in OtherRatios.Of(now, dice))
                Ask(new Aim(ratio, planned), final >= ratio, share / OtherRatios.Count);
            if (now < 1 && !campaign.Ratios.IsEmpty)
                AskDay(dice.NextDouble(), share / 2);

            // The course is kept at twentieths of the time, so a day that is asked for is one of these.
            void AskDay(double chance, double weight)
            {
                var next = (int)Math.Floor(look.ElapsedShare * (PastCurve.Points - 1)) + 1;
                var left = PastCurve.Points - 1 - next;
                if (left <= 0)
                    return;

                var point = next + (int)(left * Math.Pow(chance, 1.5));
                Ask(new Aim(1, planned * point / (PastCurve.Points - 1)), campaign.Ratios[point] >= look.Goal, weight);
            }

            void Ask(Aim aim, bool met, double weight)
            {
                features.Ask(aim, row);
                values.AddRange(row);
                labels.Add(met ? 1 : 0);
                weights.Add((float)weight);
                from.Add(champion.Calibration.Of(champion.Trees.Score(row)) + lesson.Shift);
            }
        }
    }

    /// <summary>The same on every machine, as a string's own hash is not.</summary>
    private static int Seed(string id)
    {
        var hash = 2166136261u;
        foreach (var letter in id)
            hash = (hash ^ letter) * 16777619u;
        return unchecked((int)hash);
    }
}

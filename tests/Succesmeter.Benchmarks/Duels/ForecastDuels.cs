using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Evaluation;
using Succesmeter.Learning.Models;
using Succesmeter.Learning.Training;

namespace Succesmeter.Benchmarks.Duels;

/// <summary>
/// The shipped model's trees, walked by us and, put into a HistGradientBoostingClassifier, by scikit-learn; then the calibration line and the measures of 10,000 forecasts. Both begin at rows of features and end at
/// calibrated probabilities.
/// </summary>
internal static class ForecastDuels
{
    private const int Rows = 10_000;

    /// <summary>A split between known and unknown alone has an infinite threshold.</summary>
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static IEnumerable<IDuel> In(PeerProcess peer)
    {
        var model = ShippedModels.Serving;
        var width = ForecastModel.FeatureNames.Length;
        var (rows, logOdds, happened) = Made(model, width);
        Write(peer, model, width, rows, logOdds, happened);

        double Probability(int row) => Answers.Sigmoid(model.Calibration.Of(model.Trees.Score(rows.AsSpan(row * width, width))));
        yield return new Duel<double>("forecast of one row", "scikit-learn", "one", () => Probability(0), (ours, theirs) =>
        {
            PeerException.ThrowIfApart("The probability", ours, theirs[0].GetDouble(), 1e-12);
            return "probability to 1e-12";
        });
        yield return new Duel<double[]>("forecast of 10,000 rows", "scikit-learn", "all", () => [.. Enumerable.Range(0, Rows).Select(Probability)], (ours, theirs) =>
        {
            for (var row = 0; row < Rows; row++)
                PeerException.ThrowIfApart($"The probability of row {row}", ours[row], theirs[row].GetDouble(), 1e-12);
            return "10,000 probabilities to 1e-12";
        });

        var answers = logOdds.Select((odds, row) => (odds, happened[row], 0.0, 1.0)).ToList();
        yield return new Duel<Calibration>("calibration line of 10,000 forecasts", "scikit-learn", "calibrate", () => LogisticCalibration.Of(answers, pull: 0), static (ours, theirs) =>
        {
            PeerException.ThrowIfApart("The intercept", ours.Intercept, theirs.GetProperty("intercept").GetDouble(), 1e-6);
            PeerException.ThrowIfApart("The slope", ours.Slope, theirs.GetProperty("slope").GetDouble(), 1e-6);
            return "intercept and slope to 1e-6";
        });

        double[] probabilities = [.. logOdds.Select(odds => Answers.Sigmoid(model.Calibration.Of(odds)))];
        yield return new Duel<(double Brier, double Area, double Accuracy)>(
            "Brier, AUC, accuracy of 10,000 forecasts",
            "scikit-learn",
            "measure",
            () => (ProbabilityMeasures.Brier(probabilities, happened), ProbabilityMeasures.AreaUnderCurve(probabilities, happened), ProbabilityMeasures.Accuracy(probabilities, happened)),
            static (ours, theirs) =>
            {
                PeerException.ThrowIfApart("Brier's score", ours.Brier, theirs.GetProperty("brier").GetDouble(), 1e-12);
                PeerException.ThrowIfApart("The area under the curve", ours.Area, theirs.GetProperty("auc").GetDouble(), 1e-12);
                PeerException.ThrowIfApart("The accuracy", ours.Accuracy, theirs.GetProperty("accuracy").GetDouble(), 1e-12);
                return "all three to 1e-12";
            });
    }

    /// <summary>Campaigns at random instants of their lives. What happened is drawn from probabilities that are a little off the model's, so that a line is there to be found.</summary>
    private static (double[] Rows, double[] LogOdds, bool[] Happened) Made(ForecastModel model, int width)
    {
        var random = new Random(3);
        var (rows, logOdds, happened) = (new double[Rows * width], new double[Rows], new bool[Rows]);
        for (var row = 0; row < Rows; row++)
        {
            var curve = Curve(random);
            var into = rows.AsSpan(row * width, width);
            FundingFeatures.Of(curve).Ask(new Aim(1, curve.PlannedDays), into);
            logOdds[row] = model.Trees.Score(into);
            happened[row] = random.NextDouble() < Answers.Sigmoid(0.3 + (0.8 * logOdds[row]));
        }

        return (rows, logOdds, happened);
    }

    private static FundingCurve Curve(Random random)
    {
        var goal = Math.Round(1000 * Math.Pow(30, random.NextDouble()));
        var planned = 20.0 + random.Next(41);
        var elapsed = planned * random.NextDouble();
        var days = new List<DayTotal>();
        var (pledged, gifts, pull) = (0.0, 0, 0.04 * random.NextDouble());
        for (var day = 0; day <= (int)elapsed; day++)
        {
            var today = random.Next(day == 0 ? 12 : 5);
            gifts += today;
            pledged = Math.Min(pledged + (today * goal * pull * random.NextDouble()), 0.98 * goal);
            days.Add(new DayTotal(pledged, gifts));
        }

        // One in four platforms shows no rewards, one in ten neither gifts nor backers: unknown features go their own way through the trees.
        var gifted = random.Next(10) > 0;
        return new FundingCurve
        {
            Goal = goal,
            Currency = "EUR",
            PlannedDays = planned,
            AllOrNothing = random.Next(2) == 0,
            ElapsedDays = elapsed,
            Pledged = pledged,
            Gifts = gifted ? gifts : null,
            Days = gifted ? days : [.. days.Select(static day => day with { Gifts = null })],
            Rewards = random.Next(4) > 0 ? random.Next(12) : null,
        };
    }

    private static void Write(PeerProcess peer, ForecastModel model, int width, double[] rows, double[] logOdds, bool[] happened)
    {
        var trees = model.Trees.Trees.Select(static tree => new
        {
            splits = tree.Splits.Select(static split => new double[] { split.Feature, split.Threshold, split.UnknownGoesLeft ? 1 : 0, split.Left, split.Right }),
            leaves = tree.Leaves.Select(static leaf => leaf.Value),
        });

        File.WriteAllText(peer.PathOf("model.json"), JsonSerializer.Serialize(new { features = width, trees, intercept = model.Calibration.Intercept, slope = model.Calibration.Slope }, Json));
        File.WriteAllBytes(peer.PathOf("rows.bin"), MemoryMarshal.AsBytes<double>(rows));
        File.WriteAllBytes(peer.PathOf("log-odds.bin"), MemoryMarshal.AsBytes<double>(logOdds));
        File.WriteAllBytes(peer.PathOf("happened.bin"), MemoryMarshal.AsBytes<bool>(happened));
    }
}

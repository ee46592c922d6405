using System.Text.Json;
using System.Text.Json.Serialization;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Evaluation;
using Succesmeter.Social;

namespace Succesmeter.Learning.Backers;

/// <summary>How good forecasts of backers were on one day of one cut, printed as a line of JSON. Losses are pinball losses on log(1 + backers), the mean of the three quantiles.</summary>
internal sealed record BackersLine
{
    public required string Cut { get; init; }

    public required int Day { get; init; }

    public required int N { get; init; }

    public required double? Spearman { get; init; }

    public required double? SpearmanSoFar { get; init; }

    public required double? SpearmanByMoney { get; init; }

    /// <summary>Rank correlation of median and outcome once final money and goal are known.</summary>
    public required double? BeyondFinalMoneyAndGoal { get; init; }

    /// <summary>Once the number so far is known.</summary>
    public required double? BeyondSoFar { get; init; }

    /// <summary>Once the number so far, the goal and the number by money are known.</summary>
    public required double? BeyondMoneyForecast { get; init; }

    public required double Pinball { get; init; }

    public required double PinballSoFar { get; init; }

    public required double PinballByDay { get; init; }

    public required double PinballByMoney { get; init; }

    /// <summary>The share of the loss by money that is saved, with its 95 % interval.</summary>
    public required PairedDifference SavedAgainstMoney { get; init; }

    /// <summary>Of the served whole numbers, both ends counted.</summary>
    public required double Coverage80 { get; init; }

    public required double Below { get; init; }

    public required double Above { get; init; }

    /// <summary>Rows whose lower end lies above the number so far: there is no atom in the interval.</summary>
    public required int NGrowing { get; init; }

    public required double? Coverage80Growing { get; init; }

    public static BackersLine Of(string cut, int day, IReadOnlyList<JudgedBackers> rows)
    {
        double[] final = [.. rows.Select(static row => row.Row.Final)], said = [.. rows.Select(static row => row.Model.P50)], soFar = [.. rows.Select(static row => row.Row.Now)];
        double[] byMoney = [.. rows.Select(static row => row.ByMoney.P50)], money = [.. rows.Select(static row => row.Row.Campaign.FinalPledged)], goal = [.. rows.Select(static row => row.Row.Features.Curve.Goal)];
        double[] loss = [.. rows.Select(static row => Loss(row.Model, row.Row.Final))], lossByMoney = [.. rows.Select(static row => Loss(row.ByMoney, row.Row.Final))];
        var growing = rows.Where(static row => row.Served.P10 > row.Row.Now).ToList();
        return new BackersLine
        {
            Cut = cut,
            Day = day,
            N = rows.Count,
            Spearman = Finite(RankCorrelation.Of(said, final)),
            SpearmanSoFar = Finite(RankCorrelation.Of(soFar, final)),
            SpearmanByMoney = Finite(RankCorrelation.Of(byMoney, final)),
            BeyondFinalMoneyAndGoal = Finite(RankCorrelation.Partial(said, final, [money, goal])),
            BeyondSoFar = Finite(RankCorrelation.Partial(said, final, [soFar])),
            BeyondMoneyForecast = Finite(RankCorrelation.Partial(said, final, [soFar, goal, byMoney])),
            Pinball = loss.Average(),
            PinballSoFar = rows.Average(static row => Loss(row.SoFar, row.Row.Final)),
            PinballByDay = rows.Average(static row => Loss(row.ByDay, row.Row.Final)),
            PinballByMoney = lossByMoney.Average(),
            SavedAgainstMoney = PairedDifference.OfMean([.. lossByMoney.Zip(loss, static (a, b) => a - b)], lossByMoney.Average()),
            Coverage80 = rows.Average(static row => Covers(row) ? 1.0 : 0),
            Below = rows.Average(static row => row.Row.Final < row.Served.P10 ? 1.0 : 0),
            Above = rows.Average(static row => row.Row.Final > row.Served.P90 ? 1.0 : 0),
            NGrowing = growing.Count,
            Coverage80Growing = growing.Count == 0 ? null : growing.Average(static row => Covers(row) ? 1.0 : 0),
        };
    }

    public string AsJson() => JsonSerializer.Serialize(this, BackersJson.Default.BackersLine);

    private static bool Covers(JudgedBackers row) => row.Row.Final >= row.Served.P10 && row.Row.Final <= row.Served.P90;

    private static double Loss(Quantiles said, double final)
    {
        var value = Math.Log(1 + final);
        return (Of(said.P10, 0.1) + Of(said.P50, 0.5) + Of(said.P90, 0.9)) / 3;

        double Of(double backers, double share) => DistributionMeasures.Pinball(Math.Log(1 + backers), share, value);
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BackersLine))]
internal sealed partial class BackersJson : JsonSerializerContext;

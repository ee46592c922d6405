using Succesmeter.Forecasts;
using Succesmeter.Social;

namespace Succesmeter.Learning.Backers;

/// <summary>One forecast of backers on a campaign that was not trained on, beside what the baselines say. All as numbers of backers.</summary>
/// <param name="Row">What was known, and what came.</param>
/// <param name="Served">As a score would hold it: whole numbers.</param>
/// <param name="Model">Before rounding.</param>
/// <param name="ByDay">The number so far grown by the training rows' quantiles of growth on that day.</param>
/// <param name="ByMoney">The number so far grown as the money forecast says that money will grow.</param>
internal sealed record JudgedBackers(BackersRow Row, Quantiles Served, Quantiles Model, Quantiles ByDay, Quantiles ByMoney)
{
    public Quantiles SoFar => new(Row.Now, Row.Now, Row.Now);
}

/// <summary>Answers of the model and of its baselines, all fitted to the same campaigns.</summary>
internal sealed class BackersJudge
{
    private readonly BackersModel model;
    private readonly ForecastModel money;
    private readonly Dictionary<(string Dataset, int Days), Quantiles> growth = [];
    private readonly Dictionary<string, double> meanGift = [];

    public BackersJudge(BackersModel model, ForecastModel money, IReadOnlyList<BackersRow> trained)
    {
        (this.model, this.money) = (model, money);
        foreach (var on in trained.GroupBy(static row => (row.Campaign.Dataset, row.Days)))
        {
            double[] sorted = [.. on.Select(static row => row.Growth).Order()];
            growth[on.Key] = new Quantiles(sorted[sorted.Length / 10], sorted[sorted.Length / 2], sorted[sorted.Length * 9 / 10]);
        }

        foreach (var on in trained.GroupBy(static row => row.Campaign.Dataset))
        {
            double[] sorted = [.. on.Where(static row => row.Final > 0).Select(static row => row.Campaign.FinalPledged / row.Final).Order()];
            meanGift[on.Key] = sorted[sorted.Length / 2];
        }
    }

    public JudgedBackers Of(BackersRow row)
    {
        var (low, middle, high) = model.GrowthOf(row.Features, default);
        var byDay = growth[NearestDay(row)];
        return new JudgedBackers(row, model.Of(row.Features, default), Grown(row.Now, low, middle, high), Grown(row.Now, byDay.P10, byDay.P50, byDay.P90), ByMoney(row));
    }

    private static Quantiles Grown(double now, double low, double middle, double high) =>
        new(BackersModel.Grown(now, low), BackersModel.Grown(now, middle), BackersModel.Grown(now, high));

    private Quantiles ByMoney(BackersRow row)
    {
        var ratio = row.Features.Values[0];
        var final = Forecast.Of(money, row.Features.Curve, PlatformFit.None).FinalRatio ?? new Quantiles(ratio, ratio, ratio);
        return new Quantiles(Of(final.P10), Of(final.P50), Of(final.P90));

        // Before anything is in, the training rows' usual gift turns money into people.
        double Of(double to) => row.Now > 0 && ratio > 0 ? row.Now * to / ratio : row.Now + ((to - ratio) * row.Features.Curve.Goal / meanGift[row.Campaign.Dataset]);
    }

    private (string, int) NearestDay(BackersRow row) =>
        growth.Keys.Where(key => key.Dataset == row.Campaign.Dataset).MinBy(key => Math.Abs(key.Days - row.Days));
}

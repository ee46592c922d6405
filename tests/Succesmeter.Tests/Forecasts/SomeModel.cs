using Succesmeter.Forecasts;

namespace Succesmeter.Tests.Forecasts;

/// <summary>A model of a few trees, small enough to work out by hand.</summary>
internal static class SomeModel
{
    public static int Place(string feature) => ForecastModel.FeatureNames.IndexOf(feature);

    /// <summary>One split each: log-odds rise by 1 above a quarter of the goal, fall by 2 for a gap above e^-1, rise by 1 with more than e days left.</summary>
    public static ForecastModel Model { get; } = new()
    {
        Name = "some",
        Version = "",
        Trees = new BoostedTrees([Stump("pledged-share", 0.25, 0, 1), Stump("gap", -1, 0, -2), Stump("days-left", 1, 0, 1)]),
        Calibration = new Calibration(0, 1),
        AllOrNothing = BaseRateCurve.Of([0.5, 0.5, null, null]),
        KeepItAll = BaseRateCurve.Of([0.1, 0.6, 0.9, null]),
        Seen = [.. Enumerable.Repeat(new SeenRange(-1e9, 1e9), ForecastModel.FeatureNames.Length)],
    };

    public static Tree Stump(string feature, double threshold, double below, double above) =>
        new([new Split(Place(feature), threshold, true, ~0, ~1)], [new Leaf(below, 5), new Leaf(above, 5)]);

    public static byte[] Bytes(this ForecastModel model)
    {
        using var stream = new MemoryStream();
        model.Write(stream);
        return stream.ToArray();
    }
}

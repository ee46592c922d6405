using Succesmeter.Forecasts;
using Succesmeter.Social;

namespace Succesmeter.Tests.Social;

/// <summary>A forecast of backers by hand: the number grows by a factor of e^.1, e^.5 and e^1, and in the first tenth of the time by e^.7 more.</summary>
internal static class SomeBackers
{
    public static BackersModel Model { get; } = new()
    {
        Name = "some",
        Version = "",
        Low = Trees(0.1),
        Middle = Trees(0.5),
        High = Trees(1),
        Margins = [.. Enumerable.Repeat(new BackersMargin(0, 0, 0), BackersModel.Parts)],
    };

    public static byte[] Bytes(this BackersModel model)
    {
        using var stream = new MemoryStream();
        model.Write(stream);
        return stream.ToArray();
    }

    private static BoostedTrees Trees(double growth) =>
        new([new Tree([new Split(BackersModel.FeatureNames.IndexOf("elapsed-share"), 0.1, true, ~0, ~1)], [new Leaf(growth + 0.7, 1), new Leaf(growth, 1)])]);
}

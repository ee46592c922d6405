using System.Text;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Models;
using Succesmeter.Tests.Features;

namespace Succesmeter.Learning.Tests.Models;

public sealed class PrototypesTests
{
    [Fact]
    public void Each_prototype_stands_for_twenty_campaigns_or_more_and_never_falls() =>
        Assert.All(ShippedModels.Prototypes, static prototype =>
        {
            Assert.True(prototype.Stands >= 20);
            Assert.InRange(prototype.ReachedShare, 0, 1);
            Assert.Equal(PastCurve.Points, prototype.Ratios.Length);
            Assert.Equal(prototype.Ratios.Order(), prototype.Ratios);
        });

    [Fact]
    public void A_campaign_finds_prototypes_that_went_its_way()
    {
        var nearest = PastCurve.Nearest(Curves.Plain, [], ShippedModels.Prototypes, 3);

        Assert.Equal(3, nearest.Length);
        Assert.All(nearest, prototype => Assert.InRange(prototype.Ratios[5], 0.2, 0.7));
    }

    [Fact]
    public void A_bundle_reads_back_and_refuses_damage_and_other_features()
    {
        var bundle = new ModelBundle();
        bundle.Add("some/numbers", [1, 0.1, double.PositiveInfinity]);
        bundle.Add("some/trees", ["a", "b"], new BoostedTrees([new Tree([new Split(1, 0.5, true, ~0, ~1)], [new Leaf(-1, 3), new Leaf(2, 4)])]));
        using var stream = new MemoryStream();
        bundle.Write(stream);
        var bytes = stream.ToArray();

        var read = ModelBundle.Read(new MemoryStream(bytes));
        Assert.Equal([1, 0.1, double.PositiveInfinity], read.Numbers("some/numbers"));
        Assert.Equal(2, read.Trees("some/trees", ["a", "b"]).Score([9, 0.6]));
        Assert.Contains("other features", Assert.Throws<InvalidDataException>(() => read.Trees("some/trees", ["a", "c"])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => read.Numbers("others"));

        var damaged = Encoding.UTF8.GetString(bytes).Replace("0.5", "0.6", StringComparison.Ordinal);
        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => ModelBundle.Read(new MemoryStream(Encoding.UTF8.GetBytes(damaged)))).Message, StringComparison.Ordinal);
    }
}

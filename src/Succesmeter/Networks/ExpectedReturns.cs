namespace Succesmeter.Networks;

/// <summary>How many donors of a platform are expected to give to another campaign within twelve months.</summary>
/// <param name="Donors">Who have given, rounded down to five.</param>
/// <param name="Returning">The sum of their probabilities, rounded down to five.</param>
public sealed record ExpectedReturn(int Donors, int Returning);

/// <summary>The only thing that is told of who gives again.</summary>
public static class ExpectedReturns
{
    /// <returns>Null where the small-number rules hide it.</returns>
    public static ExpectedReturn? Of(DonorGraph graph, NextGiftModel model, DateTimeOffset asOf)
    {
        var (donors, returning) = (0, 0.0);
        Span<double> features = stackalloc double[ReturnFeatures.Names.Count];
        for (var donor = 0; donor < graph.DonorCount; donor++)
            if (ReturnFeatures.Of(graph, donor, DonorGraph.MinuteOf(asOf), features))
            {
                donors++;
                returning += model.Return.Probability(features);
            }

        return SmallNumbers.Count((int)returning, donors) is { } shown ? new ExpectedReturn(donors - (donors % SmallNumbers.Step), shown) : null;
    }
}

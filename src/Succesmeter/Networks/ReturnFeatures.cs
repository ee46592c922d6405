namespace Succesmeter.Networks;

/// <summary>What is known of a donor before an instant, for the probability of a gift to another campaign within twelve months.</summary>
public static class ReturnFeatures
{
    public const int MonthsAhead = 12;

    public static IReadOnlyList<string> Names { get; } = ["constant", "log campaigns", "log months since the last gift", "log months since the first", "log donors of the campaigns given to"];

    private const double MinutesAMonth = 365.25 * 24 * 60 / 12;

    /// <returns>False for a donor who had not given yet.</returns>
    internal static bool Of(DonorGraph graph, int donor, int asOf, Span<double> features)
    {
        var (given, first, last, crowd) = (0, int.MaxValue, int.MinValue, 0.0);
        var campaigns = graph.CampaignsOf(donor);
        var firsts = graph.FirstMinutesOf(donor);
        for (var i = 0; i < campaigns.Length; i++)
        {
            if (firsts[i] >= asOf)
                continue;
            given++;
            first = Math.Min(first, firsts[i]);
            last = Math.Max(last, firsts[i]);
            crowd += Math.Log(1 + graph.DonorsBefore(campaigns[i], asOf));
        }

        if (given == 0)
            return false;

        features[0] = 1;
        features[1] = Math.Log(given);
        features[2] = Math.Log(1 + ((asOf - last) / MinutesAMonth));
        features[3] = Math.Log(1 + ((asOf - first) / MinutesAMonth));
        features[4] = crowd / given;
        return true;
    }
}

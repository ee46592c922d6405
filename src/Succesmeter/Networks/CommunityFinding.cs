namespace Succesmeter.Networks;

/// <summary>Whether a platform's donors form communities, and which. They are told only where chance and the algorithm's own dice do not make them.</summary>
/// <param name="Edges">Of the graph that was judged.</param>
/// <param name="SampledCampaigns">The judgement rests on a random sample of that many campaigns; null = on all.</param>
/// <param name="Modularity">The best that was found.</param>
/// <param name="Null">The same of random graphs of equal degrees.</param>
/// <param name="Agreement">Mean adjusted Rand index of every two of <see cref="Communities.Seeds"/> runs.</param>
public abstract record CommunityFinding(int Edges, int? SampledCampaigns, double Modularity, NullModularity? Null, double? Agreement)
{
    /// <summary>No communities can be told.</summary>
    /// <param name="Reason">A code of docs/network.md.</param>
    public sealed record CannotTell(string Reason, int Edges, int? SampledCampaigns, double Modularity, NullModularity? Null, double? Agreement)
        : CommunityFinding(Edges, SampledCampaigns, Modularity, Null, Agreement);

    /// <param name="Partition">Of the whole graph.</param>
    public sealed record Told(Partition Partition, int Edges, int? SampledCampaigns, double Modularity, NullModularity? Null, double? Agreement)
        : CommunityFinding(Edges, SampledCampaigns, Modularity, Null, Agreement);
}

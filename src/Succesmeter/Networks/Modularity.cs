namespace Succesmeter.Networks;

/// <summary>How many more edges lie inside communities than a null of equal degrees expects, as a share of all. Zero for a graph without edges.</summary>
public static class Modularity
{
    /// <summary>Newman and Girvan 2004 (Phys. Rev. E 69:026113): Σ_c [L_c/m − (K_c/2m)²], L edges inside, K sum of degrees, both sides together.</summary>
    public static double Of(DonorGraph graph, ReadOnlySpan<int> labels, int communities)
    {
        var (inside, ofDonors, ofCampaigns) = Sums(graph, labels, communities);
        double m = graph.EdgeCount, sum = 0;
        for (var c = 0; c < communities; c++)
        {
            var half = (ofDonors[c] + ofCampaigns[c]) / (2 * m);
            sum += (inside[c] / m) - (half * half);
        }

        return sum;
    }

    /// <summary>Barber 2007 (Phys. Rev. E 76:066102): Σ_c [L_c/m − K_c·D_c/m²], K the degrees of its donors, D those of its campaigns.</summary>
    public static double Barber(DonorGraph graph, ReadOnlySpan<int> labels, int communities)
    {
        var (inside, ofDonors, ofCampaigns) = Sums(graph, labels, communities);
        double m = graph.EdgeCount, sum = 0;
        for (var c = 0; c < communities; c++)
            sum += (inside[c] / m) - (ofDonors[c] / m * (ofCampaigns[c] / m));

        return sum;
    }

    private static (long[] Inside, long[] OfDonors, long[] OfCampaigns) Sums(DonorGraph graph, ReadOnlySpan<int> labels, int communities)
    {
        var (inside, ofDonors, ofCampaigns) = (new long[communities], new long[communities], new long[communities]);
        for (var donor = 0; donor < graph.DonorCount; donor++)
            foreach (var campaign in graph.CampaignsOf(donor))
            {
                var (own, other) = (labels[donor], labels[graph.DonorCount + campaign]);
                ofDonors[own]++;
                ofCampaigns[other]++;
                inside[own] += own == other ? 1 : 0;
            }

        return (inside, ofDonors, ofCampaigns);
    }
}

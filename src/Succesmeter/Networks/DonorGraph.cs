namespace Succesmeter.Networks;

/// <summary>
/// Who gave where on one platform: donors and campaigns as two sides of a graph, one edge for each pair, kept as arrays from both sides (CSR).
/// Donors are numbers here and nothing more; no pseudonym is in it.
/// </summary>
public sealed class DonorGraph
{
    /// <summary>Vertex numbers and edge ends are 32-bit.</summary>
    public const int MostEdges = 1 << 29;

    private static readonly DateTimeOffset s_epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly int[] donorStarts;
    private readonly int[] donorCampaigns;
    private readonly int[] firstMinutes;
    private readonly int[] lastMinutes;
    private readonly int[] campaignStarts;
    private readonly int[] campaignDonors;
    private readonly int[] campaignEdges;
    private readonly Lazy<int[]> sortedMinutes;
    private readonly Lazy<Dictionary<string, int>> numbers;

    /// <param name="campaigns">Their names, in the order of their numbers.</param>
    /// <param name="donorStarts">Where each donor's edges begin, and one more.</param>
    /// <param name="donorCampaigns">Campaign of each edge; rising within a donor.</param>
    /// <param name="firstMinutes">First gift of each edge, in minutes since 2000.</param>
    /// <param name="lastMinutes">Last gift of each edge.</param>
    internal DonorGraph(IReadOnlyList<string> campaigns, int[] donorStarts, int[] donorCampaigns, int[] firstMinutes, int[] lastMinutes)
    {
        Campaigns = campaigns;
        this.donorStarts = donorStarts;
        this.donorCampaigns = donorCampaigns;
        this.firstMinutes = firstMinutes;
        this.lastMinutes = lastMinutes;
        (campaignStarts, campaignDonors, campaignEdges) = Transposed(campaigns.Count, donorStarts, donorCampaigns);
        sortedMinutes = new Lazy<int[]>(MinutesByCampaign);
        numbers = new(() => campaigns.Index().ToDictionary(static one => one.Item, static one => one.Index, StringComparer.Ordinal));
    }

    /// <param name="campaigns">Their names, in the order of their numbers.</param>
    /// <param name="donorCount">How many donors there are; some may have no pair.</param>
    /// <param name="pairs">In any order; several of one donor and campaign become one edge.</param>
    public static DonorGraph Of(IReadOnlyList<string> campaigns, int donorCount, ReadOnlySpan<DonorPair> pairs)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pairs.Length, MostEdges, nameof(pairs));
        var starts = new int[donorCount + 1];
        foreach (var pair in pairs)
            starts[pair.Donor + 1]++;
        for (var donor = 0; donor < donorCount; donor++)
            starts[donor + 1] += starts[donor];

        var sorted = new DonorPair[pairs.Length];
        var next = starts.AsSpan(0, donorCount).ToArray();
        foreach (var pair in pairs)
            sorted[next[pair.Donor]++] = pair;

        var (ends, campaignOf, first, last) = (new int[donorCount + 1], new int[pairs.Length], new int[pairs.Length], new int[pairs.Length]);
        var edges = 0;
        for (var donor = 0; donor < donorCount; donor++)
        {
            var own = sorted.AsSpan(starts[donor]..starts[donor + 1]);
            own.Sort(static (a, b) => a.Campaign.CompareTo(b.Campaign));
            var from = edges;
            foreach (var pair in own)
            {
                if (edges == from || campaignOf[edges - 1] != pair.Campaign)
                {
                    (campaignOf[edges], first[edges], last[edges]) = (pair.Campaign, pair.FirstMinute, pair.LastMinute);
                    edges++;
                    continue;
                }

                first[edges - 1] = Math.Min(first[edges - 1], pair.FirstMinute);
                last[edges - 1] = Math.Max(last[edges - 1], pair.LastMinute);
            }

            ends[donor + 1] = edges;
        }

        Array.Resize(ref campaignOf, edges);
        Array.Resize(ref first, edges);
        Array.Resize(ref last, edges);
        return new DonorGraph(campaigns, ends, campaignOf, first, last);
    }

    public IReadOnlyList<string> Campaigns { get; }

    /// <summary>The number of each campaign, by its name.</summary>
    public IReadOnlyDictionary<string, int> Numbers => numbers.Value;

    public int CampaignCount => campaignStarts.Length - 1;

    public int DonorCount => donorStarts.Length - 1;

    public int EdgeCount => donorCampaigns.Length;

    /// <summary>Donors first, then campaigns: the numbering of every array that has a place for each vertex.</summary>
    public int VertexCount => DonorCount + CampaignCount;

    public ReadOnlySpan<int> CampaignsOf(int donor) => donorCampaigns.AsSpan(donorStarts[donor]..donorStarts[donor + 1]);

    /// <summary>In the order of the donors' numbers.</summary>
    public ReadOnlySpan<int> DonorsOf(int campaign) => campaignDonors.AsSpan(campaignStarts[campaign]..campaignStarts[campaign + 1]);

    public int DegreeOfDonor(int donor) => donorStarts[donor + 1] - donorStarts[donor];

    public int DegreeOfCampaign(int campaign) => campaignStarts[campaign + 1] - campaignStarts[campaign];

    /// <summary>Minutes since 2000 of the first gift of each of the donor's edges, beside <see cref="CampaignsOf"/>.</summary>
    public ReadOnlySpan<int> FirstMinutesOf(int donor) => firstMinutes.AsSpan(donorStarts[donor]..donorStarts[donor + 1]);

    /// <summary>The same of the last gift.</summary>
    public ReadOnlySpan<int> LastMinutesOf(int donor) => lastMinutes.AsSpan(donorStarts[donor]..donorStarts[donor + 1]);

    /// <summary>Donors whose first gift to a campaign lay before a minute.</summary>
    public int DonorsBefore(int campaign, int minute)
    {
        var own = sortedMinutes.Value.AsSpan(campaignStarts[campaign]..campaignStarts[campaign + 1]);
        var (low, high) = (0, own.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = own[middle] < minute ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The graph of the pairs whose first gift lies in [from, until); donors and campaigns keep their numbers.</summary>
    public DonorGraph Within(DateTimeOffset from, DateTimeOffset until)
    {
        var (first, end) = (MinuteOf(from), MinuteOf(until));
        return Where((_, edge) => firstMinutes[edge] >= first && firstMinutes[edge] < end);
    }

    /// <summary>Only the edges of the campaigns that are kept; donors and campaigns keep their numbers.</summary>
    internal DonorGraph WithCampaigns(bool[] kept) => Where((_, edge) => kept[donorCampaigns[edge]]);

    internal int[] DonorStarts => donorStarts;

    internal int[] DonorCampaigns => donorCampaigns;

    internal int[] FirstMinutes => firstMinutes;

    internal int[] CampaignStarts => campaignStarts;

    internal int[] CampaignDonors => campaignDonors;

    /// <summary>Beside <see cref="CampaignDonors"/>: where the same edge stands on the donors' side.</summary>
    internal int[] CampaignEdges => campaignEdges;

    /// <summary>The instants that edges can hold; what lies outside is moved to the ends.</summary>
    public static int MinuteOf(DateTimeOffset instant) => (int)Math.Clamp(Math.Floor((instant - s_epoch).TotalMinutes), int.MinValue / 2, int.MaxValue / 2);

    /// <summary>Whether an instant is so many minutes away: Int32 reaches back beyond the first year.</summary>
    public static bool IsMinute(int minute) => minute is >= int.MinValue / 2 and <= int.MaxValue / 2;

    public static DateTimeOffset InstantOf(int minute) => s_epoch.AddMinutes(minute);

    /// <summary>First gifts of each campaign's donors, rising.</summary>
    private int[] MinutesByCampaign()
    {
        var minutes = new int[campaignEdges.Length];
        for (var i = 0; i < minutes.Length; i++)
            minutes[i] = firstMinutes[campaignEdges[i]];
        for (var campaign = 0; campaign < CampaignCount; campaign++)
            minutes.AsSpan(campaignStarts[campaign]..campaignStarts[campaign + 1]).Sort();
        return minutes;
    }

    private DonorGraph Where(Func<int, int, bool> isKept)
    {
        var starts = new int[donorStarts.Length];
        var places = new List<int>();
        for (var donor = 0; donor < DonorCount; donor++)
        {
            for (var edge = donorStarts[donor]; edge < donorStarts[donor + 1]; edge++)
                if (isKept(donor, edge))
                    places.Add(edge);
            starts[donor + 1] = places.Count;
        }

        return new DonorGraph(Campaigns, starts, Picked(donorCampaigns), Picked(firstMinutes), Picked(lastMinutes));

        int[] Picked(int[] from)
        {
            var picked = new int[places.Count];
            for (var i = 0; i < picked.Length; i++)
                picked[i] = from[places[i]];
            return picked;
        }
    }

    private static (int[] Starts, int[] Donors, int[] Edges) Transposed(int campaigns, int[] donorStarts, int[] donorCampaigns)
    {
        var starts = new int[campaigns + 1];
        foreach (var campaign in donorCampaigns)
            starts[campaign + 1]++;
        for (var campaign = 0; campaign < campaigns; campaign++)
            starts[campaign + 1] += starts[campaign];

        var next = starts.AsSpan(0, campaigns).ToArray();
        var donors = new int[donorCampaigns.Length];
        var edges = new int[donorCampaigns.Length];
        for (var donor = 0; donor < donorStarts.Length - 1; donor++)
            for (var edge = donorStarts[donor]; edge < donorStarts[donor + 1]; edge++)
            {
                var place = next[donorCampaigns[edge]]++;
                donors[place] = donor;
                edges[place] = edge;
            }

        return (starts, donors, edges);
    }
}

using System.Runtime.InteropServices;

namespace Succesmeter.Networks;

/// <summary>
/// A campaign's donors with their gifts elsewhere in the 24 months before theirs here, and the platform around them from which the null is drawn: everybody
/// else's gifts to other campaigns in the 24 months before <c>asOf</c>. Donors of the campaign come first.
/// </summary>
internal sealed class PriorGifts
{
    public const int Months = 24;

    /// <summary>More donors of the campaign than these are sampled: pairs grow with the square.</summary>
    private const int MostDonors = 1_000;

    /// <summary>Donors outside the campaign only say how popular each other campaign is; a random sample of them with so many gifts says it as well.</summary>
    private const int MostEdgesAround = 30_000;

    private PriorGifts(int donors, int givers, bool isSampled, DonorGraph around, int sampledDonors)
    {
        Donors = donors;
        WithPrior = givers;
        IsSampled = isSampled;
        Graph = around;
        Circle = sampledDonors;
    }

    /// <summary>Identified donors of the campaign.</summary>
    public int Donors { get; }

    /// <summary>Those of them with a prior gift elsewhere.</summary>
    public int WithPrior { get; }

    /// <summary>Donors 0 to <see cref="Circle"/> − 1 are the campaign's with a prior gift, the others are everybody else.</summary>
    public DonorGraph Graph { get; }

    public int Circle { get; }

    /// <summary>Not everybody is in the graph.</summary>
    public bool IsSampled { get; }

    public static PriorGifts Of(DonorGraph graph, int campaign, DateTimeOffset asOf, ulong seed)
    {
        var dice = new Dice(seed);
        var now = DonorGraph.MinuteOf(asOf);
        var pairs = new List<DonorPair>();
        var isOwn = new bool[graph.DonorCount];
        var own = new List<(int Donor, int GaveAt)>();
        foreach (var donor in graph.DonorsOf(campaign))
        {
            var gaveAt = graph.FirstMinutesOf(donor)[graph.CampaignsOf(donor).IndexOf(campaign)];
            if (gaveAt > now)
                continue;
            isOwn[donor] = true;
            own.Add((donor, gaveAt));
        }

        var withPrior = own.Where(giver => HasPrior(giver.Donor, giver.GaveAt)).ToArray();
        var circle = Math.Min(withPrior.Length, MostDonors);
        for (var i = 0; i < circle && circle < withPrior.Length; i++)
        {
            var drawn = i + dice.Next(withPrior.Length - i);
            (withPrior[i], withPrior[drawn]) = (withPrior[drawn], withPrior[i]);
        }

        for (var i = 0; i < circle; i++)
            Take(i, withPrior[i].Donor, withPrior[i].GaveAt);

        var isSampled = circle < withPrior.Length;
        var inside = pairs.Count;
        var order = Enumerable.Range(0, graph.DonorCount).Where(donor => !isOwn[donor]).ToArray();
        if (graph.EdgeCount > MostEdgesAround)
            dice.Shuffle(order);
        var next = circle;
        foreach (var donor in order)
        {
            if (pairs.Count - inside >= MostEdgesAround)
            {
                isSampled = true;
                break;
            }

            var from = pairs.Count;
            Take(next, donor, now);
            next += pairs.Count > from ? 1 : 0;
        }

        var sample = DonorGraph.Of(graph.Campaigns, next, CollectionsMarshal.AsSpan(pairs));
        return new PriorGifts(own.Count, withPrior.Length, isSampled, sample, circle);

        bool HasPrior(int donor, int gaveAt)
        {
            var from = pairs.Count;
            Take(0, donor, gaveAt);
            var has = pairs.Count > from;
            pairs.RemoveRange(from, pairs.Count - from);
            return has;
        }

        void Take(int number, int donor, int before)
        {
            var since = DonorGraph.MinuteOf(DonorGraph.InstantOf(before).AddMonths(-Months));
            var campaigns = graph.CampaignsOf(donor);
            var first = graph.FirstMinutesOf(donor);
            var last = graph.LastMinutesOf(donor);
            for (var i = 0; i < campaigns.Length; i++)
                if (campaigns[i] != campaign && first[i] < before && last[i] >= since)
                    pairs.Add(new DonorPair(number, campaigns[i], first[i], last[i]));
        }
    }
}

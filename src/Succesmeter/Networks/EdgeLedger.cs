using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Succesmeter.Snapshots;

namespace Succesmeter.Networks;

/// <summary>
/// What blocks say together. Of each donor and campaign the newest word says whether there is an edge, the earliest gift is its first and the latest its last: each
/// a greatest or a least, so that neither order nor repetition changes anything and blocks may be replaced by their sum (<see cref="Compacted"/>) at any time.
/// </summary>
public sealed class EdgeLedger
{
    /// <summary>Pseudonyms live that long.</summary>
    public const int MonthsKept = 36;

    private readonly int keptSince;
    private readonly Func<Pseudonym, bool>? isErased;
    private readonly Dictionary<Pseudonym, int> donors = [];
    private readonly Dictionary<string, int> campaignNumbers = new(StringComparer.Ordinal);
    private readonly List<string> campaigns = [];
    private readonly List<int?> leftAt = [];
    private readonly List<Word> words = [];

    /// <param name="asOf">Edges whose last gift lies more than 36 months before are forgotten.</param>
    /// <param name="isErased">Donors for whom a tombstone stands; none of their words is taken.</param>
    public EdgeLedger(DateTimeOffset asOf, Func<Pseudonym, bool>? isErased = null)
    {
        keptSince = DonorGraph.MinuteOf(asOf.AddMonths(-MonthsKept));
        this.isErased = isErased;
    }

    public void Add(EdgeBlock block)
    {
        ref var campaign = ref CollectionsMarshal.GetValueRefOrAddDefault(campaignNumbers, block.Campaign, out var isKnown);
        if (!isKnown)
        {
            campaign = campaigns.Count;
            campaigns.Add(block.Campaign);
            leftAt.Add(null);
        }

        if (block.LeftAt is { } instant && EdgeFile.SecondOf(instant) is var left && !(leftAt[campaign] >= left))
            leftAt[campaign] = left;
        foreach (var edge in block.Edges)
        {
            if (isErased?.Invoke(edge.Donor) == true)
                continue;

            ref var donor = ref CollectionsMarshal.GetValueRefOrAddDefault(donors, edge.Donor, out var isSeen);
            if (!isSeen)
                donor = donors.Count - 1;
            words.Add(new Word(donor, campaign, DonorGraph.MinuteOf(edge.First), DonorGraph.MinuteOf(edge.Last), EdgeFile.SecondOf(edge.KnownAt), edge.Identity, edge.Withdrawn));
        }
    }

    /// <summary>Words so far, repetitions included.</summary>
    public int Words => words.Count;

    /// <summary>The number that a donor has in <see cref="Graph"/>; null for one who is not in it.</summary>
    public int? DonorOf(Pseudonym donor) => donors.TryGetValue(donor, out var number) ? number : null;

    /// <summary>Donors and campaigns are numbered in the order in which blocks named them.</summary>
    public DonorGraph Graph()
    {
        var pairs = new List<DonorPair>(words.Count);
        foreach (var word in Sum())
            if (!word.Withdrawn && !(leftAt[word.Campaign] >= word.KnownAt))
                pairs.Add(new DonorPair(word.Donor, word.Campaign, word.First, word.Last));

        return DonorGraph.Of(campaigns, donors.Count, CollectionsMarshal.AsSpan(pairs));
    }

    /// <summary>Blocks that mean the same as all that were added, also together with blocks to come: words of withdrawal stay until they expire.</summary>
    public IEnumerable<EdgeBlock> Compacted()
    {
        var pseudonyms = new Pseudonym[donors.Count];
        foreach (var (pseudonym, number) in donors)
            pseudonyms[number] = pseudonym;

        var sum = Sum();
        var byCampaign = new Grouping(sum.Select(static word => word.Campaign).ToArray(), campaigns.Count);
        for (var campaign = 0; campaign < campaigns.Count; campaign++)
        {
            var edges = ImmutableArray.CreateBuilder<DonorEdge>();
            foreach (var at in byCampaign[campaign])
            {
                var word = sum[at];
                edges.Add(new DonorEdge(pseudonyms[word.Donor], DonorGraph.InstantOf(word.First), DonorGraph.InstantOf(word.Last), word.Identity, word.Withdrawn, EdgeFile.InstantOf(word.KnownAt)));
            }

            if (edges.Count > 0 || leftAt[campaign] is not null)
                yield return new EdgeBlock(campaigns[campaign], edges.DrainToImmutable(), leftAt[campaign] is { } left ? EdgeFile.InstantOf(left) : null);
        }
    }

    /// <summary>One word a pair, in the order of donors and then campaigns.</summary>
    private List<Word> Sum()
    {
        words.Sort(static (a, b) => a.Donor != b.Donor ? a.Donor.CompareTo(b.Donor) : a.Campaign.CompareTo(b.Campaign));
        var sum = new List<Word>(words.Count);
        foreach (var word in words)
            if (sum.Count > 0 && sum[^1].Donor == word.Donor && sum[^1].Campaign == word.Campaign)
                sum[^1] = sum[^1].And(word);
            else
                sum.Add(word);

        // Judged by the sum: a pair that goes on stays whole.
        sum.RemoveAll(word => word.Last < keptSince);
        return sum;
    }

    private readonly record struct Word(int Donor, int Campaign, int First, int Last, int KnownAt, IdentityQuality Identity, bool Withdrawn)
    {
        public Word And(Word other)
        {
            // Of words of one second a withdrawal, and the worse identity, count.
            var newest = (KnownAt, Withdrawn, Identity).CompareTo((other.KnownAt, other.Withdrawn, other.Identity)) >= 0 ? this : other;
            return newest with { First = Math.Min(First, other.First), Last = Math.Max(Last, other.Last) };
        }
    }
}

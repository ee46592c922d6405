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
    private readonly List<Word> words = [];
    private List<Known> campaigns = [];
    private bool isInOrder = true;

    /// <param name="asOf">Edges whose last gift lies more than 36 months before are forgotten.</param>
    /// <param name="isErased">Donors for whom a tombstone stands; none of their words is taken.</param>
    public EdgeLedger(DateTimeOffset asOf, Func<Pseudonym, bool>? isErased = null)
    {
        keptSince = DonorGraph.MinuteOf(asOf.AddMonths(-MonthsKept));
        this.isErased = isErased;
    }

    public void Add(EdgeBlock block)
    {
        isInOrder = false;
        ref var campaign = ref CollectionsMarshal.GetValueRefOrAddDefault(campaignNumbers, block.Campaign, out var isKnown);
        if (!isKnown)
        {
            campaign = campaigns.Count;
            campaigns.Add(new Known(block.Campaign));
        }

        var known = campaigns[campaign];
        if (block.LeftAt is { } instant && EdgeFile.SecondOf(instant) is var left && !(known.LeftAt >= left))
            known.LeftAt = left;
        if (block.Holder is { } holder)
            known.Holder = Newest(known.Holder, IsErased(holder.Donor) ? holder with { Donor = default, Withdrawn = true } : holder);
        foreach (var edge in block.Edges)
        {
            if (IsErased(edge.Donor))
                continue;

            ref var donor = ref CollectionsMarshal.GetValueRefOrAddDefault(donors, edge.Donor, out var isSeen);
            if (!isSeen)
                donor = donors.Count - 1;
            words.Add(new Word(donor, campaign, DonorGraph.MinuteOf(edge.First), DonorGraph.MinuteOf(edge.Last), EdgeFile.SecondOf(edge.KnownAt), edge.Identity, edge.Withdrawn));
        }
    }

    /// <summary>A donor for whom a tombstone stands was named: the files are to be replaced by their sum, whatever else is due.</summary>
    public bool NamesErased { get; private set; }

    /// <summary>The number that a donor has in <see cref="Graph"/>; null for one who is not in it.</summary>
    public int? DonorOf(Pseudonym donor)
    {
        PutInOrder();
        return donors.TryGetValue(donor, out var number) ? number : null;
    }

    /// <summary>Donors and campaigns are numbered in the order of their names, so that whatever is drawn by a seed is the same in whatever order the blocks came.</summary>
    public DonorGraph Graph()
    {
        PutInOrder();
        var pairs = new List<DonorPair>(words.Count);
        foreach (var word in Sum())
            if (!word.Withdrawn && !HasLeft(word))
                pairs.Add(new DonorPair(word.Donor, word.Campaign, word.First, word.Last));

        return DonorGraph.Of([.. campaigns.Select(static campaign => campaign.Name)], donors.Count, CollectionsMarshal.AsSpan(pairs));
    }

    /// <summary>Who holds which campaign of <see cref="Graph"/>.</summary>
    public CampaignHolders Holders()
    {
        PutInOrder();

        // People are numbered as they are met, so that no pseudonym leaves the ledger.
        var (known, ids) = (StandingHolders(), new Dictionary<Pseudonym, int>());
        var people = new int[known.Length];
        for (var campaign = 0; campaign < known.Length; campaign++)
            people[campaign] = known[campaign] is not { Withdrawn: false } word ? -1 : ids.TryGetValue(word.Donor, out var person) ? person : ids[word.Donor] = ids.Count;

        var donorOf = new int?[ids.Count];
        var persons = new Dictionary<int, int>();
        foreach (var (pseudonym, person) in ids)
            if (DonorOf(pseudonym) is { } donor)
                persons[donor] = person;

        var sum = new Dictionary<(int Donor, int Campaign), Word>();
        foreach (var word in words)
            if (persons.ContainsKey(word.Donor))
                sum[(word.Donor, word.Campaign)] = sum.TryGetValue((word.Donor, word.Campaign), out var other) ? word.And(other) : word;
        foreach (var word in sum.Values)
            if (word is { Identity: IdentityQuality.Account, Withdrawn: false } && word.Last >= keptSince && !HasLeft(word))
                donorOf[persons[word.Donor]] = word.Donor;

        return new CampaignHolders(people, donorOf);
    }

    /// <summary>Blocks that mean the same as all that were added, also together with blocks to come: words of withdrawal stay until they expire.</summary>
    public IEnumerable<EdgeBlock> Compacted()
    {
        PutInOrder();
        var pseudonyms = new Pseudonym[donors.Count];
        foreach (var (pseudonym, number) in donors)
            pseudonyms[number] = pseudonym;

        var sum = Sum();
        var standing = StandingHolders();
        var byCampaign = new Grouping(sum.Select(static word => word.Campaign).ToArray(), campaigns.Count);
        for (var campaign = 0; campaign < campaigns.Count; campaign++)
        {
            var edges = ImmutableArray.CreateBuilder<DonorEdge>();
            foreach (var at in byCampaign[campaign])
            {
                var word = sum[at];
                edges.Add(new DonorEdge(pseudonyms[word.Donor], DonorGraph.InstantOf(word.First), DonorGraph.InstantOf(word.Last), word.Identity, word.Withdrawn, EdgeFile.InstantOf(word.KnownAt)));
            }

            var (name, leftAt) = (campaigns[campaign].Name, campaigns[campaign].LeftAt);
            var block = new EdgeBlock(name, edges.DrainToImmutable(), leftAt is { } left ? EdgeFile.InstantOf(left) : null) { Holder = standing[campaign] };
            if (!block.IsEmpty)
                yield return block;
        }
    }

    private void PutInOrder()
    {
        if (isInOrder)
            return;

        var (donorsInOrder, donorRanks) = (donors.Keys.ToArray(), new int[donors.Count]);
        Array.Sort(donorsInOrder, static (a, b) => a.Rank.CompareTo(b.Rank));
        for (var rank = 0; rank < donorsInOrder.Length; rank++)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrNullRef(donors, donorsInOrder[rank]);
            donorRanks[number] = rank;
            number = rank;
        }

        var campaignRanks = new int[campaigns.Count];
        campaigns = [.. campaigns.OrderBy(static campaign => campaign.Name, StringComparer.Ordinal)];
        for (var rank = 0; rank < campaigns.Count; rank++)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrNullRef(campaignNumbers, campaigns[rank].Name);
            campaignRanks[number] = rank;
            number = rank;
        }

        foreach (ref var word in CollectionsMarshal.AsSpan(words))
            word = word with { Donor = donorRanks[word.Donor], Campaign = campaignRanks[word.Campaign] };
        isInOrder = true;
    }

    private bool HasLeft(Word word) => campaigns[word.Campaign].LeftAt >= word.KnownAt;

    private bool IsErased(Pseudonym donor)
    {
        // Who holds nothing any more is nobody, and was left behind by an earlier sum.
        if (donor == default || isErased?.Invoke(donor) != true)
            return false;
        NamesErased = true;
        return true;
    }

    /// <summary>What left with its campaign, or 36 months after both its launch and the last gift that is known to it, is no longer there.</summary>
    private DonorEdge?[] StandingHolders()
    {
        var newest = new int[campaigns.Count];
        Array.Fill(newest, int.MinValue);
        foreach (var word in words)
            newest[word.Campaign] = Math.Max(newest[word.Campaign], word.Last);

        return [.. campaigns.Select((campaign, number) =>
            campaign.Holder is not { } word || campaign.LeftAt >= EdgeFile.SecondOf(word.KnownAt) || Math.Max(newest[number], DonorGraph.MinuteOf(word.Last)) < keptSince ? null : campaign.Holder)];
    }

    private static DonorEdge Newest(DonorEdge? one, DonorEdge other)
    {
        return one is not { } known || Order(known).CompareTo(Order(other)) < 0 ? other : known;

        static (int, bool, (ulong, ulong, byte), int) Order(DonorEdge word) =>
            (EdgeFile.SecondOf(word.KnownAt), word.Withdrawn, word.Donor.Rank, DonorGraph.MinuteOf(word.Last));
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

    private sealed class Known(string name)
    {
        public string Name { get; } = name;

        /// <summary>In seconds: what was known of its donors by then is no longer so. Null while it is there.</summary>
        public int? LeftAt { get; set; }

        /// <summary>The newest word of who holds it; null for none.</summary>
        public DonorEdge? Holder { get; set; }
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

using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Social;

/// <summary>
/// A crowd's gifts until one instant, read once for all indicators: which count, who gave them, how much each donor gave in all. An envelope of n people is
/// n gifts of an n-th; the first of them is the donor's own, the others are nobody we know.
/// </summary>
internal sealed class Givers
{
    private readonly List<Row> _rows = [];
    private readonly Dictionary<Pseudonym, Donor> _donors = [];

    private Givers() { }

    /// <summary>Anything was given at all, counted or not.</summary>
    public bool Any => _rows.Count > 0;

    /// <summary>Gifts of known donors and anonymous ones that count towards reach, those behind an envelope included.</summary>
    public long CountedGifts { get; private set; }

    /// <summary>Known donors with at least one gift that counts, themselves alone.</summary>
    public int CountedDonors { get; private set; }

    /// <summary>Anonymous gifts that count, one each.</summary>
    public int CountedAnonymous { get; private set; }

    /// <summary>Those behind envelopes, beyond the one who gave.</summary>
    public long CountedBehind { get; private set; }

    /// <summary>A donor is known by less than an account: two people may share the name.</summary>
    public bool HasNamesOnly { get; private set; }

    /// <summary>Gifts without an amount, those behind an envelope included.</summary>
    public long HiddenAmounts { get; private set; }

    /// <summary>Net sum of all known amounts, in minor units.</summary>
    public double KnownMinor { get; private set; }

    /// <summary>Somebody can be told from somebody else; otherwise there is a count of gifts and no more.</summary>
    public bool AnyDonorKnown => _donors.Count > 0;

    /// <summary>What the holder gave, in minor units: money of the campaign that nobody backed it with.</summary>
    public double HolderMinor { get; private set; }

    /// <summary>Gifts that were left out with bursts.</summary>
    public int BurstGifts { get; private set; }

    /// <summary>Their sum in minor units.</summary>
    public double BurstMinor { get; private set; }

    /// <param name="gifts">In any order.</param>
    /// <param name="until">Gifts given later are left out.</param>
    /// <param name="asOf">So are gifts that nobody had seen by then.</param>
    /// <param name="fiveEurosMinor">Null when the currency is not known.</param>
    /// <param name="bursts">Gifts to leave out.</param>
    public static Givers Until(IReadOnlyList<Gift> gifts, DateTimeOffset until, DateTimeOffset asOf, double? fiveEurosMinor, IReadOnlyList<GiftBurst> bursts)
    {
        var givers = new Givers();
        foreach (var gift in gifts)
        {
            if (gift.FirstSeenAt > asOf || gift.GivenAt > until)
                continue;

            if (gift.ByHolder)
                givers.HolderMinor += gift.AmountMinor ?? 0;
            else if (IsIn(bursts, gift))
            {
                givers.BurstGifts++;
                givers.BurstMinor += gift.AmountMinor!.Value;
            }
            else
                givers.Add(gift);
        }

        givers.SettleRefunds();
        givers.Count(fiveEurosMinor);
        return givers;
    }

    /// <summary>Where donors say that they live: of a known donor the newest word, of an unknown one the gift's. Those behind envelopes are not asked.</summary>
    public IEnumerable<string?> Places()
    {
        foreach (var row in _rows)
            if (row is { Counts: true, Donor: null })
                yield return row.Place;
        foreach (var donor in _donors.Values)
            if (donor.IsCounted)
                yield return donor.Place;
    }

    /// <summary>Each donor's known total above zero, each anonymous gift as a donor of its own.</summary>
    public List<(double Amount, long Donors)> Totals()
    {
        var totals = new List<(double, long)>(_rows.Count);
        foreach (var row in _rows)
            if (row.AmountEach is > 0 and var each && !row.Cancelled)
            {
                var others = row.Donor is null ? row.People : row.People - 1L;
                if (others > 0 && (row.Donor is null || row.Donor.IsGiver))
                    totals.Add((each, others));
            }

        foreach (var donor in _donors.Values)
            if (donor.IsGiver && donor.OwnMinor > 0)
                totals.Add((donor.OwnMinor, 1));

        return totals;
    }

    private static bool IsIn(IReadOnlyList<GiftBurst> bursts, Gift gift)
    {
        for (var i = 0; i < bursts.Count; i++)
            if (bursts[i].Holds(gift))
                return true;

        return false;
    }

    private void Add(Gift gift)
    {
        // A first name tells nobody apart, so its gifts are as good as anonymous.
        Donor? donor = null;
        if (gift is { Anonymous: false, Donor: { } pseudonym, Identity: not IdentityQuality.FirstName })
        {
            if (!_donors.TryGetValue(pseudonym, out donor))
                _donors.Add(pseudonym, donor = new Donor());

            HasNamesOnly |= gift.Identity is not IdentityQuality.Account;
        }

        var people = Math.Max(1, gift.People);
        double? each = gift.AmountMinor is { } amount ? (double)amount / people : null;
        _rows.Add(new Row
        {
            Place = gift.Place, Donor = donor, People = people, AmountEach = each, WholeMinor = gift.AmountMinor ?? 0,
        });
        KnownMinor += gift.AmountMinor ?? 0;
        if (each is null)
            HiddenAmounts += people;

        if (donor is not null)
        {
            donor.HasHidden |= each is null;
            donor.HasRefund |= each < 0;
            donor.OwnMinor += each ?? 0;
            donor.NetMinor += gift.AmountMinor ?? 0;
            if (gift.Place is { } place && donor.PlaceAt.CompareTo((gift.GivenAt, gift.Key)) < 0)
                (donor.Place, donor.PlaceAt) = (place, (gift.GivenAt, gift.Key));
        }
    }

    /// <summary>
    /// Money that went back was not given: a known donor's total is net, and one left with nothing did not give. An anonymous refund takes out one anonymous gift of its size;
    /// where there is none it is nobody's, and only the sum of money knows of it.
    /// </summary>
    private void SettleRefunds()
    {
        var refunds = _rows.Where(r => r is { Donor: null, AmountEach: < 0 }).ToList();
        if (refunds.Count == 0)
            return;

        // Of several gifts of one size the one with the fewest people goes, whatever the order of the list.
        var gifts = _rows
            .Where(r => r is { Donor: null, AmountEach: > 0 })
            .OrderBy(r => r.People)
            .GroupBy(r => r.WholeMinor)
            .ToDictionary(g => g.Key, g => new Queue<Row>(g));
        foreach (var refund in refunds)
            if (gifts.TryGetValue(-refund.WholeMinor, out var alike) && alike.TryDequeue(out var match))
                match.Cancelled = true;
    }

    private void Count(double? fiveEurosMinor)
    {
        var threshold = Threshold(fiveEurosMinor);
        foreach (var row in _rows)
        {
            row.Counts = row is { Cancelled: false, Donor: null or { IsGiver: true }, AmountEach: null or > 0 } && !(row.AmountEach < threshold);
            if (!row.Counts)
                continue;

            CountedGifts += row.People;
            CountedBehind += row.People - 1;
            if (row.Donor is null)
                CountedAnonymous++;
            else if (!row.Donor.IsCounted)
            {
                row.Donor.IsCounted = true;
                CountedDonors++;
            }
        }
    }

    /// <summary>Half the campaign's median gift or five euros, whichever is lower.</summary>
    private double Threshold(double? fiveEurosMinor)
    {
        var amounts = new List<(double Amount, long People)>(_rows.Count);
        foreach (var row in _rows)
            if (row.AmountEach is > 0 and var each && !row.Cancelled && row.Donor is not { IsGiver: false })
                amounts.Add((each, row.People));

        amounts.Sort((a, b) => a.Amount.CompareTo(b.Amount));
        var half = (At((Total() - 1) / 2) + At(Total() / 2)) / 4;
        return Math.Min(half, fiveEurosMinor ?? double.PositiveInfinity);

        long Total() => amounts.Sum(a => a.People);

        double At(long rank)
        {
            foreach (var (amount, people) in amounts)
            {
                if (rank < people)
                    return amount;
                rank -= people;
            }

            return 0;
        }
    }

    private sealed class Row
    {
        public required string? Place { get; init; }

        public required Donor? Donor { get; init; }

        public required int People { get; init; }

        public required double? AmountEach { get; init; }

        public required long WholeMinor { get; init; }

        public bool Cancelled { get; set; }

        public bool Counts { get; set; }
    }

    private sealed class Donor
    {
        /// <summary>The donor's own part, without those behind an envelope.</summary>
        public double OwnMinor { get; set; }

        public double NetMinor { get; set; }

        public bool HasHidden { get; set; }

        public string? Place { get; set; }

        public (DateTimeOffset At, ulong Key) PlaceAt { get; set; }

        public bool HasRefund { get; set; }

        public bool IsCounted { get; set; }

        public bool IsGiver => !HasRefund || HasHidden || NetMinor > 0;
    }
}

namespace Succesmeter.Networks;

/// <summary>
/// A random graph in which every donor and every campaign has as many edges as it had: two campaigns put the donors that only one of them has into a pot and
/// draw anew (curveball: Strona et al. 2014, Nature Communications 5:4114; a round in which each campaign trades once: Carstens, Berger and Strona 2018).
/// All such graphs are equally likely in the end (Carstens 2015, Phys. Rev. E 91:042812).
/// </summary>
internal sealed class Curveball
{
    private readonly int[] starts;
    private readonly int[] donors;
    private readonly int[] order;
    private readonly int[] mark;
    private readonly int[] pot;
    private int stamp;
    private Dice dice;

    /// <param name="starts">Where each campaign's donors begin, and one more; kept.</param>
    /// <param name="donors">Changed in place.</param>
    /// <param name="donorCount">Above every donor's number.</param>
    public Curveball(int[] starts, int[] donors, int donorCount, ulong seed)
    {
        this.starts = starts;
        this.donors = donors;
        mark = new int[donorCount];
        dice = new Dice(seed);
        var campaigns = starts.Length - 1;
        order = [.. Enumerable.Range(0, campaigns).Where(campaign => starts[campaign + 1] > starts[campaign])];
        var two = Enumerable.Range(0, campaigns).Select(campaign => starts[campaign + 1] - starts[campaign]).OrderDescending().Take(2).Sum();
        pot = new int[two];

        // Within log₂ rounds a donor can have come to any campaign; twice that, and ten, to have forgotten where from. Tests hold the result against enumeration.
        Mixing = 10 + (2 * (int)Math.Ceiling(Math.Log2(Math.Max(2, order.Length))));
        Between = 5 + (int)Math.Ceiling(Math.Log2(Math.Max(2, order.Length)));
    }

    /// <summary>Rounds before the first draw.</summary>
    public int Mixing { get; }

    /// <summary>Rounds between two draws.</summary>
    public int Between { get; }

    public ReadOnlySpan<int> DonorsOf(int campaign) => donors.AsSpan(starts[campaign]..starts[campaign + 1]);

    public void Trade(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            dice.Shuffle(order);
            for (var i = 0; i + 1 < order.Length; i += 2)
                Trade(Row(order[i]), Row(order[i + 1]));
        }
    }

    /// <summary>The graph as it stands now, without times.</summary>
    public DonorGraph Graph(DonorGraph of)
    {
        var donorStarts = of.DonorStarts;
        var next = donorStarts.AsSpan(0, of.DonorCount).ToArray();
        var campaigns = new int[donors.Length];
        for (var campaign = 0; campaign < starts.Length - 1; campaign++)
            foreach (var donor in DonorsOf(campaign))
                campaigns[next[donor]++] = campaign;

        return new DonorGraph(of.Campaigns, donorStarts, campaigns, [], []);
    }

    private Span<int> Row(int campaign) => donors.AsSpan(starts[campaign]..starts[campaign + 1]);

    private void Trade(Span<int> one, Span<int> other)
    {
        if (stamp > int.MaxValue - 4)
        {
            Array.Clear(mark);
            stamp = 0;
        }

        var (inOne, inBoth) = (++stamp, ++stamp);
        foreach (var donor in one)
            mark[donor] = inOne;

        // Shared donors stay, moved to the front; the rest goes into the pot.
        var (shared, potted) = (0, 0);
        foreach (var donor in other)
            if (mark[donor] == inOne)
            {
                mark[donor] = inBoth;
                other[shared++] = donor;
            }
            else
            {
                pot[potted++] = donor;
            }

        var fromOther = potted;
        var kept = 0;
        for (var i = 0; i < one.Length; i++)
            if (mark[one[i]] == inBoth)
                one[kept++] = one[i];
            else
                pot[potted++] = one[i];

        if (fromOther == 0 || fromOther == potted)
        {
            pot.AsSpan(0, fromOther).CopyTo(other[shared..]);
            pot.AsSpan(fromOther, potted - fromOther).CopyTo(one[kept..]);
            return;
        }

        // Only the first part is shuffled: a uniformly random subset needs no more.
        for (var i = 0; i < fromOther; i++)
        {
            var drawn = i + dice.Next(potted - i);
            (pot[i], pot[drawn]) = (pot[drawn], pot[i]);
        }

        pot.AsSpan(0, fromOther).CopyTo(other[shared..]);
        pot.AsSpan(fromOther, potted - fromOther).CopyTo(one[kept..]);
    }
}

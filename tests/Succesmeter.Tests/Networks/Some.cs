using Succesmeter.Networks;

namespace Succesmeter.Tests.Networks;

/// <summary>Small graphs.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Davis, Gardner and Gardner 1941: 18 women at 14 events, 89 attendances.</summary>
    public static DonorGraph Davis { get; } = Graph([.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Networks", "davis.txt")).Select(static line => line.Split(' ').Select(int.Parse).ToArray())]);

    /// <summary>The partition of greatest modularity, .336006, by igraph's community_optimal_modularity.</summary>
    public static readonly int[] DavisLabels = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 1, 2, 2, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2];

    /// <summary>Any small graph, degenerate ones among them: up to 40 donors, 12 campaigns.</summary>
    public static Gen<DonorGraph> Any { get; } = Gen.Select(Gen.Int[0, 11].Array[0, 8].Array[0, 40], Gen.Int[1, 1_000_000]).Select(static (rows, seed) => Graph(rows, 12, seed));

    /// <summary>Campaigns of each donor; gifts are a day apart in the order of the rows.</summary>
    public static DonorGraph Graph(params int[][] rows) => Graph(rows, rows.SelectMany(static row => row).DefaultIfEmpty(-1).Max() + 1, seed: 0);

    public static DonorGraph Timed(int campaigns, int donors, params (int Donor, int Campaign, double Day)[] gifts) => DonorGraph.Of(
        [.. Enumerable.Range(0, campaigns).Select(static c => $"c{c}")],
        donors,
        [.. gifts.Select(static gift => new DonorPair(gift.Donor, gift.Campaign, Minute(gift.Day), Minute(gift.Day)))]);

    /// <summary>Donors who keep to their own community with a chance; what is planted is in the labels of donors and campaigns.</summary>
    public static (DonorGraph Graph, int[] Labels) Planted(int donors, int campaigns, int communities, int giftsEach, double loyal, int seed)
    {
        var random = new Random(seed);
        var rows = new int[donors][];
        var labels = new int[donors + campaigns];
        for (var c = 0; c < campaigns; c++)
            labels[donors + c] = c % communities;
        for (var donor = 0; donor < donors; donor++)
        {
            labels[donor] = donor % communities;
            rows[donor] = [.. Enumerable.Range(0, giftsEach).Select(_ =>
                random.NextDouble() < loyal ? labels[donor] + (communities * random.Next(campaigns / communities)) : random.Next(campaigns))];
        }

        return (Graph(rows, campaigns, seed), labels);
    }

    private static int Minute(double day) => DonorGraph.MinuteOf(Start.AddDays(day));

    private static DonorGraph Graph(int[][] rows, int campaigns, int seed)
    {
        var random = new Random(seed);
        return DonorGraph.Of(
            [.. Enumerable.Range(0, campaigns).Select(static c => $"c{c}")],
            rows.Length,
            [.. rows.SelectMany((row, donor) => row.Select(campaign => new DonorPair(donor, campaign, Minute(donor), Minute(donor + random.Next(3)))))]);
    }
}

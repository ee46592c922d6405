using System.Collections.Immutable;
using Succesmeter.Outcomes;
using Succesmeter.Reports;

namespace Succesmeter.Tests.Reports;

public sealed class HiddenCountsTests
{
    private static readonly Gen<ImmutableArray<int>> Quarters =
        Gen.OneOf(Gen.Int[0, 6], Gen.Int[0, 6], Gen.Int[4, 40]).Array[4].Select(static counts => counts.ToImmutableArray());

    private static readonly Gen<CountNode> Trees = Gen.Select(
        Gen.Select(Quarters.Array[1, 4], Gen.Bool, static (rows, isFlat) => (rows, isFlat)).Array[1, 5],
        static groups => CountNode.Of("", [.. groups.Select(static (group, at) => group.isFlat
            ? new CountNode($"g{at}", group.rows[0])
            : CountNode.Of($"g{at}", [.. group.rows.Select(static (row, i) => new CountNode($"r{i}", row))]))]));

    [Fact]
    public void Whoever_calculates_with_all_that_is_shown_is_left_five_possible_values_of_each_small_count() =>
        Trees.Sample(static root => Assert.All(Attack.On(root, HiddenCounts.Of(root)).Where(static cell => cell.Value < HiddenCounts.Least), static cell => Assert.True(cell.Range >= 4, cell.ToString())), iter: 3000);

    [Fact]
    public void Givers_by_place_withstand_the_same() =>
        Gen.Select(Quarters.Array[BelgianPlaces.All.Count + 1], Gen.Int[0, 3]).Sample(
            static (rows, thin) =>
            {
                var codes = BelgianPlaces.All.Select(static place => place.Code).Append(CampaignYield.UnknownPlace).ToList();
                var root = GiverTree.Of(code => codes.IndexOf(code) % (thin + 1) == 0 ? rows[codes.IndexOf(code)] : [0, 0, 0, 0]);
                Assert.All(Attack.On(root, HiddenCounts.Of(root)).Where(static cell => cell.Value < HiddenCounts.Least), static cell => Assert.True(cell.Range >= 4, cell.ToString()));
            },
            iter: 30);

    [Fact]
    public void The_attack_finds_what_is_not_protected()
    {
        // Three of 23: with the whole and the other part shown, it is no secret.
        var root = CountNode.Of("", [new CountNode("large", [5, 5, 5, 5]), new CountNode("small", [0, 1, 1, 1])]);
        var bare = new Dictionary<CountNode, ShownCells>
        {
            [root] = new(true, [true, true, true, true]),
            [root.Parts[0]] = new(true, [true, true, true, true]),
            [root.Parts[1]] = ShownCells.None,
        };

        Assert.All(Attack.On(root, bare), static cell => Assert.Equal(0, cell.Range));
        Assert.False(HiddenCounts.Of(root)[root.Parts[0]].Year);
    }

    [Fact]
    public void Nothing_under_five_is_shown_and_nothing_is_hidden_without_a_small_count() =>
        Trees.Sample(static root =>
        {
            foreach (var (node, cells) in HiddenCounts.Of(root))
                Assert.True((!cells.Year || node.Year >= 5) && cells.Quarters.Select((shown, quarter) => !shown || node.Quarters[quarter] >= 5).All(static fine => fine));
            var all = HiddenCounts.Of(root).Keys;
            if (all.All(static node => node.Quarters.All(static count => count >= 5)))
                Assert.All(HiddenCounts.Of(root).Values, static cells => Assert.True(cells.Year && cells.HasAllQuarters));
        });

    /// <summary>
    /// How far each hidden cell can move while all that is shown stays as it is and nothing becomes negative. Parts of parts by quarters are a network in which every cell is an arc: from the
    /// whole through its parts to a row, and back through the year; a cell can rise by what flows back to its start past everything else. Exact, and another way than the bounds of the code.
    /// </summary>
    private static class Attack
    {
        public static IEnumerable<(string Cell, int Value, int Range)> On(CountNode root, IReadOnlyDictionary<CountNode, ShownCells> shown)
        {
            var nodes = new Dictionary<(CountNode?, int), int> { [(null, -1)] = 0 };
            var arcs = new List<(string Cell, int From, int To, int Value)>();
            Add(root, null);
            var hidden = arcs.Where(static arc => arc.Cell.Length > 0).ToList();
            foreach (var arc in hidden)
            {
                var others = hidden.Where(other => other != arc).ToList();
                yield return (arc.Cell, arc.Value, Flow(others, arc.To, arc.From, 5) + Flow(others, arc.From, arc.To, Math.Min(5, arc.Value)));
            }

            void Add(CountNode node, CountNode? whole)
            {
                for (var quarter = 0; quarter < 5; quarter++)
                {
                    var (outer, inner) = (At(whole, whole is null ? -1 : quarter), At(node, node.Parts.Count == 0 ? -1 : quarter));
                    var isShown = quarter == 4 ? shown[node].Year : shown[node].Quarters[quarter];
                    var value = quarter == 4 ? node.Year : node.Quarters[quarter];
                    arcs.Add((isShown ? "" : $"{whole?.Key}/{node.Key} {quarter}", quarter == 4 ? inner : outer, quarter == 4 ? outer : inner, value));
                }

                foreach (var part in node.Parts)
                    Add(part, node);
            }

            int At(CountNode? node, int quarter) => nodes.TryGetValue((node, quarter), out var known) ? known : nodes[(node, quarter)] = nodes.Count;
        }

        /// <summary>At most so much flows, along hidden cells that may rise as they like and fall to zero.</summary>
        private static int Flow(List<(string Cell, int From, int To, int Value)> arcs, int from, int to, int most)
        {
            var change = new int[arcs.Count];
            for (var flow = 0; flow < most; flow++)
            {
                var cameBy = new Dictionary<int, (int Arc, int By)> { [from] = (-1, 0) };
                var queue = new Queue<int>([from]);
                while (!cameBy.ContainsKey(to) && queue.TryDequeue(out var at))
                    for (var arc = 0; arc < arcs.Count; arc++)
                    {
                        if (arcs[arc].From == at && cameBy.TryAdd(arcs[arc].To, (arc, 1)))
                            queue.Enqueue(arcs[arc].To);
                        if (arcs[arc].To == at && arcs[arc].Value + change[arc] > 0 && cameBy.TryAdd(arcs[arc].From, (arc, -1)))
                            queue.Enqueue(arcs[arc].From);
                    }

                if (!cameBy.ContainsKey(to))
                    return flow;
                for (var at = to; at != from;)
                {
                    var (arc, by) = cameBy[at];
                    change[arc] += by;
                    at = by > 0 ? arcs[arc].From : arcs[arc].To;
                }
            }

            return most;
        }
    }
}

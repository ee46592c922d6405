using System.Collections.Immutable;
using Succesmeter.Campaigns;
using Succesmeter.Networks;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Networks;

public sealed class EdgeFileTests
{
    private static readonly DateTimeOffset s_asOf = Some.Start.AddDays(400);

    private static readonly Gen<EdgeBlock> s_block = Gen.Select(
        Gen.Int[0, 3],
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 300], Gen.Int[0, 60], Gen.Int[0, 2], Gen.Bool, Gen.Int[0, 20]).Array[0, 6],
        Gen.Int[-30, 20],
        Gen.Select(Gen.Int[-3, 5], Gen.Int[0, 20], Gen.Bool)).Select(static (campaign, edges, left, holder) => new EdgeBlock(
            $"c{campaign}",
            [.. edges.Select(static e => Edge(e.Item1, e.Item2, e.Item2 + e.Item3, e.Item6, e.Item5, (IdentityQuality)Math.Min(1, e.Item4)))],
            left < 0 ? null : Some.Start.AddDays(left))
        {
            Holder = holder.Item1 < 0 ? null : Edge(holder.Item1, 20, 20, holder.Item2, holder.Item3),
        });

    [Fact]
    public void What_is_written_is_read_to_the_minute() =>
        s_block.Array[0, 8].Sample(blocks => Parts(Blocks(Written(blocks))).SequenceEqual(Parts(blocks)), iter: 200);

    /// <summary>A holder's word is a block of its own in the file.</summary>
    private static IEnumerable<string> Parts(IEnumerable<EdgeBlock> blocks) =>
        blocks.SelectMany(static block => (string[])[.. block.Holder is null ? [] : new[] { $"{block.Campaign} {block.Holder}" }, .. block.Holder is null || block.Edges.Length > 0 || block.LeftAt is not null ? [Told(block)] : Array.Empty<string>()]);

    [Fact]
    public async Task A_block_too_large_for_one_append_is_several()
    {
        var edges = Enumerable.Range(0, EdgeFile.MostEdgesABlock + 5).Select(static donor => Edge(donor, 1, 2)).ToImmutableArray();
        var read = new List<EdgeBlock>();
        await foreach (var block in EdgeFile.ReadAsync(new MemoryStream(EdgeFile.Bytes(new EdgeBlock("c", edges))), CancellationToken.None))
            read.Add(block);

        Assert.Equal([EdgeFile.MostEdgesABlock, 5], read.Select(static block => block.Edges.Length));
        Assert.Equal(edges, read.SelectMany(static block => block.Edges));
    }

    [Fact]
    public void A_torn_last_block_is_passed_over_wherever_it_was_torn()
    {
        var whole = Written([new EdgeBlock("a", [Edge(1, 1, 1)]), new EdgeBlock("b", [Edge(2, 2, 2)])]);
        var first = EdgeFile.Bytes(new EdgeBlock("a", [Edge(1, 1, 1)])).Length;

        for (var length = 0; length < whole.Length; length++)
            Assert.Equal(length < first ? [] : ["a"], Blocks(whole[..length]).Select(static block => block.Campaign));
    }

    [Fact]
    public void What_is_appended_behind_a_torn_block_is_read()
    {
        var torn = EdgeFile.Bytes(new EdgeBlock("torn", [Edge(1, 1, 1), Edge(2, 2, 2)]));
        var next = EdgeFile.Bytes(new EdgeBlock("next", [Edge(3, 3, 3)]));

        for (var length = 0; length < torn.Length; length++)
            Assert.Equal(["next"], Blocks([.. torn[..length], .. next]).Select(static block => block.Campaign));
    }

    [Fact]
    public void A_changed_byte_costs_its_own_block_alone()
    {
        var first = EdgeFile.Bytes(new EdgeBlock("first", [Edge(1, 1, 1)]));
        var second = EdgeFile.Bytes(new EdgeBlock("second", [Edge(3, 3, 3)]));

        for (var at = 0; at < first.Length; at++)
        {
            var changed = first.ToArray();
            changed[at] ^= 0x10;
            Assert.Equal(["second"], Blocks([.. changed, .. second]).Select(static block => block.Campaign));
        }
    }

    [Fact]
    public void Order_and_repetition_of_blocks_change_nothing() =>
        Gen.Select(s_block.Array[0, 8], Gen.Int[0, 1_000_000]).Sample(
            (blocks, seed) =>
            {
                EdgeBlock[] otherwise = [.. blocks, .. blocks.Take(3)];
                new Random(seed).Shuffle(otherwise);
                return Pairs(blocks).SequenceEqual(Pairs(otherwise));
            },
            iter: 500);

    [Fact]
    public void Donors_and_campaigns_have_the_same_numbers_in_whatever_order_they_came() =>
        Gen.Select(s_block.Array[0, 8], Gen.Int[0, 1_000_000]).Sample(
            (blocks, seed) =>
            {
                EdgeBlock[] otherwise = [.. blocks];
                new Random(seed).Shuffle(otherwise);
                return Numbered(blocks).SequenceEqual(Numbered(otherwise));
            },
            iter: 500);

    [Fact]
    public void A_compacted_file_means_the_same_with_whatever_is_appended_later_or_was_not_yet_deleted() =>
        Gen.Select(s_block.Array[0, 6], s_block.Array[0, 6]).Sample(
            (old, later) =>
            {
                var ledger = Ledger(old);
                EdgeBlock[] compacted = [.. Blocks(Written([.. ledger.Compacted()]))];
                return Pairs([.. compacted, .. later]).SequenceEqual(Pairs([.. old, .. later]))
                    && Pairs([.. later, .. compacted, .. old]).SequenceEqual(Pairs([.. old, .. later]));
            },
            iter: 500);

    [Fact]
    public void The_newest_word_says_whether_there_is_an_edge_and_of_equals_the_withdrawal()
    {
        var gave = new EdgeBlock("c", [Edge(1, 5, 5, knownOn: 6)]);
        var tookBack = new EdgeBlock("c", [Edge(1, 5, 5, knownOn: 8, withdrawn: true)]);
        var gaveAgain = new EdgeBlock("c", [Edge(1, 9, 9, knownOn: 9)]);

        Assert.Single(Pairs([gave]));
        Assert.Empty(Pairs([tookBack, gave]));
        Assert.Single(Pairs([gaveAgain, tookBack, gave]));
        Assert.Empty(Pairs([gave, new EdgeBlock("c", [Edge(1, 5, 5, knownOn: 6, withdrawn: true)])]));
    }

    [Fact]
    public void Erased_donors_expired_gifts_and_sensitive_campaigns_are_not_in_the_graph()
    {
        var blocks = new[] { new EdgeBlock("open", [Edge(1, 1, 1), Edge(2, 300, 300), Edge(3, 300, 300)]), new EdgeBlock("sensitive", [Edge(2, 1, 1, knownOn: 2)], Some.Start.AddDays(3)) };
        var ledger = new EdgeLedger(Some.Start.AddDays(2).AddMonths(EdgeLedger.MonthsKept), donor => donor.High == 3);
        foreach (var block in blocks)
            ledger.Add(block);

        var graph = ledger.Graph();
        Assert.Equal(1, graph.EdgeCount);
        Assert.Equal(["open"], graph.CampaignsOf(ledger.DonorOf(new Pseudonym(2, 0, 1))!.Value).ToArray().Select(campaign => graph.Campaigns[campaign]));
        Assert.DoesNotContain(ledger.Compacted().SelectMany(static block => block.Edges), static edge => edge.Donor.High is 1 or 3);
    }

    [Fact]
    public void Snapshot_after_snapshot_the_appended_blocks_say_who_gave_and_who_took_back()
    {
        var before = State(1);
        var first = before.With(Snapshot(1, "ann", "bea", "cas"), out _);
        var second = first.With(Snapshot(2, "ann", "cas", "dov"), out _);
        var third = second.With(Snapshot(3, "ann", "cas", "dov") with { Sensitive = true }, out _);
        EdgeBlock[] blocks = [Between(before, first, 1)!, Between(first, second, 2)!];

        Assert.Equal(2, blocks[1].Edges.Length);
        Assert.Equal(3, Pairs(blocks).Count);
        Assert.Equal(3, Pairs([.. blocks.Reverse(), .. blocks]).Count);
        Assert.Null(Between(second, second.With(Snapshot(3, "ann", "cas", "dov"), out _), 3));
        Assert.Empty(Pairs([.. blocks, Between(second, third, 3)!]));
        Assert.Equal(3, Pairs([.. blocks, Between(second, third, 3)!, Between(third, third.With(Snapshot(4, "ann", "cas", "dov") with { Sensitive = false }, out _), 4)!]).Count);
    }

    [Fact]
    public void A_correction_takes_back_what_the_corrected_snapshot_had_said()
    {
        // The list of day 2 lacked bea and showed dov; the correction of the same day has it the other way round.
        var first = State(1).With(Snapshot(1, "ann", "bea"), out _);
        var wrong = first.With(Snapshot(2, "ann", "dov"), out _);
        var corrected = first.With(Snapshot(2, "ann", "bea", "eva"), out _);
        EdgeBlock[] blocks = [Between(State(1), first, 1)!, Between(first, wrong, 2)!, ChangedEdges.Whole(corrected, Some.Start.AddDays(3))];

        Assert.Equal(["ann", "bea", "eva"], Donors(blocks));
        Assert.Equal(["ann", "bea", "eva"], Donors([.. blocks.Reverse(), .. Ledger(blocks).Compacted()]));
        Assert.Equal(["ann", "bea"], Donors([.. blocks, Between(corrected, corrected.With(Snapshot(4, "ann", "bea"), out _), 4)!]));
        Assert.Empty(Pairs([.. blocks, ChangedEdges.Whole(corrected with { Facts = corrected.Facts with { Sensitive = true } }, Some.Start.AddDays(5))]));

        static IEnumerable<string> Donors(EdgeBlock[] blocks)
        {
            var graph = Ledger(blocks);
            return new[] { "ann", "bea", "cas", "dov", "eva" }.Where(name => graph.DonorOf(new Pseudonym(name[0], name[1], 1)) is { } donor && graph.Graph().DegreeOfDonor(donor) > 0);
        }
    }

    [Fact]
    public void A_reader_that_knows_no_holders_passes_over_them()
    {
        // As the file was before: blocks of one magic alone, found one behind the other.
        var holder = EdgeFile.Bytes(new EdgeBlock("c", []) { Holder = Edge(1, 1, 1) });
        Assert.Equal("SMH1"u8.ToArray(), holder[..4]);
        Assert.Equal(-1, holder.AsSpan().IndexOf("SME1"u8));
        Assert.Empty(Pairs([new EdgeBlock("c", []) { Holder = Edge(1, 1, 1) with { Withdrawn = true } }]));
    }

    [Fact]
    public void A_holders_word_expires_36_months_after_the_launch_and_the_last_gift_and_leaves_with_the_campaign()
    {
        var word = new EdgeBlock("c", [Edge(1, 1, 30)]) { Holder = Edge(9, 1, 1) };
        Assert.NotNull(At(Some.Start.AddDays(30).AddMonths(36), word).Compacted().Single().Holder);
        Assert.Empty(At(Some.Start.AddDays(31).AddMonths(36), word).Compacted());
        Assert.Null(At(Some.Start.AddDays(40), word, new EdgeBlock("c", [], Some.Start.AddDays(3))).Holders().Of(0));
        Assert.Null(At(Some.Start.AddDays(40), word, new EdgeBlock("c", [], Some.Start.AddDays(3))).Compacted().Single().Holder);

        static EdgeLedger At(DateTimeOffset asOf, params EdgeBlock[] blocks)
        {
            var ledger = new EdgeLedger(asOf);
            foreach (var block in blocks)
                ledger.Add(block);
            return ledger;
        }
    }

    [Fact]
    public void An_erased_holder_is_nobody_and_no_pseudonym_of_theirs_is_left()
    {
        var ledger = new EdgeLedger(s_asOf, static donor => donor.High == 9);
        ledger.Add(new EdgeBlock("c", [Edge(1, 1, 30), Edge(9, 1, 30)]) { Holder = Edge(9, 1, 1) });

        Assert.Null(ledger.Holders().Of(0));
        Assert.All(ledger.Compacted(), static block => Assert.True(block.Holder is null or { Withdrawn: true, Donor.High: 0 } && block.Edges.All(static edge => edge.Donor.High != 9)));
    }

    private static EdgeBlock? Between(CampaignState before, CampaignState after, int day) => ChangedEdges.Between(before, after, Some.Start.AddDays(day));

    private static CampaignState State(int campaign) => CampaignState.Of(new CampaignId(new PlatformId("p"), $"c{campaign}"));

    private static Snapshot Snapshot(int day, params string[] donors) => new()
    {
        Campaign = new CampaignId(new PlatformId("p"), "c1"),
        TakenAt = Some.Start.AddDays(day),
        Pledged = 10 * donors.Length,
        ContributionsAre = ContributionsAre.All,
        Contributions = [.. donors.Select(static (donor, i) => new Contribution { Id = donor, Amount = 10, Donor = new Pseudonym(donor[0], donor[1], 1), Identity = IdentityQuality.Account })],
    };

    private static DonorEdge Edge(int donor, int first, int last, int knownOn = 0, bool withdrawn = false, IdentityQuality identity = IdentityQuality.Account) =>
        new(new Pseudonym((ulong)donor, 0, 1), Some.Start.AddDays(first), Some.Start.AddDays(last), identity, withdrawn, Some.Start.AddDays(knownOn).AddSeconds(7));

    private static string Told(EdgeBlock block) => $"{block.Campaign} {block.LeftAt:O} {string.Join(';', block.Edges)}";

    private static byte[] Written(IReadOnlyList<EdgeBlock> blocks) => [.. blocks.SelectMany(EdgeFile.Bytes)];

    private static List<EdgeBlock> Blocks(byte[] file) => EdgeFile.ReadAsync(new MemoryStream(file), CancellationToken.None).ToBlockingEnumerable().ToList();

    private static EdgeLedger Ledger(IEnumerable<EdgeBlock> blocks)
    {
        var ledger = new EdgeLedger(s_asOf);
        foreach (var block in blocks)
            ledger.Add(block);
        return ledger;
    }

    /// <summary>The graph by numbers.</summary>
    private static IEnumerable<string> Numbered(IEnumerable<EdgeBlock> blocks)
    {
        var graph = Ledger(blocks).Graph();
        return [.. graph.Campaigns, .. Enumerable.Range(0, graph.DonorCount).Select(donor => $"{donor}: {string.Join(',', graph.CampaignsOf(donor).ToArray())}")];
    }

    /// <summary>The graph by names, whatever the numbering.</summary>
    private static List<string> Pairs(IEnumerable<EdgeBlock> blocks)
    {
        var ledger = Ledger(blocks);
        var graph = ledger.Graph();
        var pairs = new List<string>();
        for (ulong name = 0; name < 256; name++)
            foreach (var second in (ulong[])[0, 'n', 'e', 'a', 'o'])
                if (ledger.DonorOf(new Pseudonym(name, second, 1)) is { } donor)
                    for (var i = 0; i < graph.DegreeOfDonor(donor); i++)
                        pairs.Add($"{name} {graph.Campaigns[graph.CampaignsOf(donor)[i]]} {graph.FirstMinutesOf(donor)[i]} {graph.LastMinutesOf(donor)[i]}");

        // Who holds what: which campaigns are one person's, and which donor that is.
        var holders = ledger.Holders();
        for (var campaign = 0; campaign < graph.CampaignCount; campaign++)
            if (holders.Of(campaign) is { } holder)
                pairs.Add($"{graph.Campaigns[campaign]} held by {Enumerable.Range(0, 9).FirstOrDefault(name => holder.Donor is { } donor && ledger.DonorOf(new Pseudonym((ulong)name, 0, 1)) == donor, -1)}, who holds {string.Join(',', holder.Own.Select(own => graph.Campaigns[own]).Order(StringComparer.Ordinal))}");
        pairs.Sort(StringComparer.Ordinal);
        return pairs;
    }
}

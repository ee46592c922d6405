using System.Text;
using Succesmeter.Social;

namespace Succesmeter.Tests.Social;

public sealed class ReferencesTests
{
    [Fact]
    public void The_shipped_tables_are_what_their_card_says()
    {
        var shipped = References.Shipped;

        Assert.Equal($"uk-community-fundraisers-{shipped.Card.From.Year}-{shipped.Card.Until.Year}", shipped.Card.Name);
        Assert.Equal(["reach", "breadth"], shipped.Tables.Select(t => t.Name));
        Assert.All(shipped.Tables, table =>
        {
            Assert.All(table.Cells, cell => Assert.InRange(cell.N, 0, shipped.Card.Campaigns));
            Assert.All(table.Cells.Where(c => c.N > 0), cell => Assert.Equal(50, cell.Quantiles.Count));
            Assert.All(table.Cells, cell => Assert.Equal(cell.Quantiles.Order(), cell.Quantiles));
        });
        Assert.All(shipped.Tables[1].Cells, cell => Assert.All(cell.Quantiles, q => Assert.InRange(q, 1, 20)));
    }

    [Fact]
    public void What_was_read_is_written_again_byte_for_byte()
    {
        var bytes = Bytes(References.Shipped);
        Assert.Equal(bytes, Bytes(ReferenceFile.Read(new MemoryStream(bytes))));
    }

    [Fact]
    public void A_damaged_file_is_an_error()
    {
        var bytes = Bytes(References.Shipped);
        bytes[5000] ^= 1;
        Assert.Throws<FormatException>(() => ReferenceFile.Read(new MemoryStream(bytes)));
        Assert.Throws<FormatException>(() => ReferenceFile.Read(new MemoryStream(bytes[..4000])));
        Assert.Throws<FormatException>(() => ReferenceFile.Read(new MemoryStream()));
    }

    [Fact]
    public void Another_version_is_an_error()
    {
        var text = Encoding.UTF8.GetString(Bytes(References.Shipped)).Replace("references/1", "references/2", StringComparison.Ordinal);
        var error = Assert.Throws<FormatException>(() => ReferenceFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))));
        Assert.Contains("references/2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_those_with_the_same_value_count_as_below()
    {
        // One of ten below, six equal, three above: (1 + 6/2) / 10.
        var table = Table([0, 1, 1, 1, 1, 1, 1, 5, 6, 7]);
        Assert.Equal(40, table.Place(1, 1000, 5)!.Value.Percentile, 10);
    }

    [Fact]
    public void Between_two_quantiles_the_percentile_is_on_the_line()
    {
        // 10 stands at 25 %, 30 at 75 %.
        var table = Table([10, 30]);
        Assert.Equal(25, table.Place(10, 1000, 5)!.Value.Percentile, 10);
        Assert.Equal(50, table.Place(20, 1000, 5)!.Value.Percentile, 10);
        Assert.Equal(12.5, table.Place(1, 1000, 5)!.Value.Percentile, 10);
        Assert.Equal(87.5, table.Place(1000, 1000, 5)!.Value.Percentile, 10);
    }

    [Fact]
    public void Between_knots_neighbours_are_mixed_by_how_near_they_are()
    {
        // At a goal of 200, halfway between 100 and 400 on the logarithm, and at day 1 of 0 to 4: ½ · (¾, ¼) of each.
        var table = new ReferenceTable(
            "x", false, [100, 400], [0, 4],
            [new(100, [0, 2]), new(200, [2, 4]), new(300, [0, 1]), new(400, [1, 9])]);
        var place = table.Place(2, 200, 1)!.Value;
        // Shares of 2 in the four cells: 0.75, 0.25, 0.875, and on the line from 1 at .25 to 9 at .75: .3125.
        Assert.Equal(100 * ((0.375 * 0.75) + (0.125 * 0.25) + (0.375 * 0.875) + (0.125 * 0.3125)), place.Percentile, 10);
        Assert.Equal((0.375 * 100) + (0.125 * 200) + (0.375 * 300) + (0.125 * 400), place.N, 10);
    }

    [Fact]
    public void A_higher_value_never_stands_lower() =>
        Gen.Select(Gen.OneOf("reach", "breadth"), Gen.Double[0, 300], Gen.Double[0, 5], Gen.Double[10, 200_000], Gen.Double[0, 120])
            .Sample((name, value, more, goal, days) =>
                References.Shipped.Place(name, value + more, goal, days)!.Value.Percentile
                >= References.Shipped.Place(name, value, goal, days)!.Value.Percentile - 1e-9);

    [Fact]
    public void A_quantity_without_a_table_has_no_place() => Assert.Null(References.Shipped.Place("dialogue", 1, 1000, 5));

    private static ReferenceTable Table(double[] quantiles) => new("x", false, [1000], [5], [new ReferenceCell(quantiles.Length, quantiles)]);

    private static byte[] Bytes(References references)
    {
        using var stream = new MemoryStream();
        ReferenceFile.Write(references, stream);
        return stream.ToArray();
    }
}

using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Succesmeter.Campaigns;
using Succesmeter.Erasures;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Erasures;

public sealed class RawTextTests
{
    private static readonly PlatformId s_platform = new("growfunding");
    private static readonly KeyedPseudonyms s_pseudonyms = new("a key of at least sixteen bytes"u8, 2, former: [("another key of sixteen bytes"u8.ToArray(), 1)]);

    [Theory]
    [InlineData("""{"donor":"Zoé Peeters"}""", """{"donor":null}""")]
    [InlineData("""[{"donor":"zoÉ PEETERS","amount":5}]""", """[{"donor":null,"amount":5}]""")]
    [InlineData("""{"donor":"Zo\u00e9 Peeters","x":"a\"b"}""", """{"donor":null,"x":"a\"b"}""")]
    [InlineData("""{"note":"from Zoé Peeters, with love","title":"Zoé"}""", """{"note":null,"title":"Zoé"}""")]
    [InlineData("""{"Zoé Peeters":25}""", """{"":25}""")]
    [InlineData("""{"url":"https://example.org/u/u-7781?tab=1"}""", """{"url":null}""")]
    [InlineData("""{"url":"https://example.org/?q=Zo%C3%A9%20Peeters"}""", """{"url":null}""")]
    [InlineData("""{"line":1,"raw":"{\"donor\":\"Zo\\u00e9 Peeters\""}""", """{"line":1,"raw":null}""")]
    public async Task In_JSON_what_names_the_donor_becomes_null_and_nothing_else_changes(string raw, string left)
    {
        Assert.Equal(RawFinding.CanBeCleaned, await FindAsync(raw));
        Assert.Equal(left, await CopyAsync(raw));
        Assert.Equal(RawFinding.NamesNobody, await FindAsync(left));
    }

    [Theory]
    [InlineData("""{"donor":"u-77811"}""")]
    [InlineData("""{"a":"Zoé","b":"Peeters"}""")]
    [InlineData("<p>Zoé <b>en</b> Peeters</p>")]
    [InlineData("")]
    public async Task What_only_resembles_the_donor_stays(string raw)
    {
        Assert.Equal(RawFinding.NamesNobody, await FindAsync(raw));
        Assert.Equal(raw.StartsWith('{') ? raw : "", await CopyAsync(raw));
    }

    [Theory]
    [InlineData("<p>Bedankt <b>Zo&eacute; Peeters</b>!</p>")]
    [InlineData("<a href=\"/u/u-7781\">")]
    [InlineData("campaign,who\na,Zoé Peeters,25\n")]
    [InlineData("""{"donor":"Zoé Peeters""")]
    [InlineData("{\"a\":\"x\n{\"donor\":\"Jan\"}\n{\"b\":\"Zoé Peeters\n")]
    public async Task Where_nothing_can_be_taken_out_the_file_must_go(string raw) => Assert.Equal(RawFinding.MustGo, await FindAsync(raw));

    [Fact]
    public async Task Packed_stays_packed_and_what_is_cut_off_must_go()
    {
        var packed = Packed("""{"donor":"u-7781"}""");
        Assert.Equal(RawFinding.CanBeCleaned, await RawText.FindAsync(new MemoryStream(packed), Names(), default));
        using var target = new MemoryStream();
        await RawText.CopyAsync(new MemoryStream(packed), target, Names(), default);
        using var plain = new StreamReader(new GZipStream(new MemoryStream(target.ToArray()), CompressionMode.Decompress));
        Assert.Equal("""{"donor":null}""", await plain.ReadToEndAsync());

        Assert.Equal(RawFinding.MustGo, await RawText.FindAsync(new MemoryStream(packed[..^6]), Names(), default));
    }

    /// <summary>However long the file and wherever its pieces part.</summary>
    [Fact]
    public void Cleaned_JSON_is_JSON_that_says_the_same_without_the_donor() =>
        Gen.Select(Gen.Int[0, 3], Gen.String[0, 40], Gen.Int[0, 70_000]).Array[1, 6].Sample(rows =>
        {
            var values = rows.Select(static row => row.Item1 switch { 0 => "u-7781", 1 => "Zoé Peeters", _ => row.Item2.Where(static c => !char.IsSurrogate(c)).ToArray() is var kept ? new string(kept) : "" }).ToArray();
            var raw = string.Join('\n', values.Zip(rows, static (value, row) => JsonSerializer.Serialize(new { pad = new string('x', row.Item3), value })));
            var names = Names();
            var expected = string.Join('\n', values.Zip(rows, (value, row) => JsonSerializer.Serialize(new { pad = new string('x', row.Item3), value = names.IsIn(value) ? null : value })));

            Assert.Equal(expected, CopyAsync(raw).Result);
        }, iter: 30);

    [Fact]
    public async Task Running_text_is_read_whole_wherever_a_name_stands()
    {
        foreach (var before in (int[])[0, 65_530, 65_536, 200_000])
            Assert.Equal(RawFinding.MustGo, await FindAsync($"<p>{new string('x', before)} Zoé Peeters {new string('y', 70_000)}"));
    }

    [Fact]
    public void A_donor_of_an_earlier_key_is_found_too()
    {
        var of = new KeyedPseudonyms("another key of sixteen bytes"u8, 1).Of(s_platform, "u-9")!.Value;
        var names = new ErasedNames(s_pseudonyms, new Dictionary<PlatformId, ErasedDonors> { [s_platform] = new([Tombstone.Of(of)]) });
        Assert.True(names.Is("u-9"));
        Assert.False(names.Is("u-8"));
    }

    [Fact]
    public void A_tombstone_is_of_one_pseudonym_and_holds_no_part_of_it()
    {
        var donor = s_pseudonyms.Coded(s_platform, "u-7781");
        var mark = Tombstone.Of(donor);
        Assert.NotEqual(mark, Tombstone.Of(donor with { KeyVersion = 1 }));
        Assert.NotEqual(mark, Tombstone.Of(donor with { Low = donor.Low ^ 1 }));
        Assert.Empty(new[] { mark.High, mark.Low }.Intersect([donor.High, donor.Low]));
    }

    private static ErasedNames Names() => new(s_pseudonyms, new Dictionary<PlatformId, ErasedDonors>
    {
        [s_platform] = new(((string[])["u-7781", "Zoé Peeters"]).SelectMany(static name => s_pseudonyms.AllOf(s_platform, name)).Select(Tombstone.Of)),
    });

    private static Task<RawFinding> FindAsync(string raw) => RawText.FindAsync(new MemoryStream(Encoding.UTF8.GetBytes(raw)), Names(), default);

    private static async Task<string> CopyAsync(string raw)
    {
        using var target = new MemoryStream();
        await RawText.CopyAsync(new MemoryStream(Encoding.UTF8.GetBytes(raw)), target, Names(), default);
        return Encoding.UTF8.GetString(target.ToArray());
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Snapshots;

public sealed class KeyedPseudonymsTests
{
    private static readonly byte[] s_key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly PlatformId s_platform = new("growfunding");

    [Fact]
    public void A_pseudonym_is_the_head_of_an_HMAC_over_platform_and_donor() =>
        Gen.String[0, 700].Sample(donor =>
        {
            var code = HMACSHA256.HashData(s_key, Encoding.UTF8.GetBytes($"growfunding\n{donor}"));
            var expected = new Pseudonym(BinaryPrimitives.ReadUInt64BigEndian(code), BinaryPrimitives.ReadUInt64BigEndian(code.AsSpan(8)), 3);

            return new KeyedPseudonyms(s_key, 3).Of(s_platform, donor) == expected;
        });

    [Fact]
    public void Another_platform_or_key_tells_nothing_of_the_same_donor()
    {
        byte[] otherKey = [.. s_key.Reverse()];
        Pseudonym?[] all =
        [
            new KeyedPseudonyms(s_key, 1).Of(s_platform, "Jan"),
            new KeyedPseudonyms(s_key, 1).Of(new PlatformId("goteo"), "Jan"),
            new KeyedPseudonyms(otherKey, 1).Of(s_platform, "Jan"),
            new KeyedPseudonyms(s_key, 1).Of(s_platform, "Jana"),
        ];

        Assert.Equal(4, all.Select(p => p!.Value.High).Distinct().Count());
    }

    [Fact]
    public void A_tombstone_hides_one_donor_and_the_pseudonym_to_leave_it_is_still_known()
    {
        var gone = new KeyedPseudonyms(s_key, 1).Coded(s_platform, "Jan");
        var pseudonyms = new KeyedPseudonyms(s_key, 1, (platform, pseudonym) => platform == s_platform && pseudonym == gone);

        Assert.Null(pseudonyms.Of(s_platform, "Jan"));
        Assert.NotNull(pseudonyms.Of(s_platform, "Mia"));
        Assert.Equal(gone, pseudonyms.Coded(s_platform, "Jan"));
    }

    [Fact]
    public void Threads_may_share_it()
    {
        var pseudonyms = new KeyedPseudonyms(s_key, 1);
        var alone = Enumerable.Range(0, 500).Select(i => pseudonyms.Of(s_platform, $"u{i}")).ToArray();
        var together = new Pseudonym?[500];
        Parallel.For(0, 500, i => together[i] = pseudonyms.Of(s_platform, $"u{i}"));

        Assert.Equal(alone, together);
    }

    [Fact]
    public void A_short_key_and_a_zeroth_epoch_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyedPseudonyms(new byte[15], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyedPseudonyms(s_key, 0));
    }
}

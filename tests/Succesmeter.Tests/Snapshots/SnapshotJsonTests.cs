using System.Reflection;
using System.Text;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Snapshots;

public sealed class SnapshotJsonTests
{
    [Fact]
    public void What_is_written_is_read_again() =>
        Generated.Snapshots.Sample(snapshot => SnapshotJson.Read(SnapshotJson.Write(snapshot)) == snapshot);

    [Fact]
    public void Equal_snapshots_are_written_alike_and_others_are_not() =>
        Gen.Select(Generated.Snapshots, Generated.Snapshots).Sample((one, other) =>
        {
            var copy = SnapshotJson.Read(SnapshotJson.Write(one));
            Assert.Equal(one.GetHashCode(), copy.GetHashCode());
            Assert.Equal(SnapshotJson.ContentHash(one), SnapshotJson.ContentHash(copy));
            Assert.Equal(one == other, SnapshotJson.ContentHash(one) == SnapshotJson.ContentHash(other));
        });

    [Fact]
    public async Task Every_property_counts_in_equality_and_in_the_hash()
    {
        // The example fills every property; each that is not derived from others is emptied or changed in turn.
        var whole = await Some.SnapshotOfAsync(Some.Example);
        var bare = new Snapshot { Campaign = new CampaignId(new PlatformId("growfunding"), "other"), TakenAt = whole.TakenAt.AddDays(1) };
        foreach (var property in typeof(Snapshot).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.CanWrite))
        {
            var changed = SnapshotJson.Read(SnapshotJson.Write(whole));
            Assert.Equal(whole, changed);
            property.SetValue(changed, property.GetValue(bare));

            Assert.False(changed == whole, property.Name);
            Assert.True(SnapshotJson.ContentHash(changed) != SnapshotJson.ContentHash(whole), property.Name);
        }
    }

    [Fact]
    public void The_stored_form_does_not_change()
    {
        var snapshot = new Snapshot
        {
            Campaign = new CampaignId(new PlatformId("growfunding"), "tuin"),
            TakenAt = DateTimeOffset.FromUnixTimeMilliseconds(1_777_723_200_000),
            Title = "Tuin “é”",
            Pledged = 100.50m,
            Latitude = -0.0,
            Funding = FundingModel.AllOrNothing,
            LaunchedAt = new Moment(DateTimeOffset.FromUnixTimeMilliseconds(1_776_636_000_000), IsWholeDay: true),
            ContributionsAre = ContributionsAre.All,
            Contributions = [new Contribution { At = new Moment(DateTimeOffset.FromUnixTimeMilliseconds(1_776_700_000_000)), Amount = 25.00m, Donor = new Pseudonym(0xAB, 1, 2), Identity = IdentityQuality.FullName }, new Contribution { Anonymous = true, People = 25 }],
            Supporters = [],
        };

        Assert.Equal(
            """{"v":1,"platform":"growfunding","campaign":"tuin","takenAt":1777723200000,"title":"Tuin “é”","latitude":0,"funding":"all-or-nothing","launchedDay":1776636000000,"pledged":100.5,"contributionsAre":"all","contributions":[{"at":1776700000000,"amount":25,"donor":"0200000000000000ab0000000000000001","identity":"full-name"},{"anonymous":true,"people":25}],"supporters":[]}""",
            Encoding.UTF8.GetString(SnapshotJson.Write(snapshot)));
        // By sha256sum.
        Assert.Equal("9ae7550c3c479715f56f7e2303e00035", SnapshotJson.ContentHash(snapshot).ToString("x32"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"v\":2}")]
    [InlineData("{\"v\":1}")]
    [InlineData("[1]")]
    [InlineData("{\"v\":1,\"platform\":\"p\",\"campaign\":\"a/b\",\"takenAt\":1}")]
    [InlineData("{\"v\":1,\"platform\":\"p\",\"campaign\":\"c\",\"takenAt\":\"1\"}")]
    [InlineData("{\"v\":1,\"platform\":\"p\",\"campaign\":\"c\",\"takenAt\":9223372036854775807}")]
    [InlineData("{\"v\":1,\"platform\":\"p\",\"campaign\":\"c\",\"takenAt\":1,\"state\":\"asleep\"}")]
    [InlineData("{\"v\":1,\"platform\":\"p\",\"campaign\":\"c\",\"takenAt\":1,\"contributions\":[{\"donor\":\"zz\"}]}")]
    [InlineData("{\"v\":1,\"platform\":\"p\",\"campaign\":\"c\",\"takenAt\":1,\"actions\":[{}]}")]
    public void What_was_not_written_here_is_an_error(string stored) =>
        Assert.Throws<FormatException>(() => SnapshotJson.Read(Encoding.UTF8.GetBytes(stored)));
}

using Succesmeter.Campaigns;
using Succesmeter.Social;

namespace Succesmeter.Tests.Social;

public sealed class OwnReferencesTests
{
    private static readonly PlatformId Platform = new("growfunding");

    [Fact]
    public void Under_thirty_campaigns_are_no_references() =>
        Assert.Null(OwnReferences.Of(Platform, [.. Courses(29)], 40));

    [Fact]
    public void Thirty_alike_make_a_percentile_of_what_no_shipped_table_has()
    {
        var own = OwnReferences.Of(Platform, [.. Courses(40)], 40)!;
        // Campaign i of forty answered i/39: half of that stands in the middle.
        var place = own.Place("dialogue", 19.5 / 39, 5000, 21.5)!.Value;
        Assert.InRange(place.Percentile, 47, 53);
        Assert.InRange(place.N, 38, 40);
    }

    [Fact]
    public void Campaigns_of_another_duration_lend_nothing()
    {
        var own = OwnReferences.Of(Platform, [.. Courses(40, plannedDays: 20).Select(c => c with { Name = "short-" + c.Name }), .. Courses(40)], 60)!;
        // ln(60/20)/.3 lies beyond three bandwidths, ln(60/40)/.3 = 1.35 does not, and equal weights are still forty.
        Assert.InRange(own.Place("dialogue", 0.5, 5000, 21.5)!.Value.N, 38, 40);
        Assert.Null(OwnReferences.Of(Platform, [.. Courses(40, plannedDays: 20)], 60)!.Place("dialogue", 0.5, 5000, 21.5));
    }

    [Fact]
    public void Own_references_give_a_meter_and_what_none_of_them_has_stays_out()
    {
        var own = OwnReferences.Of(Platform, [.. Courses(60)], 60)!;
        var profile = SocialProfile.Of(Some.Asked(Some.Crowd), Some.Context, own, Some.AsOf);
        Assert.NotNull(profile.Meter);
        Assert.Equal("growfunding-own", profile["dialogue"].ReferenceName);

        var without = OwnReferences.Of(Platform, [.. Courses(60).Select(c => c with { Looks = [.. c.Looks.Select(l => l with { Dialogue = null })] })], 60)!;
        var three = SocialProfile.Of(Some.Asked(Some.Crowd), Some.Context, without, Some.AsOf);
        Assert.Equal((null, Reasons.NoReferences), (three["dialogue"].Percentile, three["dialogue"].Reason));
        Assert.NotNull(three.Meter);
    }

    [Fact]
    public void The_order_of_campaigns_changes_nothing() =>
        Gen.Shuffle(Courses(45).ToArray()).Sample(
            courses => OwnReferences.Of(Platform, courses, 40)!.Tables.Zip(OwnReferences.Of(Platform, [.. Courses(45)], 40)!.Tables)
                .All(pair => pair.First.Cells.Zip(pair.Second.Cells).All(cells => cells.First.N == cells.Second.N && cells.First.Quantiles.SequenceEqual(cells.Second.Quantiles))),
            iter: 5);

    private static IEnumerable<SocialCourse> Courses(int n, double plannedDays = 45) => Enumerable.Range(0, n).Select(i => new SocialCourse(
        $"c{i:D2}", 5000, plannedDays,
        [.. FittedReferences.Days.Where(day => day <= plannedDays).Select(day => new SocialLook(day, 20 + i, 10 + (i % 10), (double)i / (n - 1), (i * 7 % n) / (double)(n - 1)))]));
}

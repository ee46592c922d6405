using Succesmeter.Forecasts;
using Succesmeter.Tests.Features;

namespace Succesmeter.Tests.Forecasts;

public sealed class PastCurveTests
{
    private static readonly PastCurve Alike = Course("alike", share => share < 0.25 ? 0.15 : 0.4 + (share - 0.25));
    private static readonly PastCurve Faster = Course("faster", share => Math.Min(1.4, share * 4));
    private static readonly PastCurve Empty = Course("empty", _ => 0);

    [Fact]
    public void The_nearest_come_first() =>
        Assert.Equal(["alike", "faster"], PastCurve.Nearest(Curves.Plain, [Empty, Faster, Alike], [], 2).Select(curve => curve.Name));

    [Fact]
    public void Where_the_platform_has_too_few_prototypes_stand_in() =>
        Assert.Equal(["faster"], PastCurve.Nearest(Curves.Plain, [], [Faster], 1).Select(curve => curve.Name));

    [Fact]
    public void What_came_later_does_not_count()
    {
        var sameSoFar = Alike with { Ratios = [.. Alike.Ratios.Select((ratio, step) => step > 5 ? 9 : ratio)] };

        Assert.Equal(Alike.Distance(Curves.Plain), sameSoFar.Distance(Curves.Plain), 12);
    }

    [Fact]
    public void A_course_is_at_no_distance_from_itself()
    {
        var launch = Curves.Plain with { ElapsedDays = 0, Pledged = 0, Days = [] };

        Assert.Equal(0, Empty.Distance(launch));
    }

    private static PastCurve Course(string name, Func<double, double> ratio) =>
        new(name, 1, 1, [.. Enumerable.Range(0, PastCurve.Points).Select(step => ratio((double)step / (PastCurve.Points - 1)))]);
}

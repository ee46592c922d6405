using Succesmeter.Learning.Kickstarter;

namespace Succesmeter.Learning.Tests.Kickstarter;

public sealed class TimeScoreTests
{
    /// <summary>One success on day 1, one on day 2, two failures that end on days 2 and 3.</summary>
    private static readonly TimeScore Population = TimeScore.Of([1, 2, 2, 3], [true, true, false, false], 5);

    [Fact]
    public void Expected_wins_are_worked_out_by_hand()
    {
        // Sure success on day 1 of 3: three of four are still unfinished after it; no losses.
        Assert.Equal(0.75, Population.Score([0, 1, 1, 1], 3), 12);
        // Sure failure at day 3: loses to the success of day 1 and to that of day 2.
        Assert.Equal(-0.5, Population.Score([0, 0, 0, 0], 3), 12);
        // A failure that ends on day 2 is compared with the success of day 1 alone.
        Assert.Equal(-0.25, Population.Score([0, 0, 0], 2), 12);
    }

    [Fact]
    public void Sooner_is_never_ranked_lower() =>
        Gen.Double[0, 1].Array[3].Sample(steps =>
        {
            double[] late = [0, .. steps.Order()];
            double[] early = [0, Math.Max(late[1], late[2]), Math.Max(late[2], late[3]), late[3]];

            return Population.Score(early, 3) >= Population.Score(late, 3) - 1e-12;
        });
}

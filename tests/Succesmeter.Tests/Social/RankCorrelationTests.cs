using Succesmeter.Social;

namespace Succesmeter.Tests.Social;

public sealed class RankCorrelationTests
{
    [Fact]
    public void Rank_differences_give_it_by_hand() =>
        // Ranks 1 2 3 4 5 against 2 1 4 3 5: Σd² = 4, 1 − 6·4 / (5·24) = 0.8.
        Assert.Equal(0.8, RankCorrelation.Of([10, 20, 30, 40, 50], [2, 1, 400, 3, 5000]), 12);

    [Fact]
    public void Ties_share_their_mean_rank() =>
        // Ranks 1.5 1.5 3 against 1 2 3: covariance 1.5, variances 1.5 and 2.
        Assert.Equal(1.5 / Math.Sqrt(1.5 * 2), RankCorrelation.Of([7, 7, 9], [1, 2, 3]), 12);

    [Fact]
    public void At_equal_third_what_only_came_through_it_is_gone()
    {
        // With r_xy = r_xz·r_yz nothing is left: z orders, x and y each swap one other pair.
        double[] z = [1, 2, 3, 4, 5, 6];
        double[] x = [2, 1, 3, 4, 5, 6];
        double[] y = [1, 2, 3, 4, 6, 5];
        var xy = RankCorrelation.Of(x, y);
        var xz = RankCorrelation.Of(x, z);
        var yz = RankCorrelation.Of(y, z);
        Assert.Equal((xy - (xz * yz)) / Math.Sqrt((1 - (xz * xz)) * (1 - (yz * yz))), RankCorrelation.Partial(x, y, [z]), 12);
        Assert.InRange(RankCorrelation.Partial(x, y, [z]), -0.1, 0.1);
    }
}

using Succesmeter.Social;

namespace Succesmeter.Tests.Social;

public sealed class EqualGiversTests
{
    [Fact]
    public void Equal_givers_are_worth_exactly_twenty() =>
        Gen.Select(Gen.Double[0.01, 1e9], Gen.Long[20, 1_000_000_000]).Sample((amount, donors) => EqualGivers.Of([(amount, donors)]) == 20);

    [Fact]
    public void Nobody_is_worth_nothing_at_all() => Assert.Null(EqualGivers.Of([]));

    [Fact]
    public void Twenty_donors_are_their_own_only_subset() =>
        // (19·1 + 20)² / (19·1² + 20²)
        Assert.Equal(39.0 * 39 / 419, EqualGivers.Of([(1, 19), (20, 1)])!.Value, 12);

    [Fact]
    public void One_giant_among_forty_is_in_every_second_subset() =>
        // Half of the subsets are twenty equal givers; the others hold 19 ones and the giant's 100.
        Assert.Equal((0.5 * 20) + (0.5 * 119 * 119 / 10_019), EqualGivers.Of([(1, 39), (100, 1)])!.Value, 5);

    [Fact]
    public void It_is_the_mean_over_all_subsets() =>
        Gen.Int[1, 5000].Array[21, 23].Sample(
            amounts => Math.Abs(EqualGivers.Of(amounts.Select(a => (a / 10.0, 1L)))!.Value - MeanOverSubsets(amounts)) < 1e-5,
            iter: 50);

    [Fact]
    public void Two_amounts_follow_the_hypergeometric_law_however_many_give_them() =>
        Gen.Select(Gen.Long[1, 1_000_000_000], Gen.Long[20, 1_000_000_000], Gen.Double[1.01, 1e6]).Sample((many, few, amount) =>
            Math.Abs(EqualGivers.Of([(1, many), (amount, few)])!.Value - TwoAmounts(many, few, amount)) < 1e-4);

    [Fact]
    public void A_cent_beside_a_fortune_stays_a_number()
    {
        var value = EqualGivers.Of([(1, 10), (7, 9), (1e15, 3), (3e14, 2)])!.Value;
        Assert.InRange(value, 1, 20);
    }

    [Fact]
    public void The_unit_of_money_and_the_order_of_donors_do_not_matter() =>
        Gen.Select(Gen.Int[1, 100_000].Array[21, 60], Gen.Double[0.001, 1000]).Sample((amounts, unit) =>
            Math.Abs(
                EqualGivers.Of(amounts.Select(a => ((double)a, 1L)))!.Value
                - EqualGivers.Of(amounts.Reverse().Select(a => (a * unit, 1L)))!.Value) < 2e-5);

    private static double MeanOverSubsets(int[] amounts)
    {
        double sum = 0;
        var subsets = 0;
        Choose(0, 0, 0, 0);
        return sum / subsets;

        void Choose(int from, int chosen, double total, double squares)
        {
            if (chosen == EqualGivers.SampleSize)
            {
                sum += total * total / squares;
                subsets++;
                return;
            }

            for (var i = from; i <= amounts.Length - (EqualGivers.SampleSize - chosen); i++)
                Choose(i + 1, chosen + 1, total + amounts[i], squares + ((double)amounts[i] * amounts[i]));
        }
    }

    private static double TwoAmounts(long ones, long large, double amount)
    {
        double sum = 0, weights = 0;
        for (var j = 0; j <= EqualGivers.SampleSize; j++)
        {
            var weight = Binomial(large, j) * Binomial(ones, EqualGivers.SampleSize - j);
            var total = (j * amount) + EqualGivers.SampleSize - j;
            weights += weight;
            sum += weight * total * total / ((j * amount * amount) + EqualGivers.SampleSize - j);
        }

        return sum / weights;
    }

    private static double Binomial(long n, int k)
    {
        var result = 1.0;
        for (var i = 0; i < k; i++)
            result *= Math.Max(0, n - (double)i) / (i + 1);
        return result;
    }
}

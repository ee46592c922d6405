using Succesmeter.Emergence;

namespace Succesmeter.Tests.Emergence;

public sealed class ExcitationTests
{
    [Fact]
    public void One_pass_gives_what_all_pairs_give() =>
        Gen.Select(Gen.Double[0, 500].Array[0, 60], Gen.Double[0.01, 3], Gen.Bool).Sample((hours, decay, doubled) =>
        {
            double[] instants = [.. (doubled ? hours.Concat(hours) : hours).Order()];
            var rates = new double[instants.Length];
            var followers = Excitation.Write(instants, 0, 500, decay, rates);
            Assert.Equal(instants.Sum(at => 1 - Math.Exp(-decay * (500 - at))), followers, 1e-8);
            for (var i = 0; i < instants.Length; i++)
                Assert.Equal(instants.Where(at => at < instants[i]).Sum(at => decay * Math.Exp(-decay * (instants[i] - at))), rates[i], 1e-8);
        });

    [Fact]
    public void Gifts_of_one_instant_do_not_excite_each_other()
    {
        var rates = new double[3];
        Excitation.Write([5, 5, 5], 0, 10, 1, rates);
        Assert.Equal([0, 0, 0], rates);
    }

    [Fact]
    public void A_gift_before_the_watch_has_followers_only_in_it() =>
        Assert.Equal(Math.Exp(-2) - Math.Exp(-5), Excitation.Write([-2], 0, 3, 1, new double[1]), 12);
}

using Succesmeter.Learning.Evaluation;

namespace Succesmeter.Learning.Tests.Backers;

public sealed class SkillBeyondTests
{
    [Fact]
    public void What_the_known_columns_say_already_adds_nothing()
    {
        var (size, _, _) = Drawn(2);
        double[] target = [.. size.Select(static x => 3 + (2 * x))];
        var beyond = SkillBeyond.Of([.. target.Zip(Drawn(3).Size, static (y, noise) => y + noise)], size, [size], 300, seed: 1);

        Assert.InRange(beyond.Skill!.Value, -0.01, 0.01);
    }

    [Fact]
    public void Half_of_what_is_left_is_half_of_the_loss()
    {
        // target = size + a + b with a and b alike and unknown to the baseline; a forecast that is a leaves b.
        var (size, a, b) = Drawn(4);
        double[] target = [.. Enumerable.Range(0, size.Length).Select(at => size[at] + a[at] + b[at])];
        var beyond = SkillBeyond.Of(target, a, [size], 700, seed: 1);

        Assert.Equal((700, 300), (beyond.Fitted, beyond.Judged));
        Assert.InRange(beyond.Skill!.Value, 0.4, 0.6);
        Assert.InRange(0.5, beyond.Skill.Low, beyond.Skill.High);
        Assert.InRange(beyond.PartialRank, 0.6, 0.8);
    }

    [Fact]
    public void Noise_has_no_skill_and_the_interval_says_so()
    {
        var (size, a, b) = Drawn(5);
        var beyond = SkillBeyond.Of([.. size.Zip(a, static (x, y) => x + y)], b, [size], 700, seed: 1);

        Assert.InRange(0, beyond.Skill!.Low, beyond.Skill.High);
    }

    [Fact]
    public void Columns_and_targets_that_do_not_vary_give_no_number_out_of_nothing()
    {
        double[] same = [.. Enumerable.Repeat(1.0, 20)];

        Assert.Null(SkillBeyond.Of(same, same, [same], 14, seed: 1).Skill);
    }

    /// <summary>Three columns of a thousand, uniform and independent.</summary>
    private static (double[] Size, double[] A, double[] B) Drawn(int seed)
    {
        var dice = new Random(seed);
        return (Column(), Column(), Column());

        double[] Column() => [.. Enumerable.Range(0, 1000).Select(_ => dice.NextDouble())];
    }
}

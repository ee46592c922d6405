using Succesmeter.Ratings;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Ratings;

public sealed class AgreementTests
{
    /// <summary>Krippendorff 2011, section C: four observers, twelve units, 0 where none was given. Section D gives α = .849 with the interval metric.</summary>
    private static readonly double[][] Published =
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ];

    [Fact]
    public void Alpha_is_the_published_one()
    {
        var alpha = Enumerable.Range(0, 12)
            .Select(unit => KrippendorffAlpha.OfUnit([.. Published.Select(observer => observer[unit]).Where(static value => value > 0)]))
            .Aggregate(static (one, other) => one + other);

        Assert.Equal(0.849, alpha.Value!.Value, 3);
    }

    [Fact]
    public void Who_always_says_the_same_agrees_and_who_always_says_the_contrary_does_not()
    {
        Assert.Equal((1.0, 1.0), Read(Agreement.Of(Two(20, static word => word))));

        // Differences of 2 everywhere, against ±1 by halves: observed 4, expected 2·40·40·2/(80·79)·… = 80/79 · 2.
        var (alike, alpha) = Read(Agreement.Of(Two(20, static word => word == Better.Left ? Better.Right : Better.Left)));
        Assert.Equal(0, alike);
        Assert.Equal(1 - (4 / (2.0 * 80 / 79)), alpha!.Value, 12);

        static (double?, double?) Read(Agreement agreement) => (agreement.Alike, agreement.Alpha);
    }

    [Fact]
    public void One_coach_alone_neither_agrees_nor_disagrees() =>
        Assert.Equal(new Agreement(0, 0), Agreement.Of(Enumerable.Range(0, 5).Select(static at => Some(at, Better.Left, 1))));

    [Fact]
    public void Without_any_variation_alpha_is_not_told()
    {
        var agreement = Agreement.Of(Enumerable.Range(0, 12).SelectMany(static at => new[] { Some(at, Better.Equal, 1), Some(at, Better.Equal, 2) }));

        Assert.Equal((12, 24, 1.0, null, null), (agreement.Pairs, agreement.Ratings, agreement.Alike!.Value, agreement.Alpha, agreement.AlphaInterval));
    }

    [Fact]
    public void Sides_and_names_change_nothing() => Words.Sample(words =>
    {
        var ratings = words.Select(static (word, at) => Some(at / 2, word, at % 2)).ToList();
        var turned = ratings.Select(static rating => rating with { Left = "z-" + rating.Right, Right = "y-" + rating.Left, Better = Turned(rating.Better) });

        var (one, other) = (Agreement.Of(ratings), Agreement.Of(turned));
        return one.Alike == other.Alike && (one.Alpha is null ? other.Alpha is null : Math.Abs(one.Alpha.Value - other.Alpha!.Value) < 1e-12);
    });

    [Fact]
    public void Coaches_who_guess_have_an_alpha_near_zero_inside_its_interval()
    {
        var random = new Random(5);
        var agreement = Agreement.Of(Enumerable.Range(0, 400).SelectMany(at => new[] { Some(at, (Better)random.Next(3), 1), Some(at, (Better)random.Next(3), 2) }));

        Assert.InRange(agreement.Alpha!.Value, -0.1, 0.1);
        Assert.InRange(0, agreement.AlphaInterval!.Value.Low, agreement.AlphaInterval.Value.High);
        Assert.InRange(1 / 3.0, agreement.AlikeInterval!.Value.Low, agreement.AlikeInterval.Value.High);
    }

    private static readonly Gen<Better[]> Words = Gen.Int[0, 2].Select(static word => (Better)word).Array[24, 60];

    private static Better Turned(Better word) => word switch
    {
        Better.Left => Better.Right,
        Better.Right => Better.Left,
        _ => Better.Equal,
    };

    private static IEnumerable<Rating> Two(int pairs, Func<Better, Better> other) => Enumerable.Range(0, pairs).SelectMany(at =>
    {
        var word = at % 2 == 0 ? Better.Left : Better.Right;
        return new[] { Some(at, word, 1), Some(at, other(word), 2) };
    });

    private static Rating Some(int pair, Better word, int rater) => new($"a{pair}", $"b{pair}", word, new Pseudonym((ulong)rater, 0, 1), default);
}

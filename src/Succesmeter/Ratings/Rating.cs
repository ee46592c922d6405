using Succesmeter.Snapshots;

namespace Succesmeter.Ratings;

/// <summary>A coach's word on two finished campaigns of one platform, given without seeing their money or any figure of ours.</summary>
/// <param name="Left">As it was shown.</param>
/// <param name="Right">As it was shown.</param>
/// <param name="Better">Which of them did more for the people around it.</param>
/// <param name="Rater">Of the coach.</param>
/// <param name="At">When it was said.</param>
public sealed record Rating(string Left, string Right, Better Better, Pseudonym Rater, DateTimeOffset At)
{
    public CampaignPair Pair => new(Left, Right);

    /// <summary>1: the first of <see cref="Pair"/> is better; 0: equal; −1: the second is.</summary>
    public int Word => Better switch
    {
        Better.Equal => 0,
        Better.Left => Pair.First == Left ? 1 : -1,
        _ => Pair.First == Right ? 1 : -1,
    };
}

/// <summary>A coach's answer.</summary>
public enum Better
{
    Left,
    Right,
    Equal,
}

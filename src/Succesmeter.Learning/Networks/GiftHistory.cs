using Succesmeter.Networks;

namespace Succesmeter.Learning.Networks;

/// <summary>Who gave where and when, and when each campaign could be given to.</summary>
/// <param name="Graph">Of all gifts, past and future; features ask for an instant.</param>
/// <param name="Opens">Of each campaign, in minutes since 2000.</param>
/// <param name="Closes">The first minute at which nobody can give any more.</param>
/// <param name="Truth">In a simulation: the true probabilities; null for what was observed.</param>
internal sealed record GiftHistory(string Name, DonorGraph Graph, int[] Opens, int[] Closes, IGiftTruth? Truth)
{
    public int[] LiveAt(int minute) => [.. Enumerable.Range(0, Opens.Length).Where(campaign => Opens[campaign] <= minute && Closes[campaign] > minute)];
}

/// <summary>What only a simulation knows: the best that any ranking could do.</summary>
internal interface IGiftTruth
{
    double ReturnRate(int donor);

    /// <summary>The donor's community.</summary>
    int Home(int donor);

    double Pull(int donor, int campaign);
}

using System.Collections.Immutable;
using Succesmeter.Learning.Datasets;

namespace Succesmeter.Learning.Uk;

/// <summary>Which fundraisers a question is put to, and the goal it is put on. All of them are asked on the same days.</summary>
internal static class UkCuts
{
    private const double SmallestGoal = 50;
    private const int GiftsOfTheSpecification = 5;
    private const int EarlyDays = 30;

    public static ImmutableArray<string> Names { get; } = ["as-specified", "no-filter", "early-scraped"];

    /// <summary>A day is asked when it is over.</summary>
    public static ImmutableArray<int> Days { get; } = [0, 3, 6, 12, 30];

    /// <summary>Kinder than life: five gifts and the last goal are known only later.</summary>
    public static IReadOnlyList<PastCampaign> Of(string cut, IEnumerable<UkFundraiser> fundraisers) => cut switch
    {
        "as-specified" => [.. fundraisers.Where(static x => x.AllGifts >= GiftsOfTheSpecification).Select(static x => OnGoal(x, x.LastGoal)).Where(IsLargeEnough)],
        "no-filter" => [.. fundraisers.Where(static x => x.AllGifts >= 1).Select(static x => OnGoal(x, x.LastGoal)).Where(IsLargeEnough)],
        "early-scraped" => [.. fundraisers.Where(static x => x.AllGifts >= 1 && x.FirstSeenAfterDays <= EarlyDays)
            .Select(static x => OnGoal(x, x.Campaign.Goals[0].Goal)).Where(IsLargeEnough)],
        _ => throw new ArgumentOutOfRangeException(nameof(cut), cut, "is none of the cuts"),
    };

    private static PastCampaign OnGoal(UkFundraiser fundraiser, double goal) => fundraiser.Campaign with { Goals = [(0, goal)] };

    private static bool IsLargeEnough(PastCampaign campaign) => campaign.Goals[0].Goal >= SmallestGoal;
}

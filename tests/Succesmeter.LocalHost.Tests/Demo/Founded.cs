using Succesmeter.LocalHost.Demo;

namespace Succesmeter.LocalHost.Tests.Demo;

/// <summary>Towns for tests, the same in all of them.</summary>
internal static class Founded
{
    public static DateTimeOffset At { get; } = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);

    public static Uri Address { get; } = new("http://127.0.0.1:7072/");

    public static Town Town(int seed = 1080) => new(seed, At);

    /// <summary>The first campaigns of a kind.</summary>
    public static IEnumerable<TownCampaign> Of(this Town town, TownKind kind, int count) =>
        Enumerable.Range(0, 1000).Select(town.Numbered).Where(campaign => campaign.Kind == kind).Take(count);

    public static double RatioAt(this TownCampaign campaign, double share) =>
        campaign.At(campaign.LaunchedAt + ((campaign.ClosedAt - campaign.LaunchedAt) * share)).Ratio!.Value;
}

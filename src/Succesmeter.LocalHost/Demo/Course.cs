namespace Succesmeter.LocalHost.Demo;

/// <summary>What is in store for a campaign: how many come by themselves, when, and how many each brings along.</summary>
internal sealed record Course
{
    private const double IgnitionDay = 12;

    /// <summary>Who comes by themselves over the whole campaign, expected.</summary>
    public required double Immigrants { get; init; }

    /// <summary>Shares of them, together 1.</summary>
    public double Launch { get; init; } = TownFigures.LaunchShare;

    public double Deadline { get; init; } = 0.1;

    public double Push { get; init; } = 0.2;

    public double Press { get; init; }

    public double Stream => Math.Max(0, 1 - Launch - Deadline - Push - Press);

    public required double MeanGift { get; init; }

    public required bool IsRescued { get; init; }

    /// <summary>The stream by day since launch and share of the campaign.</summary>
    public Func<double, double, double> Shape { get; init; } = static (_, _) => 1;

    /// <summary>Expected direct followers of a gift by day since launch.</summary>
    public Func<double, double> Branching { get; init; } = static _ => TownFigures.Branching;

    /// <summary>By what share of the goal is there: interest in those who come by themselves.</summary>
    public Func<double, double> Throttle { get; init; } = static ratio => ratio < 1 ? 1 : 0.5;

    /// <summary>The same of followers.</summary>
    public Func<double, double> Echo { get; init; } = static ratio => ratio < 1.3 ? 1 : 0.5;

    public static Course Of(TownCampaign campaign, TownDice dice)
    {
        var mean = campaign.CountsOrders ? 1.35 : TownFigures.MeanGift;
        var isRescued = campaign.Kind is not (TownKind.Stalls or TownKind.Cancelled) && (campaign.Kind != TownKind.Ordinary || dice.Is(0.96));
        var aim = campaign.Kind == TownKind.Ordinary && !isRescued ? 0.55 : 1 + (0.28 * dice.Share());
        var crowd = campaign.Goal.GetValueOrDefault() / mean * aim;
        var ordinary = new Course { Immigrants = crowd * (1 - TownFigures.Branching), MeanGift = mean, IsRescued = isRescued };
        return campaign.Kind switch
        {
            TownKind.Hit => ordinary with { Immigrants = crowd * 2.2 * 0.5, Launch = 0.55, Push = 0.15, Deadline = 0.05, Branching = static _ => 0.5, Throttle = static ratio => ratio < 1.5 ? 1 : 0.5, Echo = static ratio => ratio < 2.2 ? 1 : 0.6 },
            TownKind.SlowBurner => ordinary with { Immigrants = crowd * 0.7, Launch = 0.04, Push = 0.1, Deadline = 0.14, Branching = static _ => 0.3, Shape = static (_, share) => 0.25 + (2 * share) },
            TownKind.Ignites => ordinary with
            {
                Immigrants = crowd * 0.45, Launch = 0.12, Push = 0.12, Deadline = 0.06,
                Branching = static day => day < IgnitionDay ? 0.1 : 0.8,
                Shape = static (day, _) => day < IgnitionDay ? 0.6 : 1.2,
                Echo = static ratio => ratio < 1.5 ? 1 : 0.4,
            },
            TownKind.Newspaper => ordinary with { Immigrants = crowd * 0.9, Launch = 0.15, Push = 0.12, Press = 0.45, Deadline = 0.08, Branching = static _ => 0.08 },
            TownKind.Stalls => ordinary with
            {
                Immigrants = crowd, Launch = 0.45, Branching = static _ => 0.25,
                Throttle = static ratio => ratio < 0.56 ? 1.3 : ratio < 0.62 ? 0.05 : 0,
                Echo = static ratio => ratio < 0.56 ? 1 : 0,
            },
            TownKind.Cancelled => ordinary with { Immigrants = crowd * 0.3, Deadline = 0 },
            _ => ordinary,
        };
    }
}

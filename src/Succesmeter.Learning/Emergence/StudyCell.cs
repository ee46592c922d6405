using Succesmeter.Emergence;

namespace Succesmeter.Learning.Emergence;

/// <summary>One question of the study: what is simulated, and what is asked of it.</summary>
/// <param name="Kind">coverage, false-alarm, power, log or bound.</param>
/// <param name="Name">Within its kind.</param>
/// <param name="Number">Decides its seeds, so that a cell is the same alone and among others.</param>
/// <param name="IsExtra">Beyond what the verdict promises; a fifth of the replicates will do.</param>
internal sealed record StudyCell(string Kind, string Name, int Number, SimulatedCampaign Campaign, bool IsExtra)
{
    private static readonly int[] Sizes = [50, 135, 500];

    public static IReadOnlyList<StudyCell> All { get; } = [.. Cells()];

    /// <summary>One campaign of the cell.</summary>
    public GiftTimeline Draw(int seed, int replicate) =>
        Campaign.Draw(new Random(unchecked((((seed * 7919) + Number) * 104_729) + replicate)));

    private static IEnumerable<StudyCell> Cells()
    {
        var number = 0;
        foreach (var gifts in Sizes)
        {
            var plain = new SimulatedCampaign { Gifts = gifts };
            foreach (var ratio in new[] { 0.2, 0.4, 0.6, 0.8 })
                yield return Cell("coverage", FormattableString.Invariant($"n={ratio}"), plain with { Ratio = ratio });

            yield return Cell("false-alarm", "rhythm", plain);
            yield return Cell("false-alarm", "two-logged-pushes-of-25-percent", plain with { Pushes = 2, PushShare = 0.25 });
            yield return Cell("false-alarm", "two-logged-pushes-of-12.5-percent", plain with { Pushes = 2, PushShare = 0.125 }, isExtra: true);
            yield return Cell("false-alarm", "deadline-surge-of-20-percent", plain with { SurgeShare = 0.2 });
            yield return Cell("false-alarm", "gamma-days-cv-.5", plain with { DayVariation = 0.5 });
            yield return Cell("false-alarm", "log-gaussian-cox-sd-.5-24h", plain with { CoxSpread = 0.5 });
            yield return Cell("false-alarm", "log-gaussian-cox-sd-.5-6h", plain with { CoxSpread = 0.5, CoxHours = 6 }, isExtra: true);

            yield return Cell("power", "n=.5-half-life-9.5h", plain with { Ratio = 0.5 });
            yield return Cell("power", "n=.5-half-life-2h", plain with { Ratio = 0.5, HalfLifeHours = 2 }, isExtra: true);
            yield return Cell("power", "n=.8-half-life-9.5h", plain with { Ratio = 0.8 }, isExtra: true);

            var pushed = plain with { Pushes = 2, PushShare = 0.125 };
            yield return Cell("log", "none-of-two-logged", pushed with { Logged = 0 }, isExtra: true);
            yield return Cell("log", "one-of-two-logged", pushed with { Logged = 1 }, isExtra: true);
            yield return Cell("log", "logged-up-to-6h-late", pushed with { LogOffHours = 6 }, isExtra: true);
            yield return Cell("log", "logged-up-to-6h-early", pushed with { LogOffHours = -6 }, isExtra: true);
        }

        foreach (var hours in new[] { 3.0, 6.0 })
            foreach (var halfLife in new[] { 1, 9.5 })
                foreach (var ratio in new[] { 0.2, 0.5, 0.8 })
                    yield return Cell("bound", FormattableString.Invariant($"snapshots-every-{hours}h-half-life-{halfLife}h-n={ratio}"),
                        new SimulatedCampaign { Gifts = 135, Ratio = ratio, HalfLifeHours = halfLife, SnapshotHours = hours });

        StudyCell Cell(string kind, string name, SimulatedCampaign campaign, bool isExtra = false) => new(kind, name, number++, campaign, isExtra);
    }
}

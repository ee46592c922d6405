using System.CommandLine;
using System.Globalization;
using Succesmeter.Social;

namespace Succesmeter.Learning.Attacks;

/// <summary><c>attacks</c>: what it costs and brings to make a campaign look better, on a made-up platform whose own finished campaigns are the references.</summary>
public static class AttacksCommand
{
    private const int Past = 400, Judged = 200, Attacked = 60;

    public static Command Create()
    {
        var seed = new Option<int>("--seed") { DefaultValueFactory = static _ => 1, Description = "Of the made-up platform." };
        var command = new Command("attacks", "Attack the social meter on simulated campaigns and print cost and effect.") { seed };
        command.SetAction(parsed => Run(parsed.GetValue(seed), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(int seed, TextWriter output)
    {
        var past = SimulatedTown.Campaigns(Past, seed);
        var judged = SimulatedTown.Campaigns(Judged, seed + 1);
        var own = OwnReferences.Of(SimulatedTown.Platform, [.. past.Select(static campaign => campaign.Course())], SimulatedTown.PlannedDays)!;
        var honest = judged.Select(campaign => Profile(campaign, Attack.None, own)).ToArray();
        var metered = Enumerable.Range(0, Judged).Where(i => honest[i].Meter is not null).ToArray();
        double[] meters = [.. metered.Select(i => (double)honest[i].Meter!)], goals = [.. metered.Select(i => (double)judged[i].Goal)];
        Say($"{Past} finished campaigns as references, {Judged} others on day {Attack.Day}: {metered.Length} have a meter, median interval {metered.Select(i => honest[i].Interval!.Value.High - honest[i].Interval!.Value.Low).Order().ElementAt(metered.Length / 2)} wide");
        Say($"Spearman(meter, goal) {RankCorrelation.Of(meters, goals):F3}; (meter, money so far given goal) {RankCorrelation.Partial(meters, [.. metered.Select(i => (double)judged[i].On(Attack.Day).Pledged!.Value)], [goals]):F3}");

        var targets = metered.Take(Attacked).ToArray();
        Say($"mean change over {targets.Length} campaigns: attack | cost | reach | breadth | dialogue | in-kind | meter | largest change of the meter | said of it");
        foreach (var attack in Attack.All)
        {
            var attacked = targets.Select(i => Profile(judged[i], attack, own)).ToArray();
            var changes = targets.Select((target, at) => (double)(attacked[at].Meter - honest[target].Meter ?? double.NaN)).Where(double.IsFinite).ToArray();
            var reasons = attacked.SelectMany(static profile => profile.Indicators.Where(static i => IndicatorNames.InMeter.Contains(i.Name) && i.Reason is not null).Select(static i => $"{i.Name}: {i.Reason}"));
            var said = reasons.GroupBy(static reason => reason).Where(group => 2 * group.Count() > targets.Length).Select(static group => group.Key).Order(StringComparer.Ordinal);
            Say($"{attack.Name} | {attack.Cost} | {Change(attacked, IndicatorNames.Reach):+0.0;-0.0;0} | {Change(attacked, IndicatorNames.Breadth):+0.00;-0.00;0} | {Change(attacked, IndicatorNames.Dialogue):+0.00;-0.00;0} | {Change(attacked, IndicatorNames.InKind):+0.00;-0.00;0} | {changes.Average():+0.0;-0.0;0} | {changes.Max():+0;-0;0} | {string.Join(", ", said)}");
        }

        return 0;

        double Change(SocialProfile[] attacked, string name) =>
            targets.Select((target, at) => attacked[at][name].Value - honest[target][name].Value).OfType<double>().DefaultIfEmpty(0).Average();

        void Say(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
    }

    private static SocialProfile Profile(SimulatedTown campaign, Attack attack, Social.References own)
    {
        var state = SimulatedTown.Folded(new[] { 3.5, 7.5, 14.5, Attack.Day }.Select(day => attack.On(campaign, day)));
        var asOf = SimulatedTown.At(Attack.Day);
        return SocialProfile.Of(Crowd.Of(state, asOf), CampaignContext.Of(state, asOf), own, asOf);
    }
}

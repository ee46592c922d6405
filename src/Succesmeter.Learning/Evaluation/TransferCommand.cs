using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Datasets;
using Succesmeter.Learning.Training;
using Succesmeter.Learning.Uk;

namespace Succesmeter.Learning.Evaluation;

/// <summary>
/// <c>transfer --data DIR</c>: what a new platform may expect. The serving recipe is fitted to Kickstarter alone and put to UK fundraisers of which only a few outcomes are
/// known; those move the shift and nothing else. How much less the features say on a platform of another kind (the slope) is taken from the JustGiving pages, not from the
/// fundraisers that are judged.
/// </summary>
internal static class TransferCommand
{
    private const int Draws = 200;
    private static readonly int[] Sizes = [0, 20, 100, 500];
    private static readonly int[] Days = [0, 3];

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder that holds the data sets.", Required = true };
        var seed = new Option<int>("--seed") { Description = "Of training and draws.", DefaultValueFactory = static _ => 1 };
        var command = new Command("transfer", "Measures a model from Kickstarter on UK fundraisers with 0, 20, 100 and 500 known outcomes.") { data, seed };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(data).FullName, parsed.GetValue(seed)));
        return command;
    }

    private static int Run(string data, int seed)
    {
        var model = ServingTraining.Fit("kickstarter-alone", KickstarterProjects.AsCampaigns(data), seed);
        var slope = SlopeOn(model, JustGivingPages.AsCampaigns(data));
        var fundraisers = UkFundraisers.Read(data);
        foreach (var cut in UkCuts.Names)
            foreach (var day in Days)
            {
                var said = UkCuts.Of(cut, fundraisers).Where(campaign => campaign.Pledged[day] < campaign.Goals[0].Goal)
                    .Select(campaign => Said(model, campaign, day)).Select(x => (x.LogOdds * slope, x.Reached, x.Weight)).ToArray();
                foreach (var size in Sizes)
                    Console.Out.WriteLine(JsonSerializer.Serialize(Study(said, size, seed) with { Slope = slope, Cut = cut, Instant = "day" + day.ToString(CultureInfo.InvariantCulture) }, TransferJson.Default.TransferLine));
            }

        return 0;
    }

    private static (double LogOdds, bool Reached, double Weight) Said(ForecastModel model, PastCampaign campaign, int day)
    {
        var features = FundingFeatures.Of(campaign.CurveAfter(day + 1, campaign.Goals[0].Goal));
        var aim = new Aim(1, campaign.PlannedDays);
        return (new Answers(model, features, 0).LogOddsOf(aim), campaign.Met(aim, campaign.Goals[0].Goal)!.Value, 1);
    }

    private static double SlopeOn(ForecastModel model, IReadOnlyList<PastCampaign> pages) => LogisticCalibration.Of(
        [.. Days.SelectMany(day => pages.Where(page => page.Pledged[day] < page.Goals[0].Goal).Select(page => Said(model, page, day))).Select(static x => (x.LogOdds, x.Reached))]).Slope;

    private static TransferLine Study((double LogOdds, bool Reached, double Weight)[] said, int size, int seed)
    {
        var skills = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var shuffled = said.ToArray();
            new Random(seed + draw).Shuffle(shuffled);
            var shift = PlatformFit.ShiftOf(shuffled[..size], 0, PlatformFit.PlatformSpread * PlatformFit.PlatformSpread);
            var rest = shuffled[size..];
            skills[draw] = ProbabilityMeasures.BrierSkill([.. rest.Select(x => Answers.Sigmoid(x.LogOdds + shift))], [.. rest.Select(static x => x.Reached)]);
        }

        Array.Sort(skills);
        return new TransferLine { Outcomes = size, N = said.Length, MeanBrierSkill = skills.Average(), BrierSkillP5 = skills[Draws / 20] };
    }
}

/// <summary>One size of the study.</summary>
internal sealed record TransferLine
{
    public string Study { get; } = "kickstarter-to-uk";

    public string Cut { get; init; } = "";

    public string Instant { get; init; } = "";

    /// <summary>Of the log-odds, on a platform of another kind.</summary>
    public double Slope { get; init; }

    public required int Outcomes { get; init; }

    public required int N { get; init; }

    /// <summary>Over 200 draws of the known outcomes, on the campaigns not drawn.</summary>
    public required double MeanBrierSkill { get; init; }

    public required double BrierSkillP5 { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TransferLine))]
internal sealed partial class TransferJson : JsonSerializerContext;

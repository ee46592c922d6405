using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Succesmeter.Advice;
using Succesmeter.Campaigns;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Models;
using Succesmeter.Outcomes;
using Succesmeter.Social;

namespace Succesmeter.Storage.Blobs;

/// <summary>What container <c>models</c> holds beside model files. Unknown features are not-a-number, so these are written by name.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(PlatformIdConverter)])]
[JsonSerializable(typeof(ModelLedger))]
[JsonSerializable(typeof(KeptPlatform))]
[JsonSerializable(typeof(KeptOutcomes))]
internal sealed partial class ModelJson : JsonSerializerContext;

/// <summary>A <see cref="PlatformModel"/>, as written.</summary>
internal sealed record KeptPlatform(
    double Shift, ImmutableArray<BaseRate>? Own, ImmutableArray<BaseRate>? Rates, ImmutableArray<PastCurve> Courses, UsualGoals Goals, KeptCrowds? Crowds = null,
    BackersFit? Backers = null, ImmutableArray<LeverEvidence>? Levers = null)
{
    public static KeptPlatform Of(PlatformModel model) =>
        new(model.Fit.Shift, model.Fit.Own?.Points, model.Fit.Rates?.Points, model.Courses, model.Goals, model.Crowds.Count == 0 ? null : KeptCrowds.Of(model.Crowds),
            model.Backers == BackersFit.None ? null : model.Backers, model.Levers);

    public PlatformModel Model() => new(new PlatformFit(Shift, Curve(Own), Curve(Rates)), Courses, Goals, Crowds?.Courses(), Backers) { Levers = Levers ?? [] };

    private static BaseRateCurve? Curve(ImmutableArray<BaseRate>? points) => points is { } known ? new BaseRateCurve(known) : null;
}

/// <summary><see cref="SocialCourses"/>, as written; absent where there were too few, and in files from before there were any.</summary>
/// <param name="Layout">The days and indicators of the values: under another layout they mean nothing, and the platform goes without until its next run.</param>
internal sealed record KeptCrowds(string Layout, ImmutableArray<double> GoalsEuro, ImmutableArray<double> PlannedDays, ImmutableArray<float> Values)
{
    private static readonly string Now = string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', FittedReferences.Days.Select(static day => day.ToString(CultureInfo.InvariantCulture)))}: {string.Join(' ', IndicatorNames.InMeter)}");

    public static KeptCrowds Of(SocialCourses courses) => new(Now, courses.GoalsEuro, courses.PlannedDays, courses.Values);

    public SocialCourses Courses() => Layout == Now ? new(GoalsEuro, PlannedDays, Values) : SocialCourses.None;
}

/// <summary>Looks are rows of features without names, so the names stand beside them: under other names the rows mean nothing.</summary>
internal sealed record KeptOutcomes(string Features, ImmutableArray<FinishedCampaign> Campaigns)
{
    /// <summary>Grows with the shape of what is kept, or with what is looked for in a history.</summary>
    private const int Version = 4;

    /// <summary>What of outcomes of another shape is still true: what was said of donors, which no history tells again. Each is to be read anew.</summary>
    public ImmutableArray<FinishedCampaign> Outlived() => Campaigns.IsDefaultOrEmpty ? [] :
        [.. Campaigns.Where(static campaign => campaign.Donors is not null).Select(static campaign => new FinishedCampaign
        {
            Name = campaign.Name,
            Sequence = -1,
            EndedAt = campaign.EndedAt,
            IsKnown = false,
            Donors = campaign.Donors,
        })];

    public static string Now { get; } = $"{Version}:{string.Join(' ', FundingFeatures.All.Select(static feature => feature.Name))}";
}

/// <summary>A platform by its name.</summary>
internal sealed class PlatformIdConverter : JsonConverter<PlatformId>
{
    public override PlatformId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, PlatformId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

using System.Collections.Immutable;
using Succesmeter.Advice;
using Succesmeter.Campaigns;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Social;

namespace Succesmeter.Scores;

/// <summary>All that was learned and that a score depends on.</summary>
/// <param name="Forecast">Trained on finished campaigns.</param>
/// <param name="References">What social measures are compared with where a platform has too few finished campaigns like the one that is scored.</param>
public sealed record ScoringModel(ForecastModel Forecast, References References)
{
    /// <summary>What is known of single platforms beside what was learned from all.</summary>
    public IReadOnlyDictionary<PlatformId, PlatformModel> Platforms { get; init; } = ImmutableDictionary<PlatformId, PlatformModel>.Empty;

    /// <summary>Courses of groups of finished campaigns, to set a live one beside while its platform has too few of its own.</summary>
    public IReadOnlyCollection<PastCurve> Prototypes { get; init; } = [];

    /// <summary>How far numbers of backers grow; null where that is not forecast.</summary>
    public BackersModel? Backers { get; init; }

    /// <summary>The model that all platforms share, version included.</summary>
    public string Name => Forecast.FullName;

    /// <summary>
    /// Names, in each score, all that the score depends on beside state and instant: when the platform's fit changes so does the name, so that two scores
    /// of one state, instant and name are the same.
    /// </summary>
    public string NameFor(PlatformId platform) => Platforms.TryGetValue(platform, out var own) ? $"{Name}-{own.Version}" : Name;

    public PlatformFit FitOf(PlatformId platform) => Own(platform).Fit;

    public BackersFit BackersFitOf(PlatformId platform) => Own(platform).Backers;

    public UsualGoals GoalsOf(PlatformId platform) => Own(platform).Goals;

    /// <summary>Tables of platforms' own campaigns, fitted when they are asked for. Models that are made of one another share them.</summary>
    private OwnReferenceTables Tables { get; init; } = new();

    /// <summary>The platform's own finished campaigns as references for one planned duration; null while there are too few.</summary>
    public References? OwnReferencesOf(PlatformId platform, double plannedDays) => Tables.Of(platform, Own(platform).Crowds, plannedDays);

    /// <summary>The platform's own finished campaigns.</summary>
    public IReadOnlyCollection<PastCurve> CoursesOf(PlatformId platform) => Own(platform).Courses;

    /// <summary>What the platform's own finished campaigns say of the levers of advice.</summary>
    public IReadOnlyCollection<LeverEvidence> LeversOf(PlatformId platform) => Own(platform).Levers;

    private PlatformModel Own(PlatformId platform) => Platforms.GetValueOrDefault(platform, PlatformModel.None);
}

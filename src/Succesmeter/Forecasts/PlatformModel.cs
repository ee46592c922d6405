using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Succesmeter.Advice;
using Succesmeter.Features;
using Succesmeter.Social;

namespace Succesmeter.Forecasts;

/// <summary>What a model knows of one platform: how the platform's own outcomes move it, the courses of its finished campaigns, what they usually asked for, and how their crowds looked.</summary>
public sealed class PlatformModel
{
    private const int VersionLetters = 8;

    private readonly Lazy<string> version;

    /// <param name="fit">For one model: another model's would move it wrongly.</param>
    /// <param name="courses">Of finished campaigns, a bounded number.</param>
    /// <param name="goals">Null while too few are finished.</param>
    /// <param name="crowds">What social measures are compared with; null while too few are finished.</param>
    /// <param name="backers">What they add to the forecast of backers; null for nothing.</param>
    public PlatformModel(PlatformFit fit, IEnumerable<PastCurve> courses, UsualGoals? goals = null, SocialCourses? crowds = null, BackersFit? backers = null)
    {
        Fit = fit;
        Backers = backers ?? BackersFit.None;
        Goals = goals ?? UsualGoals.Unknown;
        Courses = [.. courses];
        Crowds = crowds ?? SocialCourses.None;
        version = new(() => Hash(Text()));
    }

    /// <summary>For a platform of which nothing is known.</summary>
    public static PlatformModel None { get; } = new(PlatformFit.None, []);

    public PlatformFit Fit { get; }

    public BackersFit Backers { get; }

    public ImmutableArray<PastCurve> Courses { get; }

    public UsualGoals Goals { get; }

    /// <summary>Of finished campaigns on the days of the tables; none while there are too few to be references.</summary>
    public SocialCourses Crowds { get; }

    /// <summary>What went with the levers of advice among its finished campaigns; those with enough campaigns on both sides.</summary>
    public ImmutableArray<LeverEvidence> Levers { get; init; } = [];

    /// <summary>Derived from all that is in it, so that what says the same is called the same on every host.</summary>
    public string Version => version.Value;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..VersionLetters];

    private string Text()
    {
        var text = new StringBuilder();
        var perCrowd = Crowds.Count == 0 ? 0 : Crowds.Values.Length / Crowds.Count;
        text.Append(CultureInfo.InvariantCulture, $"shift {Fit.Shift:R}\n");
        text.Append(CultureInfo.InvariantCulture, $"goal {Goals.All:R}");
        foreach (var (category, usual) in Goals.ByCategory)
            text.Append(CultureInfo.InvariantCulture, $" {category}:{usual:R}");
        text.Append('\n');
        if (Backers != BackersFit.None)
            text.Append(CultureInfo.InvariantCulture, $"backers {Backers.Outcomes} {Backers.Predicts} {Backers.Margin.Low:R} {Backers.Margin.Middle:R} {Backers.Margin.High:R}\n");
        Rates("own", Fit.Own);
        Rates("rates", Fit.Rates);
        foreach (var course in Courses)
        {
            text.Append(CultureInfo.InvariantCulture, $"{course.Name} {course.Stands} {course.ReachedShare:R}");
            foreach (var ratio in course.Ratios)
                text.Append(CultureInfo.InvariantCulture, $" {ratio:R}");
            text.Append('\n');
        }

        // Nothing is said where there are none, so that what was put on the shelf before there could be any keeps its version.
        for (var at = 0; at < Crowds.Count; at++)
        {
            text.Append(CultureInfo.InvariantCulture, $"crowd {Crowds.GoalsEuro[at]:R} {Crowds.PlannedDays[at]:R}");
            foreach (var value in Crowds.Values.AsSpan().Slice(at * perCrowd, perCrowd))
                text.Append(CultureInfo.InvariantCulture, $" {value:R}");
            text.Append('\n');
        }

        foreach (var lever in Levers)
            text.Append(CultureInfo.InvariantCulture, $"lever {lever.Code} {lever.Difference:R} {lever.Low:R} {lever.High:R} {lever.Did} {lever.DidNot}\n");

        return text.ToString();

        void Rates(string name, BaseRateCurve? curve)
        {
            text.Append(name);
            foreach (var point in curve?.Points ?? [])
                text.Append(CultureInfo.InvariantCulture, $" {point.Share:R}:{point.N}");
            text.Append('\n');
        }
    }
}

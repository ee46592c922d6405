using System.Collections.Immutable;

namespace Succesmeter.Social;

/// <summary>
/// A platform's finished campaigns as references, packed: two thousand in half a megabyte, where as <see cref="SocialCourse"/>s they would take five times that. Names are left out; their order stays.
/// </summary>
public sealed class SocialCourses
{
    private static readonly int Days = FittedReferences.Days.Count;

    private static readonly int PerCourse = Days * IndicatorNames.InMeter.Count;

    /// <param name="goalsEuro">One a campaign, in the order in which sums are taken.</param>
    /// <param name="plannedDays">One a campaign.</param>
    /// <param name="values">Campaign by campaign, in each day by day of <see cref="FittedReferences.Days"/>, in each the indicators of the meter in their order; not a number where there is no value.</param>
    /// <exception cref="FormatException">The lengths do not fit each other.</exception>
    public SocialCourses(ImmutableArray<double> goalsEuro, ImmutableArray<double> plannedDays, ImmutableArray<float> values)
    {
        if (plannedDays.Length != goalsEuro.Length || values.Length != goalsEuro.Length * PerCourse)
            throw new FormatException($"{goalsEuro.Length} goals need as many planned durations, not {plannedDays.Length}, and {PerCourse} values each, not {values.Length} in all.");

        (GoalsEuro, PlannedDays, Values) = (goalsEuro, plannedDays, values);
    }

    public static SocialCourses None { get; } = new([], [], []);

    public ImmutableArray<double> GoalsEuro { get; }

    public ImmutableArray<double> PlannedDays { get; }

    /// <summary>Seven digits are kept: tables round to three.</summary>
    public ImmutableArray<float> Values { get; }

    public int Count => GoalsEuro.Length;

    /// <param name="courses">In any order; distinct by name.</param>
    public static SocialCourses Of(IEnumerable<SocialCourse> courses)
    {
        var inOrder = courses.OrderBy(static course => course.Name, StringComparer.Ordinal).ToArray();
        var values = ImmutableArray.CreateBuilder<float>(inOrder.Length * PerCourse);
        foreach (var course in inOrder)
        {
            var looks = course.Looks.ToDictionary(static look => look.Days);
            foreach (var day in FittedReferences.Days)
                foreach (var name in IndicatorNames.InMeter)
                    values.Add(looks.TryGetValue(day, out var look) && look[name] is { } value ? (float)value : float.NaN);
        }

        return new SocialCourses([.. inOrder.Select(static course => course.GoalEuro)], [.. inOrder.Select(static course => course.PlannedDays)], values.MoveToImmutable());
    }

    /// <summary>Each unpacked, under its place in the order as a name.</summary>
    public IEnumerable<SocialCourse> All() => Enumerable.Range(0, Count).Select(at => new SocialCourse($"{at:D6}", GoalsEuro[at], PlannedDays[at], [.. LooksOf(at)]));

    private IEnumerable<SocialLook> LooksOf(int course)
    {
        for (var day = 0; day < Days; day++)
        {
            var from = (course * PerCourse) + (day * IndicatorNames.InMeter.Count);
            var look = new SocialLook(FittedReferences.Days[day], At(from), At(from + 1), At(from + 2), At(from + 3));
            if (look is not { Reach: null, Breadth: null, Dialogue: null, InKind: null })
                yield return look;
        }

        double? At(int place) => Values[place] is var value && float.IsNaN(value) ? null : value;
    }
}

using NCrontab;

namespace Succesmeter.LocalHost.Timers;

/// <summary>When a timer runs, in UTC: six crontab fields (the first is seconds), or the usual five.</summary>
internal sealed class TimerSchedule
{
    private static readonly TimeSpan LeastMonitored = TimeSpan.FromMinutes(1);

    private readonly CrontabSchedule _schedule;

    private TimerSchedule(CrontabSchedule schedule)
    {
        _schedule = schedule;
    }

    public static TimerSchedule Parse(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        var schedule = CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 });
        return schedule is null ? throw new CannotStartException($"'{text}' is no schedule of six crontab fields.") : new(schedule);
    }

    public DateTimeOffset Next(DateTimeOffset after) => new(_schedule.GetNextOccurrence(after.UtcDateTime), TimeSpan.Zero);

    /// <summary>It never runs twice within a minute; more often is not worth writing down each time.</summary>
    public bool IsMonitored(DateTimeOffset now)
    {
        var occurrences = _schedule.GetNextOccurrences(now.UtcDateTime, DateTime.MaxValue).Take(10).ToList();
        return occurrences.Zip(occurrences.Skip(1), (one, next) => next - one).All(gap => gap >= LeastMonitored);
    }
}

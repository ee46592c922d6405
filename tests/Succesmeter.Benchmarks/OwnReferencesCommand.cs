using System.CommandLine;
using System.Diagnostics;
using Succesmeter.Campaigns;
using Succesmeter.Social;
using static Succesmeter.Benchmarks.Figure;

namespace Succesmeter.Benchmarks;

/// <summary>What a platform's own references cost: to keep, to fit for one planned duration, to ask.</summary>
internal static class OwnReferencesCommand
{
    private static readonly PlatformId Platform = new("some");

    public static Command Create()
    {
        var campaigns = new Option<int>("--campaigns") { Description = "Finished campaigns of the platform.", DefaultValueFactory = static _ => 2000 };
        var command = new Command("own-references", "Bytes and milliseconds of references from a platform's own campaigns.") { campaigns };
        command.SetAction(parsed => Run(parsed.GetValue(campaigns)));
        return command;
    }

    private static void Run(int campaigns)
    {
        var courses = SocialCourses.Of(Courses(campaigns, new Random(1)));
        Print("campaigns", courses.Count);
        Print("kilobytes packed", ((courses.Values.Length * sizeof(float)) + (courses.Count * 2 * sizeof(double))) / 1e3);

        var tables = new OwnReferenceTables();
        _ = tables.Of(Platform, courses, 20);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var fitted = tables.Of(Platform, courses, 40)!;
        var fit = watch.Elapsed;
        Print("milliseconds to fit the tables of one planned duration", fit.TotalMilliseconds);
        Print("kilobytes of these tables", (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e3);

        const int Times = 100_000;
        watch.Restart();
        for (var i = 0; i < Times; i++)
            _ = tables.Of(Platform, courses, 40);
        Print("nanoseconds to ask for them again", watch.Elapsed.TotalNanoseconds / Times);
        GC.KeepAlive(fitted);
    }

    /// <summary>Goals of €1,000 to €30,000, 30 to 60 days, all four indicators on every day.</summary>
    private static IEnumerable<SocialCourse> Courses(int count, Random random)
    {
        for (var at = 0; at < count; at++)
        {
            var goal = Math.Round(1000 * Math.Pow(30, random.NextDouble()));
            var planned = 30.0 + random.Next(31);
            var people = goal / 50 * (0.5 + random.NextDouble());
            yield return new SocialCourse(
                $"c{at:D5}",
                goal,
                planned,
                [.. FittedReferences.Days.Where(day => day <= planned).Select(day => new SocialLook(
                    day, Math.Round(people * Math.Min(1, day / planned)), Math.Round(8 + (10 * random.NextDouble()), 4), Math.Round(random.NextDouble(), 4), Math.Round(random.NextDouble(), 2)))]);
        }
    }
}

using Succesmeter.Campaigns;
using Succesmeter.Social;

namespace Succesmeter.Tests.Social;

public sealed class OwnReferenceTablesTests
{
    private static readonly PlatformId Platform = new("growfunding");

    [Fact]
    public void What_is_packed_places_as_what_was_not()
    {
        var courses = Courses(45).ToList();
        // Twenty rungs of a fifth: e^4 days.
        var (packed, plain) = (new OwnReferenceTables().Of(Platform, SocialCourses.Of(courses), Math.Exp(4))!, OwnReferences.Of(Platform, courses, Math.Exp(4))!);
        Assert.Equal(plain.Tables.Select(Text), packed.Tables.Select(Text));
        Assert.Equal(plain.Card, packed.Card);

        static string Text(ReferenceTable table) => $"{table.Name} {string.Join(';', table.Cells.Select(static cell => $"{cell.N} {string.Join(' ', cell.Quantiles)}"))}";
    }

    [Fact]
    public void What_is_packed_unpacks_in_the_order_of_names()
    {
        var courses = Courses(3).Reverse().ToList();
        var all = SocialCourses.Of(courses).All().ToList();
        Assert.Equal(courses.Select(static course => course.Name).Order(StringComparer.Ordinal).Select(name => courses.Single(course => course.Name == name).GoalEuro), all.Select(static course => course.GoalEuro));
        Assert.Equal(13, FittedReferences.Days.Count);
        Assert.Equal(courses[0].Looks.Select(static look => (look.Days, look.Reach, look.Dialogue)), all[2].Looks.Select(static look => (look.Days, look.Reach, look.Dialogue)));
    }

    [Fact]
    public void Under_thirty_there_is_nothing_to_ask() => Assert.Null(new OwnReferenceTables().Of(Platform, SocialCourses.Of(Courses(29)), 40));

    [Fact]
    public void Durations_alike_share_tables_and_the_longest_unused_are_forgotten()
    {
        var (tables, courses) = (new OwnReferenceTables(most: 2), SocialCourses.Of(Courses(40)));
        var forty = tables.Of(Platform, courses, 40);
        Assert.Same(forty, tables.Of(Platform, courses, 39));
        var twenty = tables.Of(Platform, courses, 20);
        Assert.Same(forty, tables.Of(Platform, courses, 40));

        _ = tables.Of(Platform, courses, 80);
        Assert.Same(forty, tables.Of(Platform, courses, 40));
        Assert.NotSame(twenty, tables.Of(Platform, courses, 20));
    }

    [Fact]
    public void Many_threads_share_one_fit()
    {
        var (tables, courses) = (new OwnReferenceTables(), SocialCourses.Of(Courses(40)));
        var found = new References?[16];
        Parallel.For(0, found.Length, at => found[at] = tables.Of(Platform, courses, 40));
        Assert.Single(found.Distinct());
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused() => Assert.Throws<FormatException>(static () => new SocialCourses([1], [], []));

    internal static IEnumerable<SocialCourse> Courses(int n, double plannedDays = 40) => Enumerable.Range(0, n).Select(i => new SocialCourse(
        $"c{i:D2}", 1000 + i, plannedDays,
        [.. FittedReferences.Days.Where(day => day <= plannedDays).Select(day => new SocialLook(day, 20 + i, i % 5 == 0 ? null : 10 + (i % 10), (double)i / (n - 1), (i * 7 % n) / (double)(n - 1)))]));
}

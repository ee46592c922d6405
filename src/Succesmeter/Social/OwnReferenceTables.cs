using System.Runtime.CompilerServices;

namespace Succesmeter.Social;

/// <summary>
/// Tables fitted from platforms' own campaigns, each when it is first asked for and kept while it is used. What it returns depends on what it is given alone, so any host that has forgotten a table makes the same again.
/// May be asked by many threads at once.
/// </summary>
public sealed class OwnReferenceTables(int most = OwnReferenceTables.Most)
{
    /// <summary>At some 0.3 MB each they stay under 20 MB however many platforms there are.</summary>
    public const int Most = 64;

    /// <summary>Planned durations are taken together in steps of a fifth, in logarithms: nobody is compared with tables that are more than a third of the kernel's bandwidth off.</summary>
    private const double Step = 0.2;

    private readonly Lock turn = new();
    private readonly Dictionary<Key, Fitted> kept = [];
    private long uses;

    /// <param name="platform">Gives the tables their name.</param>
    /// <param name="courses">The platform's; told apart by identity, because a new version of what is known of a platform is a new object.</param>
    /// <param name="plannedDays">Of the campaign that is to be compared.</param>
    /// <returns>Null under thirty campaigns.</returns>
    public References? Of(Campaigns.PlatformId platform, SocialCourses courses, double plannedDays)
    {
        if (courses.Count < References.FewestForPercentile)
            return null;

        var rung = (int)Math.Round(Math.Log(Math.Clamp(plannedDays, 1, 3650)) / Step);
        Fitted found;
        lock (turn)
        {
            var key = new Key(courses, rung);
            if (!kept.TryGetValue(key, out found!))
            {
                if (kept.Count >= most)
                    kept.Remove(kept.MinBy(static pair => pair.Value.LastUse).Key);
                kept[key] = found = new Fitted(new Lazy<References?>(() => OwnReferences.Of(platform, [.. courses.All()], Math.Exp(rung * Step))));
            }

            found.LastUse = ++uses;
        }

        // Outside the lock: a fit takes a while, and only those who want the same one should wait for it.
        return found.Tables.Value;
    }

    private sealed class Fitted(Lazy<References?> tables)
    {
        public Lazy<References?> Tables { get; } = tables;

        public long LastUse { get; set; }
    }

    private readonly struct Key(SocialCourses courses, int rung) : IEquatable<Key>
    {
        private readonly SocialCourses courses = courses;
        private readonly int rung = rung;

        public bool Equals(Key other) => ReferenceEquals(courses, other.courses) && rung == other.rung;

        public override bool Equals(object? other) => other is Key key && Equals(key);

        public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(courses), rung);
    }
}

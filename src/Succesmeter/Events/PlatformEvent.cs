using Succesmeter.Campaigns;
using Succesmeter.Visits;

namespace Succesmeter.Events;

/// <summary>Something that happened to a platform as a whole and is told once.</summary>
/// <param name="Platform">To which.</param>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Episode">From 1; how often it happened so far.</param>
/// <param name="At">On the machine's clock.</param>
public sealed record PlatformEvent(PlatformId Platform, string Type, int Episode, DateTimeOffset At)
{
    /// <summary>Derived from what happened, so that the same happening has the same id on every host and in every retry.</summary>
    public string Id => $"{Platform}:{Type}:{Episode}";

    /// <summary>Pages that cannot be read or had.</summary>
    public int Failing { get; init; }

    /// <summary>Pages that are visited.</summary>
    public int Followed { get; init; }

    public static PlatformEvent Broken(PlatformId platform, int episode, DateTimeOffset at, CrawlHealth health)
    {
        ArgumentNullException.ThrowIfNull(health);
        return new PlatformEvent(platform, EventTypes.PlatformBroken, episode, at) { Failing = health.Failing, Followed = health.Followed };
    }
}

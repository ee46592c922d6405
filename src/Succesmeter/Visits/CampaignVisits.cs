using Succesmeter.Campaigns;

namespace Succesmeter.Visits;

/// <summary>What is kept of the visits of one campaign: all that the crawl remembers lies here.</summary>
public sealed record CampaignVisits
{
    /// <summary>A campaign that is not there so often in a row rests until a list shows it again; once may be a slip of the site.</summary>
    public const int MostGone = 3;

    /// <summary>After a failure; doubled with each in a row, up to what the cadence would wait anyway.</summary>
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(15);

    /// <summary>What a rule of ours forbids is asked again once a day: robots.txt and settings change seldom.</summary>
    private static readonly TimeSpan ForbiddenRetry = TimeSpan.FromDays(1);

    private const int MostTrouble = 500;

    /// <summary>As a list showed it last.</summary>
    public required FoundCampaign Found { get; init; }

    /// <summary>On the campaign clock.</summary>
    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>When the next visit is due, on the campaign clock; a message says the same instant, and one that says another is out of date. Null: the campaign rests.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Of the first page as it was read last.</summary>
    public PageValidators Validators { get; init; } = PageValidators.None;

    /// <summary>When the page was last seen, changed or not, on the campaign clock.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>When it last showed something else than before, on the campaign clock.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>A hash of what was shown last, its instant apart.</summary>
    public string? Shown { get; init; }

    public DateTimeOffset? LaunchedAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>When the platform was first seen to call it over, on the campaign clock.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The last visit, on the machine's clock.</summary>
    public DateTimeOffset? VisitedAt { get; init; }

    /// <summary>What came of the last visit.</summary>
    public VisitResult? Result { get; init; }

    /// <summary>Visits in a row that brought nothing.</summary>
    public int Failures { get; init; }

    /// <summary>Why the last visit brought nothing, or less than it should.</summary>
    public string? Trouble { get; init; }

    public CampaignId Campaign => Found.Campaign;

    /// <summary>The campaign as a list shows it for the first time: it is to be visited at once.</summary>
    public static CampaignVisits Of(FoundCampaign found, DateTimeOffset now) => new() { Found = found, FoundAt = ToMilliseconds(now), DueAt = ToMilliseconds(now) };

    /// <summary>A list shows the campaign again. What rests because it was gone is looked at once more.</summary>
    public CampaignVisits FoundAgain(FoundCampaign found, DateTimeOffset now)
    {
        var here = this with { Found = found };
        return here is { DueAt: null, Result: VisitResult.Gone } ? here with { DueAt = ToMilliseconds(now), Failures = 0 } : here;
    }

    /// <summary>Somebody wants it visited now.</summary>
    public CampaignVisits AskedFor(DateTimeOffset now) => this with { DueAt = ToMilliseconds(now), Validators = PageValidators.None };

    /// <param name="outcome">Of the visit that was due.</param>
    /// <param name="clock">The campaign clock, at the end of the visit.</param>
    /// <param name="visitedAt">On the machine's clock.</param>
    /// <param name="cadence">When to come again.</param>
    public CampaignVisits After(VisitOutcome outcome, PlatformClock clock, DateTimeOffset visitedAt, Cadence cadence)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(cadence);
        var after = this with { VisitedAt = visitedAt, Result = outcome.Result, Trouble = Short(outcome.Trouble), Failures = outcome.BringsNothing ? Failures + 1 : 0 };
        switch (outcome)
        {
            case VisitOutcome.Seen seen:
                after = after with
                {
                    Validators = seen.Validators,
                    SeenAt = seen.TakenAt,
                    ChangedAt = seen.Shown == Shown ? ChangedAt : seen.TakenAt,
                    Shown = seen.Shown,
                    LaunchedAt = seen.LaunchedAt ?? LaunchedAt,
                    EndsAt = seen.EndsAt ?? EndsAt,
                    EndedAt = seen.IsOver ? EndedAt ?? seen.TakenAt : null,
                };
                break;
            case VisitOutcome.Unchanged:
                after = after with { SeenAt = ToMilliseconds(clock.Now) };
                break;
            case VisitOutcome.Forbidden:
                return after with { DueAt = ToMilliseconds(clock.After(ForbiddenRetry)) };
            case VisitOutcome.Gone when after.Failures >= MostGone:
                return after with { DueAt = null };
        }

        var next = cadence.NextAfter(after, ToMilliseconds(clock.Now));
        if (after.Failures > 0 && next is not null)
        {
            var retry = clock.After(FirstRetry * Math.Pow(2, Math.Min(after.Failures - 1, 10)));
            next = outcome is VisitOutcome.Failed && retry < next ? retry : next;
        }

        return after with { DueAt = next is { } due ? ToMilliseconds(due) : null };
    }

    /// <summary>Instants are compared with what a message says, so they have no more digits than it can carry.</summary>
    public static DateTimeOffset ToMilliseconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    private static string? Short(string? trouble) => trouble?.Length > MostTrouble ? trouble[..MostTrouble] : trouble;
}

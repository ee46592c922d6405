using System.Diagnostics.Metrics;
using Succesmeter.Campaigns;
using Succesmeter.Visits;

namespace Succesmeter.Watching;

/// <summary>The figures by which the pipeline is watched (docs/operations.md). Their tags are few: platforms, outcomes, queues, models; never a campaign or a person.</summary>
public static class Instruments
{
    /// <summary>Of the meter, for who wants to listen.</summary>
    public const string Name = "Succesmeter";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> SnapshotsRead = Meter.CreateCounter<long>("succesmeter.snapshots", "{snapshot}", "Snapshots that were read, by platform, source (file, visit) and outcome (accepted, rejected).");
    private static readonly Counter<long> ScoresMade = Meter.CreateCounter<long>("succesmeter.scores", "{score}", "Instants that were scored, by platform, model and confidence.");
    private static readonly Counter<long> VisitsMade = Meter.CreateCounter<long>("succesmeter.visits", "{visit}", "Visits of campaigns' pages, by platform and outcome.");
    private static readonly Counter<long> DeliveriesTried = Meter.CreateCounter<long>("succesmeter.deliveries", "{try}", "Tries to deliver a webhook, by outcome (taken, refused, unanswered).");
    private static readonly Histogram<double> DeliveryDuration = Meter.CreateHistogram<double>("succesmeter.delivery.duration", "s", "How long an endpoint took to answer.");
    private static readonly Histogram<double> QueueAge = Meter.CreateHistogram<double>("succesmeter.queue.age", "s", "How long a message had been due when it was taken up, by queue.");
    private static readonly Gauge<double> DataAge = Meter.CreateGauge<double>("succesmeter.data.age", "s", "Of a platform's live campaigns the longest time since a reading, on its campaign clock.");
    private static readonly Gauge<long> LiveCampaigns = Meter.CreateGauge<long>("succesmeter.campaigns.live", "{campaign}", "Live campaigns, by platform.");
    private static readonly Gauge<double> Skill = Meter.CreateGauge<double>("succesmeter.skill", "1", "Brier skill of recent probabilities against the base rate of the same campaigns, by platform: 1 is certain and right, 0 is no better than the base rate.");
    private static readonly Gauge<long> Drifts = Meter.CreateGauge<long>("succesmeter.drift", "1", "1 where recent probabilities are further off than chance explains, else 0, by platform.");
    private static readonly Gauge<long> GivenUp = Meter.CreateGauge<long>("succesmeter.poison", "{message}", "Messages that were given up and wait for their hourly retry.");
    private static readonly Counter<long> StorageRequests = Meter.CreateCounter<long>("succesmeter.storage.requests", "{request}", "Answers of storage to our own requests, by service (table, blob, queue) and status.");

    /// <summary>One that turns out too large to keep is counted as refused as well.</summary>
    public static void Read(PlatformId platform, string source) => SnapshotsRead.Add(1, new("platform", platform.Value), new("source", source), new("outcome", "accepted"));

    /// <summary>A row that cannot be read need not name a platform.</summary>
    public static void Refused(string source) => SnapshotsRead.Add(1, new("source", source), new("outcome", "rejected"));

    /// <param name="platform">Whose campaign.</param>
    /// <param name="model">Null where none gives a probability.</param>
    /// <param name="confidence">As the score says.</param>
    public static void Scored(PlatformId platform, string? model, string confidence) => ScoresMade.Add(1, new("platform", platform.Value), new("model", model), new("confidence", confidence));

    public static void Visited(PlatformId platform, VisitResult result) => VisitsMade.Add(1, new("platform", platform.Value), new("outcome", result.ToString()));

    /// <param name="status">Of the answer; null when there was none.</param>
    /// <param name="duration">Until the answer, or until there was none.</param>
    public static void Delivered(int? status, TimeSpan duration)
    {
        var outcome = status switch { >= 200 and < 300 => "taken", null => "unanswered", _ => "refused" };
        DeliveriesTried.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        DeliveryDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
    }

    public static void TakenUp(string queue, TimeSpan age) => QueueAge.Record(Math.Max(0, age.TotalSeconds), new KeyValuePair<string, object?>("queue", queue));

    /// <param name="platform">Which.</param>
    /// <param name="live">Its live campaigns.</param>
    /// <param name="oldest">Of these the longest time since a reading; null where there is none.</param>
    public static void Looked(PlatformId platform, int live, TimeSpan? oldest)
    {
        LiveCampaigns.Record(live, new KeyValuePair<string, object?>("platform", platform.Value));
        if (oldest is { } age)
            DataAge.Record(age.TotalSeconds, new KeyValuePair<string, object?>("platform", platform.Value));
    }

    /// <param name="platform">Which.</param>
    /// <param name="skill">Null where it cannot be told.</param>
    /// <param name="drifts">Further off than chance explains.</param>
    public static void Judged(PlatformId platform, double? skill, bool drifts)
    {
        if (skill is { } known)
            Skill.Record(known, new KeyValuePair<string, object?>("platform", platform.Value));
        Drifts.Record(drifts ? 1 : 0, new KeyValuePair<string, object?>("platform", platform.Value));
    }

    public static void Counted(int givenUp) => GivenUp.Record(givenUp);

    public static void Answered(string service, int status) => StorageRequests.Add(1, new("service", service), new KeyValuePair<string, object?>("status", status));
}

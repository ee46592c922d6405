using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using Succesmeter.EndToEnd.Tests.Webhooks;
using Succesmeter.Testing;
using Succesmeter.Watching;

namespace Succesmeter.EndToEnd.Tests.Watching;

/// <summary>What who watches sees of the whole program.</summary>
public sealed class WatchingTests
{
    private const string Donor = "Zénobie Quatremarre";

    [Fact]
    public async Task A_push_its_score_and_its_deliveries_are_one_trace()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == Spans.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var receiver = await Receiver.StartAsync();
        await using var host = await StartAsync();
        await SubscribeAsync(host, receiver);

        var trace = ActivityTraceId.CreateFromString("0af7651916cd43dd8448eb211c80319c");
        await PushAsync(host, $"00-{trace}-b7ad6b7169203331-01");
        await Eventually.IsAsync(() => receiver.Of("milestone.reached").Any());
        await Eventually.IsAsync(() => Names().Contains("EventsToWebhooks"));

        Assert.Equal(["EventsToWebhooks", "FilesToSnapshots", "Push", "SnapshotsToScores"], Names());
        var of = spans.Where(span => span.TraceId == trace).ToDictionary(static span => span.SpanId, static span => span.OperationName);
        Assert.All(spans.Where(span => span.TraceId == trace && span.OperationName == "EventsToWebhooks"), span => Assert.Equal("SnapshotsToScores", of[span.ParentSpanId]));

        // Servers of others are not told of it.
        Assert.All(receiver.All, static one => Assert.DoesNotContain("traceparent", one.Headers.Keys));

        IEnumerable<string> Names() => spans.Where(span => span.TraceId == trace).Select(static span => span.OperationName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_collector_gets_spans_figures_and_logs_and_no_donor()
    {
        await using var collector = await Collector.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await using var host = await StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_METRIC_EXPORT_INTERVAL", "200"), ("OTEL_BLRP_SCHEDULE_DELAY", "100"));
        await SubscribeAsync(host, receiver);
        await PushAsync(host, null);

        await Eventually.IsAsync(() => collector.Holds("/v1/traces", "EventsToWebhooks") && collector.Holds("/v1/traces", "SnapshotsToScores"));
        foreach (var figure in (string[])["succesmeter.snapshots", "succesmeter.scores", "succesmeter.deliveries", "succesmeter.queue.age", "succesmeter.storage.requests"])
            await Eventually.IsAsync(() => collector.Holds("/v1/metrics", figure), figure);
        await Eventually.IsAsync(() => collector.Holds("/v1/logs", "rows taken"));

        foreach (var (_, body) in collector.All)
        {
            Assert.DoesNotContain("Quatremarre", body, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(receiver.Address[^12..], body, StringComparison.Ordinal);
        }
    }

    private static string Snapshot => $$"""{"platform":"growfunding","campaign":"kidical-mass","takenAt":"2026-05-02T12:00:00Z","title":"Kidical Mass","currency":"EUR","goal":7500,"funding":"all-or-nothing","launchedAt":"2026-04-20T08:00:00Z","endsAt":"2026-05-30T22:00:00Z","pledged":1250,"backers":1,"contributionsAre":"all","contributions":[{"id":"g1","at":"2026-05-01T10:00:00Z","amount":1250,"donor":"{{Donor}}","identity":"full-name"}]}""";

    private static Task<TestHost> StartAsync(params (string Key, string Value)[] settings) => TestHost.StartAsync(
        settings: [("Webhooks:AllowLoopback", "true"), ("Webhooks:Keys:1", Convert.ToBase64String(new byte[32])), ("Webhooks:RememberNobody", "00:00:00"), .. settings]);

    private static async Task SubscribeAsync(TestHost host, Receiver receiver)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/subscriptions") { Content = JsonContent.Create(new { campaign = "growfunding/kidical-mass", url = receiver.Address, language = "nl" }) };
        request.Headers.Authorization = new("Bearer", TestHost.RootToken);
        (await host.Client.SendAsync(request)).EnsureSuccessStatusCode();
    }

    private static async Task PushAsync(TestHost host, string? traceparent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/snapshots") { Content = new StringContent(Snapshot, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-functions-key", host.FunctionKey);
        if (traceparent is not null)
            request.Headers.Add("traceparent", traceparent);
        (await host.Client.SendAsync(request)).EnsureSuccessStatusCode();
    }
}

using System.Globalization;
using System.Net;
using System.Text.Json;
using Succesmeter.Pipeline;
using Succesmeter.Testing.Memory;

namespace Succesmeter.EndToEnd.Tests;

public sealed class ReportTests
{
    private static readonly DateTimeOffset Now = new(2027, 1, 5, 5, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task From_snapshots_to_the_report_in_both_forms()
    {
        await using var host = await TestHost.StartAsync(publicScores: false, clocks: new FixedClocks(Now));
        await host.PushAndScoreAsync(string.Join('\n', Enumerable.Range(0, 6).Select(Row)));

        var before = await host.GetAsync("/api/platforms/demostad/report");
        Assert.Equal((JsonValueKind.Null, 0), (before.GetProperty("through").ValueKind, before.GetProperty("figures").GetArrayLength()));

        await host.Stage<OutcomesToModels>().RunAsync(default);
        await host.Stage<OutcomesToReports>().RunAsync(default);

        var report = await host.GetAsync("/api/platforms/demostad/report");
        var rate = report.GetProperty("figures").EnumerateArray().Single(figure =>
            (figure.GetProperty("period").GetString(), figure.GetProperty("figure").GetString(), figure.GetProperty("by").ValueKind) == ("2026", "campaigns.success-rate", JsonValueKind.Null));
        Assert.Equal((0.8333, 6), (rate.GetProperty("value").GetDouble(), rate.GetProperty("n").GetInt32()));
        Assert.NotEmpty(report.GetProperty("limits").EnumerateArray());
        Assert.Contains(report.GetProperty("definitions").EnumerateArray(), static one => one.GetProperty("figure").GetString() == "campaigns.success-rate");

        using var csv = await host.Client.GetAsync(new Uri("/api/platforms/demostad/report?format=csv", UriKind.Relative));
        var lines = (await csv.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.Equal(report.GetProperty("figures").GetArrayLength() + 2, lines.Length);
        Assert.Contains("2026,campaigns.ended,category,\"'=1+1\",6,6,,,campaigns,", lines);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/platforms/demostad/report?format=csv");
        again.Headers.IfNoneMatch.Add(csv.Headers.ETag!);
        using var unchanged = await host.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);

        foreach (var (path, status) in new[] { ("nowhere/report", HttpStatusCode.NotFound), ("no%20where/report", HttpStatusCode.BadRequest), ("demostad/report?format=xls", HttpStatusCode.BadRequest) })
            using (var answer = await host.Client.GetAsync(new Uri($"/api/platforms/{path}", UriKind.Relative)))
                Assert.Equal(status, answer.StatusCode);
    }

    /// <summary>Six campaigns, one of which failed.</summary>
    private static string Row(int at) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"platform":"demostad","campaign":"c{{at}}","takenAt":"2026-06-01T00:00:00Z","currency":"EUR","goal":5000,"funding":"all-or-nothing","launchedAt":"2026-04-20T08:00:00Z","endsAt":"2026-05-30T22:00:00Z","category":"=1+1","pledged":{{(at == 0 ? 100 : 5200)}},"backers":30}""");
}

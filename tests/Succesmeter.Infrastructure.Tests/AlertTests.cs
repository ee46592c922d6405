using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Succesmeter.Infrastructure.Tests;

/// <summary>Alerts and workbook look for what the app says, and somebody hears of it.</summary>
public sealed partial class AlertTests
{
    private const string People = "[resourceId('Microsoft.Insights/actionGroups', format('ag-{0}', parameters('prefix')))]";

    /// <summary>The meter's instruments that are looked at.</summary>
    private static readonly string[] Metrics = ["succesmeter.data.age", "succesmeter.deliveries", "succesmeter.queue.age", "succesmeter.scores", "succesmeter.snapshots"];

    [Fact]
    public void What_is_looked_at_is_an_instrument_of_the_meter()
    {
        var instruments = House.Read("src", "Succesmeter", "Watching", "Instruments.cs");
        Assert.All(Metrics, metric => Assert.Contains($"\"{metric}\"", instruments, StringComparison.Ordinal));
    }

    private static JsonObject Main => Bicep.Template("main.bicep");

    private static IReadOnlyList<JsonNode> LogAlerts => [.. Template.Module(Main, "alerts")["variables"]!["logAlerts"]!.AsArray().Select(static one => one!)];

    [BicepFact]
    public void Every_alert_is_on_and_tells_the_action_group()
    {
        var alerts = Template.Made(Main).Where(static one => Template.Text(one.Resource["type"]) is "Microsoft.Insights/scheduledQueryRules" or "Microsoft.Insights/metricAlerts").ToList();

        Assert.Equal(3, alerts.Count);
        Assert.All(alerts, static alert => Assert.True(alert.Resource["properties"]!["enabled"]!.GetValue<bool>()));
        Assert.All(alerts, static alert => Assert.Contains(People, Template.AllTexts(alert.Resource["properties"]!["actions"])));
        Assert.Equal("[parameters('email')]", Template.Text(Template.Single(Main, "Microsoft.Insights/actionGroups")["properties"]!["emailReceivers"]![0]!["emailAddress"]));
        Assert.Equal(["poison", "crawl", "deliveries", "drift"], LogAlerts.Select(static one => Template.Text(one["name"])));
    }

    [BicepFact]
    public void What_an_alert_looks_for_is_something_that_the_app_logs()
    {
        foreach (var text in LogAlerts.SelectMany(static one => Template.Texts(one["says"])))
        {
            // What stands in braces is filled in when the line is written.
            Assert.DoesNotContain('{', text);
            Assert.DoesNotContain('"', text);
            var found = House.LogMessages.Where(message => message.Text.Contains(text, StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(found);
            Assert.All(found, static message => Assert.Contains(message.Level, new[] { "Warning", "Error", "Critical" }));
        }
    }

    [BicepFact]
    public void Every_critical_line_is_an_alert()
    {
        var texts = LogAlerts.SelectMany(static one => Template.Texts(one["says"])).ToList();
        var critical = House.LogMessages.Where(static message => message.Level == "Critical").ToList();

        Assert.NotEmpty(critical);
        Assert.All(critical, message => Assert.Contains(texts, text => message.Text.Contains(text, StringComparison.Ordinal)));
    }

    [BicepFact]
    public void A_day_without_a_score_is_an_alert_where_scores_are_expected()
    {
        var silence = Template.Module(Main, "alerts")["resources"]!["silence"]!;
        var criterion = silence["properties"]!["criteria"]!["allOf"]![0]!;

        Assert.Equal("[parameters('expectsScores')]", Template.Text(silence["condition"]));
        Assert.Equal("P1D", Template.Text(silence["properties"]!["windowSize"]));
        Assert.Equal("LessThan 1", $"{Template.Text(criterion["operator"])} {criterion["threshold"]!.GetValue<int>()}");
        Assert.Equal(["succesmeter.scores"], MetricsIn(Template.Text(criterion["query"])));
    }

    [Fact]
    public void The_workbook_shows_every_instrument_and_what_alerts_look_for()
    {
        var workbook = JsonNode.Parse(House.Read("infra", "workbook.json"))!;
        var queries = workbook["items"]!.AsArray().Select(static item => Template.Text(item!["content"]!["query"])).Where(static query => query.Length > 0).ToList();

        Assert.Equal(Metrics, queries.SelectMany(MetricsIn).Order(StringComparer.Ordinal));
        var texts = queries.SelectMany(static query => Looked().Matches(query).Select(static match => match.Groups["text"].Value)).ToList();
        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.Contains(House.LogMessages, message => message.Text.Contains(text, StringComparison.Ordinal)));
        if (Bicep.WhyNot is null)
            Assert.Equal(LogAlerts.SelectMany(static one => Template.Texts(one["says"])).Order(StringComparer.Ordinal), texts.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> MetricsIn(string query) => MetricName().Matches(query).Select(static match => match.Groups["name"].Value);

    [GeneratedRegex("Name == \"(?<name>[^\"]+)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex MetricName();

    [GeneratedRegex("Text contains \"(?<text>[^\"]+)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Looked();
}

using System.CommandLine;
using System.Text.Json;
using Succesmeter.Emergence;
using Succesmeter.Learning.Emergence;

namespace Succesmeter.Learning.Tests.Emergence;

public sealed class EmergenceStudyTests
{
    [Fact]
    public void One_cell_of_the_study_covers_the_truth_as_often_as_the_docs_say()
    {
        var cell = StudyCell.All.Single(cell => cell is { Kind: "coverage", Name: "n=0.6", Campaign.Gifts: 135 });
        var line = EmergenceStudy.Of(cell, replicates: 25, seed: 1, threads: 2, CancellationToken.None);
        Assert.InRange(line.Coverage!.Value, 0.85, 1);
        Assert.InRange(line.MeanEstimate!.Value, 0.45, 0.7);
    }

    [Fact]
    public void A_rhythm_alone_seldom_raises_an_alarm_in_a_life_of_daily_looks()
    {
        var cell = StudyCell.All.Single(cell => cell is { Name: "rhythm", Campaign.Gifts: 135 });
        var line = EmergenceStudy.Of(cell, replicates: 10, seed: 1, threads: 2, CancellationToken.None);
        Assert.InRange(line.Alarms!.Value, 0, 0.2);
        Assert.Equal(line, EmergenceStudy.Of(cell, replicates: 10, seed: 1, threads: 1, CancellationToken.None) with { Seconds = line.Seconds });
    }

    [Fact]
    public void Every_cell_has_seeds_of_its_own() =>
        Assert.Equal(StudyCell.All.Count, StudyCell.All.Select(cell => cell.Number).Distinct().Count());

    [Fact]
    public void A_simulated_campaign_without_followers_has_the_gifts_it_was_asked_for_and_one_with_followers_as_many_on_average()
    {
        Assert.Equal(50, new SimulatedCampaign { Gifts = 50, DayVariation = 0.5, Pushes = 2, PushShare = 0.25, SurgeShare = 0.1 }.Draw(new Random(1)).Gifts.Count);
        var gifts = Enumerable.Range(0, 300).Average(seed => new SimulatedCampaign { Gifts = 135, Ratio = 0.5 }.Draw(new Random(seed)).Gifts.Count);
        Assert.InRange(gifts, 120, 145);
    }

    [Fact]
    public void A_simulated_push_brings_its_share_after_its_logged_instant()
    {
        var timeline = new SimulatedCampaign { Gifts = 2000, Pushes = 1, PushShare = 0.25 }.Draw(new Random(2));
        var push = Assert.Single(timeline.Actions);
        int Within(double hours) => timeline.Gifts.Count(gift => gift.Earliest >= push && gift.Earliest < push.AddHours(hours));
        Assert.InRange(Within(30), 400, 700);
        Assert.InRange(timeline.Gifts.Count(gift => gift.Earliest < push && gift.Earliest >= push.AddHours(-30)), 0, 200);
    }

    [Fact]
    public void The_command_prints_a_line_a_cell()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = EmergenceStudyCommand.Create().Parse(["--only", "bound", "--replicates", "3"]).Invoke(new InvocationConfiguration { Output = output, Error = error });
        Assert.Equal(0, exit);
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(StudyCell.All.Count(cell => cell.Kind == "bound"), lines.Length);
        Assert.All(lines, line => Assert.InRange(JsonDocument.Parse(line).RootElement.GetProperty("coverage").GetDouble(), 0, 1));
    }

    [Fact]
    public void A_study_that_was_stopped_goes_on_where_it_was()
    {
        var path = Path.Combine(Path.GetTempPath(), $"succesmeter-study-{Environment.ProcessId}.ndjson");
        try
        {
            // One cell is kept with a figure that no run would give, one was cut off while it was written.
            File.WriteAllText(path, """
                {"kind":"bound","cell":"snapshots-every-3h-half-life-1h-n=0.2","gifts":135,"replicates":2,"seed":1,"coverage":0.123,"seconds":1}
                {"kind":"bound","cell":"snapshots-every-3h-half-life-1h-n=0.5","gif
                """);
            var first = Run();
            Assert.Equal(0.123, first[0].RootElement.GetProperty("coverage").GetDouble());
            Assert.InRange(first[1].RootElement.GetProperty("coverage").GetDouble(), 0, 1);
            Assert.Equal(first.Select(line => line.RootElement.ToString()), Run().Select(line => line.RootElement.ToString()));
        }
        finally
        {
            File.Delete(path);
        }

        List<JsonDocument> Run()
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            Assert.Equal(0, EmergenceStudyCommand.Create().Parse(["--only", "snapshots-every-3h-half-life-1h", "--replicates", "2", "--out", path]).Invoke(new InvocationConfiguration { Output = output, Error = error }));
            return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line))];
        }
    }

    [Fact]
    public void What_the_study_calls_an_alarm_is_what_a_score_calls_self_sustaining()
    {
        var timeline = StudyCell.All.Single(cell => cell is { Kind: "power", Name: "n=.5-half-life-2h", Campaign.Gifts: 500 }).Draw(seed: 1, replicate: 0);
        Assert.Equal(
            EmergenceTest.LikelihoodRatio(timeline) > EmergenceTest.Threshold(timeline.Gifts.Count),
            EmergenceEstimate.Of(timeline).Verdict == EmergenceVerdict.SelfSustaining);
    }
}

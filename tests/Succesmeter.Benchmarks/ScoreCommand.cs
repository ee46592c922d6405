using System.CommandLine;
using System.Diagnostics;
using Succesmeter.Campaigns;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Models;
using Succesmeter.Scores;
using Succesmeter.Snapshots;
using Succesmeter.Social;
using static Succesmeter.Benchmarks.Figure;

namespace Succesmeter.Benchmarks;

/// <summary>What one snapshot costs in arithmetic alone: to read, to fold in, to score.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Snapshots as NDJSON, gzipped or not; one campaign behind the other." };
        var command = new Command("score", "Microseconds a snapshot for reading, folding and scoring, without any storage.") { file };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(file), cancellation));
        return command;
    }

    private static async Task RunAsync(FileInfo file, CancellationToken cancellation)
    {
        var model = new ScoringModel(ShippedModels.Serving, References.Shipped);

        // The first pass warms up; the second counts.
        for (var pass = 0; pass < 2; pass++)
        {
            var (fold, curve, forecast, score, json) = (new Stopwatch(), new Stopwatch(), new Stopwatch(), new Stopwatch(), new Stopwatch());
            var whole = Stopwatch.StartNew();
            CampaignState? state = null;
            var rows = 0;
            await using var content = file.OpenRead();
            await foreach (var row in SnapshotFile.ReadAsync(content, MadeSnapshots.Reading, cancellation))
            {
                if (row is not ReadRow.Taken { Snapshot: var snapshot })
                    continue;
                if (state?.Campaign != snapshot.Campaign)
                    state = CampaignState.Of(snapshot.Campaign);

                rows++;
                fold.Start();
                state = state.With(snapshot, out _);
                fold.Stop();
                curve.Start();
                var funding = FundingCurves.Of(state, snapshot.TakenAt);
                curve.Stop();
                forecast.Start();
                if (funding is not null)
                    Forecast.Of(model.Forecast, funding, PlatformFit.None);
                forecast.Stop();
                score.Start();
                var scored = Score.Of(state, snapshot.TakenAt, model);
                score.Stop();
                json.Start();
                if (scored is not null)
                    ScoreJson.Write(scored);
                json.Stop();
            }

            whole.Stop();
            if (pass == 0)
                continue;

            Print("snapshots", rows);
            Print("µs to fold", PerRow(fold));
            Print("µs for the funding curve", PerRow(curve));
            Print("µs for the forecast", PerRow(forecast));
            Print("µs for the whole score (curve and forecast included)", PerRow(score));
            Print("µs to write its JSON", PerRow(json));
            Print("µs for all, reading included", PerRow(whole));

            double PerRow(Stopwatch watch) => watch.Elapsed.TotalMicroseconds / rows;
        }
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Succesmeter.Campaigns;
using Succesmeter.Learning.Training;
using Succesmeter.Outcomes;
using Succesmeter.Snapshots;
using Succesmeter.Storage;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Pipeline.Tests;

/// <summary>A year of a platform whose campaigns begin slowly and nearly all come through in the end, as none did in the training data.</summary>
public sealed class YearTests
{
    private const int Campaigns = 90;
    private const int Span = 30;
    private static readonly PlatformId Platform = new("demostad");
    private static readonly DateTimeOffset NewYear = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_shift_learns_what_the_model_cannot_see_and_what_is_said_comes_true_more_often()
    {
        var clock = new FakeTimeProvider(NewYear);
        var (shelf, outcomes) = (new MemoryModelShelf(), new MemoryOutcomeStore());
        using var models = new ShelvedScoringModels(shelf, Some.Start, clock, NullLogger<ShelvedScoringModels>.Instance);
        var town = new MemoryTown(models: models);
        var stage = new OutcomesToModels(town.List, town.Store, outcomes, shelf, Some.Start, new ContinuedTraining(), new RealClocks(clock), clock, NullLogger<OutcomesToModels>.Instance);
        var names = new HashSet<string>();

        foreach (var day in Year().GroupBy(static snapshot => snapshot.TakenAt.Date).OrderBy(static day => day.Key))
        {
            clock.Advance(new DateTimeOffset(day.Key, TimeSpan.Zero) + TimeSpan.FromHours(12) - clock.GetUtcNow());
            foreach (var snapshot in day)
            {
                await town.DeliverAsync(Some.Received(snapshot));
                await town.ScoreAsync(snapshot.Campaign);
            }

            await stage.RunAsync(default);
            names.Add((await models.CurrentAsync(default))!.NameFor(Platform));
        }

        var known = (await outcomes.LoadAsync(Platform, default)).Outcomes.Known.ToList();
        Assert.Equal(Campaigns, known.Count);
        var standing = (await shelf.FindLedgerAsync(default))!.Ledger.Platforms.Single(on => on.Platform == Platform);
        Assert.True(standing.Shift > 0.5, $"the shift is {standing.Shift}");
        Assert.True(names.Count > 20, "a score of every fit carries a name of its own");

        // In the second half of the year, against what the same model said without the shift.
        var said = known.Skip(Campaigns / 2).SelectMany(static campaign => campaign.Looks.Select(look => (look, campaign.Reached))).ToList();
        var (with, without) = (said.Average(static x => Squared(x.look.Probability!.Value, x.Reached)), said.Average(static x => Squared(Unshifted(x.look), x.Reached)));
        Assert.True(with < without - 0.02, $"Brier {with} with the shift, {without} without");
    }

    /// <summary>Each campaign has a size of its own and grows with the square of its time; eight in a hundred stay short of the goal.</summary>
    private static IEnumerable<Snapshot> Year()
    {
        var dice = new Random(2026);
        for (var campaign = 0; campaign < Campaigns; campaign++)
        {
            var launch = NewYear.AddDays((campaign * 365.0 / Campaigns) + 0.3);
            var goal = 3000 + (dice.Next(12) * 1000);
            var final = dice.NextDouble() < 0.08 ? 0.4 + (0.4 * dice.NextDouble()) : 1 + (0.3 * dice.NextDouble());
            for (var day = 1; day <= Span + 1; day += 3)
            {
                var share = Math.Min(1, (double)day / Span);
                var pledged = Math.Round(goal * final * share * share);
                yield return Some.Snapshot with
                {
                    Campaign = new CampaignId(Platform, $"c{campaign:D3}"),
                    TakenAt = launch.AddDays(day),
                    Goal = goal,
                    LaunchedAt = new Moment(launch),
                    EndsAt = new Moment(launch.AddDays(Span)),
                    Pledged = (decimal)pledged,
                    Backers = (int)(pledged / 45),
                };
            }
        }
    }

    private static double Unshifted(Look look) => 1 / (1 + Math.Exp(-look.LogOdds!.Value));

    private static double Squared(double probability, bool happened) => Math.Pow(probability - (happened ? 1 : 0), 2);
}

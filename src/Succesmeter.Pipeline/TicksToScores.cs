using Microsoft.Extensions.Logging;
using Succesmeter.Campaigns;
using Succesmeter.Scores;

namespace Succesmeter.Pipeline;

/// <summary>
/// Sends ticks, so that silence is scored too: one a day for each live campaign, one an hour in its last two days, and one at its end.
/// Runs on the campaign clock; running it twice sends a tick twice, and the second finds nothing left to do.
/// </summary>
public sealed partial class TicksToScores(ICampaignList list, IScoreQueue queue, ILogger<TicksToScores> logger)
{
    private const int MostHeld = 1_000;

    /// <param name="now">The campaign clock.</param>
    /// <param name="cancellation">Ends the run; the next one goes on.</param>
    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var sent = 0;
        var due = new List<ScoreRequest>();
        foreach (var platform in await list.PlatformsAsync(cancellation))
        {
            await foreach (var campaign in list.ReadAsync(platform, after: null, cancellation))
            {
                if (Ticks.Due(campaign, now) is not { } tick)
                    continue;

                due.Add(new ScoreRequest(campaign.Campaign, tick));
                if (due.Count == MostHeld)
                    await SendAsync();
            }
        }

        await SendAsync();

        LogSent(sent);

        async Task SendAsync()
        {
            await queue.SendAsync(due, TimeSpan.Zero, cancellation);
            sent += due.Count;
            due.Clear();
        }
    }

    [LoggerMessage(LogLevel.Information, "Sent {Ticks} ticks")]
    private partial void LogSent(int ticks);
}

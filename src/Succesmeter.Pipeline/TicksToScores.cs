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
    /// <param name="now">The campaign clock.</param>
    /// <param name="cancellation">Ends the run; the next one goes on.</param>
    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var sent = 0;
        foreach (var platform in await list.PlatformsAsync(cancellation))
        {
            await foreach (var campaign in list.ReadAsync(platform, after: null, cancellation))
            {
                if (Ticks.Due(campaign, now) is not { } tick)
                    continue;

                await queue.SendAsync(new ScoreRequest(campaign.Campaign, tick), TimeSpan.Zero, cancellation);
                sent++;
            }
        }

        LogSent(sent);
    }

    [LoggerMessage(LogLevel.Information, "Sent {Ticks} ticks")]
    private partial void LogSent(int ticks);
}

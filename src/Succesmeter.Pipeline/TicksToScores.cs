using Microsoft.Extensions.Logging;
using Succesmeter.Campaigns;
using Succesmeter.Scores;
using Succesmeter.Watching;

namespace Succesmeter.Pipeline;

/// <summary>
/// Sends ticks, so that silence is scored too: one a day for each live campaign, one an hour in its last two days, and one at its end.
/// Runs on each platform's campaign clock; running it twice sends a tick twice, and the second finds nothing left to do.
/// </summary>
public sealed partial class TicksToScores(ICampaignList list, IScoreQueue queue, IPlatformClocks clocks, ILogger<TicksToScores> logger)
{
    private const int MostHeld = 1_000;

    /// <summary>All platforms, each on its own clock.</summary>
    /// <exception cref="AggregateException">Some platforms failed; the others have their ticks.</exception>
    public Task RunAsync(CancellationToken cancellation) => list.RunForEachPlatformAsync(platform => RunAsync(platform, cancellation), cancellation);

    /// <summary>One platform, such as one whose clock is fast. What was sent when the run ends stays sent; the next one goes on.</summary>
    public async Task RunAsync(PlatformId platform, CancellationToken cancellation)
    {
        var now = clocks.Of(platform).Now;
        var (sent, live, oldest) = (0, 0, (TimeSpan?)null);
        var due = new List<ScoreRequest>();
        await foreach (var campaign in list.ReadAsync(platform, after: null, cancellation))
        {
            if (campaign.Status == CampaignStatus.Live)
            {
                live++;
                oldest = now - campaign.TakenAt < oldest ? oldest : now - campaign.TakenAt;
            }

            if (Ticks.Due(campaign, now) is not { } tick)
                continue;

            due.Add(new ScoreRequest(campaign.Campaign, tick));
            if (due.Count == MostHeld)
                await SendAsync();
        }

        await SendAsync();
        Instruments.Looked(platform, live, oldest);
        LogSent(platform, sent);

        async Task SendAsync()
        {
            await queue.SendAsync(due, TimeSpan.Zero, cancellation);
            sent += due.Count;
            due.Clear();
        }
    }

    [LoggerMessage(LogLevel.Information, "{Platform}: sent {Ticks} ticks")]
    private partial void LogSent(PlatformId platform, int ticks);
}

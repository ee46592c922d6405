using Microsoft.Extensions.Logging;
using Succesmeter.Campaigns;
using Succesmeter.Intake;
using Succesmeter.Visits;
using Succesmeter.Watching;
using Succesmeter.Webhooks;

namespace Succesmeter.Pipeline;

/// <summary>
/// Tries again, once an hour, what the host gave up: most of what fails does so because something else was down. After a day it stays where it is and
/// every run says so, until a person looks.
/// </summary>
public sealed partial class PoisonToRetries(IGivenUp givenUp, FilesToSnapshots files, ILogger<PoisonToRetries> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    /// <param name="now">The machine's clock.</param>
    /// <param name="cancellation">Ends the run; what is left shows again later.</param>
    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var given in givenUp.TakeAsync(cancellation))
        {
            count++;
            switch (given)
            {
                case GivenUp.Unreadable unreadable:
                    LogUnreadable(unreadable.Text, unreadable.Since);
                    break;
                case GivenUp.Scores scores when now - scores.Since < Patience:
                    await givenUp.RetryAsync(scores, cancellation);
                    break;
                case GivenUp.Scores scores:
                    foreach (var request in scores.Requests)
                        LogCampaignLost(request.Campaign, scores.Since);
                    break;
                case GivenUp.Page page when now - page.Since < Patience:
                    await givenUp.RetryAsync(page, cancellation);
                    break;
                case GivenUp.Page page:
                    LogPageLost(page.Asked, page.Since);
                    break;
                case GivenUp.Telling telling when now - telling.Since < Patience:
                    await givenUp.RetryAsync(telling, cancellation);
                    break;
                case GivenUp.Telling telling:
                    LogTellingLost(telling.Message, telling.Since);
                    break;
                case GivenUp.File file when now - file.Since < Patience:
                    await RetryAsync(file, cancellation);
                    break;
                case GivenUp.File file:
                    LogFileLost(file.Name, file.Since);
                    break;
            }
        }

        Instruments.Counted(count);
    }

    private async Task RetryAsync(GivenUp.File file, CancellationToken cancellation)
    {
        try
        {
            await files.RunAsync(file.Name, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            LogFailedAgain(failure, file.Name);
            return;
        }

        await givenUp.ForgetAsync(file, cancellation);
    }

    [LoggerMessage(LogLevel.Critical, "A message that nobody can read waits for a person since {Since}: {Text}")]
    private partial void LogUnreadable(string text, DateTimeOffset since);

    [LoggerMessage(LogLevel.Critical, "{Campaign} could not be scored for a day, since {Since}; its message stays in the poison queue")]
    private partial void LogCampaignLost(CampaignId campaign, DateTimeOffset since);

    [LoggerMessage(LogLevel.Critical, "{Page} could not be fetched and read for a day, since {Since}; its message stays in the poison queue")]
    private partial void LogPageLost(PageToFetch page, DateTimeOffset since);

    [LoggerMessage(LogLevel.Critical, "{Telling} could not be tried for a day, since {Since}; its message stays in the poison queue")]
    private partial void LogTellingLost(DeliveryMessage telling, DateTimeOffset since);

    [LoggerMessage(LogLevel.Critical, "{File} could not be read for a day, since {Since}; it stays in incoming")]
    private partial void LogFileLost(string file, DateTimeOffset since);

    [LoggerMessage(LogLevel.Warning, "{File} failed again")]
    private partial void LogFailedAgain(Exception why, string file);
}

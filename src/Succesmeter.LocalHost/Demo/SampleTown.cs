using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Succesmeter.Campaigns;
using Succesmeter.Intake;

namespace Succesmeter.LocalHost.Demo;

/// <summary>Gives a host without campaigns a dozen generated ones to look at, once, by the way that any file goes.</summary>
internal sealed class SampleTown(IConfiguration configuration, ICampaignList list, IIncomingFiles files, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!configuration.GetValue<bool>("Demo:Enabled") || (await list.PlatformsAsync(stoppingToken)).Count > 0)
            return;

        using var content = new MemoryStream(SampleCampaigns.Ndjson(clock.GetUtcNow()));
        await files.KeepAsync(new PushedBody(content, "ndjson", Platform: null), stoppingToken);
    }
}

using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Succesmeter.Campaigns;
using Succesmeter.Intake;
using Succesmeter.Platforms.Recipes;
using Succesmeter.Visits;

namespace Succesmeter.LocalHost.Demo;

/// <summary>Gives a host that does not know the town what happened there before it was founded, once, by the way that any file goes: the town's own pages of then, read by its recipe.</summary>
internal sealed partial class TownHistory(TownSite site, TownClock clock, ICampaignList list, IIncomingFiles files, ILogger<TownHistory> logger) : BackgroundService
{
    /// <summary>Of a finished campaign, as shares of its time.</summary>
    private static readonly double[] FinishedAt = [0.1, 0.33, 0.66];

    /// <summary>Of a live one: so many, and no two within a day of each other but for the last.</summary>
    private const int MostOfALiveOne = 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if ((await list.PlatformsAsync(stoppingToken)).Any(platform => platform.Value == Town.Platform))
            return;

        var (content, rows) = await Task.Run(() => Ndjson(site.Town, clock.Founded, site.Address, stoppingToken), stoppingToken);
        using (content)
            await files.KeepAsync(new PushedBody(content, "ndjson", Platform: null), stoppingToken);
        LogKept(rows);
    }

    /// <summary>What was to be seen of the campaigns of the last months, finished and live, at some instants before the founding.</summary>
    internal static (MemoryStream Content, int Rows) Ndjson(Town town, DateTimeOffset founded, Uri address, CancellationToken cancellation)
    {
        var recipe = new RecipePlatform(TownRecipe.For(address));
        var content = new MemoryStream();
        var rows = 0;
        foreach (var view in town.At(founded, TownFigures.DaysBeforeFounding))
        {
            foreach (var instant in Instants(view, founded))
            {
                cancellation.ThrowIfCancellationRequested();
                content.Write(Seen(recipe, view.Campaign.At(instant), address, instant).Span);
                content.Write("\n"u8);
                rows++;
            }
        }

        content.Position = 0;
        return (content, rows);
    }

    private static IEnumerable<DateTimeOffset> Instants(TownView view, DateTimeOffset founded)
    {
        var campaign = view.Campaign;
        if (!view.IsLive)
            return [.. FinishedAt.Select(share => campaign.LaunchedAt + ((campaign.ClosedAt - campaign.LaunchedAt) * share)), campaign.ClosedAt];

        var days = (int)(founded - campaign.LaunchedAt).TotalDays;
        var count = Math.Min(days, MostOfALiveOne);
        return [.. Enumerable.Range(1, count).Select(index => campaign.LaunchedAt.AddDays(days * index / count)).Where(at => at < founded), founded];
    }

    private static ReadOnlyMemory<byte> Seen(RecipePlatform recipe, TownView view, Uri address, DateTimeOffset instant)
    {
        var found = new FoundCampaign(new CampaignId(recipe.Platform, view.Campaign.Id), new Uri(address, "p/" + view.Campaign.Id), view.Campaign.Id);
        var html = TownPages.Campaign(view, TownWords.In(view.Campaign.Language), address);
        var page = new FetchedPage(recipe.FirstPage(found), "text/html; charset=utf-8", Encoding.UTF8.GetBytes(html), instant);
        return recipe.Read(found, [page], instant) is PageReading.Seen seen
            ? seen.Snapshot
            : throw new InvalidOperationException($"The town's recipe does not read its page {found.Address}.");
    }

    [LoggerMessage(LogLevel.Information, "The town's past is {Rows} snapshots, and waits to be read")]
    private partial void LogKept(int rows);
}

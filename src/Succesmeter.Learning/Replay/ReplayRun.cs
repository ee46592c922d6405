namespace Succesmeter.Learning.Replay;

/// <summary>Writes the snapshots of the data set and counts what became of its campaigns.</summary>
internal static class ReplayRun
{
    /// <param name="settings">What to write, and where.</param>
    /// <param name="report">Told how many campaigns were read, then how many rows of how many were written.</param>
    /// <param name="cancellation">Leaves no half file under its name.</param>
    public static ReplayTally Of(ReplaySettings settings, Action<ReplayStep> report, CancellationToken cancellation)
    {
        Directory.CreateDirectory(settings.Output);
        var name = settings.UntilDay is { } day ? FormattableString.Invariant($"{ScrapedCampaigns.Name}-day-{day}") : ScrapedCampaigns.Name;
        var tally = new ReplayTally();
        using var files = new ReplayFiles(settings.Output, name, settings.RowsPerFile);
        var read = 0;
        var rows = Campaigns().SelectMany(campaign => Counted(campaign, ReplayedSnapshots.Of(campaign, settings.UntilDay, settings.Daily)));

        // A row refers to its campaign, so even all of them are no more than the data set in memory.
        if (settings.Order == ReplayOrder.Time)
            rows = rows.ToList().OrderBy(static row => row.Day).ThenBy(static row => row.Campaign.Number);

        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            files.Add(row);
            tally.Rows++;
            tally.Contributions += row.Gifts;
            tally.DerivedRows += row.IsDerived ? 1 : 0;
            report(new ReplayStep(read, tally.Rows));
        }

        files.Complete();
        tally.Files = files.Files;
        tally.Bytes = files.Bytes;
        tally.PackedBytes = files.PackedBytes;
        return tally;

        IEnumerable<ScrapedCampaign> Campaigns()
        {
            foreach (var campaign in ScrapedCampaigns.Read(settings.Data).Take(settings.Campaigns ?? int.MaxValue))
            {
                cancellation.ThrowIfCancellationRequested();
                report(new ReplayStep(++read, tally.Rows));
                yield return campaign;
            }
        }

        IEnumerable<ReplayedSnapshot> Counted(ScrapedCampaign campaign, IEnumerable<ReplayedSnapshot> snapshots)
        {
            var count = 0;
            var hasGoal = false;
            var hasLaunch = false;
            foreach (var snapshot in snapshots)
            {
                count++;
                hasGoal |= snapshot.Goal is not null;
                hasLaunch |= campaign.Created <= snapshot.Day;
                yield return snapshot;
            }

            tally.Campaigns++;
            tally.ScrapesWithoutTotal += campaign.Scrapes.Count(static scrape => scrape.Raised is null);
            tally.CampaignsWithRows += count > 0 ? 1 : 0;
            tally.CompleteLists += count > 0 && campaign.IsListComplete ? 1 : 0;
            tally.AwaitingFacts += count > 0 && !(hasGoal && hasLaunch) ? 1 : 0;
        }
    }
}

/// <param name="Campaigns">Read so far.</param>
/// <param name="Rows">Written so far.</param>
internal readonly record struct ReplayStep(int Campaigns, long Rows);

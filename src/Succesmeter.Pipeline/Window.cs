using Succesmeter.Campaigns;
using Succesmeter.Intake;
using Succesmeter.Snapshots;

namespace Succesmeter.Pipeline;

/// <summary>The rows of a file that are held in memory at once, by campaign: rows of one campaign that stand near each other become one write.</summary>
internal sealed class Window
{
    public const int MostRowsAParcel = 500;

    private const int MostRows = 1_000;
    private const int MostBytes = 512 * 1024;

    private readonly Dictionary<CampaignId, List<ReceivedSnapshot>> rows = [];
    private int count;
    private long bytes;

    public bool IsFull => count >= MostRows || bytes >= MostBytes;

    /// <summary>The newest line that was looked at, taken or refused.</summary>
    public long LastLine { get; private set; }

    /// <summary>In the order in which the campaigns first appear.</summary>
    public IReadOnlyDictionary<CampaignId, List<ReceivedSnapshot>> ByCampaign => rows;

    public IEnumerable<(CampaignId Campaign, DateTimeOffset NewestAt)> Newest =>
        rows.Select(group => (group.Key, group.Value.Max(row => row.Snapshot.TakenAt)));

    public void Add(ReadRow.Taken row, IncomingFile file)
    {
        if (!rows.TryGetValue(row.Snapshot.Campaign, out var group))
            rows[row.Snapshot.Campaign] = group = [];
        group.Add(new ReceivedSnapshot(row.Snapshot, new Received(file.ReceivedAt, file.Name, row.Line)));
        Pass(row.Line);
        count++;
        bytes += row.Bytes;
    }

    public void Pass(long line) => LastLine = line;

    public void Clear()
    {
        rows.Clear();
        count = 0;
        bytes = 0;
    }
}

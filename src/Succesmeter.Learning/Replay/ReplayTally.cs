namespace Succesmeter.Learning.Replay;

/// <summary>What a replay came to.</summary>
internal sealed class ReplayTally
{
    public int Campaigns { get; set; }

    /// <summary>The others were first seen later than the replay ends, or no page of theirs showed a total.</summary>
    public int CampaignsWithRows { get; set; }

    /// <summary>Of those with rows: their contributions are <c>all</c>.</summary>
    public int CompleteLists { get; set; }

    /// <summary>Of those with rows: no row says a goal above zero, or none says when it began.</summary>
    public int AwaitingFacts { get; set; }

    public long Rows { get; set; }

    public long DerivedRows { get; set; }

    public long Contributions { get; set; }

    /// <summary>In the data set, of the campaigns read: left out, because a snapshot has a total.</summary>
    public long ScrapesWithoutTotal { get; set; }

    public int Files { get; set; }

    public long Bytes { get; set; }

    public long PackedBytes { get; set; }
}
